import { z } from 'zod'
import { TRANSACTION_STATES } from './answer'
import { code, isoDate, serial } from '../system/primitives'
import { REFUND_STATES } from './refund'
import { lineText } from '../system/text'

export const LISTED_KINDS = ['transaction', 'void', 'reversal', 'refund'] as const
export const LISTED_STATES = [...new Set([...TRANSACTION_STATES, ...REFUND_STATES, 'done' as const])] as const

/** GET /v1/transactions: newest first. */
export const transactionListQuery = z
  .strictObject({
    from: isoDate.optional().describe("first day in the institution's zone; default today"),
    to: isoDate.optional().describe('last day; default: the first; at most 31 days together'),
    businessDate: isoDate.optional().describe('only what was recorded on this date'),
    merchant: code.optional(),
    campaign: code.optional(),
    offer: code.optional(),
    partner: z
      .string()
      .regex(/^@merchant$|^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'expected a partner code or @merchant')
      .optional(),
    state: z.enum(LISTED_STATES as unknown as [string, ...string[]]).optional(),
    kind: z.enum(LISTED_KINDS).optional(),
    serial: serial.optional(),
    originalSerial: serial.optional(),
    client: lineText.max(64).optional().describe('only for scope "read"'),
    after: lineText.max(300).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'expected a date that is not before "from"',
  })
export type TransactionListQuery = z.infer<typeof transactionListQuery>

export const listedTransaction = z.object({
  kind: z.enum(LISTED_KINDS),
  client: z.string(),
  serial: z.string(),
  originalSerial: z.string().optional(),
  state: z.string(),
  merchant: z.string().optional(),
  amount: z.int().optional(),
  discount: z.int().optional(),
  payable: z.int().optional(),
  fee: z.int().optional(),
  feeSaved: z.int().optional(),
  offers: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      kind: z.enum(['amount', 'fee']),
      discount: z.int(),
      campaign: z.string(),
      ruleVersion: z.int(),
    }),
  ),
  paymentMethod: z.string().optional(),
  result: z.enum(['success', 'failure']).optional(),
  businessDate: isoDate.optional(),
  clearingFiles: z.array(z.string()).describe('names of the files it stands in; empty: none yet'),
  createdAt: z.string(),
})
export type ListedTransaction = z.infer<typeof listedTransaction>
export const transactionPage = z.object({
  transactions: z.array(listedTransaction),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type TransactionPage = z.infer<typeof transactionPage>
