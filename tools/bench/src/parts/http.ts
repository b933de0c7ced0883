import { freePort } from '@lijian/stack'
import { loadCounters } from '../data/load'
import { makeKey } from '../data/keys'
import { Load } from '../http/load'
import type { StreamFigures, StreamPlan } from '../http/plan'
import { startApp, startPeer, type Served } from '../processes'
import { figure, goal, ms, table } from '../report/table'
import { withBed, type Bed } from '../servers'
import { apiEnvironment } from './environment'
import type { BenchOptions, Report } from './part'

const HEAD = ['what', 'clients', 'per second', 'ratio', 'p50 ms', 'p95 ms', 'p99 ms', 'answers']
const OLD_COUNTERS = 3_000_000

interface Row {
  what: string
  clients: number
  figures: StreamFigures
  ratio?: string
}

/** One run of bench a: the servers under load, and the rows measured so far. */
class Run {
  readonly rows: Row[] = []

  constructor(
    private readonly load: Load,
    private readonly key: string,
    readonly options: BenchOptions,
  ) {}

  /** Streams side by side; the figures of the first are the row. */
  async measure(what: string, { port }: Served, ...streams: [StreamPlan, ...StreamPlan[]]): Promise<StreamFigures[]> {
    const clients = streams[0].clients
    this.options.say(`a: ${what}, ${clients} clients`)
    const { seconds, quick } = this.options
    const warmupSeconds = quick ? 0.5 : 2
    const figures = await this.load.run({ port, key: this.key, warmupSeconds, seconds, streams })
    streams.forEach((stream, i) => {
      const name = i === 0 ? what : `  beside it: ${stream.mix}`
      this.rows.push({ what: name, clients: stream.clients, figures: figures[i]! })
    })
    return figures
  }

  note(ratio: string): void {
    this.rows.at(-1)!.ratio = ratio
  }

  table(): string {
    const rows = this.rows.map(({ what, clients, ratio = '–', figures: { perSecond, latencies, answers } }) => [
      what,
      String(clients),
      figure(perSecond),
      ratio,
      ms(latencies.p50Us),
      ms(latencies.p95Us),
      ms(latencies.p99Us),
      Object.entries(answers)
        .map(([state, count]) => `${state} ${figure(count)}`)
        .join(', '),
    ])
    return table(HEAD, rows)
  }
}

/** Bare, Lijian, bare: a machine that changes its mind meanwhile shows in the two bare figures. */
async function noOfferQueries(run: Run, bare: Served, api: Served): Promise<void> {
  for (const clients of run.options.clients) {
    const stream = (name: string): StreamPlan => ({ mix: 'noOffer', clients, run: `${name}${clients}` })
    const [before] = await run.measure('bare Fastify route', bare, stream('y'))
    const [ours] = await run.measure('query, no offer', api, stream('n'))
    const [after] = await run.measure('bare Fastify route', bare, stream('z'))
    const yardstick = (before!.perSecond + after!.perSecond) / 2
    run.rows.at(-2)!.ratio = `${goal(ours!.perSecond / yardstick, '≥', 0.4)} of bare`
  }
}

function offerGoals({ perSecond, latencies }: StreamFigures): string {
  return `${goal(perSecond, '≥', 8_000)}; p99 ${goal(latencies.p99Us / 1_000, '≤', 50)}`
}

/** The goals are for many clients: one alone is never batched with anybody. */
function againstPeer(clients: number, ours: StreamFigures, peer: StreamFigures): string {
  const times = ours.perSecond / peer.perSecond
  return clients < 128 ? `${figure(times)} × the peer` : `${goal(times, '≥', 5)} × the peer; ${offerGoals(ours)}`
}

async function offerQueries(run: Run, api: Served, naive: Served): Promise<void> {
  for (const clients of run.options.clients) {
    const stream = (name: string): StreamPlan => ({ mix: 'hot', clients, run: `${name}${clients}` })
    const [peer] = await run.measure('one transaction per request: query with offer', naive, stream('p'))
    const [ours] = await run.measure('query with offer, six counters', api, stream('h'))
    run.note(againstPeer(clients, ours!, peer!))
  }
}

