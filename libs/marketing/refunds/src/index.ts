export { leftFen, refundedFen, refundPart, rulingPolicy } from './refund-part'
export { restoredByRefund, restoredByReverse, type Restored, type TakenCharge } from './restore'
export type { Recompute, Refundable, RefundableOffer, RefundAsk, RefundPolicy, RefundRefusal } from './types'
export { REMEMBER_UNKNOWN_MS } from './unknown-original'
