import { ConfigError, loadConfig } from '@lijian/config'
import { END_WITHIN_MS, endWithin } from '@lijian/lifetimes'
import { createLogger } from '@lijian/telemetry'
import { lowerThisProcess } from './priority/lowest'
import { startGenerator, type GeneratorOptions } from './start'

/** Until SIGTERM or SIGINT. */
async function run(options: GeneratorOptions): Promise<void> {
  const config = loadConfig()
  // Reports have time, payments do not: on processors that both share, reports take what is left.
  if (options.lowest !== false) lowerThisProcess()
  const log = createLogger({ service: 'report-generator', level: config.logLevel })
  let open = (): string[] => ['start']
  const told = new Promise<void>((resolve) => {
    const stop = () => {
      endWithin(END_WITHIN_MS, () => log.error({ open: open() }, 'stopping took too long: what is named did not end'))
      resolve()
    }
    process.once('SIGTERM', stop).once('SIGINT', stop)
  })
  const generator = await startGenerator(config, log, options)
  open = generator.open
  await told
  log.info('report-generator stops')
  await generator.stop().catch((error: unknown) => {
    log.error({ err: error, open: generator.open() }, 'stopping failed')
    throw error
  })
}

/** The whole program. */
export function runGenerator(options: GeneratorOptions = {}): void {
  run(options).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
      // 2: nothing was tried, and a start with the same settings ends the same.
      process.exit(error instanceof ConfigError ? 2 : 1)
    },
  )
}
