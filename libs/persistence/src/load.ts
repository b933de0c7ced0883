import type { ClientBase, Pool } from 'pg'
import { reverseRow, transactionRow, type ReverseRow, type TransactionRow } from './rows'

export interface Key {
  client: string
  serial: string
}

/** Transactions by key; those that do not exist are left out. */
export async function loadTransactions(db: ClientBase | Pool, keys: Key[]): Promise<TransactionRow[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    name: 'load-transactions',
    text: `SELECT to_jsonb(t) AS row FROM unnest($1::text[], $2::text[]) AS a (client, serial)
           JOIN marketing_transaction t ON t.client = a.client AND t.serial = a.serial`,
    values: [keys.map((k) => k.client), keys.map((k) => k.serial)],
  })
  return rows.map(({ row }) => transactionRow(row))
}

/** Reverse transactions by their own key; those that do not exist are left out. */
export async function loadReverses(db: ClientBase | Pool, keys: Key[]): Promise<ReverseRow[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    name: 'load-reverses',
    text: `SELECT to_jsonb(t) AS row FROM unnest($1::text[], $2::text[]) AS a (client, serial)
           JOIN reverse_transaction t ON t.client = a.client AND t.serial = a.serial`,
    values: [keys.map((k) => k.client), keys.map((k) => k.serial)],
  })
  return rows.map(({ row }) => reverseRow(row))
}
