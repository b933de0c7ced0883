import { freePort } from '@lijian/stack'
import { makeKey } from '../data/keys'
import { Load } from '../http/load'
import type { StreamFigures } from '../http/plan'
import { apiEnvironment } from '../parts/environment'
import type { BenchOptions } from '../parts/part'
import { startApp } from '../processes'
import { figure, goal, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { Generator } from './generator'
import { loadMany } from './load-many'

/** Few enough that the processors are not the limit already: then a report would only take from the throughput. */
const CLIENTS = 4
const GOAL = 1.2

interface Options extends Pick<BenchOptions, 'say'> {
  rows: number
  seconds: number
}

interface Phase {
  what: string
  figures: StreamFigures
  /** Reports that ended meanwhile. */
  reports: number
}

/** Queries with an offer without reports, beside one XLSX after the other, and without again, twice over. */
export const besidePayments = (options: Options): Promise<string> =>
  withBed(options.say, async (bed) => {
    options.say(`writing ${figure(options.rows)} rows`)
    await loadMany(bed, options.rows)
    const key = await makeKey(bed.databaseUrl)
    const port = await freePort()
    const env = apiEnvironment(bed, { port })
    const api = await startApp({ name: 'api', env, port, logDir: bed.dir })
    const load = new Load()
    try {
      return report(await phases(bed, { load, port, key }, options))
    } finally {
      load.stop()
      await api.stop()
    }
  })

async function phases(
  bed: Bed,
  { load, port, key }: { load: Load; port: number; key: string },
  { seconds, say }: Options,
): Promise<Phase[]> {
  const generator = await Generator.start(bed, say, { paced: true })
  const found: Phase[] = []
  try {
    for (const [n, beside] of [false, true, false, true, false].entries()) {
      const what = beside ? 'beside reports' : 'without'
      say(`payments ${what}, ${CLIENTS} clients`)
      let isOver = false
      let ended = 0
      const making = (async () => {
        while (beside && !isOver) {
          await generator.make('xlsx')
          ended++
        }
      })()
      const streams = [{ mix: 'hot' as const, clients: CLIENTS, run: `reports${n}` }]
      const plan = { port, key, warmupSeconds: 2, seconds, streams }
      const [figures] = await load.run(plan).finally(() => (isOver = true))
      await making
      found.push({ what, figures: figures!, reports: ended })
    }
    return found
  } finally {
    await generator.stop()
  }
}

function report(found: readonly Phase[]): string {
  const mean = (reports: boolean) => {
    const p99 = found.filter((phase) => phase.reports > 0 === reports).map(({ figures }) => figures.latencies.p99Us)
    return p99.reduce((sum, us) => sum + us, 0) / p99.length
  }
  const rows = found.map(({ what, figures: { perSecond, latencies }, reports }) => [
    what,
    figure(perSecond),
    ms(latencies.p50Us),
    ms(latencies.p95Us),
    ms(latencies.p99Us),
    reports === 0 ? '–' : String(reports),
  ])
  return [
    `Payments (query with offer, ${CLIENTS} clients) beside one XLSX after the other: p99 ${goal(mean(true) / mean(false), '≤', GOAL)} × without.`,
    table(['payments', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'reports made'], rows),
  ].join('\n\n')
}
