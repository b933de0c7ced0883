import { openBusinessDay, type BusinessDayRule } from './business-day'
import type { ClientBase } from 'pg'

/** An event of money that people or a settlement run cause; those of payments are posted by `apply`. */
export interface EntryToPost {
  event:
    | 'top_up'
    | 'withdrawal'
    | 'collection'
    | 'settlement'
    | 'rebate_payout'
    | 'transfer'
    | 'unmatched_receipt'
    | 'adjustment'
    | 'write_off'
    | 'capture'
  /** `@` and the kind of the document that caused it, and its id: posted once for each. */
  client: string
  serial: string
  merchant?: string
  detail: object
  accounts: readonly string[]
  amountsFen: readonly number[]
}

/** Posts on the business date of now, in the caller's database transaction; the second time for the same document it changes nothing. */
export async function postEntry(
  db: Pick<ClientBase, 'query'>,
  { event, client, serial, merchant, detail, accounts, amountsFen }: EntryToPost,
  rule: BusinessDayRule,
): Promise<{ businessDate: string; posted: boolean }> {
  const businessDate = await openBusinessDay(db, rule)
  const { rowCount } = await db.query({
    text: `INSERT INTO journal (business_date, event, client, serial, merchant, detail, accounts, amounts_fen)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (client, serial, event) DO NOTHING`,
    values: [businessDate, event, client, serial, merchant ?? null, JSON.stringify(detail), accounts, amountsFen],
  })
  return { businessDate, posted: rowCount === 1 }
}
