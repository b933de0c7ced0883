import { z } from 'zod'
import type { Scope } from '../people/clients'
import { amountFen, code, currencyCode, isoDate, positiveFen } from '../system/primitives'
import { noCard } from '../system/card-number'
import { evidence, plainReason } from '../people/proposal'

const reference = z
  .string()
  .regex(/^[\x21-\x7e]{1,64}$/, 'expected 1 to 64 printable characters without spaces')
  .refine(...noCard)
  .describe('of the bank, for this transfer: booked once, whichever partner it is entered for')
/** Absent: the partner's. Whoever says it is refused when the partner has another. */
const currency = currencyCode
  .optional()
  .describe("of the amount, in its minor unit; another than the partner's is refused")
const valueDate = isoDate.describe("the bank's value date")

/** A partner's money has arrived. */
export const receiptRequest = z.strictObject({
  amount: positiveFen,
  currency,
  valueDate,
  bankReference: reference,
  evidence,
})
export type ReceiptRequest = z.infer<typeof receiptRequest>

/** What is left of a prepaid balance goes back to the partner's payout account. */
export const withdrawalRequest = z.strictObject({
  amount: positiveFen,
  currency,
  campaign: code.optional().describe('the campaign that has ended'),
  reason: plainReason,
})
export type WithdrawalRequest = z.infer<typeof withdrawalRequest>

/** 授信: how much may be spent beyond the balance. */
export const creditLineRequest = z.strictObject({
  creditLine: amountFen.describe("the new one, in the minor unit of the partner's currency"),
  currency,
  reason: plainReason,
})
export type CreditLineRequest = z.infer<typeof creditLineRequest>

/** Between own funds and client reserve (备付金). */
export const transferRequest = z.strictObject({
  to: z.enum(['own', 'reserve']),
  amount: positiveFen,
  currency: currencyCode.optional().describe('absent: CNY'),
  valueDate,
  bankReference: reference,
  reason: plainReason,
})
export type TransferRequest = z.infer<typeof transferRequest>

/** Money that pays a cycle: more than is open waits in suspense. */
export const collectionRequest = z.strictObject({
  cycle: z.int().min(1).describe('id of the partner cycle'),
  amount: positiveFen,
  currency,
  valueDate,
  bankReference: reference,
  evidence,
})
export type CollectionRequest = z.infer<typeof collectionRequest>

/** What a cycle asks for and the institution does not insist on: disputed rows that the partner is right about, differences. */
export const cycleAdjustmentRequest = z.strictObject({
  cycle: z.int().min(1),
  amount: positiveFen,
  currency,
  reason: plainReason,
})
export type CycleAdjustmentRequest = z.infer<typeof cycleAdjustmentRequest>

/** Every kind of proposal: what is entered, and the scopes of who makes and who checks. */
export const PROPOSAL_KINDS = {
  receipt: { request: receiptRequest, make: 'funding.make', check: 'funding.check' },
  withdrawal: { request: withdrawalRequest, make: 'funding.make', check: 'funding.check' },
  credit_line: { request: creditLineRequest, make: 'funding.make', check: 'funding.check' },
  transfer: { request: transferRequest, make: 'funding.make', check: 'funding.check' },
  collection: { request: collectionRequest, make: 'funding.make', check: 'funding.check' },
  cycle_adjustment: { request: cycleAdjustmentRequest, make: 'funding.make', check: 'funding.check' },
} as const satisfies Record<string, { request: z.ZodType; make: Scope; check: Scope }>
export type ProposalKindName = keyof typeof PROPOSAL_KINDS
