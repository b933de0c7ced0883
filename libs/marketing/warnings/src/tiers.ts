import { givenAt, givenByTier, leastPayableFen, tiersOf, type Given, type Tier } from './given'
import { less, rounded, text } from './rational'
import { amountsOf, basesOf, mostGivenFen, reachOf, type AmountOffer } from './reach'
import { warning, yuan, type Reviewed, type Warning } from './warning'

/** Tiers that are never chosen, that give nothing, nothing more, or less than the one below; and offers of which all that is true. */
export function tierWarnings({ offer, at }: Reviewed): Warning[] {
  if (offer.kind === 'fee') return feeNeverSaves(offer.rule.benefit, at)
  if (mostGivenFen(offer) === 0) return [neverGives(offer, at)]
  return tiersOf(offer.rule.benefit).flatMap((_, place) => oneTier(offer, place, at))
}

function feeNeverSaves(benefit: { type: string; ppm?: number }, at: string): Warning[] {
  if (benefit.type !== 'percentOff' || benefit.ppm !== 0) return []
  const said = {
    message: 'The offer takes 0 ppm off the fee and never saves anything: state how much of the fee is taken off.',
    messageZh: '手续费减免比例为 0,永远不会减免:请写明减免多少。',
  }
  return [warning('offer_never_gives', `${at}.rule.benefit.ppm`, said, { ppm: 0 })]
}

/** What the payments may have that a claim about amounts leaves out: the offer alone, on a payment whose base is its amount. */
const UNLESS = {
  loweredBefore: { en: 'an offer of another group has lowered it before', zh: '其他组的优惠已先降低了金额' },
  eligibleAmount: { en: 'it states an eligibleAmount below its amount', zh: '交易带有低于金额的 eligibleAmount' },
}
type Unless = keyof typeof UNLESS

const withoutMinPayable = (offer: AmountOffer): AmountOffer => ({
  ...offer,
  rule: { ...offer.rule, benefit: { ...offer.rule.benefit, minPayable: 0 } },
})

/** Of a benefit that gives nothing on its own: what could make it give something all the same. */
function unlessOf(offer: AmountOffer): Unless[] {
  return [
    ...(mostGivenFen(offer, basesOf(offer)) > 0 ? (['loweredBefore'] as const) : []),
    ...(mostGivenFen(withoutMinPayable(offer)) > 0 ? (['eligibleAmount'] as const) : []),
  ]
}

const unlessInWords = (unless: readonly Unless[]): { en: string; zh: string } => ({
  en: unless.length === 0 ? '' : `, unless ${unless.map((key) => UNLESS[key].en).join(' or ')}`,
  zh: unless.length === 0 ? '' : `(除非${unless.map((key) => UNLESS[key].zh).join('或')})`,
})

function neverGives(offer: AmountOffer, at: string): Warning {
  const { lo, hi } = amountsOf(offer)
  const unless = unlessOf(offer)
  const words = unlessInWords(unless)
  const said = {
    message: `No payment from ${yuan(lo)} to ${yuan(hi)} gets anything from this benefit${words.en}: compare conditions.amount with its thresholds, price and minPayable.`,
    messageZh: `${yuan(lo)} 至 ${yuan(hi)} 的任何交易都得不到优惠${words.zh}:请核对 conditions.amount 与门槛、一口价和 minPayable。`,
  }
  return warning('offer_never_gives', `${at}.rule.benefit`, said, {
    amountsFen: { from: lo, to: hi },
    benefit: offer.rule.benefit,
    leastPayableFen: leastPayableFen(offer),
    unless,
  })
}

function oneTier(offer: AmountOffer, place: number, at: string): Warning[] {
  const tiers = tiersOf(offer.rule.benefit)
  const path = `${at}.rule.benefit.tiers[${place}]`
  const reach = reachOf(tiers, place, amountsOf(offer))
  if (reach === undefined) return [neverChosen(offer, tiers, place, path)]
  if (givenAt(offer, reach.hi)!.maxFen === 0) {
    const unless: Unless[] = givenAt(withoutMinPayable(offer), reach.hi)!.maxFen > 0 ? ['eligibleAmount'] : []
    const words = unlessInWords(unless)
    const said = {
      message: `The tier is chosen from ${yuan(reach.lo)} to ${yuan(reach.hi)} and gives nothing there${words.en}: drop it, or correct what it gives.`,
      messageZh: `该档适用于 ${yuan(reach.lo)} 至 ${yuan(reach.hi)},但什么都不减${words.zh}:请删除或改正。`,
    }
    return [warning('tier_gives_nothing', path, said, { fromFen: reach.lo, toFen: reach.hi, givenFen: 0, unless })]
  }
  if (place === 0) return []
  const firstBase = offer.base === 'gross' ? reach.lo : tiers[place]!.atLeast
  return [...addsNothing(offer, place, firstBase, path), ...givesLess(offer, tiers[place]!.atLeast, path)]
}

