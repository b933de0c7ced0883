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
/** Of a steady rate: enough that none waits for another. */
const STEADY_CLIENTS = 16

interface Options extends Pick<BenchOptions, 'say'> {
  rows: number
  seconds: number
}

interface Phase {
  what: string
  figures: StreamFigures
  /** Of reports, written meanwhile. */
  rows?: number
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
      const target = { load, port, key }
      const busy = await phases(bed, target, options)
      const perSecond = Math.round(
        mean(busy.filter(({ rows }) => rows === undefined).map(({ figures }) => figures.perSecond)) / 2,
      )
      const steady = await phases(bed, target, options, perSecond)
      return [
        report(`${CLIENTS} clients, each as fast as it is answered`, busy),
        report(`${perSecond} a second, half of that`, steady),
      ].join('\n\n')
    } finally {
      load.stop()
      await api.stop()
    }
  })

async function phases(
  bed: Bed,
  { load, port, key }: { load: Load; port: number; key: string },
  { seconds, say }: Options,
  perSecond?: number,
): Promise<Phase[]> {
  const generator = await Generator.start(bed, say, { paced: true })
  const found: Phase[] = []
  try {
    for (const [n, beside] of [false, true, false, true, false].entries()) {
      const what = beside ? 'beside reports' : 'without'
      say(`payments ${what}, ${perSecond === undefined ? `${CLIENTS} clients` : `${perSecond} a second`}`)
      const over = new AbortController()
      const making = beside ? generator.keepMaking('xlsx', over.signal) : undefined
      const mix = { mix: 'hot' as const, run: `reports${perSecond ?? ''}-${n}` }
      const streams = [
        perSecond === undefined ? { ...mix, clients: CLIENTS } : { ...mix, clients: STEADY_CLIENTS, perSecond },
      ]
      const plan = { port, key, warmupSeconds: 2, seconds, streams }
      const [figures] = await load.run(plan).finally(() => over.abort())
      const rows = await making
      found.push({ what, figures: figures!, ...(rows === undefined ? {} : { rows }) })
    }
    return found
  } finally {
    await generator.stop()
  }
}

const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length

function report(how: string, found: readonly Phase[]): string {
  const p99 = (reports: boolean) =>
    mean(found.filter(({ rows }) => (rows !== undefined) === reports).map(({ figures }) => figures.latencies.p99Us))
  const lines = found.map(({ what, figures: { perSecond, latencies }, rows }) => [
    what,
    figure(perSecond),
    ms(latencies.p50Us),
    ms(latencies.p95Us),
    ms(latencies.p99Us),
    rows === undefined ? '–' : figure(rows),
  ])
  return [
    `Payments (query with offer, ${how}) beside one XLSX after the other: p99 ${goal(p99(true) / p99(false), '≤', GOAL)} × without.`,
    table(['payments', 'per second', 'p50 ms', 'p95 ms', 'p99 ms', 'rows of reports'], lines),
  ].join('\n\n')
}
