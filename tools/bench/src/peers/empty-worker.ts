import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { given } from './server'

/** Its worker, set up as apps/worker is. */
async function main(): Promise<void> {
  Runtime.install({ logger: new DefaultLogger('ERROR') })
  const connection = await NativeConnection.connect({ address: given('BENCH_TEMPORAL_ADDRESS') })
  const worker = await Worker.create({
    connection,
    taskQueue: given('BENCH_TASK_QUEUE'),
    workflowsPath: require.resolve('./empty-workflow'),
    activities: { nothing: async () => undefined },
    workflowTaskPollerBehavior: { type: 'autoscaling', initial: 8, minimum: 4, maximum: 64 },
    activityTaskPollerBehavior: { type: 'autoscaling', initial: 2, minimum: 1, maximum: 16 },
    maxCachedWorkflows: 2000,
    maxConcurrentLocalActivityExecutions: 200,
  })
  process.send?.({ port: 0 })
  process.on('disconnect', () => process.exit(0))
  await worker.run()
}
void main()
