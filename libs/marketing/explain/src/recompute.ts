import { Evaluation, grantOffers, type Gate, type Granting } from '@lijian/decisions'
import { asSeen, CounterView } from '@lijian/limits'
import { compileCatalog, feeFen, hasDraw, isBound, screenAll, type CompiledOffer } from '@lijian/rules'
import type { CatalogThen, PastDecision } from './types'

/** A decision made once more from what it rested on. */
export interface Recomputed {
  /** The offers looked at: bound to the merchant, granted, or competing. */
  offers: readonly CompiledOffer[]
  evaluation: Evaluation
  /** Undefined: only conditions were tested, counters were not asked. */
  granting: Granting | undefined
  /** Some offer that came into question is drawn, and its key is not there. */
  keyMissing: boolean
  discountFen: number
  payableFen: number
  fee: { original: number; final: number; saved: number }
}

export const refOf = (offer: CompiledOffer): string => `${offer.campaign.code}/${offer.code}`

/**
 * Offers that are neither bound to the merchant nor passed their conditions then have no part in it: what the payment met is known of the
 * others only.
 */
export function recompute(past: PastDecision, then: CatalogThen): Recomputed {
  const { facts, fees } = past
  const compiled = compileCatalog({
    campaigns: then.campaigns,
    // Groups change; to which of them merchant, card and customer belonged stands in the facts.
    cardGroups: [],
    customerGroups: [],
    groupOrder: then.groupOrder,
    drawKey: then.drawKey ?? Buffer.alloc(32),
  })
  const wanted = new Set([...past.others, ...past.answered.offers.map(({ campaign, code }) => `${campaign}/${code}`)])
  const offers = compiled.offers.filter((offer) => isBound(offer, facts) || wanted.has(refOf(offer)))
  const screening = screenAll(offers, facts)
  const evaluation = new Evaluation({
    facts,
    screening,
    fees,
    explain: true,
    drawFormula: facts.drawPlaces === undefined ? 1 : 2,
  })
  const keyMissing = then.drawKey === undefined && screening.passed.some(({ offer }) => hasDraw(offer))
  const fee = (fen: number) => feeFen(fees, facts.paymentMethod, facts.cardType, fen)
  const original = fee(facts.amountFen)
  if (past.because !== undefined || keyMissing)
    return {
      offers,
      evaluation,
      keyMissing,
      granting: undefined,
      discountFen: 0,
      payableFen: facts.amountFen,
      fee: { original, final: original, saved: 0 },
    }
  const granting = grantOffers(new CounterView(asSeen(past.counters)), evaluation, 'held', gateOf(past.suspended))
  const payableFen = facts.amountFen - granting.discountFen
  return {
    offers,
    evaluation,
    keyMissing,
    granting,
    discountFen: granting.discountFen,
    payableFen,
    fee: { original, final: fee(payableFen) - granting.feeSavedFen, saved: granting.feeSavedFen },
  }
}

const gateOf = (suspended: readonly string[]): Gate => ({
  isSuspended: (ref) => suspended.includes(ref),
  mustNotBeSuspended: () => undefined,
})
