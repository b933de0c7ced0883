import { PERIODS, type Budget, type Campaign, type Limit, type Offer, type Period } from '@lijian/contracts/marketing'
import { givenAt, tiersOf } from './given'
import { amountsOf, type AmountOffer } from './reach'
import { warning, yuan, type Reviewed, type Warning } from './warning'

/** A limit or budget with its place in the document. A budget is a limit with `per: []`, total, refuse. */
export interface Placed {
  path: string
  limit: Limit
  isBudget: boolean
}

export function budgetOf(budget: Budget | undefined, path: string): Placed[] {
  return budget === undefined ? [] : [{ path, limit: { per: [], period: 'total', ...budget }, isBudget: true }]
}

export const ownLimits = ({ rule, budget }: Offer, at: string): Placed[] => [
  ...(rule.limits ?? []).map((limit, i) => ({ path: `${at}.rule.limits[${i}]`, limit, isBudget: false })),
  ...budgetOf(budget, `${at}.budget`),
]

export const campaignLimits = (campaign: Campaign): Placed[] => [
  ...(campaign.limits ?? []).map((limit, i) => ({ path: `limits[${i}]`, limit, isBudget: false })),
  ...budgetOf(campaign.budget, 'budget'),
]

export const concerns = ({ limit }: Placed, offer: Offer): boolean => limit.offers?.includes(offer.code) ?? true

/** Limits of an offer that a wider one makes needless, and limits below the least that the offer gives. */
export function limitWarnings({ campaign, offer, at }: Reviewed): Warning[] {
  const own = ownLimits(offer, at)
  const all = [...own, ...campaignLimits(campaign).filter((placed) => concerns(placed, offer))]
  return [
    ...own.flatMap((placed) => neverReached(placed, all)),
    ...(offer.kind === 'amount' ? all.flatMap((placed) => belowDiscount(offer, placed, at)) : []),
  ]
}

export function campaignLimitWarnings(campaign: Campaign): Warning[] {
  const all = campaignLimits(campaign)
  return all.flatMap((placed) =>
    neverReached(
      placed,
      all.filter(({ limit }) => sharedByAll(limit, placed.limit)),
    ),
  )
}

const sharedByAll = (wide: Limit, narrow: Limit): boolean =>
  wide.offers === undefined || (narrow.offers?.every((code) => wide.offers!.includes(code)) ?? false)

/**
 * Everything that a narrow limit counts, the wide one counts too: fewer dimensions, a period that contains its period, the same measure. So
 * the narrow one, if it is larger, always has more left: whatever it would refuse (or cut), the wide one refuses (or cuts) as well.
 */
function neverReached(narrow: Placed, all: readonly Placed[]): Warning[] {
  return (['amount', 'count'] as const).flatMap((key) => {
    const mine = narrow.limit[key]
    if (mine === undefined) return []
    const wider = all.filter((wide) => wide !== narrow && contains(wide.limit, narrow.limit, key))
    const [least] = wider.filter(({ limit }) => limit[key]! < mine).sort((a, b) => a.limit[key]! - b.limit[key]!)
    return least === undefined ? [] : [needless(narrow, least, key)]
  })
}

function contains(wide: Limit, narrow: Limit, key: 'amount' | 'count'): boolean {
  if (wide[key] === undefined || !isWithin(narrow.period, wide.period)) return false
  if (!wide.per.every((dimension) => narrow.per.includes(dimension))) return false
  if (key === 'count') return true
  // A fee-free allowance takes only the part inside it, so that what two gross limits count may differ.
  const gross = narrow.measure === 'gross'
  if (gross !== (wide.measure === 'gross')) return false
  return !gross || (wide.onShort !== 'clip' && narrow.onShort !== 'clip')
}

/** A week lies in no month, quarter or year; everything else lies in what is longer. */
function isWithin(inner: Period, outer: Period): boolean {
  if (inner === outer || outer === 'total') return true
  if (inner === 'total' || inner === 'week') return false
  if (outer === 'week') return inner === 'day'
  return PERIODS.indexOf(inner) < PERIODS.indexOf(outer)
}

function needless(narrow: Placed, wide: Placed, key: 'amount' | 'count'): Warning {
  const [mine, its] = [narrow.limit[key]!, wide.limit[key]!]
  const shown = (value: number) => (key === 'amount' ? yuan(value) : String(value))
  const keys = narrow.limit.per.join(', ')
  const said = {
    message: `The limit of ${shown(mine)} is never reached: ${wide.path} ends at ${shown(its)} before it. Lower it or drop it${keys === '' ? '' : ` (all it does now is to refuse payments without ${keys})`}.`,
    messageZh: `限额 ${shown(mine)} 永远到不了:${wide.path} 在 ${shown(its)} 时已用尽。请降低或删除${keys === '' ? '' : `(它现在只会拒绝没有 ${keys} 的交易)`}。`,
  }
  return warning('limit_never_reached', `${narrow.path}.${key}`, said, {
    [key]: mine,
    per: narrow.limit.per,
    period: narrow.limit.period,
    wider: { path: wide.path, [key]: its, per: wide.limit.per, period: wide.limit.period },
  })
}

