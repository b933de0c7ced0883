import type { AmountBenefit, FeeBenefit, Reason } from '@lijian/contracts/marketing'
import { floorPpm, halfUpPpm } from '@lijian/money'
import { baseFen } from './conditions'
import { drawValue } from './draw'
import { feeFen, rateFen } from './fees'
import type { CompiledOffer, PaymentFacts, PriceSoFar } from './types'

const PPM = 1_000_000
/** Steps of a draw that names none. */
export const OFF_STEP = 1
export const PAY_PPM_STEP = 10_000

/**
 * What the offer gives on this payment in fen, or the reason why it gives nothing: first the thresholds, then `exclusive`, then a
 * discount of 0.
 */
export function benefitFen(offer: CompiledOffer, facts: PaymentFacts, price: PriceSoFar): number | Reason {
  const saved =
    offer.offer.kind === 'amount'
      ? amountOff(offer.offer.rule.benefit, offer, facts, price.payableFen)
      : feeSaved(offer.offer.rule.benefit, facts, price)
  if (typeof saved !== 'number') return saved
  if (offer.kind === 'amount' && (price.closed || (offer.exclusive && price.granted))) return 'exclusive'
  return saved <= 0 ? 'no_benefit' : saved
}

/**
 * Benefit on the base, rounded down to the fen → cap → at most the base, and at most what is still payable less minPayable. A rebate
 * comes back later: the payer pays in full, so minPayable does not concern it.
 */
function amountOff(
  benefit: AmountBenefit,
  offer: CompiledOffer,
  facts: PaymentFacts,
  payableFen: number,
): number | Reason {
  const base = baseOf(offer, facts, payableFen)
  const off = uncapped(benefit, base, offer, facts)
  if (typeof off !== 'number') return off
  const least = offer.delivery === 'rebate' ? 0 : (benefit.minPayable ?? 1)
  return Math.min(off, benefit.cap ?? off, base, payableFen - least)
}

/** What tiers and benefit look at: net of what earlier groups have granted, unless the offer says gross. */
export function baseOf(offer: CompiledOffer, facts: PaymentFacts, payableFen: number): number {
  const before = baseFen(facts)
  return offer.gross ? before : Math.max(0, before - (facts.amountFen - payableFen))
}

function uncapped(benefit: AmountBenefit, base: number, offer: CompiledOffer, facts: PaymentFacts): number | Reason {
  switch (benefit.type) {
    case 'reduce': {
      const tier = highestTier(benefit.tiers, base)
      if (tier === undefined) return 'amount_below_minimum'
      const off = typeof tier.off === 'number' ? tier.off : drawValue(tier.off, OFF_STEP, offer, facts)
      return tier.every === true ? off * Math.floor(base / tier.atLeast) : off
    }
    case 'percent': {
      const tier = highestTier(benefit.tiers, base)
      if (tier === undefined) return 'amount_below_minimum'
      const payPpm = typeof tier.payPpm === 'number' ? tier.payPpm : drawValue(tier.payPpm, PAY_PPM_STEP, offer, facts)
      return floorPpm(base, PPM - payPpm)
    }
    case 'fixedPrice':
      if (base <= benefit.price) return 'amount_below_minimum'
      if (benefit.upTo !== undefined && base > benefit.upTo) return 'amount_above_maximum'
      return base - benefit.price
  }
}

/** Tiers ascend (the parser sees to it), so the last one reached is the highest. */
export function highestTier<T extends { atLeast: number }>(tiers: readonly T[], base: number): T | undefined {
  let reached: T | undefined
  for (const tier of tiers) {
    if (base < tier.atLeast) break
    reached = tier
  }
  return reached
}

/** What earlier fee groups have left of the fee on the payable, less the new one, which is rounded first; never below 0. */
function feeSaved(benefit: FeeBenefit, facts: PaymentFacts, { payableFen, feeSavedFen, fees }: PriceSoFar): number {
  const fee = feeFen(fees, facts.paymentMethod, facts.cardType, payableFen) - feeSavedFen
  return Math.max(0, fee - newFee(benefit, fee, payableFen))
}

function newFee(benefit: FeeBenefit, fee: number, payableFen: number): number {
  switch (benefit.type) {
    case 'waive':
      return 0
    case 'rate':
      return rateFen(payableFen, benefit)
    case 'percentOff':
      return halfUpPpm(fee, PPM - benefit.ppm)
    case 'fixed':
      return benefit.amount
  }
}
