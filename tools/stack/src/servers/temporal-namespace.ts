import { Connection } from '@temporalio/client'

/** A frontend may listen before its namespace can be used, so it is the namespace that is asked for. */
export async function namespaceAnswers(address: string, namespace: string): Promise<boolean> {
  return withConnection(address, async (connection) => {
    await connection.workflowService.describeNamespace({ namespace })
    return true
  }).catch(() => false)
}

export async function withConnection<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '2s' })
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}