function neverChosen(offer: AmountOffer, tiers: readonly Tier[], place: number, path: string): Warning {
  const { lo, hi } = amountsOf(offer)
  const { atLeast } = tiers[place]!
  const next = tiers[place + 1]?.atLeast
  if (atLeast > hi) {
    const said = {
      message: `The tier begins at ${yuan(atLeast)}, but conditions.amount.max is ${yuan(hi)}: it is never chosen. Raise the maximum or drop the tier.`,
      messageZh: `该档从 ${yuan(atLeast)} 起,而 conditions.amount.max 为 ${yuan(hi)},永远用不到:请提高上限或删除该档。`,
    }
    return warning('tier_never_chosen', path, said, { atLeast, amountMax: hi })
  }
  // An earlier group may lower a net base below conditions.amount.min, which looks at the payment before any group.
  const net = offer.base !== 'gross'
  const said = {
    message: `The tier ends below ${yuan(next!)}, but conditions.amount.min is ${yuan(lo)}: it is never chosen${net ? ', unless an offer of another group has lowered the payment before' : ''}. Lower the minimum or drop the tier.`,
    messageZh: `该档止于 ${yuan(next!)} 以下,而 conditions.amount.min 为 ${yuan(lo)}${net ? ',除非其他组的优惠先降低了金额,' : ','}永远用不到:请降低下限或删除该档。`,
  }
  return warning('tier_never_chosen', path, said, {
    atLeast,
    nextAtLeast: next,
    amountMin: lo,
    unlessLoweredBefore: net,
  })
}

/** The tier below would give the same at every amount: the same benefit, or both always at the cap (both grow with the amount). */
function addsNothing(offer: AmountOffer, place: number, fromFen: number, path: string): Warning[] {
  const [below, tier] = [tiersOf(offer.rule.benefit)[place - 1]!, tiersOf(offer.rule.benefit)[place]!]
  const { cap } = offer.rule.benefit
  const worst = (which: Tier) => givenByTier(which, fromFen, Infinity).minFen
  const bothCapped = cap !== undefined && worst(below) >= cap && worst(tier) >= cap
  if (!bothCapped && !sameGift(below, tier)) return []
  const said = {
    message: `From ${yuan(tier.atLeast)} on the tier gives the same as the tier below it${bothCapped ? `, the cap of ${yuan(cap)}` : ''}: drop it, or correct what it gives.`,
    messageZh: `从 ${yuan(tier.atLeast)} 起该档与下一档优惠相同${bothCapped ? `(都到封顶 ${yuan(cap)})` : ''}:请删除或改正。`,
  }
  return [warning('tier_adds_nothing', path, said, { below, tier, ...(bothCapped ? { cap, fromFen } : {}) })]
}

function sameGift(a: Tier, b: Tier): boolean {
  if ('off' in a && 'off' in b) return !a.every && !b.every && JSON.stringify(a.off) === JSON.stringify(b.off)
  return 'payPpm' in a && 'payPpm' in b && JSON.stringify(a.payPpm) === JSON.stringify(b.payPpm)
}

/** One fen more and the mean falls. Inside a tier nothing falls, so the first amount of a tier is the only place to look. */
function givesLess(offer: AmountOffer, atFen: number, path: string): Warning[] {
  const { lo, hi } = amountsOf(offer)
  if (atFen - 1 < lo || atFen > hi) return []
  const [before, after] = [givenAt(offer, atFen - 1)!, givenAt(offer, atFen)!]
  if (!less(after.mean, before.mean)) return []
  const random = after.minFen !== after.maxFen || before.minFen !== before.maxFen
  const said = {
    message: `A payment of ${yuan(atFen - 1)} gets ${yuan(rounded(before.mean))}, one of ${yuan(atFen)} only ${yuan(rounded(after.mean))}${random ? ' on average' : ''}: a higher tier should not give less.`,
    messageZh: `${yuan(atFen - 1)} 元的交易${random ? '平均' : ''}减 ${yuan(rounded(before.mean))},${yuan(atFen)} 元的却只减 ${yuan(rounded(after.mean))}:高档不应少减。`,
  }
  const shown = (amountFen: number, given: Given) => ({
    amountFen,
    meanFen: text(given.mean),
    minFen: given.minFen,
    maxFen: given.maxFen,
  })
  return [warning('tier_gives_less', path, said, { below: shown(atFen - 1, before), at: shown(atFen, after) })]
}
