import { CounterBook, type CounterAsk } from '@lijian/limits'
import { compileRouting, selectRoute, type RoutePayment, type Routing } from '@lijian/selection'
import { Histogram } from '../report/histogram'
import { agree } from './check'
import { midFilters, routingDocument } from './document'
import { engines, factsOf, type Filter } from './engines'
import { DAY, MERCHANTS, paymentOf } from './payments'
import { CHECKED, type SelectionFigures } from './selection'

const DRAW_KEY = Buffer.alloc(32, 1)
const WARM_UP = 50_000
const ALLOCATION_ROUNDS = 10_000
const PEER_ROUNDS = 2_000
const PEER_ALLOCATION_ROUNDS = 100

/** Every MID at so much of its limit before the first payment. */
function filled(routing: Routing, ppm: number): CounterBook {
  const counters = new CounterBook()
  for (const mid of routing.mids.values())
    counters.move(mid.key!.of(DAY), { usedFen: Math.floor((mid.dailyFen! * ppm) / 1_000_000), usedCount: 1 })
  return counters
}

/** What a selection took is given back, outside the timer: each payment meets the same counters. */
function select(routing: Routing, payment: RoutePayment, counters: CounterBook): { ns: number; routed: boolean } {
  const asked = process.hrtime.bigint()
  const { route } = selectRoute(routing, payment, { counters, drawKey: DRAW_KEY })
  const ns = Number(process.hrtime.bigint() - asked)
  for (const { key, fen, count } of route?.charges ?? []) counters.move(key, { heldFen: -fen, heldCount: -count })
  return { ns, routed: route !== undefined }
}

function ours(routing: Routing, ppm: number, payments: number): SelectionFigures {
  const counters = filled(routing, ppm)
  for (let n = 0; n < WARM_UP; n++) select(routing, paymentOf(n), counters)
  const histogram = new Histogram()
  let routed = 0
  for (let n = 0; n < payments; n++) {
    const found = select(routing, paymentOf(n), counters)
    // Nanoseconds in a histogram of microseconds: figures below 1 µs are told apart.
    histogram.addMs(found.ns / 1_000)
    if (found.routed) routed++
  }
  const bytes = bytesOf(routing, counters)
  return { name: `Lijian, MIDs at ${ppm / 10_000} % of their limits`, ...quantiles(histogram), routed, bytes }
}

/** In short rounds, so that what was taken can be given back before MIDs are full. */
function bytesOf(routing: Routing, counters: CounterBook): number {
  const payments = Array.from({ length: ALLOCATION_ROUNDS }, (_, n) => paymentOf(n))
  let bytes = 0
  for (let round = 0; round < 10; round++) {
    const mine = payments.slice(round * 1_000, (round + 1) * 1_000)
    const charges: (readonly CounterAsk[])[] = []
    charges.length = mine.length
    global.gc!()
    const before = process.memoryUsage().heapUsed
    for (const [n, payment] of mine.entries())
      charges[n] = selectRoute(routing, payment, { counters, drawKey: DRAW_KEY }).route?.charges ?? []
    bytes += process.memoryUsage().heapUsed - before
    for (const { key, fen, count } of charges.flat()) counters.move(key, { heldFen: -fen, heldCount: -count })
  }
  return bytes / ALLOCATION_ROUNDS
}

const quantiles = (histogram: Histogram) => {
  const { p50Us, p99Us } = histogram.summary()
  return { p50Ns: p50Us, p99Ns: p99Us }
}

async function peer(name: string, filter: Filter, routing: Routing): Promise<SelectionFigures> {
  await agree(
    name,
    filter,
    routing,
    Array.from({ length: CHECKED }, (_, n) => paymentOf(n)),
  )
  const histogram = new Histogram()
  for (let n = 0; n < PEER_ROUNDS; n++) {
    const facts = factsOf(paymentOf(n))
    const asked = process.hrtime.bigint()
    await filter(facts)
    histogram.addMs(Number(process.hrtime.bigint() - asked) / 1_000)
  }
  global.gc!()
  const before = process.memoryUsage().heapUsed
  for (let n = 0; n < PEER_ALLOCATION_ROUNDS; n++) await filter(factsOf(paymentOf(n)))
  const bytes = (process.memoryUsage().heapUsed - before) / PEER_ALLOCATION_ROUNDS
  return { name: `${name}, the hard filters alone`, ...quantiles(histogram), routed: NaN, bytes }
}

async function main(payments: number): Promise<void> {
  const routing = compileRouting(routingDocument({ merchants: MERCHANTS, midDailyFen: 100_000_000 }), 1)
  const figures = [0, 950_000, 999_500].map((ppm) => ours(routing, ppm, payments))
  for (const [name, filter] of Object.entries(engines(midFilters()))) figures.push(await peer(name, filter, routing))
  process.send?.(figures, () => process.exit(0))
}

void main(Number(process.argv[2]))
