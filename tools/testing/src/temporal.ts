import { registerSearchAttributes } from '@lijian/outbox'
import { SEARCH_ATTRIBUTES } from '@lijian/workflow-transaction'
import { Client, Connection } from '@temporalio/client'
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Runtime,
  type BundleOptions,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker'

export interface TestTemporal {
  address: string
  connection: Connection
  native: NativeConnection
  client: Client
  close(): Promise<void>
}

let quiet = false

/** Connections to the Temporal server that the run's global setup started; tests keep apart by task queue and client. */
export async function testTemporal(): Promise<TestTemporal> {
  const address = process.env.LIJIAN_TEST_TEMPORAL_ADDRESS
  if (!address)
    throw new Error('no Temporal server: `temporal` is neither on PATH nor in the cache; `./lijian up` builds it')
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

/** Workflow code for a worker of a test, from the sources of the whole house. */
export function testWorkflowBundle(
  workflowsPath: string,
  options: Partial<BundleOptions> = {},
): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath,
    logger: { log() {}, trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error },
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, conditionNames: ['@lijian/source', 'node', 'require', 'default'] },
    }),
    ...options,
  })
}
