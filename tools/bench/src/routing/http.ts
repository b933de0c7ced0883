import type { RoutingDocument } from '@lijian/contracts/routing'
import { freePort } from '@lijian/stack'
import { HOT, merchantId } from '../data/documents'
import { makeCheckerKey, makeKey } from '../data/keys'
import { withSql } from '../data/load'
import { Load } from '../http/load'
import type { StreamFigures, StreamPlan } from '../http/plan'
import { apiEnvironment } from '../parts/environment'
import type { Report } from '../parts/part'
import { startApp, startPeer, type Served } from '../processes'
import { figure, goal, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { routingDocument } from './document'
import { EVEN, MIXED, scarce } from './scarce'
import { spend } from './spend'

export interface HttpOptions {
  seconds: number
  clients: readonly number[]
  cpuProfileDir?: string
  say: (line: string) => void
}

const HEAD = ['what', 'clients', 'per second', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms', 'answers']
const GOAL = 0.8

/** The same merchants as the hot offer's, and beside them MIDs that are nearly full. */
export function document(): RoutingDocument {
  const [from, to] = HOT.merchants
  const merchants = Array.from({ length: to - from + 1 }, (_, i) => merchantId(from + i))
  const all = [
    routingDocument({ merchants, midDailyFen: 1_000_000_000_000, sixCounters: true }),
    scarce(EVEN),
    scarce(MIXED),
  ]
  return {
    timeZone: 'Asia/Shanghai',
    channels: all.flatMap(({ channels }) => channels),
    mids: all.flatMap(({ mids }) => mids),
    pools: all.flatMap(({ pools }) => pools),
    merchants: all.flatMap(({ merchants: some }) => some),
  }
}

/** Before the api starts. */
export const loadRouting = (url: string): Promise<unknown> =>
  withSql(url, (sql) =>
    sql.query(`INSERT INTO routing_version (version, document, maker) VALUES (1, $1, 'bench-maker')`, [
      JSON.stringify(document()),
    ]),
  )

/** Routes over HTTP beside the bare route and beside offers, and MIDs spent to the last payment that fits. */
export async function http(options: HttpOptions): Promise<Report> {
  return withBed(options.say, async (bed) => {
    await loadRouting(bed.databaseUrl)
    const body = await withServers(bed, options, async ({ bare, api, load, key }) => {
      const run = new Run(load, key, options)
      await run.warmUp(api)
      for (const clients of options.clients) await compared(run, clients, bare, api)
      const notes = `Each line ${figure(options.seconds)} s after a warm-up; servers, PostgreSQL and load generator share the machine. Durable commits. Six counters each: an offer's as in \`bench transactions a\`; a route's are the day of channel, MID and pool, the card's day on channel and MID, and the pool's sum of debit payments.`
      const spent = await spend({
        databaseUrl: bed.databaseUrl,
        say: options.say,
        send: async (stream) =>
          (await load.run({ port: api.port, key, warmupSeconds: 0, seconds: 60, streams: [stream] }))[0]!,
      })
      const scarceNotes = `**Limits spent to the last payment that fits**: 3 pools × 50 MIDs × 10 channels at 95 % of their limits, 128 clients; what routes were given is added up from the routes and compared with the limits and with the counters.`
      return [notes, run.table(), scarceNotes, spent].join('\n\n')
    })
    return { title: 'Routing over HTTP', body, versions: bed.versions }
  })
}

export interface Servers {
  bare: Served
  api: Served
  load: Load
  key: string
  /** Another person's. */
  checkerKey: string
}

export async function withServers<T>(bed: Bed, { cpuProfileDir }: HttpOptions, use: (servers: Servers) => Promise<T>) {
  const key = await makeKey(bed.databaseUrl, ['transactions', 'routing'])
  const checkerKey = await makeCheckerKey(bed.databaseUrl, ['routing'])
  const port = await freePort()
  const stops: (() => Promise<void>)[] = []
  const load = new Load()
  const add = async (starting: Promise<Served>): Promise<Served> => {
    const served = await starting
    stops.push(served.stop)
    return served
  }
  try {
    const bare = await add(startPeer(require.resolve('../peers/bare'), { BENCH_KEY: key }))
    const env = apiEnvironment(bed, { port })
    const api = await add(startApp({ name: 'api', env, port, logDir: bed.dir, cpuProfileDir }))
    return await use({ bare, api, load, key, checkerKey })
  } finally {
    load.stop()
    for (const stop of stops) await stop()
  }
}

class Run {
  private readonly rows: string[][] = []

  constructor(
    private readonly load: Load,
    private readonly key: string,
    private readonly options: HttpOptions,
  ) {}

  async warmUp({ port }: Served): Promise<void> {
    this.options.say('routing: warming up')
    for (const mix of ['route', 'routeSuccess', 'hot', 'success'] as const)
      await this.load.run({
        port,
        key: this.key,
        warmupSeconds: 0,
        seconds: Math.min(3, this.options.seconds),
        streams: [{ mix, clients: 32, run: mix === 'hot' || mix === 'success' ? 'wo' : 'wr' }],
      })
  }

  /** `expected`: what every answer should be; anything else stops the bench. */
  async measure(what: string, { port }: Served, stream: StreamPlan, expected: string): Promise<StreamFigures> {
    const { say, seconds } = this.options
    say(`routing: ${what}, ${stream.clients} clients`)
    // Of results there are as many as something was held before: hardly any for warming up.
    const warmupSeconds = Math.min(stream.mix === 'route' || stream.mix === 'hot' ? 1 : 0.1, seconds / 2)
    const [figures] = await this.load.run({ port, key: this.key, warmupSeconds, seconds, streams: [stream] })
    const { perSecond, latencies, answers } = figures!
    const wrong = Object.keys(answers).filter((name) => name !== expected)
    if (wrong.length > 0) throw new Error(`routing: answers ${wrong.join(', ')} instead of ${expected}`)
    const { p50Us, p95Us, p99Us } = latencies
    const told = Object.entries(answers).map(([name, count]) => `${name} ${figure(count)}`)
    this.rows.push([what, String(stream.clients), figure(perSecond), '–', ms(p50Us), ms(p95Us), ms(p99Us), ...told])
    return figures!
  }

  note(ratio: string): void {
    this.rows.at(-1)![3] = ratio
  }

  table(): string {
    return table(HEAD, this.rows)
  }
}

/** Offers and routes take turns: a machine that changes its mind meanwhile shows in the two of each. Then the results of both. */
async function compared(run: Run, clients: number, bare: Served, api: Served): Promise<void> {
  const stream = (mix: StreamPlan['mix'], name: string): StreamPlan => ({ mix, clients, run: `${name}${clients}` })
  const bareRoute = await run.measure('bare Fastify: route', bare, stream('route', 'b'), 'routed')
  let [offers, routes] = [0, 0]
  for (const turn of ['1', '2']) {
    offers += (await run.measure('query with offer', api, stream('hot', `o${turn}-`), 'held')).perSecond / 2
    routes += (await run.measure('route', api, stream('route', `r${turn}-`), 'routed')).perSecond / 2
  }
  run.note(ratios(routes, offers, bareRoute))
  const bareResult = await run.measure('bare Fastify: result', bare, stream('routeSuccess', 'b'), 'succeeded')
  const offerResult = await run.measure("offer's result, success", api, stream('success', 'o2-'), 'confirmed')
  const result = await run.measure("route's result, success", api, stream('routeSuccess', 'r2-'), 'succeeded')
  run.note(ratios(result.perSecond, offerResult.perSecond, bareResult))
}

const ratios = (perSecond: number, offersPerSecond: number, bare: StreamFigures): string =>
  `${goal(perSecond / offersPerSecond, '≥', GOAL)} of the offer's; ${figure(perSecond / bare.perSecond)} of bare`
