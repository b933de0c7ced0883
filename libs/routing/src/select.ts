import { zoneClock } from '@lijian/calendar'
import type { RouteReason } from '@lijian/contracts'
import type { CounterAsk, Counters } from '@lijian/limits'
import { cardAsk, dailyAsk, ownerOf, sumAsk } from './asks'
import { costOf, supportFor } from './cards'
import { successPpm } from './health'
import { ratioRefusal } from './ratio'
import { isProbe, paymentSeed, placeOf } from './seed'
import type {
  Bounds,
  CardSupport,
  Channel,
  Mid,
  Pool,
  Refusal,
  Route,
  RoutePayment,
  Routing,
  Selection,
  SelectionOptions,
} from './types'

interface Ask extends SelectionOptions {
  routing: Routing
  payment: RoutePayment
  day: string
  minute: number
  seed: number
  refusals: Refusal[]
  /** Of each channel, looked up once per payment; null: it does not take the card. */
  support: (CardSupport | null | undefined)[]
}

/**
 * The MID that carries a payment: pools in their order, in each the hard filters, then the order, then the counters, of which it takes what the
 * payment needs as held (docs/routing.md). A pool that is out for its success rate alone is used when nothing else can serve.
 */
export function selectRoute(routing: Routing, payment: RoutePayment, options: SelectionOptions): Selection {
  const refusals: Refusal[] = []
  const pools = routing.poolsOf(payment.merchant, payment.method, payment.type)
  if (pools === undefined) return { route: undefined, refusals: [{ reason: 'no_route' }] }
  const { date, minute } = zoneClock(routing.timeZone).at(payment.atMs)
  const seed = paymentSeed(options.drawKey, payment.client, payment.serial)
  const ask: Ask = { ...options, routing, payment, day: date, minute, seed, refusals, support: [] }
  const outOfRate: Pool[] = []
  for (const pool of pools) {
    if (refusesPool(ask, pool)) continue
    const health = pool.minSuccess && options.health?.(pool.code)
    const isOut = health?.out ?? false
    if (isOut && !isProbe(seed, pool.hash)) {
      const rate = successPpm(health!.probes.length > 0 ? health!.probes : health!.recent)
      refusals.push({ pool: pool.code, reason: 'success_rate', ratePpm: rate })
      outOfRate.push(pool)
      continue
    }
    const route = fromPool(ask, pool, isOut)
    if (route !== undefined) return { route, refusals }
  }
  for (const pool of outOfRate) {
    const route = fromPool(ask, pool, false)
    if (route !== undefined)
      return { route, refusals: refusals.filter((one) => one.pool !== pool.code || one.mid !== undefined) }
  }
  return { route: undefined, refusals }
}

/** Status, hours, range and the day's ratios of a pool as a whole. */
function refusesPool(ask: Ask, pool: Pool): boolean {
  const { payment, counters, day, routing, refusals } = ask
  const reason = refusesBounds(ask, pool)
  if (reason !== undefined) {
    refusals.push({ pool: pool.code, reason, of: 'pool' })
    return true
  }
  const ratio = ratioRefusal(pool, payment, counters, day, routing.version)
  if (ratio !== undefined) refusals.push({ pool: pool.code, reason: ratio })
  return ratio !== undefined
}

function refusesBounds({ gate, payment, minute }: Ask, of: Bounds): RouteReason | undefined {
  if (of.suspended || (gate?.isSuspended(of.ref) ?? false)) return 'suspended'
  if (of.hours !== undefined && of.hours[minute] === 0) return 'outside_hours'
  if (payment.amountFen < of.minFen) return 'amount_below_minimum'
  if (payment.amountFen > of.maxFen) return 'amount_above_maximum'
  return undefined
}

function fromPool(ask: Ask, pool: Pool, probe: boolean): Route | undefined {
  const { payment, counters, day, routing } = ask
  const poolAsk = dailyAsk(pool, day, payment.amountFen, routing.version)
  if (poolAsk !== undefined && refusesByCounter(ask, counters, [poolAsk], pool.code, undefined)) return undefined
  const candidates = new Candidates(pool)
  for (const mid of midsFor(pool, payment.merchant))
    if (mayServe(ask, mid)) candidates.add(mid, orderKey(ask, pool, mid), placeOf(ask.seed, mid.hash))
  if (ask.explain) explainFilters(ask, pool)
  for (let mid = candidates.next(); mid !== undefined; mid = candidates.next()) {
    const charges = chargesOf(ask, pool, mid, poolAsk)
    if (refusesByCounter(ask, counters, charges, pool.code, mid)) continue
    const sum = sumAsk(pool, payment.cardType, day, payment.amountFen, routing.version)
    if (sum !== undefined) charges.push(sum)
    counters.take(charges, 'held')
    ask.gate?.mustNotBeSuspended(pool.ref)
    ask.gate?.mustNotBeSuspended(mid.ref)
    ask.gate?.mustNotBeSuspended(mid.channel.ref)
    return {
      ...{ mid: mid.code, channel: mid.channel.code, pool: pool.code, secretRef: mid.secretRef },
      ...{ costFen: costOf(supportOf(ask, mid.channel)!, payment.amountFen), probe, charges },
    }
  }
  return undefined
}

/** Those that the merchant may use: found once per pool and merchant. */
function midsFor(pool: Pool, merchant: string): readonly Mid[] {
  let mids = pool.byMerchant.get(merchant)
  if (mids === undefined) {
    mids = pool.mids.filter(({ allowed }) => allowed === undefined || allowed.has(merchant))
    pool.byMerchant.set(merchant, mids)
  }
  return mids
}

