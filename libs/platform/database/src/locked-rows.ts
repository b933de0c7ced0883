import type { ClientBase, Pool } from 'pg'

/** A row that a batch locks. */
export interface LockableRow {
  table: 'counter' | 'transaction' | 'route'
  /** '' for counters. */
  client: string
  /** The counter's key, or the serial. */
  key: string
}

export const nameOf = ({ table, client, key }: LockableRow): string => `${table} ${client} ${key}`

const TABLES = { transaction: 'marketing_transaction', route: 'route' } as const

/** One table's part: those rows that are there and cannot be had at once. A row that somebody has inserted and not committed is not found. */
const ofTable = (table: keyof typeof TABLES, clients: string, keys: string) => `
  SELECT '${table}' AS table, t.client, t.serial AS key
  FROM unnest(${clients}::text[], ${keys}::text[]) AS a (client, serial) JOIN ${TABLES[table]} t USING (client, serial)
  WHERE (t.client, t.serial) NOT IN (
    SELECT f.client, f.serial FROM (
      SELECT k.client, k.serial FROM unnest(${clients}::text[], ${keys}::text[]) AS b (client, serial)
      JOIN ${TABLES[table]} k USING (client, serial) FOR UPDATE OF k SKIP LOCKED
    ) f)`

const TEXT = `
  SELECT 'counter' AS table, '' AS client, c.key FROM counter c
  WHERE c.key = ANY ($1::text[]) AND c.key NOT IN (
    SELECT f.key FROM (SELECT k.key FROM counter k WHERE k.key = ANY ($1::text[]) FOR UPDATE SKIP LOCKED) f)
  UNION ALL ${ofTable('transaction', '$2', '$3')}
  UNION ALL ${ofTable('route', '$4', '$5')}`

/** Which of these rows somebody keeps locked now. Waits for none of them, and keeps none. */
export async function lockedRows(
  db: Pick<ClientBase | Pool, 'query'>,
  rows: readonly LockableRow[],
): Promise<LockableRow[]> {
  const of = (table: LockableRow['table']) => rows.filter((row) => row.table === table)
  const [counters, transactions, routes] = [of('counter'), of('transaction'), of('route')]
  const found = await db.query<LockableRow>({
    name: 'locked-rows',
    text: TEXT,
    values: [
      counters.map(({ key }) => key),
      transactions.map(({ client }) => client),
      transactions.map(({ key }) => key),
      routes.map(({ client }) => client),
      routes.map(({ key }) => key),
    ],
  })
  return found.rows
}
