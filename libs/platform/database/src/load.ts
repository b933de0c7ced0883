import type { Campaign } from '@lijian/contracts/marketing'
import type { ClientBase, Pool } from 'pg'
import { counterRow, reverseRow, transactionRow, type CounterRow, type ReverseRow, type TransactionRow } from './rows'
import { routeRow, type RouteRow } from './route-rows'

export interface Key {
  client: string
  serial: string
}

/** PostgreSQL's clock, in milliseconds since 1970. */
export async function askClock(db: ClientBase | Pool): Promise<number> {
  const { rows } = await db.query<{ ms: string }>(
    'SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::float8 AS ms',
  )
  return Number(rows[0]!.ms)
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

/** Routes by key; those that do not exist are left out. */
export async function loadRoutes(db: ClientBase | Pool, keys: Key[]): Promise<RouteRow[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    name: 'load-routes',
    text: `SELECT to_jsonb(r) AS row FROM unnest($1::text[], $2::text[]) AS a (client, serial)
           JOIN route r ON r.client = a.client AND r.serial = a.serial`,
    values: [keys.map((k) => k.client), keys.map((k) => k.serial)],
  })
  return rows.map(({ row }) => routeRow(row))
}

/** Counters by key, looked at and not locked; those that do not exist are left out. */
export async function loadCounters(db: ClientBase | Pool, keys: readonly string[]): Promise<CounterRow[]> {
  if (keys.length === 0) return []
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    name: 'load-counters',
    text: 'SELECT to_jsonb(c) AS row FROM counter c WHERE c.key = ANY ($1::text[])',
    values: [keys],
  })
  return rows.map(({ row }) => counterRow(row))
}

export interface NewestVersion {
  code: string
  version: number
  document: Campaign
}

/** The newest stored version of each of these campaigns, live or not; those that do not exist are left out. */
export async function loadNewestVersions(db: ClientBase | Pool, codes: readonly string[]): Promise<NewestVersion[]> {
  if (codes.length === 0) return []
  const { rows } = await db.query<NewestVersion>({
    name: 'load-newest-versions',
    text: `SELECT v.code, v.version, v.document FROM campaign c
           JOIN campaign_version v ON v.code = c.code AND v.version = c.latest_version WHERE c.code = ANY ($1::text[])`,
    values: [codes],
  })
  return rows
}

/** What is suspended: campaigns (`CODE`) and offers (`CODE/OFFER`). */
export async function loadSuspended(db: ClientBase | Pool): Promise<Set<string>> {
  const { rows } = await db.query<{ ref: string }>({ name: 'load-suspended', text: 'SELECT ref FROM suspension' })
  return new Set(rows.map(({ ref }) => ref))
}

/** Every reverse transaction of one original, in the order in which they came. */
export async function loadReversesOf(db: ClientBase | Pool, original: Key): Promise<ReverseRow[]> {
  const { rows } = await db.query<{ row: Record<string, unknown> }>({
    name: 'load-reverses-of',
    text: `SELECT to_jsonb(r) AS row FROM reverse_transaction r WHERE r.client = $1 AND r.original_serial = $2
           ORDER BY r.created_at, r.serial`,
    values: [original.client, original.serial],
  })
  return rows.map(({ row }) => reverseRow(row))
}
