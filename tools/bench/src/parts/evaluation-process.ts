import { Evaluation, grantOffers } from '@lijian/decisions'
import type { Counters } from '@lijian/limits'
import { compileCatalog, screen, type Catalog, type PaymentFacts } from '@lijian/rules'
import type { FeeSchedule, Merchant } from '@lijian/contracts/marketing'
import { documents, merchant, MERCHANT_COUNT } from '../data/documents'
import { anyPayment, hotPayment } from '../data/payments'
import { Random } from '../data/random'
import { Histogram } from '../report/histogram'
import type { EvaluationFigures, EvaluationRun } from './evaluation'

/** A Wednesday noon in Shanghai: hours and weekdays of the offers are open. */
const AT_MS = Date.parse('2026-11-18T04:00:00Z')
const POOL = 5_000
const ALLOCATION_ROUNDS = 10_000

interface Known {
  catalog: Catalog
  merchants: Map<string, Merchant>
}

const fees = ({ merchants }: Known, id: string): FeeSchedule | undefined => merchants.get(id)?.fees

/** What the transaction door does in memory before it asks for counters; the number of grants keeps it from being optimised away. */
function evaluate(known: Known, facts: PaymentFacts): number {
  const screening = screen(known.catalog, facts, false)
  if (screening.passed.length === 0) return 0
  const evaluation = new Evaluation({ facts, screening, fees: fees(known, facts.merchant), explain: false })
  // One place per group, as if every counter had room.
  const { granted } = grantOffers(ROOM, evaluation, 'held')
  return granted.length
}

/** Counters that are never full: what they cost is measured where they are. */
const ROOM: Counters = {
  test: () => null,
  firstFree: () => 0,
  leaves: ({ fen }) => fen,
  require: () => undefined,
  rest: () => undefined,
  take: () => undefined,
  state: () => {
    throw new Error('nothing was refused')
  },
}

function factsOf(payment: ReturnType<typeof anyPayment>, n: number): PaymentFacts {
  const { merchant: id, amount, card, ...rest } = payment
  return {
    ...rest,
    client: 'bench',
    serial: `b-${n}`,
    merchant: id,
    amountFen: amount,
    currency: 'CNY',
    cardToken: card.token,
    cardDigits: card.bin,
    atMs: AT_MS,
  }
}

/** Random payments, kept until each kind has enough of them. */
function payments(known: Known): Record<string, PaymentFacts[]> {
  const random = new Random(2)
  const kinds: Record<string, PaymentFacts[]> = { 'no offer': [], 'with offers': [], 'six counters': [] }
  for (let n = 0; kinds['no offer']!.length < POOL || kinds['with offers']!.length < POOL; n++) {
    const facts = factsOf(anyPayment(random, n), n)
    const kind = kinds[evaluate(known, facts) === 0 ? 'no offer' : 'with offers']!
    if (kind.length < POOL) kind.push(facts)
  }
  for (let n = 0; n < POOL; n++) kinds['six counters']!.push(factsOf(hotPayment(random, 'b', n), n))
  return kinds
}

function measure(known: Known, name: string, pool: PaymentFacts[], rounds: number): EvaluationFigures {
  let candidates = 0
  for (let i = 0; i < 20_000; i++) candidates += evaluate(known, pool[i % POOL]!)
  const histogram = new Histogram()
  // A thousand times finer than the histogram's unit, so that figures below 1 µs are told apart.
  for (let i = 0; i < rounds; i++) {
    const facts = pool[i % POOL]!
    const began = process.hrtime.bigint()
    candidates += evaluate(known, facts)
    histogram.addMs(Number(process.hrtime.bigint() - began) / 1_000)
  }
  const began = performance.now()
  for (let i = 0; i < rounds; i++) candidates += evaluate(known, pool[i % POOL]!)
  const elapsedMs = performance.now() - began
  global.gc?.()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < ALLOCATION_ROUNDS; i++) candidates += evaluate(known, pool[i % POOL]!)
  const bytes = (process.memoryUsage().heapUsed - before) / ALLOCATION_ROUNDS
  if (candidates < 0) throw new Error('impossible')
  const { p50Us, p95Us, p99Us } = histogram.summary()
  return {
    payments: name,
    medianUs: p50Us / 1_000,
    p95Us: p95Us / 1_000,
    p99Us: p99Us / 1_000,
    bytes,
    perSecond: (rounds * 1_000) / elapsedMs,
  }
}

function main(rounds: number): EvaluationRun {
  const { campaigns, cardGroups } = documents()
  const live = { version: 1, approved: true, suspended: false, suspendedOffers: [] }
  const catalog = compileCatalog({
    campaigns: campaigns.map((document) => ({ document, ...live })),
    cardGroups,
    drawKey: Buffer.alloc(32, 7),
  })
  const merchants = new Map<string, Merchant>()
  for (let n = 0; n < MERCHANT_COUNT; n++) {
    const document = merchant(n)
    merchants.set(document.id, document)
  }
  const known = { catalog, merchants }
  const figures = Object.entries(payments(known)).map(([name, pool]) => measure(known, name, pool, rounds))
  return { openOffers: catalog.offers.filter(({ test }) => test.merchants === undefined).length, figures }
}

process.send?.(main(Number(process.argv[2])), () => process.exit(0))
