import { zoneClock } from '@lijian/calendar'
import type { RouteReason } from '@lijian/contracts/routing'
import type { CounterAsk } from '@lijian/limits'
import { cardAsks, dailyAsk, ownerOf, sumAsk } from './asks'
import { costOf, supportFor } from './cards'
import { successPpm } from './health'
import { ratioRefusal } from './ratio'
import { isProbe, paymentSeed, placeOf } from './seed'
import type {
  Bounds,
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
  /** Of each channel by its index, worked out once per payment; Infinity: it does not take the card. */
  costsFen: (number | undefined)[]
  /** By index: channels that were found to have no room. Their other MIDs need not be asked. */
  shortChannels: (true | undefined)[]
}

/**
 * The MID that carries a payment: pools in their order, in each the hard filters, then the order, then the counters, of which it takes what the
 * payment needs as held (docs/explanation/routing.md). A pool that is out for its success rate alone is used when nothing else can serve.
 */
export function selectRoute(routing: Routing, payment: RoutePayment, options: SelectionOptions): Selection {
  const refusals: Refusal[] = []
  const pools = routing.poolsOf(payment.merchant, payment.method, payment.type)
  if (pools === undefined) return { route: undefined, refusals: [{ reason: 'no_route' }] }
  const { date, minute } = zoneClock(routing.timeZone).at(payment.atMs)
  const seed = paymentSeed(options.drawKey, payment.client, payment.serial)
  const { counters, health: healthOf, drawKey, gate, explain, onShort } = options
  // Written out: a spread would cost as much as the whole selection.
  const ask: Ask = {
    counters,
    health: healthOf,
    drawKey,
    gate,
    explain,
    onShort,
    routing,
    payment,
    day: date,
    minute,
    seed,
    refusals,
    costsFen: [],
    shortChannels: [],
  }
  const outOfRate: Pool[] = []
  for (const pool of pools) {
    if (refusesPool(ask, pool)) continue
    const health = pool.minSuccess && options.health?.(pool.code)
    const isOut = health?.out ?? false
    if (isOut && !isProbe(seed, pool.hash)) {
      // The rate for which it is out; how its probes go decides when it is back.
      const rate = successPpm(health!.recent)
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
  const { payment, day, routing } = ask
  const poolAsk = dailyAsk(pool, day, payment.amountFen, routing.version)
  if (poolAsk !== undefined && refusesByCounter(ask, [poolAsk], pool.code, undefined)) return undefined
  if (ask.explain) explainFilters(ask, pool)
  const mids = midsFor(pool, payment.merchant)
  let best: Mid | undefined
  let bestKey = Infinity
  let bestPlace = Infinity
  for (const mid of mids) {
    const key = orderKey(ask, pool, mid)
    if (key > bestKey) continue
    const place = placeOf(ask.seed, mid.hash)
    if (key === bestKey && place >= bestPlace) continue
    // The filters come last: few MIDs come before the best one so far.
    if (!mayServe(ask, mid)) continue
    best = mid
    bestKey = key
    bestPlace = place
  }
  if (best === undefined) return undefined
  // Nothing is put in order while the first one serves.
  const route = routeBy(ask, pool, best, poolAsk, probe)
  if (route !== undefined) return route
  for (const mid of others(ask, pool, mids, best)) {
    const next = routeBy(ask, pool, mid, poolAsk, probe)
    if (next !== undefined) return next
  }
  return undefined
}

/** The rest of the candidates in their order. Two MIDs whose codes have one hash stand in the order of the document. */
function others(ask: Ask, pool: Pool, mids: readonly Mid[], first: Mid): Mid[] {
  return mids
    .filter((mid) => mid !== first && mayServe(ask, mid))
    .map((mid) => ({ mid, key: orderKey(ask, pool, mid), place: placeOf(ask.seed, mid.hash) }))
    .sort((a, b) => a.key - b.key || a.place - b.place)
    .map(({ mid }) => mid)
}

/** The route by this MID, its counters taken; undefined: one of them has no room. */
function routeBy(ask: Ask, pool: Pool, mid: Mid, poolAsk: CounterAsk | undefined, probe: boolean): Route | undefined {
  const { payment, counters, day, routing, shortChannels, gate } = ask
  const { code, channel, secretRef } = mid
  if (shortChannels[channel.index] === true && !ask.explain) return undefined
  const charges = chargesOf(ask, mid, poolAsk)
  if (refusesByCounter(ask, charges, pool.code, mid)) return undefined
  const sum = sumAsk(pool, payment.cardType, day, payment.amountFen, routing.version)
  if (sum !== undefined) charges.push(sum)
  counters.take(charges, 'held')
  gate?.mustNotBeSuspended(pool.ref)
  gate?.mustNotBeSuspended(mid.ref)
  gate?.mustNotBeSuspended(channel.ref)
  const costFen = costFenOf(ask, channel)
  return { mid: code, channel: channel.code, pool: pool.code, secretRef, costFen, probe, charges }
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
  return costFenOf(ask, mid.channel) !== Infinity
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
  return costFenOf(ask, mid.channel) === Infinity ? { reason: 'card_not_supported' } : undefined
}

function explainFilters(ask: Ask, pool: Pool): void {
  for (const mid of pool.mids) {
    const found = filterReason(ask, mid)
    if (found !== undefined) ask.refusals.push({ pool: pool.code, mid: mid.code, ...found })
  }
}

function costFenOf({ costsFen, payment }: Ask, channel: Channel): number {
  let costFen = costsFen[channel.index]
  if (costFen === undefined) {
    const support = supportFor(channel, payment)
    costFen = costsFen[channel.index] = support === undefined ? Infinity : costOf(support, payment.amountFen)
  }
  return costFen
}

/** Less comes first. */
function orderKey(ask: Ask, { order }: Pool, mid: Mid): number {
  if (order === 'random') return 0
  return order === 'priority' ? -mid.priority : costFenOf(ask, mid.channel)
}

/** In the order in which they are tested: card a day, then the daily counters of channel, MID and pool. */
function chargesOf(ask: Ask, mid: Mid, poolAsk: CounterAsk | undefined): CounterAsk[] {
  const { payment, day, routing } = ask
  const { version } = routing
  const charges = [
    ...cardAsks('channel', mid.channel, payment, day, version),
    ...cardAsks('mid', mid, payment, day, version),
  ]
  const add = (charge: CounterAsk | undefined) => {
    if (charge !== undefined) charges.push(charge)
  }
  add(dailyAsk(mid.channel, day, payment.amountFen, version))
  add(dailyAsk(mid, day, payment.amountFen, version))
  add(poolAsk)
  return charges
}

/** One of the counters has no room. Of a MID's the reason is kept with `explain` only. */
function refusesByCounter(ask: Ask, charges: readonly CounterAsk[], pool: string, mid: Mid | undefined): boolean {
  const short = ask.counters.test(charges)
  if (short === null) return false
  ask.onShort?.(short)
  const { state, measure } = short
  const { key } = short.ask
  const of = ownerOf(key)
  if (mid !== undefined && of === 'channel') ask.shortChannels[mid.channel.index] = true
  if (mid !== undefined && !ask.explain) return true
  // What is named is the first that fails: it holds only while what was tested before it has room.
  ask.counters.require(charges, short)
  const held = measure === 'fen' ? state.heldFen : state.heldCount
  ask.refusals.push({
    pool,
    ...(mid === undefined ? {} : { mid: mid.code }),
    reason: key.includes('-card/') ? 'card_limit_exhausted' : 'limit_exhausted',
    of,
    limit: (measure === 'fen' ? state.limitFen : state.limitCount) ?? 0,
    taken: held + (measure === 'fen' ? state.usedFen + state.overFen : state.usedCount + state.overCount),
    held,
    measure: measure === 'fen' ? 'amount' : 'count',
  })
  return true
}
