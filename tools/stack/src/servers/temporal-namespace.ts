import { Connection } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time'
import { within } from '../core/wait'

/** A frontend may listen before its namespace can be used, so it is the namespace that is asked for. */
export async function namespaceAnswers(address: string, namespace: string): Promise<boolean> {
  return withConnection(address, async (connection) => {
    await connection.workflowService.describeNamespace({ namespace })
    return true
  }).catch(() => false)
}

export async function frontendAnswers(address: string): Promise<boolean> {
  return withConnection(address, async (connection) => {
    await connection.workflowService.getClusterInfo({})
    return true
  }).catch(() => false)
}

/** Registers the namespace if it is not there, and returns when workflows in it can be listed: caches learn of it seconds later. */
export async function registerNamespace(address: string, namespace: string, retentionDays: number): Promise<void> {
  await withConnection(address, async (connection) => {
    const service = connection.workflowService
    const isThere = () =>
      service.describeNamespace({ namespace }).then(
        () => true,
        () => false,
      )
    const isUsable = () =>
      service.listWorkflowExecutions({ namespace, pageSize: 1 }).then(
        () => true,
        () => false,
      )
    if (!(await isThere()))
      await service.registerNamespace({ namespace, workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`) })
    if (!(await within(60_000, 250, isUsable)))
      throw new Error(`namespace ${namespace} at ${address} cannot be used yet`)
  })
}

async function withConnection<T>(address: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.connect({ address, connectTimeout: '2s' })
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}
