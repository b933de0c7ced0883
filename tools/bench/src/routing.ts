import { ZenDecisionContent, ZenEngine } from '@gorules/zen-engine'
import { parseRouting } from '@lijian/contracts'
import { CounterBook, type CounterAsk } from '@lijian/limits'
import { compileRouting, selectRoute, type RoutePayment, type Routing } from '@lijian/routing'
import { Engine as JsonRules } from 'json-rules-engine'
import { Histogram } from './report/histogram'
import { machine } from './report/machine'

export interface RoutingOptions {
  payments: number
  say: (line: string) => void
}

const CHANNELS = 10
const POOLS = 3
const MIDS = 50
const AT_MS = Date.parse('2026-11-25T04:00:00Z')
const KEY = Buffer.alloc(32, 1)
const TRADES = ['5812', '5411', '5732', '7011']
const REGIONS = ['440300', '310000']

interface PeerMid {
  code: string
  industry?: string
  region?: string
  max: number
  from: number
  to: number
  channelDebit: boolean
}

/** 3 pools × 50 MIDs over 10 channels; half of the MIDs are for one trade, a third for one region, a quarter open only in the daytime. */
function documentOf(): { routing: Routing; peers: PeerMid[] } {
  const peers = Array.from({ length: POOLS * MIDS }, (_, i): PeerMid => ({
    code: `MID-${i}`,
    ...(i % 2 === 0 ? { industry: TRADES[(i / 2) % TRADES.length]! } : {}),
    ...(i % 3 === 0 ? { region: REGIONS[(i / 3) % REGIONS.length]! } : {}),
    ...(i % 4 === 0 ? { from: 480, to: 1320 } : { from: 0, to: 1440 }),
    max: i % 5 === 0 ? 50_000 : 5_000_000,
    channelDebit: i % CHANNELS !== 7,
  }))
  const clock = (minute: number) => `${String(minute / 60).padStart(2, '0')}:00`
  const parsed = parseRouting({
    timeZone: 'Asia/Shanghai',
    channels: Array.from({ length: CHANNELS }, (_, i) => ({
      ...{ code: `CH-${i}`, dailyAmount: 1_000_000_000_000 },
      cards: [
        { cardType: 'credit', costPpm: 5000 + i * 10 },
        ...(i === 7 ? [] : [{ cardType: 'debit', costPpm: 2500 + i * 10, costMax: 2000 }]),
      ],
    })),
    mids: peers.map(({ code, industry, region, max, from, to }, i) => ({
      ...{ code, channel: `CH-${i % CHANNELS}`, dailyAmount: 100_000_000, perTransaction: { max }, priority: i % 5 },
      ...(industry === undefined ? {} : { industry }),
      ...(region === undefined ? {} : { region }),
      ...(from === 0 ? {} : { serviceHours: [[clock(from), clock(to)]] }),
    })),
    pools: (['priority', 'cost', 'random'] as const).map((order, p) => ({
      ...{ code: `P-${p}`, order, dailyAmount: 1_000_000_000_000, shared: { approvedBy: 'bench', reference: '1' } },
      mids: peers.slice(p * MIDS, (p + 1) * MIDS).map(({ code }) => code),
    })),
    merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P-0', 'P-1', 'P-2'] }] }],
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return { routing: compileRouting(parsed.routing, 1), peers }
}

const paymentOf = (n: number): RoutePayment => ({
  ...{ client: 'T', serial: `20261125${n}`, merchant: 'M1', method: 'wechat', type: 'qr' },
  ...{ amountFen: 100 + ((n * 7919) % 100_000), atMs: AT_MS + (n % 600) * 60_000 - 300 * 60_000 },
  ...{ cardType: n % 3 === 0 ? 'credit' : 'debit', industry: TRADES[n % 4]!, region: REGIONS[n % 2]! },
})

/** Every MID at so much of its limit before the first payment. */
function filled(routing: Routing, ppm: number): CounterBook {
  const counters = new CounterBook()
  for (const mid of routing.mids.values())
    counters.move(mid.key!.of('2026-11-25'), { usedFen: Math.floor((mid.dailyFen! * ppm) / 1_000_000), usedCount: 1 })
  return counters
}

interface Measured {
  name: string
  p50Us: number
  p99Us: number
  routed: number
  bytes: number
}

function ours(routing: Routing, ppm: number, payments: number): Measured {
  const counters = filled(routing, ppm)
  const all = Array.from({ length: Math.min(payments, 100_000) }, (_, n) => paymentOf(n))
  const options = { counters, drawKey: KEY }
  for (const payment of all.slice(0, 20_000))
    selectRoute(routing, payment, { ...options, counters: filled(routing, ppm) })
  const histogram = new Histogram()
  let routed = 0
  for (let n = 0; n < payments; n++) {
    const payment = all[n % all.length]!
    const asked = process.hrtime.bigint()
    const { route } = selectRoute(routing, payment, options)
    // Nanoseconds in a histogram of microseconds: figures below 1 µs are told apart.
    histogram.addMs(Number(process.hrtime.bigint() - asked) / 1_000)
    if (route !== undefined) {
      routed++
      // What stands on the counters stays where it was: each selection meets the same.
      for (const { key, fen, count } of route.charges as CounterAsk[])
        counters.move(key, { heldFen: -fen, heldCount: -count })
    }
  }
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < 1000; n++) selectRoute(routing, all[n % all.length]!, { ...options, counters })
  // Without --expose-gc a collection in between would make the figure a guess.
  const bytes = global.gc === undefined ? Number.NaN : Math.round((process.memoryUsage().heapUsed - before) / 1000)
  const { p50Us, p99Us } = histogram.summary()
  return {
    name: `lijian, MIDs at ${ppm / 10_000} % of their limits`,
    p50Us: p50Us / 1000,
    p99Us: p99Us / 1000,
    routed,
    bytes,
  }
}

type Facts = Record<string, string | number>
const factsOf = ({ amountFen, atMs, cardType, industry, region }: RoutePayment): Facts => ({
  ...{
    amount: amountFen,
    minute: Math.floor((atMs / 60_000 + 480) % 1440),
    card: cardType!,
    industry: industry!,
    region: region!,
  },
})

/** The hard filters alone, as each peer says them; without order and without counters. */
function peersOf(mids: readonly PeerMid[]): Record<string, (facts: Facts) => Promise<string[]>> {
  const rules = new JsonRules(
    mids.map((mid) => ({
      conditions: {
        all: [
          { fact: 'amount', operator: 'lessThanInclusive', value: mid.max },
          { fact: 'minute', operator: 'greaterThanInclusive', value: mid.from },
          { fact: 'minute', operator: 'lessThan', value: mid.to },
          ...(mid.industry === undefined ? [] : [{ fact: 'industry', operator: 'equal', value: mid.industry }]),
          ...(mid.region === undefined ? [] : [{ fact: 'region', operator: 'equal', value: mid.region }]),
          ...(mid.channelDebit ? [] : [{ fact: 'card', operator: 'notEqual', value: 'debit' }]),
        ],
      },
      event: { type: 'mid', params: { code: mid.code } },
    })),
  )
  const inputs = ['amount', 'minute', 'industry', 'region', 'card']
  const position = { x: 0, y: 0 }
  const zen = new ZenEngine().createDecision(
    new ZenDecisionContent({
      contentType: 'application/vnd.gorules.decision',
      nodes: [
        { id: 'in', type: 'inputNode', name: 'payment', position },
        {
          ...{ id: 'mids', type: 'decisionTableNode', name: 'mids', position },
          content: {
            hitPolicy: 'collect',
            inputs: inputs.map((field) => ({ id: field, name: field, field })),
            outputs: [{ id: 'code', name: 'code', field: 'code' }],
            rules: mids.map((mid) => ({
              ...{ _id: mid.code, amount: `<= ${mid.max}`, minute: `[${mid.from}..${mid.to - 1}]` },
              industry: mid.industry === undefined ? '' : JSON.stringify(mid.industry),
              region: mid.region === undefined ? '' : JSON.stringify(mid.region),
              card: mid.channelDebit ? '' : `$ != "debit"`,
              code: JSON.stringify(mid.code),
            })),
          },
        },
        { id: 'out', type: 'outputNode', name: 'mids', position },
      ],
      edges: [
        { id: '1', type: 'edge', sourceId: 'in', targetId: 'mids' },
        { id: '2', type: 'edge', sourceId: 'mids', targetId: 'out' },
      ],
    }),
  )
  return {
    'json-rules-engine': async (facts) =>
      (await rules.run(facts)).events.map(({ params }) => params!['code'] as string),
    '@gorules/zen-engine': async (facts) =>
      ((await zen.evaluate(facts)).result as { code: string }[]).map(({ code }) => code),
  }
}

/** All that the filters let pass, by asking again without those that were given. */
function passing(routing: Routing, payment: RoutePayment): string[] {
  const exclude: string[] = []
  for (;;) {
    const { route } = selectRoute(
      routing,
      { ...payment, exclude: [...exclude] },
      { counters: new CounterBook(), drawKey: KEY },
    )
    if (route === undefined) return exclude.sort()
    exclude.push(route.mid)
  }
}

/** One selection in process, MIDs empty and nearly full, beside two rule engines that do the hard filters over the same MIDs. */
export async function routing({ payments, say }: RoutingOptions): Promise<void> {
  const { routing: compiled, peers } = documentOf()
  const lines: Measured[] = []
  for (const ppm of [0, 950_000, 999_500]) {
    say(`routing: lijian, ${ppm / 10_000} %`)
    lines.push(ours(compiled, ppm, payments))
  }
  for (const [name, evaluate] of Object.entries(peersOf(peers))) {
    say(`routing: ${name}`)
    for (let n = 0; n < 200; n++) {
      const found = (await evaluate(factsOf(paymentOf(n)))).sort()
      const wanted = passing(compiled, paymentOf(n))
      if (JSON.stringify(found) !== JSON.stringify(wanted))
        throw new Error(`${name} lets others pass: ${found.join()} for ${wanted.join()}`)
    }
    const histogram = new Histogram()
    const rounds = Math.min(payments, 2000)
    for (let n = 0; n < rounds; n++) {
      const facts = factsOf(paymentOf(n))
      const asked = process.hrtime.bigint()
      await evaluate(facts)
      histogram.addMs(Number(process.hrtime.bigint() - asked) / 1_000)
    }
    const { p50Us, p99Us } = histogram.summary()
    lines.push({
      name: `${name}, the hard filters alone`,
      p50Us: p50Us / 1000,
      p99Us: p99Us / 1000,
      routed: Number.NaN,
      bytes: Number.NaN,
    })
  }
  process.stdout.write(`${machine()}\n\n### Routing: one selection in process\n\n${report(lines, payments)}\n`)
}

const figure = (value: number): string =>
  Number.isNaN(value) ? '–' : Number(value.toPrecision(3)).toLocaleString('en')
const met = (is: boolean): string => (is ? 'met' : 'missed')

function report(lines: readonly Measured[], payments: number): string {
  const [empty, near] = lines
  const best = lines.filter(({ name }) => !name.startsWith('lijian')).reduce((a, b) => (a.p50Us < b.p50Us ? a : b))
  return [
    `${POOLS} pools × ${MIDS} MIDs × ${CHANNELS} channels, ${payments.toLocaleString('en')} payments each. Lijian filters, orders and reserves; the peers filter only, with the same MIDs as result (checked on 200 payments).`,
    `- p50 ${figure(Math.max(empty!.p50Us, near!.p50Us))} µs (goal ≤ 5: ${met(Math.max(empty!.p50Us, near!.p50Us) <= 5)}), p99 ${figure(Math.max(empty!.p99Us, near!.p99Us))} µs (goal ≤ 50: ${met(Math.max(empty!.p99Us, near!.p99Us) <= 50)})\n- against the better peer (${best.name.split(',')[0]}): ${figure(best.p50Us / near!.p50Us)} × as fast (goal ≥ 10: ${met(best.p50Us / near!.p50Us >= 10)})`,
    [
      '| what | p50 µs | p99 µs | routed | bytes |',
      '|---|---|---|---|---|',
      ...lines.map(
        (one) =>
          `| ${one.name} | ${figure(one.p50Us)} | ${figure(one.p99Us)} | ${figure(one.routed)} | ${figure(one.bytes)} |`,
      ),
    ].join('\n'),
  ].join('\n\n')
}
