import type { FunderShare, RefundPart, RefundRule } from '@lijian/contracts/marketing'

export type RefundPolicy = NonNullable<RefundRule['policy']>

/** One granted offer, as it stands in the transaction. */
export interface RefundableOffer {
  code: string
  kind: 'amount' | 'fee'
  delivery: 'instant' | 'rebate'
  /** Money off, rebate, or fee saved, at the grant. */
  discountFen: number
  funders: readonly FunderShare[]
  policy: RefundPolicy
}

/** A confirmed transaction and what was refunded of it so far. Amounts in fen. */
export interface Refundable {
  amountFen: number
  /** What offers looked at, when the payment said so. */
  eligibleFen?: number
  payableFen: number
  /** In order of application. */
  offers: readonly RefundableOffer[]
  fee: { originalFen: number; finalFen: number; savedFen: number }
  feeOnRefund: 'return' | 'keep'
  /** Earlier refunds, in order. */
  parts: readonly RefundPart[]
}

export interface RefundAsk {
  /** Part of the original gross amount; with policy `keep`, of what was paid. */
  amountFen: number
  eligibleFen?: number
}

export interface RefundRefusal {
  refused: 'not_refundable' | 'whole_only' | 'exceeds_remaining'
  /** What can still be refunded. */
  leftFen: number
}

/** The discounts that the rules would give on what is left (same draw, no limits asked), in the order of `offers`; fee offers: anything. */
export type Recompute = (left: { amountFen: number; eligibleFen?: number }) => readonly number[]
