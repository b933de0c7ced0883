import { ConfigError, loadConfig } from '@lijian/config'
import { END_WITHIN_MS, endWithin } from '@lijian/lifetimes'
import { createLogger } from '@lijian/telemetry'
import { startApi } from './start'

async function main(): Promise<void> {
  // Nobody outside of the group reads what this writes.
  process.umask(0o027)
  const config = loadConfig()
  const log = createLogger({ service: 'api', level: config.logLevel })
  const api = await startApi(config, log)
  let stopping = false
  const stop = (signal: string) => {
    if (stopping) return
    stopping = true
    log.info({ signal }, 'stopping: finishing what is in flight')
    endWithin(END_WITHIN_MS, () => log.error({ open: api.open() }, 'stopping took too long: what is named did not end'))
    api.close().then(
      () => {
        log.info('stopped')
        process.exit(0)
      },
      (error: unknown) => {
        log.error({ err: error, open: api.open() }, 'stopping failed')
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', () => stop('SIGTERM'))
  process.once('SIGINT', () => stop('SIGINT'))
  await api.app.listen({ host: config.apiHost, port: config.apiPort })
  // Ready is what listens already.
  await api.internal.listen({ host: config.internalHost, port: config.internalPort })
  log.info({ host: config.apiHost, port: config.apiPort, internalPort: config.internalPort }, 'listening')
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error)
  // 2: nothing was tried, and a start with the same settings ends the same.
  process.exitCode = error instanceof ConfigError ? 2 : 1
})
