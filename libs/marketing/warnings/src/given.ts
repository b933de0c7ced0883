import type { AmountBenefit, FeeBenefit, FeeEntry, Offer } from '@lijian/contracts/marketing'
import { floorPpm, halfUpPpm } from '@lijian/money'
import { drawValues, OFF_STEP, PAY_PPM_STEP, type DrawValues } from './draw-values'
import { plus, rational, times, ZERO, type Rational } from './rational'
import { countWhile, floorSum } from './sums'

const PPM = 1_000_000

/**
 * What a benefit gives on one amount over all values of its draw, each layer by its weight: fen, exact. `chance` is the share of draws that
 * give something at all (0 fen is no offer).
 */
export interface Given {
  minFen: number
  maxFen: number
  /** The least that is more than nothing; 0 when it gives nothing at all. */
  leastAboveZeroFen: number
  mean: Rational
  chance: Rational
}

/** Which draws of a tier: the benefit's own formula, before cap and cut, growing with i. */
interface Growth {
  count: number
  weight: number
  /** Value i before cap and cut. */
  at: (i: number) => number
  /** Σ of the first n values. */
  sum: (n: number) => bigint
}

export type Tier = Extract<AmountBenefit, { type: 'reduce' | 'percent' }>['tiers'][number]

/** The tiers of a benefit; fixedPrice has none. */
export const tiersOf = (benefit: AmountBenefit | FeeBenefit): readonly Tier[] =>
  'tiers' in benefit ? benefit.tiers : []

/** Least that is left to pay: `minPayable` does not concern a rebate. */
export const leastPayableFen = (offer: Offer & { kind: 'amount' }): number =>
  offer.delivery === 'rebate' ? 0 : (offer.rule.benefit.minPayable ?? 1)

/** The tier that rules an amount: the highest one reached. */
export function tierAt(tiers: readonly Tier[], baseFen: number): number | undefined {
  const place = tiers.findLastIndex(({ atLeast }) => baseFen >= atLeast)
  return place < 0 ? undefined : place
}

/** One tier on an amount before cap and cut: every value of its draw. */
function growthsOf(tier: Tier, baseFen: number): Growth[] {
  if ('off' in tier) {
    const times = tier.every === true ? Math.floor(baseFen / tier.atLeast) : 1
    return drawValues(tier.off, OFF_STEP).map((values) => growthOfOff(values, times))
  }
  return drawValues(tier.payPpm, PAY_PPM_STEP).map((values) => growthOfPay(values, baseFen))
}

function growthOfOff({ first, step, count, weight }: DrawValues, times: number): Growth {
  return {
    count,
    weight,
    at: (i) => times * (first + i * step),
    sum: (n) => BigInt(times) * (BigInt(first) * BigInt(n) + (BigInt(step) * BigInt(n) * BigInt(n - 1)) / 2n),
  }
}

/** The more is paid the less comes off: growing with i means from the last value down. */
function growthOfPay({ last, step, count, weight }: DrawValues, baseFen: number): Growth {
  const base = BigInt(baseFen)
  return {
    count,
    weight,
    at: (i) => floorPpm(baseFen, PPM - last + i * step),
    sum: (n) => floorSum(BigInt(n), BigInt(PPM), base * BigInt(step), base * BigInt(PPM - last)),
  }
}

/** What one tier would give on an amount, whichever tier rules there; at most `limitFen` (Infinity = not limited). */
export function givenByTier(tier: Tier, baseFen: number, limitFen: number): Given {
  const limit = Math.min(Math.max(0, limitFen), Number.MAX_SAFE_INTEGER)
  const growths = growthsOf(tier, baseFen)
  const weights = BigInt(growths.reduce((sum, { weight }) => sum + weight, 0))
  let given: Given = { minFen: Infinity, maxFen: 0, leastAboveZeroFen: Infinity, mean: ZERO, chance: ZERO }
  for (const { count, weight, at, sum } of growths) {
    const share = rational(BigInt(weight), weights)
    const below = countWhile(count, (i) => at(i) < limit)
    const total = sum(below) + BigInt(count - below) * BigInt(limit)
    const nothing = limit === 0 ? count : countWhile(count, (i) => at(i) === 0)
    given = {
      minFen: Math.min(given.minFen, at(0), limit),
      maxFen: Math.max(given.maxFen, Math.min(at(count - 1), limit)),
      leastAboveZeroFen: Math.min(given.leastAboveZeroFen, nothing < count ? Math.min(at(nothing), limit) : Infinity),
      mean: plus(given.mean, times(share, rational(total, count))),
      chance: plus(given.chance, times(share, rational(count - nothing, count))),
    }
  }
  return given.maxFen > 0 ? given : { ...given, leastAboveZeroFen: 0 }
}

/**
 * What an amount offer gives on a payment of this amount that no other offer has lowered (base = amount): benefit, cap, then the cut to
 * what may be taken off; undefined where no tier or price reaches. `conditions.amount` is not asked.
 */
export function givenAt(offer: Offer & { kind: 'amount' }, baseFen: number): Given | undefined {
  const { benefit } = offer.rule
  const limit = Math.min(benefit.cap ?? Infinity, baseFen - leastPayableFen(offer))
  if (benefit.type === 'fixedPrice') {
    const { price, upTo = Infinity } = benefit
    return baseFen > price && baseFen <= upTo ? exactly(Math.max(0, Math.min(baseFen - price, limit))) : undefined
  }
  const place = tierAt(benefit.tiers, baseFen)
  return place === undefined ? undefined : givenByTier(benefit.tiers[place]!, baseFen, limit)
}

/** What a fee offer saves of this schedule entry's fee on a payment of this amount. */
export function savedAt(benefit: FeeBenefit, fees: FeeEntry, payableFen: number): Given {
  const fee = rateFen(payableFen, fees)
  return exactly(Math.max(0, fee - newFeeFen(benefit, fee, payableFen)))
}

function newFeeFen(benefit: FeeBenefit, feeFen: number, payableFen: number): number {
  switch (benefit.type) {
    case 'waive':
      return 0
    case 'rate':
      return rateFen(payableFen, benefit)
    case 'percentOff':
      return halfUpPpm(feeFen, PPM - benefit.ppm)
    case 'fixed':
      return benefit.amount
  }
}

function rateFen(amountFen: number, { ppm, min = 0, max = Infinity }: FeeEntry): number {
  return Math.min(Math.max(halfUpPpm(amountFen, ppm), min), max)
}

const exactly = (fen: number): Given => ({
  minFen: fen,
  maxFen: fen,
  leastAboveZeroFen: fen,
  mean: rational(fen),
  chance: rational(fen > 0 ? 1 : 0),
})
