import type { Refusal } from '@lijian/contracts/marketing'
import type { Shortage } from '@lijian/limits'
import type { Charge, CompiledOffer } from '@lijian/rules'

const REASON_OF = {
  limit: 'limit_exhausted',
  budget: 'budget_exhausted',
  funds: 'funds_exhausted',
  block: 'blocked_after_refund',
  draw: 'limit_exhausted',
} as const

/** The counter that refuses an offer: its limit, what is used and held of it, and until when. */
export function refusalOf(offer: CompiledOffer, charges: readonly Charge[], { ask, state }: Shortage): Refusal {
  const charge = charges.find(({ key }) => key === ask.key)!
  return {
    offer: offer.code,
    reason: REASON_OF[charge.kind],
    limit: charge.limitId,
    ...(state.limitFen === null
      ? {}
      : { limitAmount: state.limitFen, usedAmount: state.usedFen, heldAmount: state.heldFen }),
    ...(state.limitCount === null
      ? {}
      : { limitCount: state.limitCount, usedCount: state.usedCount, heldCount: state.heldCount }),
    ...(charge.until === undefined ? {} : { until: charge.until }),
  }
}
