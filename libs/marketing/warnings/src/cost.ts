import type { Campaign, FeeEntry, Offer } from '@lijian/contracts/marketing'
import { BIRMINGHAM_AMOUNTS, type AmountDistribution } from './amounts'
import { givenAt, savedAt, type Given } from './given'
import { over, plus, rational, rounded, text, times, ZERO, type Rational } from './rational'

/** A fraction as text, which loses nothing, and half up to the fen (or ppm). */
export interface Exact {
  exact: string
  rounded: number
}

/** What an offer costs over a distribution of amounts. All figures are of the offer alone, its conditions met but for the amount. */
export interface ExpectedCost {
  campaign: string
  offer: string
  amounts: string
  /** The entry that fee offers were reckoned with. */
  fees?: FeeEntry
  /** Share of the payments that get something. */
  grantedPpm: Exact
  /** Mean over all payments of the distribution, those that get nothing included. */
  meanPerPaymentFen: Exact
  /** Mean, least and most of those that get something; absent when none does. */
  perGrant?: { meanFen: Exact; min: Extreme; max: Extreme }
}

/** An amount at which the benefit gives this. */
export interface Extreme {
  fen: number
  atAmountFen: number
}

/** The standard rate of a merchant, where a fee offer is reckoned without naming another: 0.6 %. */
export const STANDARD_FEE: FeeEntry = { ppm: 6_000 }

const MILLION = rational(1_000_000)
const exact = (value: Rational): Exact => ({ exact: text(value), rounded: rounded(value) })

/**
 * Exact mean and extremes of what an offer gives over a distribution of amounts (gross amount = base): rounding, cap, minPayable and
 * `conditions.amount` included, draws over all their values, layers by their weights. Limits and other offers are not asked. A draw is taken
 * as uniform; HMAC's 64 bits are that to within n ÷ 2^64.
 */
export function expectedCost(
  campaign: Campaign,
  offer: Offer,
  amounts: AmountDistribution = BIRMINGHAM_AMOUNTS,
  fees: FeeEntry = STANDARD_FEE,
): ExpectedCost {
  const { weight, chance, mean, min, max } = totals(offer, amounts, fees)
  const all = rational(weight)
  const perPayment = over(mean, all) ?? ZERO
  const granted = over(chance, all) ?? ZERO
  const meanOfGrants = over(mean, chance)
  return {
    campaign: campaign.code,
    offer: offer.code,
    amounts: amounts.name,
    ...(offer.kind === 'fee' ? { fees } : {}),
    grantedPpm: exact(times(granted, MILLION)),
    meanPerPaymentFen: exact(perPayment),
    ...(meanOfGrants && min && max ? { perGrant: { meanFen: exact(meanOfGrants), min, max } } : {}),
  }
}

/** Mean of what a payment gets that gets something; undefined when none does. */
export function meanPerGrant(offer: Offer, amounts: AmountDistribution, fees: FeeEntry): Rational | undefined {
  const { mean, chance } = totals(offer, amounts, fees)
  return over(mean, chance)
}

interface Totals {
  weight: bigint
  chance: Rational
  mean: Rational
  min?: Extreme
  max?: Extreme
}

function totals(offer: Offer, amounts: AmountDistribution, fees: FeeEntry): Totals {
  const { min = 0, max = Infinity } = offer.rule.conditions?.amount ?? {}
  const sum: Totals = { weight: 0n, chance: ZERO, mean: ZERO }
  for (const { amountFen, weight } of amounts.points) {
    sum.weight += BigInt(weight)
    if (amountFen < min || amountFen > max) continue
    const given = offer.kind === 'amount' ? givenAt(offer, amountFen) : savedAt(offer.rule.benefit, fees, amountFen)
    if (given !== undefined && given.maxFen > 0) add(sum, given, weight, amountFen)
  }
  return sum
}

function add(sum: Totals, given: Given, weight: number, atAmountFen: number): void {
  sum.chance = plus(sum.chance, times(rational(weight), given.chance))
  sum.mean = plus(sum.mean, times(rational(weight), given.mean))
  const least = given.leastAboveZeroFen
  if (sum.min === undefined || least < sum.min.fen) sum.min = { fen: least, atAmountFen }
  if (sum.max === undefined || given.maxFen > sum.max.fen) sum.max = { fen: given.maxFen, atAmountFen }
}
