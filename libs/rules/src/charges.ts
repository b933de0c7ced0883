import type { FunderShare } from '@lijian/contracts'
import { largestRemainder } from '@lijian/money'
import type { Charge, CompiledLimit, CompiledOffer, PaymentFacts } from './types'

/** What each funder bears of the discount, in the order of the document; the parts sum to the discount. */
export function fundersOf(offer: CompiledOffer, discountFen: number): FunderShare[] {
  const parts = largestRemainder(discountFen, offer.funderWeights)
  return offer.campaign.funders.map(({ partner }, i) => ({ partner, amount: parts[i]! }))
}

/** The id of the first limit with a dimension that the payment does not carry, if there is one. */
export function missingKey(offer: CompiledOffer, facts: PaymentFacts): string | undefined {
  for (const limit of offer.limits)
    for (const dimension of limit.per) if (valueOf(dimension, facts) === undefined) return limit.limitId
  return undefined
}

/** Every counter that a grant takes from: limits of the offer, limits of the campaign, budgets, prepaid funds. */
export function chargesOf(
  offer: CompiledOffer,
  facts: PaymentFacts,
  discountFen: number,
  funders: readonly FunderShare[],
): Charge[] {
  const charges = offer.limits.map((limit) => limitCharge(offer, limit, facts, discountFen))
  if (offer.campaign.paymentMode === 'prepay')
    for (const share of funders)
      if (share.partner !== '@merchant' && share.amount > 0) charges.push(fundsCharge(offer, share))
  return charges
}

function limitCharge(offer: CompiledOffer, limit: CompiledLimit, facts: PaymentFacts, discountFen: number): Charge {
  const span = offer.clock.startOfPeriod(facts.atMs, limit.period)
  const charge: Charge = {
    key: `${limit.limitId}|${dimensionValues(limit, facts)}|${span.start}`,
    limitId: limit.limitId,
    kind: limit.kind,
    limitAmountFen: limit.limitAmountFen,
    limitCount: limit.limitCount,
    version: offer.version,
    amountFen: discountFen,
    count: 1,
    periodStart: span.start,
    shared: limit.shared,
  }
  if (span.until !== undefined) charge.until = span.until
  return charge
}

/** The balance and its credit line stand in the counter's row, topped up by people; hence no limit here, and no count. */
function fundsCharge(offer: CompiledOffer, { partner, amount }: FunderShare): Charge {
  const limitId = `@funds/${partner}`
  return {
    key: `${limitId}||total`,
    limitId,
    kind: 'funds',
    limitAmountFen: null,
    limitCount: null,
    version: offer.version,
    amountFen: amount,
    count: 0,
    periodStart: 'total',
    shared: true,
  }
}

function dimensionValues({ per }: CompiledLimit, facts: PaymentFacts): string {
  let values = ''
  for (let i = 0; i < per.length; i++) values += (i === 0 ? '' : ',') + valueOf(per[i]!, facts)
  return values
}

function valueOf(dimension: CompiledLimit['per'][number], facts: PaymentFacts): string | undefined {
  switch (dimension) {
    case 'merchant':
      return facts.merchant
    case 'card':
      return facts.cardToken
    case 'customer':
      return facts.customerToken
    case 'terminal':
      return facts.terminal
  }
}
