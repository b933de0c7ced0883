import type { RoutingDocument, RoutingPutAnswer } from '@lijian/contracts/routing'
import type { StreamFigures } from '../http/plan'
import type { Report } from '../parts/part'
import { figure, ms, table } from '../report/table'
import { withBed } from '../servers'
import { parsed } from './document'
import { document, loadRouting, withServers, type HttpOptions, type Servers } from './http'

const CLIENTS = 16
/** Seconds of payments around a document that becomes live: also what comes after it is seen. */
const UNTIL_LIVE = 15
/** Real-name MIDs, each of four merchants, fifty to a pool. */
const LARGE = { mids: 5000, merchantsPerMid: 4, midsPerPool: 50 }

/** The document that payments use, and beside it an institution of thousands of MIDs. */
export function largeDocument(version = 1): RoutingDocument {
  const { mids, merchantsPerMid, midsPerPool } = LARGE
  const base = document()
  const code = (m: number) => `L-MID-${m}`
  const merchantsOf = (m: number) => Array.from({ length: merchantsPerMid }, (_, i) => `LM-${m * merchantsPerMid + i}`)
  const all = Array.from({ length: mids }, (_, m) => m)
  const poolOf = (m: number) => `L-P-${Math.floor(m / midsPerPool)}`
  return parsed({
    ...base,
    mids: [
      ...base.mids,
      ...all.map((m) => ({
        code: code(m),
        channel: base.channels[m % base.channels.length]!.code,
        allowedMerchants: merchantsOf(m),
        dailyAmount: 1_000_000 + version,
        serviceHours: [['07:00', '23:00']],
      })),
    ],
    pools: [
      ...base.pools,
      ...all
        .filter((m) => m % midsPerPool === 0)
        .map((m) => ({ code: poolOf(m), mids: Array.from({ length: midsPerPool }, (_, i) => code(m + i)) })),
    ],
    merchants: [
      ...base.merchants,
      ...all.flatMap((m) =>
        merchantsOf(m).map((merchant) => ({
          merchant,
          routes: [{ method: 'wechat', type: 'qr', pools: [poolOf(m)] }],
        })),
      ),
    ],
  })
}

/** What payments notice of work on a large routing document in the same process. */
export async function documents(options: HttpOptions): Promise<Report> {
  return withBed(options.say, async (bed) => {
    await loadRouting(bed.databaseUrl)
    const body = await withServers(bed, options, (servers) => measured(servers, options))
    return { title: 'Payments beside a large routing document', body, versions: bed.versions }
  })
}

async function measured({ api, load, key, checkerKey }: Servers, { seconds, say }: HttpOptions): Promise<string> {
  const send = async (by: string, method: string, path: string, body?: string): Promise<string> => {
    const headers = { authorization: `Bearer ${by}`, 'content-type': 'application/json' }
    const reply = await fetch(`http://127.0.0.1:${api.port}${path}`, { method, headers, body })
    const text = await reply.text()
    if (!reply.ok) throw new Error(`routing: ${method} ${path}: ${reply.status} ${text.slice(0, 300)}`)
    return text
  }
  const ask = async (method: string, path: string, body?: string): Promise<number> => {
    const begun = performance.now()
    await send(key, method, path, body)
    return performance.now() - begun
  }
  /** Sent by one and approved by another. */
  const agreed = async (body: string | undefined): Promise<number> => {
    const begun = performance.now()
    const { proposal } = JSON.parse(await send(key, 'PUT', '/v1/routing', body)) as RoutingPutAnswer
    const { id, hash } = proposal!
    await send(checkerKey, 'POST', `/v1/proposals/${id}/approve`, JSON.stringify({ hash }))
    return performance.now() - begun
  }
  const [first, second] = [1, 2].map((version) => JSON.stringify(largeDocument(version)))
  const rows: string[][] = []
  let alone: StreamFigures | undefined
  const during = async (what: string, work: () => Promise<number[]>, lasts = seconds) => {
    say(`routing: ${what}`)
    const running = load.run({
      port: api.port,
      key,
      warmupSeconds: 1,
      seconds: lasts,
      streams: [{ mix: 'route', clients: CLIENTS, run: `d${rows.length}-` }],
    })
    await new Promise((resolve) => setTimeout(resolve, 1200))
    const took = await work()
    const figures = (await running)[0]!
    alone ??= figures
    const { p50Us, p99Us, maxUs } = figures.latencies
    const others = Object.entries(figures.answers).filter(([name]) => name !== 'routed')
    rows.push([
      ...[what, figure(figures.perSecond), ms(p50Us), ms(p99Us), ms(maxUs)],
      ...[figure(maxUs / alone.latencies.maxUs), others.map(([name, n]) => `${name} ${figure(n)}`).join(', ') || '–'],
      took.length === 0 ? '–' : `${took.length} × ${ms(median(took) * 1000)} ms`,
    ])
  }
  const until = async (work: () => Promise<number>): Promise<number[]> => {
    const took: number[] = []
    for (const end = Date.now() + seconds * 1000 - 1000; Date.now() < end;) took.push(await work())
    return took
  }
  await load.run({ port: api.port, key, warmupSeconds: 0, seconds: 3, streams: [WARM_UP] })
  await during('nothing beside them', async () => [])
  await during('a dry run, again and again', () => until(() => ask('PUT', '/v1/routing?dryRun=true', first)))
  await during('it becomes live', async () => [await agreed(first)], UNTIL_LIVE)
  await during('it is read, again and again', () => until(() => ask('GET', '/v1/routing')))
  await during('compliance, again and again', () => until(() => ask('GET', '/v1/routing/compliance')))
  await during('another version becomes live', async () => [await agreed(second)], UNTIL_LIVE)
  const notes = `${figure(LARGE.mids)} real-name MIDs, ${figure(LARGE.mids * LARGE.merchantsPerMid)} merchants, ${figure(first!.length / 1e6)} MB, beside the document of the payments; ${CLIENTS} clients ask for routes, ${figure(seconds)} s each and ${UNTIL_LIVE} s where it becomes live. The last column is what the other caller waited (median).`
  const head = [
    'beside the payments',
    'per second',
    'p50 ms',
    'p99 ms',
    'max ms',
    'max ÷ alone',
    'other answers',
    'took',
  ]
  return `${notes}\n\n${table(head, rows)}`
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!
const WARM_UP = { mix: 'route', clients: CLIENTS, run: 'dw-' } as const