/** A limit that cannot take even one discount of a tier (or of the whole offer) refuses it every time. */
function belowDiscount(offer: AmountOffer, { limit, path }: Placed, at: string): Warning[] {
  const { amount } = limit
  if (amount === undefined || limit.onShort === 'clip') return []
  // A discount on the gross base is cut to what earlier groups have left to pay, and fits in the end.
  if (limit.measure !== 'gross' && offer.base === 'gross') return []
  const steps = limit.measure === 'gross' ? leastAmounts(offer) : leastDiscounts(offer)
  const refused = steps.filter(({ leastFen }) => leastFen > amount)
  if (refused.length === 0) return []
  const which = refused.length === steps.length ? 'the offer' : `tier ${refused.map(({ tier }) => tier).join(', ')}`
  const whichZh = refused.length === steps.length ? '该子活动' : `第 ${refused.map(({ tier }) => tier).join('、')} 档`
  const [first] = refused
  const what = limit.measure === 'gross' ? 'a payment' : 'a discount'
  const said = {
    message: `${path}.amount is ${yuan(amount)}, and ${which} (counted from 0) needs ${what} of ${yuan(first!.leastFen)} at least: it is refused every time. Raise the limit.`,
    messageZh: `${path}.amount 为 ${yuan(amount)},而${whichZh}(从 0 数起)至少需要 ${yuan(first!.leastFen)},每次都会被拒绝:请提高限额。`,
  }
  return [warning('limit_below_discount', `${path}.amount`, said, { offer: at, amount, refused, of: steps.length })]
}

interface Step {
  tier: number
  leastFen: number
  atAmountFen: number
}

/** The least that each tier gives: at its threshold (the discount never falls inside a tier), whatever conditions.amount says. */
function leastDiscounts(offer: AmountOffer): Step[] {
  const { benefit } = offer.rule
  const starts = benefit.type === 'fixedPrice' ? [benefit.price + 1] : benefit.tiers.map(({ atLeast }) => atLeast)
  return starts.map((atAmountFen, tier) => ({
    tier,
    leastFen: givenAt(offer, Math.max(1, atAmountFen))?.minFen ?? 0,
    atAmountFen,
  }))
}

/** The least gross amount that reaches each tier. */
function leastAmounts(offer: AmountOffer): Step[] {
  const { lo } = amountsOf(offer)
  const { benefit } = offer.rule
  const starts = benefit.type === 'fixedPrice' ? [benefit.price + 1] : tiersOf(benefit).map(({ atLeast }) => atLeast)
  return starts.map((start, tier) => ({ tier, leastFen: Math.max(lo, start), atAmountFen: Math.max(lo, start) }))
}

/** Offers that nothing bounds: neither a budget nor a limit over all payments (or over each of the listed merchants), nor a prepaid balance. */
export function boundWarnings(campaign: Campaign): Warning[] {
  if (campaign.paymentMode === 'prepay') return []
  const shared = campaignLimits(campaign)
  const unbounded = campaign.offers.filter((offer, i) => {
    const all = [...ownLimits(offer, `offers[${i}]`), ...shared.filter((placed) => concerns(placed, offer))]
    return !all.some(({ limit }) => bounds(limit, offer))
  })
  if (unbounded.length === 0) return []
  const codes = unbounded.map(({ code }) => code)
  const said = {
    message: `No budget and no limit over all payments bounds what these offers cost: ${codes.join(', ')}. State a budget, or a limit with per [].`,
    messageZh: `以下子活动没有总额度,也没有对全部交易的限额,费用没有上限:${codes.join('、')}。请写明 budget 或 per 为 [] 的限额。`,
  }
  return [warning('no_bound', 'budget', said, { offers: codes })]
}

function bounds(limit: Limit, offer: Offer): boolean {
  return limit.per.every(
    (dimension) =>
      (dimension === 'merchant' && offer.merchants !== undefined && isAlone(offer, 'merchants')) ||
      (dimension === 'subMerchant' && offer.subMerchants !== undefined && isAlone(offer, 'subMerchants')),
  )
}

/** Groups change without a new version: how many merchants they bind nobody knows. */
const isAlone = (offer: Offer, key: 'merchants' | 'subMerchants'): boolean =>
  (['merchants', 'subMerchants', 'merchantGroups'] as const).every(
    (other) => other === key || offer[other] === undefined,
  )
