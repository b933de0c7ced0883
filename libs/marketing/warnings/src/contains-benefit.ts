import type { AmountBenefit, FeeBenefit, Offer } from '@lijian/contracts/marketing'
import { mostOf, leastOf, PAY_PPM_STEP } from './draw-values'
import { leastPayableFen } from './given'
import type { AmountOffer } from './reach'

const PPM = 1_000_000

/**
 * Whether the wide offer gives something on every payment (amount, base, what is still payable) on which the narrow one does, conditions on the
 * amount included; then the reason in words, else undefined. Some true containments are not recognised; none that is false is.
 */
export function containsBenefit(wide: Offer, narrow: Offer): string | undefined {
  if (wide.kind === 'fee' && narrow.kind === 'fee')
    return containsAmounts(wide, narrow) && costsNoMore(wide.rule.benefit, narrow.rule.benefit)
      ? 'its new fee is never higher, on the same amounts'
      : undefined
  if (wide.kind === 'fee' || narrow.kind === 'fee') return undefined
  return containsAmountBenefit(wide, narrow)
}

function containsAmounts(wide: Offer, narrow: Offer, from = 0): boolean {
  const [w, n] = [wide.rule.conditions?.amount ?? {}, narrow.rule.conditions?.amount ?? {}]
  return (w.min ?? 0) <= Math.max(n.min ?? 0, from) && (w.max ?? Infinity) >= (n.max ?? Infinity)
}

/** The new fee of the wide one is at most that of the narrow one, whatever the merchant's schedule says. */
function costsNoMore(wide: FeeBenefit, narrow: FeeBenefit): boolean {
  if (wide.type === 'waive') return true
  if (wide.type === 'percentOff') return narrow.type === 'percentOff' && wide.ppm >= narrow.ppm
  if (wide.type === 'fixed')
    return wide.amount <= (narrow.type === 'fixed' ? narrow.amount : narrow.type === 'rate' ? (narrow.min ?? 0) : -1)
  if (narrow.type === 'fixed') return (wide.max ?? Infinity) <= narrow.amount
  if (narrow.type !== 'rate') return false
  return (
    wide.ppm <= narrow.ppm && (wide.min ?? 0) <= (narrow.min ?? 0) && (wide.max ?? Infinity) <= (narrow.max ?? Infinity)
  )
}

/**
 * Both look at the same base (net or gross). The wide one gives 1 fen at least from some base on, whatever is drawn; the narrow one nothing
 * below some base. The base is never above the amount that conditions look at.
 */
function containsAmountBenefit(wide: AmountOffer, narrow: AmountOffer): string | undefined {
  if ((wide.base ?? 'net') !== (narrow.base ?? 'net')) return undefined
  if (leastPayableFen(wide) > leastPayableFen(narrow)) return undefined
  const first = narrowFrom(narrow.rule.benefit)
  if (!containsAmounts(wide, narrow, first)) return undefined
  const { min = 0, max = Infinity } = narrow.rule.conditions?.amount ?? {}
  const start = narrow.base === 'gross' ? Math.max(first, min) : first
  const end = Math.min(upToOf(narrow.rule.benefit), max)
  const surely = surelyFrom(wide.rule.benefit)
  if (surely === undefined || surely > start || upToOf(wide.rule.benefit) < end) return undefined
  return `it gives something from a base of ${surely} fen on, the other from ${start} fen at the earliest`
}

const upToOf = (benefit: AmountBenefit): number =>
  benefit.type === 'fixedPrice' ? (benefit.upTo ?? Infinity) : Infinity

/** No base below this gets anything. */
function narrowFrom(benefit: AmountBenefit): number {
  if (benefit.type === 'fixedPrice') return benefit.price + 1
  const [lowest] = benefit.tiers
  if ('off' in lowest!) return Math.max(1, lowest.atLeast)
  // A percentage has to make 1 fen: with several tiers a later one may do so where the first does not, so the threshold alone is taken.
  const only = benefit.tiers.length === 1 ? fullFenFrom(leastOf(lowest!.payPpm)) : 1
  return Math.max(1, lowest!.atLeast, only)
}

/** Every base from here on (up to `upTo`) gets something, whatever is drawn; undefined where that is not so of each tier. */
function surelyFrom(benefit: AmountBenefit): number | undefined {
  if (benefit.type === 'fixedPrice') return benefit.price + 1
  let start: number | undefined
  for (const tier of benefit.tiers) {
    // A draw may be of 0 fen.
    const gives =
      'off' in tier ? (leastOf(tier.off) > 0 ? 1 : Infinity) : fullFenFrom(mostOf(tier.payPpm, PAY_PPM_STEP))
    if (gives === Infinity) return undefined
    start ??= Math.max(1, tier.atLeast, gives)
    if (gives > Math.max(start, tier.atLeast)) return undefined
  }
  return start
}

/** The least base off which this percentage makes 1 fen: ⌊base × (1 − pay)⌋ ≥ 1. */
const fullFenFrom = (payPpm: number): number => (payPpm >= PPM ? Infinity : Math.ceil(PPM / (PPM - payPpm)))