/** Every hard filter at once, without its name. */
function mayServe(ask: Ask, mid: Mid): boolean {
  const { payment, minute, gate } = ask
  if (mid.suspended || mid.channel.suspended) return false
  if (payment.amountFen < mid.lowestFen || payment.amountFen > mid.highestFen) return false
  if (mid.bothHours !== undefined && mid.bothHours[minute] === 0) return false
  if (mid.region !== undefined && payment.region?.startsWith(mid.region) !== true) return false
  if (mid.industry !== undefined && mid.industry !== payment.industry) return false
  if (payment.exclude !== undefined && payment.exclude.includes(mid.code)) return false
  if (gate !== undefined && (gate.isSuspended(mid.ref) || gate.isSuspended(mid.channel.ref))) return false
  return supportOf(ask, mid.channel) !== null
}

/** The same filters in their documented order: the first that fails. */
function filterReason(ask: Ask, mid: Mid): { reason: RouteReason; of?: 'channel' | 'mid' } | undefined {
  const { payment, gate, minute } = ask
  if (payment.exclude?.includes(mid.code)) return { reason: 'excluded' }
  const owners = [
    ['channel', mid.channel],
    ['mid', mid],
  ] as const
  for (const [of, bounds] of owners)
    if (bounds.suspended || gate?.isSuspended(bounds.ref)) return { reason: 'suspended', of }
  if (mid.allowed !== undefined && !mid.allowed.has(payment.merchant)) return { reason: 'merchant_not_allowed' }
  if (mid.region !== undefined && !payment.region?.startsWith(mid.region)) return { reason: 'region' }
  if (mid.industry !== undefined && mid.industry !== payment.industry) return { reason: 'industry' }
  for (const [of, { hours }] of owners) if (hours?.[minute] === 0) return { reason: 'outside_hours', of }
  for (const [of, { minFen }] of owners) if (payment.amountFen < minFen) return { reason: 'amount_below_minimum', of }
  for (const [of, { maxFen }] of owners) if (payment.amountFen > maxFen) return { reason: 'amount_above_maximum', of }
  return supportOf(ask, mid.channel) === null ? { reason: 'card_not_supported' } : undefined
}

function explainFilters(ask: Ask, pool: Pool): void {
  for (const mid of pool.mids) {
    const found = filterReason(ask, mid)
    if (found !== undefined) ask.refusals.push({ pool: pool.code, mid: mid.code, ...found })
  }
}

function supportOf({ support, payment }: Ask, channel: Channel): CardSupport | null {
  return (support[channel.index] ??= supportFor(channel, payment) ?? null)
}

/** Less comes first. */
function orderKey(ask: Ask, { order }: Pool, mid: Mid): number {
  if (order === 'random') return 0
  return order === 'priority' ? -mid.priority : costOf(supportOf(ask, mid.channel)!, ask.payment.amountFen)
}

/** In the order in which they are tested: card a day, then the daily counters of channel, MID and pool. */
function chargesOf(ask: Ask, _pool: Pool, mid: Mid, poolAsk: CounterAsk | undefined): CounterAsk[] {
  const { payment, day, routing } = ask
  const { version } = routing
  const charges: CounterAsk[] = []
  const add = (charge: CounterAsk | undefined) => {
    if (charge !== undefined) charges.push(charge)
  }
  add(cardAsk('channel', mid.channel, payment, day, version))
  add(cardAsk('mid', mid, payment, day, version))
  add(dailyAsk(mid.channel, day, payment.amountFen, version))
  add(dailyAsk(mid, day, payment.amountFen, version))
  add(poolAsk)
  return charges
}

function refusesByCounter(
  ask: Ask,
  counters: Counters,
  charges: readonly CounterAsk[],
  pool: string,
  mid: Mid | undefined,
): boolean {
  const short = counters.test(charges)
  if (short === null) return false
  ask.onShort?.(short)
  if (mid !== undefined && !ask.explain) return true
  const { state, measure } = short
  const isCard = short.ask.key.includes('-card/')
  const held = measure === 'fen' ? state.heldFen : state.heldCount
  ask.refusals.push({
    pool,
    ...(mid === undefined ? {} : { mid: mid.code }),
    reason: isCard ? 'card_limit_exhausted' : 'limit_exhausted',
    of: ownerOf(short.ask.key),
    limit: (measure === 'fen' ? state.limitFen : state.limitCount) ?? 0,
    taken: held + (measure === 'fen' ? state.usedFen + state.overFen : state.usedCount + state.overCount),
    held,
    measure: measure === 'fen' ? 'amount' : 'count',
  })
  return true
}

/** Candidates of a pool, lazily in their order: nothing is sorted while the first one serves. */
class Candidates {
  private readonly mids: Mid[] = []
  private readonly keys: number[] = []
  private readonly places: number[] = []
  private sorted: number[] | undefined
  private given = 0

  constructor(_pool: Pool) {}

  add(mid: Mid, key: number, place: number): void {
    this.mids.push(mid)
    this.keys.push(key)
    this.places.push(place)
  }

  next(): Mid | undefined {
    if (this.given >= this.mids.length) return undefined
    if (this.given === 0) {
      this.given = 1
      return this.mids[this.first()]
    }
    this.sorted ??= this.inOrder()
    return this.mids[this.sorted[this.given++]!]
  }

  private first(): number {
    let best = 0
    for (let i = 1; i < this.mids.length; i++) if (this.compare(i, best) < 0) best = i
    return best
  }

  private inOrder(): number[] {
    return this.mids.map((_, i) => i).sort((a, b) => this.compare(a, b))
  }

  /** Two MIDs whose codes have one hash stand in the order of the document. */
  private compare(a: number, b: number): number {
    return this.keys[a]! - this.keys[b]! || this.places[a]! - this.places[b]! || a - b
  }
}
