import { z } from 'zod'
import { fee, grantedOffer } from './answer'
import { positiveFen, serial } from '../system/primitives'
import { eligibleWithin } from './payment'

/** Body of POST /v1/transactions/{serial}/refunds. */
export const refundRequest = z
  .strictObject({
    serial: serial.describe("the refund's own serial: its idempotency key"),
    amount: positiveFen.describe('part of the original gross amount, in fen; with policy "keep" of what was paid'),
    eligibleAmount: z
      .int()
      .min(0)
      .max(Number.MAX_SAFE_INTEGER)
      .optional()
      .describe('part of "amount" that offers looked at; absent = amount × eligible ÷ gross, half up'),
  })
  .refine(...eligibleWithin)
export type RefundRequest = z.infer<typeof refundRequest>

/** Body of POST /v1/transactions/{serial}/refunds/{refund}/result. */
export const refundResultRequest = z.strictObject({ outcome: z.enum(['success', 'failure']) })
export type RefundResultRequest = z.infer<typeof refundResultRequest>

export const REFUND_STATES = [
  'waiting',
  'refund_held',
  'partially_refunded',
  'refunded',
  'unfunded',
  'no_offer',
  'cancelled',
  'refused',
] as const

/**
 * A refund: what the payer gets back and what goes back to the funders. `waiting`: the original's result is not known yet, the figures come
 * with it. `refund_held`: waits for its own result. Done: the original's state. `cancelled`: the upstream refund failed. `refused`: it waited,
 * and then there was nothing to refund.
 */
export const refundAnswer = z.object({
  serial: z.string().describe("the refund's own serial"),
  originalSerial: z.string(),
  kind: z.literal('refund'),
  state: z.enum(REFUND_STATES),
  amount: z.int(),
  payer: z.int().optional().describe('what the payer gets back'),
  discountReturned: z.int().optional().describe('amount − payer: goes back to the funders'),
  feeReturned: z.int().optional(),
  discount: z.int().optional().describe('the same as discountReturned, under the key that all transactions have'),
  payable: z.int().optional().describe('the same as payer'),
  offers: z
    .array(grantedOffer)
    .optional()
    .describe('what comes back of each offer; rebates taken back stand only here'),
  fee: fee.optional().describe('final = returned'),
  left: z.int().optional().describe('what can still be refunded after this'),
  reason: z.string().optional().describe('why it was refused'),
  businessDate: z.string().optional(),
})
export type RefundAnswer = z.infer<typeof refundAnswer>
export const refundList = z.object({ refunds: z.array(refundAnswer) })
export type RefundList = z.infer<typeof refundList>
