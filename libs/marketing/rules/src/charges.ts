import type { FunderShare, GrantedOffer } from '@lijian/contracts/marketing'
import { counterKey, fundsKey, fundsOwner } from '@lijian/limits'
import { largestRemainder } from '@lijian/money'
import { drawCharge } from './draw-place'
import { counterValues, dimensionValues, everyGeneration, generationsOf, identitiesOf, valueOf } from './limit-values'
import { singleUse } from './single-use'
import type { Charge, CompiledLimit, CompiledOffer, PaymentFacts } from './types'

/** Version of a counter whose limit stands in its own row: prepaid balances. */
const OWN_LIMIT = -1

/** What each funder bears of the discount, in the order of the document; the parts sum to the discount. */
export function fundersOf(offer: CompiledOffer, discountFen: number): FunderShare[] {
  if (offer.funders.length === 1) return [{ partner: offer.funders[0]!.partner, amount: discountFen }]
  const parts = largestRemainder(discountFen, offer.funderWeights)
  return offer.funders.map(({ partner }, i) => ({ partner, amount: parts[i]! }))
}

/** What a payment is told of an offer that gives it this discount. */
export function grantOf(offer: CompiledOffer, discountFen: number): GrantedOffer {
  return {
    campaign: offer.campaign.code,
    version: offer.version,
    code: offer.code,
    name: offer.offer.name,
    kind: offer.kind,
    delivery: offer.delivery,
    discount: discountFen,
    funders: fundersOf(offer, discountFen),
  }
}

/** Every counter that a grant takes from, in the order in which they are tested, when no clip limit cuts it. */
export function grantCharges(offer: CompiledOffer, facts: PaymentFacts, { discount, funders }: GrantedOffer): Charge[] {
  const charges = limitCharges(offer, facts, discount)
  const place = drawCharge(offer, facts)
  if (place !== undefined) charges.push(place)
  if (offer.campaign.paymentMode === 'prepay') charges.push(...fundsCharges(offer, funders))
  return charges
}

/** The id of the first limit with a dimension that the payment does not carry, if there is one. */
export function missingKey(offer: CompiledOffer, facts: PaymentFacts): string | undefined {
  for (const limit of offer.limits) {
    for (const dimension of limit.per) if (valueOf(dimension, facts) === undefined) return limit.limitId
    if (limit.user && identitiesOf(facts).length === 0) return limit.limitId
  }
  return undefined
}

/** Limits of the offer, limits of the campaign, budgets. */
function limitCharges(offer: CompiledOffer, facts: PaymentFacts, discountFen: number): Charge[] {
  const charges: Charge[] = []
  for (const limit of offer.limits) {
    if (!limit.user && facts.earlier === undefined)
      charges.push(limitCharge(offer, limit, dimensionValues(limit, facts), facts, discountFen))
    else
      for (const values of counterValues(limit, facts))
        charges.push(limitCharge(offer, limit, values, facts, discountFen))
  }
  return charges
}

function limitCharge(
  offer: CompiledOffer,
  limit: CompiledLimit,
  values: string,
  facts: PaymentFacts,
  discountFen: number,
): Charge {
  const span = offer.clock.startOfPeriod(facts.atMs, limit.period)
  const charge: Charge = {
    key: counterKey(limit.limitId, values, span.start),
    limitId: limit.limitId,
    kind: limit.kind,
    measure: limit.measure,
    clip: limit.clip,
    limitFen: limit.limitFen,
    limitCount: limit.limitCount,
    version: offer.version,
    fen: limit.measure === 'gross' ? facts.amountFen : discountFen,
    count: 1,
    periodStart: span.start,
    shared: limit.shared,
  }
  if (span.until !== undefined) charge.until = span.until
  return charge
}

/** A prepaid balance and its credit line stand in the counter's row, topped up by people; hence no limit here, and no count. */
export function fundsCharges(offer: CompiledOffer, funders: readonly FunderShare[]): Charge[] {
  if (offer.campaign.paymentMode !== 'prepay') return []
  return funders
    .filter(({ partner, amount }) => partner !== '@merchant' && amount > 0)
    .map(({ partner, amount }) => ({
      key: fundsKey(partner),
      limitId: fundsOwner(partner),
      kind: 'funds',
      measure: 'discount',
      clip: false,
      limitFen: null,
      limitCount: null,
      version: OWN_LIMIT,
      fen: amount,
      count: 0,
      periodStart: 'total',
      shared: true,
    }))
}

const NOTHING_BLOCKED: readonly Charge[] = []

/**
 * Counters that a refund takes (`refund.block`): one for each identity and the card, for the day of the refund or for good. A payment that
 * finds any of them taken is refused.
 */
export function blockCharges(offer: CompiledOffer, facts: PaymentFacts, atMs: number): readonly Charge[] {
  const { block } = offer
  if (block === undefined) return NOTHING_BLOCKED
  const span = offer.clock.startOfPeriod(atMs, block.period)
  const { cardToken } = facts
  const cards = cardToken === undefined ? [] : everyGeneration(cardToken, facts).map((token) => `card:${token}`)
  const known = Array.from({ length: generationsOf(facts) }, (_, generation) => identitiesOf(facts, generation)).flat()
  return [...new Set([...known, ...cards])].map((values) =>
    singleUse(offer, 'block', { limitId: block.limitId, values, ...span }),
  )
}
