import type { Teller, TransactionRow } from '@lijian/database'

export const tellersOf = ({ record, marketingSerial }: TransactionRow): readonly Teller[] =>
  record.tellers ?? [{ id: marketingSerial }]

/** Its next version. Nothing that a workflow has to learn changes. */
export const withTellers = (row: TransactionRow, tellers: Teller[]): TransactionRow => ({
  ...row,
  version: row.version + 1,
  record: { ...row.record, tellers },
})
