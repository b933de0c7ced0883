import { ConfigError, loadConfig } from '@lijian/config'
import { END_WITHIN_MS, endWithin } from '@lijian/lifetimes'
import { createLogger } from '@lijian/telemetry'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import { startWorker } from './start'

async function main(): Promise<void> {
  // Nobody outside of the group reads what this writes.
  process.umask(0o027)
  const config = loadConfig()
  const log = createLogger({ service: 'worker', level: config.logLevel })
  Runtime.install({
    logger: new DefaultLogger('INFO', ({ level, message, meta }) => {
      const { taskQueue, workflowId, activityType, attempt, error } = meta ?? {}
      const data = {
        taskQueue,
        workflowId,
        activityType,
        attempt,
        error: error instanceof Error ? error.message : undefined,
      }
      const write = level === 'ERROR' ? 'error' : level === 'WARN' ? 'warn' : 'debug'
      log[write](data, message)
    }),
    // We end ourselves in order: relay, worker, connections.
    shutdownSignals: [],
  })
  const stopped = new AbortController()
  let open = (): string[] => ['start']
  const stop = () => {
    endWithin(END_WITHIN_MS, () => log.error({ open: open() }, 'stopping took too long: what is named did not end'))
    stopped.abort()
  }
  process.once('SIGTERM', stop).once('SIGINT', stop)
  const worker = await startWorker(config, log, stopped.signal).catch((error: unknown) => {
    if (!stopped.signal.aborted) throw error
  })
  if (!worker) return
  open = worker.open
  const told = new Promise<void>((resolve) => stopped.signal.addEventListener('abort', () => resolve(), { once: true }))
  if (!stopped.signal.aborted) await Promise.race([told, worker.finished])
  log.info('worker stops')
  await worker.stop().catch((error: unknown) => {
    log.error({ err: error, open: worker.open() }, 'stopping failed')
    throw error
  })
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    // 2: nothing was tried, and a start with the same settings ends the same.
    process.exit(error instanceof ConfigError ? 2 : 1)
  },
)
