import { z } from 'zod'
import type { Fee, GrantedOffer, TransactionState } from './answer'
import { eligibleWithin, transactionRequest } from './payment'
import { amountFen, instant, positiveFen, serial } from '../system/primitives'
import type { Refusal } from './reasons'

/**
 * One payment of a file: the body of POST /v1/transactions, with the instant that a server would have put in, and how the payment ended
 * (default success, at once).
 */
export const paymentLine = transactionRequest.safeExtend({
  at: instant.describe('any year; a file has no clock'),
  outcome: z.enum(['success', 'failure']).optional(),
})
export type PaymentLine = z.infer<typeof paymentLine>

const reverse = { originalSerial: serial, serial, at: instant.optional().describe("absent: the original's") }
export const refundLine = z
  .strictObject({
    event: z.literal('refund'),
    ...reverse,
    amount: positiveFen.describe('part of the original gross amount'),
    eligibleAmount: amountFen.optional(),
  })
  .refine(...eligibleWithin)
export const eventLine = z.discriminatedUnion('event', [
  refundLine,
  z.strictObject({ event: z.literal('void'), ...reverse }),
  z.strictObject({ event: z.literal('reversal'), ...reverse }),
])
export type EventLine = z.infer<typeof eventLine>

/** The answer to one line; `reasons` for all offers when explaining, else only on no_offer for offers bound to the merchant. */
export interface OutputLine {
  serial: string
  originalSerial?: string
  state: TransactionState | 'refused' | 'error'
  amount: number
  discount: number
  payable: number
  rebate?: number
  offers: GrantedOffer[]
  fee: Fee
  reasons: Refusal[]
}

/** A refund, void or reversal that the state or the rules of the original refuse. */
export interface RefusedLine {
  serial: string
  originalSerial: string
  state: 'refused'
  reason:
    'unknown_original' | 'already_reversed' | 'not_reversible' | 'not_refundable' | 'whole_only' | 'exceeds_remaining'
  detail: string
  /** What can still be refunded. */
  left?: number
}

/** The serial came before with another body. */
export interface ErrorLine {
  serial: string
  state: 'error'
  error: 'serial_reused'
  detail: string
}

export type AnyOutputLine = OutputLine | RefusedLine | ErrorLine
