import { z } from 'zod'
import { refusal } from './reasons'

export const TRANSACTION_STATES = [
  'no_offer',
  'held',
  'confirmed',
  'cancelled',
  'expired',
  'reversed',
  'voided',
  'unfunded',
  'partially_refunded',
  'refunded',
] as const
export type TransactionState = (typeof TRANSACTION_STATES)[number]

export const fee = z.object({
  original: z.int().describe('fee on the gross amount'),
  final: z.int().describe('fee on the payable less what fee offers saved'),
  saved: z.int().describe('by fee offers only'),
})
export type Fee = z.infer<typeof fee>

export const funderShare = z.object({ partner: z.string(), amount: z.int() })
export type FunderShare = z.infer<typeof funderShare>

export const grantedOffer = z.object({
  campaign: z.string(),
  version: z.int().describe('rule version: the version of the campaign document that decided'),
  code: z.string(),
  name: z.string(),
  kind: z.enum(['amount', 'fee']),
  delivery: z.enum(['instant', 'rebate']),
  discount: z.int().describe('what the offer gives: money off, fee saved, or rebate'),
  funders: z.array(funderShare),
})
export type GrantedOffer = z.infer<typeof grantedOffer>

/** Answer of a query, of a result, and of GET /v1/transactions/{serial}. Without an offer: no_offer, payable = amount. */
export const transactionAnswer = z.object({
  serial: z.string(),
  marketingSerial: z.string().optional(),
  state: z.enum(TRANSACTION_STATES),
  amount: z.int().optional().describe('gross, in fen; absent only when a result names a serial that was never held'),
  discount: z.int(),
  payable: z.int().optional(),
  rebate: z.int().optional().describe('what rebate offers will give back later; absent without one'),
  offers: z.array(grantedOffer),
  fee: fee.optional(),
  holdExpiresAt: z.string().optional(),
  businessDate: z.string().optional(),
  reasons: z.array(refusal).optional(),
})
export type TransactionAnswer = z.infer<typeof transactionAnswer>

/** Answer of a reversal or void: the original's new state beside the reverse transaction's own serial. */
export const reverseAnswer = z.object({
  serial: z.string().describe("the reverse transaction's own serial"),
  originalSerial: z.string(),
  kind: z.enum(['reversal', 'void']),
  state: z.enum(['reversed', 'voided']),
  amount: z.int(),
  discount: z.int(),
  payable: z.int(),
  offers: z.array(grantedOffer),
  fee: fee,
  businessDate: z.string(),
})
export type ReverseAnswer = z.infer<typeof reverseAnswer>
