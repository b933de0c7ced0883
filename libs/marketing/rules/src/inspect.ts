import type { Offer } from '@lijian/contracts/marketing'
import { baseOf, highestTier, OFF_STEP, PAY_PPM_STEP } from './benefits'
import { drawn, type Drawn } from './draw'
import type { CompiledOffer, PaymentFacts } from './types'

/** What an explanation says about a benefit. */
export interface BenefitSeen {
  /** What tiers and benefit looked at. */
  baseFen: number
  /** The least base that gives anything; absent for fee offers. */
  leastFen?: number
  /** The greatest base that gives anything. */
  mostFen?: number
  /** The draw of the tier that was reached: money off, or the rate to pay. */
  draw?: Drawn & { unit: 'fen' | 'ppm' }
}

/** `payableFen`: what the groups before have left to pay. */
export function inspectBenefit(offer: CompiledOffer, facts: PaymentFacts, payableFen: number): BenefitSeen {
  const document = offer.offer
  const base = baseOf(offer, facts, payableFen)
  if (document.kind === 'fee') return { baseFen: base }
  const { benefit } = document.rule
  switch (benefit.type) {
    case 'reduce': {
      const off = highestTier(benefit.tiers, base)?.off
      const seen = { baseFen: base, leastFen: benefit.tiers[0]!.atLeast }
      return typeof off !== 'object' ? seen : { ...seen, draw: { ...drawn(off, OFF_STEP, offer, facts), unit: 'fen' } }
    }
    case 'percent': {
      const payPpm = highestTier(benefit.tiers, base)?.payPpm
      const seen = { baseFen: base, leastFen: benefit.tiers[0]!.atLeast }
      return typeof payPpm !== 'object'
        ? seen
        : { ...seen, draw: { ...drawn(payPpm, PAY_PPM_STEP, offer, facts), unit: 'ppm' } }
    }
    case 'fixedPrice':
      return {
        baseFen: base,
        leastFen: benefit.price + 1,
        ...(benefit.upTo === undefined ? {} : { mostFen: benefit.upTo }),
      }
  }
}

/** Whether chance has a part in it, so that it cannot be computed again without the key. */
export function hasDraw(offer: Offer): boolean {
  if (offer.kind === 'fee') return false
  const { benefit } = offer.rule
  if (benefit.type === 'fixedPrice') return false
  return benefit.type === 'reduce'
    ? benefit.tiers.some(({ off }) => typeof off === 'object')
    : benefit.tiers.some(({ payPpm }) => typeof payPpm === 'object')
}