async function resultsOf(run: Run, api: Served, naive: Served): Promise<void> {
  for (const clients of run.options.clients) {
    const stream = (name: string): StreamPlan => ({ mix: 'success', clients, run: `${name}${clients}` })
    const [peer] = await run.measure('one transaction per request: result', naive, stream('p'))
    const [ours] = await run.measure('result, success', api, stream('h'))
    run.note(againstPeer(clients, ours!, peer!))
  }
}

/** One hot counter is full: nearly all are refused, while others' failures make room. */
async function fullCounter(run: Run, api: Served): Promise<void> {
  const clients = Math.max(...run.options.clients)
  const releases: StreamPlan = {
    mix: 'failure',
    clients: Math.max(1, Math.round(clients / 8)),
    run: 'full',
    waits: true,
  }
  const [figures] = await run.measure(
    'query, campaign budget full while holds are released',
    api,
    { mix: 'full', clients, run: 'full' },
    releases,
  )
  run.rows.at(-2)!.ratio = offerGoals(figures!)
}

async function oldCounters(run: Run, api: Served, bed: Bed): Promise<void> {
  const count = run.options.quick ? OLD_COUNTERS / 10 : OLD_COUNTERS
  const clients = Math.max(...run.options.clients)
  run.options.say(`a: loading ${figure(count)} counters`)
  await loadCounters(bed.databaseUrl, count)
  const stream: StreamPlan = { mix: 'hot', clients, run: 'old' }
  const [queries] = await run.measure(`query with offer, ${figure(count)} counters more`, api, stream)
  run.note(offerGoals(queries!))
  const [results] = await run.measure(`result, ${figure(count)} counters more`, api, { ...stream, mix: 'success' })
  run.note(offerGoals(results!))
}

async function all(bed: Bed, options: BenchOptions): Promise<Run> {
  const key = await makeKey(bed.databaseUrl)
  const peerEnv = { BENCH_KEY: key, BENCH_DATABASE_URL: bed.databaseUrl }
  const port = await freePort()
  const stops: (() => Promise<void>)[] = []
  const load = new Load()
  try {
    const add = async (starting: Promise<Served>): Promise<Served> => {
      const served = await starting
      stops.push(served.stop)
      return served
    }
    const bare = await add(startPeer(require.resolve('../peers/bare'), peerEnv))
    const naive = await add(startPeer(require.resolve('../peers/naive'), peerEnv))
    const env = apiEnvironment(bed, { port })
    const api = await add(startApp({ name: 'api', env, port, logDir: bed.dir, cpuProfileDir: options.cpuProfileDir }))
    const run = new Run(load, key, options)
    options.say('a: warming up')
    const warm = new Run(load, key, { ...options, seconds: options.quick ? 1 : 5, say: () => undefined })
    await warm.measure('warm', api, { mix: 'hot', clients: 32, run: 'w' })
    await warm.measure('warm', naive, { mix: 'hot', clients: 32, run: 'w' })
    await noOfferQueries(run, bare, api)
    await offerQueries(run, api, naive)
    await resultsOf(run, api, naive)
    await fullCounter(run, api)
    await oldCounters(run, api, bed)
    return run
  } finally {
    load.stop()
    for (const stop of stops) await stop()
  }
}

/** a: the transaction door over HTTP, against a bare route and against one database transaction per request. */
export async function http(options: BenchOptions): Promise<Report> {
  return withBed(options.say, async (bed) => {
    const run = await all(bed, options)
    const notes = `Each line ${figure(options.seconds)} s after a warm-up; servers, PostgreSQL and load generator share the machine. Durable commits. "held" are granted offers.`
    return { title: 'a. The door over HTTP', body: `${notes}\n\n${run.table()}`, versions: bed.versions }
  })
}
