import { z } from 'zod'
import { isoDate } from '../system/primitives'

const account = z
  .string()
  .regex(/^[A-Za-z0-9@._/-]{1,128}$/, 'expected the beginning of an account such as "receivable/"')

/** GET /v1/accounts: balances of the accounts that begin with `prefix`, of one business date or as of now. */
export const accountQuery = z.strictObject({
  prefix: account
    .optional()
    .describe('accounts that begin with it, such as "receivable/" or "prepaid/CCB"; absent: all'),
  date: isoDate
    .optional()
    .describe('business date; absent: everything posted since the last sealed date, closing = the balance now'),
  after: account.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type AccountQuery = z.infer<typeof accountQuery>

/** In fen; debit balances are positive (docs/reference/postings.md). closing = opening + debit − credit. */
export const accountBalance = z.object({
  account: z.string(),
  opening: z.int(),
  debit: z.int(),
  credit: z.int(),
  closing: z.int(),
})
export const accountPage = z.object({
  accounts: z.array(accountBalance),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type AccountPage = z.infer<typeof accountPage>
