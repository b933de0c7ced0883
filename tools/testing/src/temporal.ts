import { registerSearchAttributes } from '@lijian/outbox'
import { SEARCH_ATTRIBUTES } from '@lijian/workflow-transaction'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker'

export interface TestTemporal {
  address: string
  connection: Connection
  native: NativeConnection
  client: Client
  close(): Promise<void>
}

let quiet = false

export async function connectTo(address: string): Promise<TestTemporal> {
  // Failures that tests provoke are not news.
  if (!quiet) Runtime.install({ logger: new DefaultLogger('ERROR') })
  quiet = true
  const connection = await Connection.connect({ address })
  await registerSearchAttributes(connection, 'default', Object.values(SEARCH_ATTRIBUTES))
  const native = await NativeConnection.connect({ address })
  const close = async () => {
    await native.close()
    await connection.close()
  }
  return { address, connection, native, client: new Client({ connection }), close }
}
