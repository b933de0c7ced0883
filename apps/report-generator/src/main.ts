import { loadConfig } from '@lijian/config'
import { END_WITHIN_MS, endWithin } from '@lijian/lifetimes'
import { createLogger } from '@lijian/telemetry'
import { startGenerator } from './start'

async function main(): Promise<void> {
  const config = loadConfig()
  const log = createLogger({ service: 'report-generator', level: config.logLevel })
  let open = (): string[] => ['start']
  const told = new Promise<void>((resolve) => {
    const stop = () => {
      endWithin(END_WITHIN_MS, () => log.error({ open: open() }, 'stopping took too long: what is named did not end'))
      resolve()
    }
    process.once('SIGTERM', stop).once('SIGINT', stop)
  })
  const generator = await startGenerator(config, log)
  open = generator.open
  await told
  log.info('report-generator stops')
  await generator.stop().catch((error: unknown) => {
    log.error({ err: error, open: generator.open() }, 'stopping failed')
    throw error
  })
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  },
)
