import { LIMITS, RECORD_COLUMNS, steadyClient } from '@lijian/database'
import type { Client } from 'pg'
import { CHANGED_SINCE, type Looked, type Scan } from './check'
import { CHECKS } from './checks'

/** What one check found; `wrong` empty: it agrees. */
export interface CheckResult {
  name: string
  /** Rows looked at. */
  rows: number
  ms: number
  /** At most SHOWN_MAX of what disagrees: keys and amounts, nothing personal. */
  wrong: Record<string, unknown>[]
  /** More disagrees than is shown. */
  more: boolean
  /** Why it was not checked. */
  skipped?: string
}

export interface VerifyOptions {
  databaseUrl: string
  /** YYYY-MM-DD: what was posted or changed before is left out where it can be; sums are always over everything. */
  since?: string
  onResult?: (result: CheckResult) => void
}

export const SHOWN_MAX = 20

const COUNTS: Readonly<Record<Looked, string>> = {
  transactions: `SELECT count(*) FROM marketing_transaction t WHERE t.updated_at >= SINCE - interval '1 day'`,
  routes: `SELECT count(*) FROM route t WHERE t.updated_at >= SINCE - interval '1 day'`,
  cardUsage: 'SELECT count(*) FROM card_usage',
  cardCases: 'SELECT count(*) FROM card_usage_case',
  refunds: `SELECT count(*) FROM reverse_transaction WHERE kind = 'refund'`,
  reverses: 'SELECT count(*) FROM reverse_transaction',
  counters: 'SELECT count(*) FROM counter',
  postings: 'SELECT count(*) FROM journal WHERE business_date >= SINCE',
  seals: 'SELECT count(*) FROM journal_seal WHERE business_date >= SINCE',
  auditSeals: 'SELECT coalesce(sum(events), 0) AS count FROM audit_seal WHERE sealed_at >= SINCE',
  accountDays: 'SELECT count(*) FROM account_day WHERE business_date >= SINCE',
  paymentDays: 'SELECT coalesce(sum(payments), 0) AS count FROM payment_day WHERE business_date >= SINCE',
  refusalDays: 'SELECT coalesce(sum(answers), 0) AS count FROM refusal_day_count WHERE date >= SINCE',
  partners: 'SELECT count(*) FROM partner',
  proposals: 'SELECT count(*) FROM proposal',
  files: 'SELECT count(*) FROM clearing_file WHERE business_date >= SINCE',
  settlements: 'SELECT count(*) FROM merchant_settlement',
  cycles: 'SELECT count(*) FROM partner_cycle',
  cases: 'SELECT count(*) FROM reconciliation_case',
  records: `SELECT sum(n) AS count FROM (${Object.keys(RECORD_COLUMNS)
    .map((table) => `SELECT count(*) AS n FROM ${table} t WHERE ${CHANGED_SINCE}`)
    .join(' UNION ALL ')}) counts`,
}

/** Room for sorting and hashing a million rows; the plans of big tables are the right ones here, compiling them costs more than it gives. */
const SETTINGS = `SET LOCAL work_mem = '96MB'; SET LOCAL jit = off; SET LOCAL timezone = 'UTC';
  SET LOCAL max_parallel_workers_per_gather = 2; SET LOCAL enable_nestloop = on`

/** Sessions that check side by side. */
const SESSIONS = 2

/**
 * All checks over one snapshot of the database, so that they agree under full traffic: payments go on meanwhile. Read only.
 * Throws what PostgreSQL says when it is away or the database is older than this release.
 */
export async function verifyBooks({
  databaseUrl,
  since,
  onResult = () => undefined,
}: VerifyOptions): Promise<CheckResult[]> {
  const sessions: Client[] = []
  try {
    let snapshot: string | undefined
    for (let i = 0; i < SESSIONS; i++) {
      const db = steadyClient(databaseUrl, { name: 'lijian-verify' }, LIMITS.whole)
      sessions.push(db)
      await db.connect()
      await db.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY`)
      if (snapshot === undefined) snapshot = (await db.query('SELECT pg_export_snapshot() AS id')).rows[0].id as string
      else await db.query(`SET TRANSACTION SNAPSHOT '${snapshot}'`)
      await db.query(SETTINGS)
    }
    const left = [...CHECKS]
    const found = new Map<Scan, CheckResult[]>()
    let told = 0
    await Promise.all(
      sessions.map(async (db) => {
        for (let scan = left.shift(); scan !== undefined; scan = left.shift()) {
          found.set(scan, await runScan(db, scan, since))
          // Told in their order, whichever session is first.
          for (; told < CHECKS.length && found.has(CHECKS[told]!); told++) found.get(CHECKS[told]!)!.forEach(onResult)
        }
      }),
    )
    return CHECKS.flatMap((scan) => found.get(scan)!)
  } finally {
    await Promise.all(sessions.map((db) => db.end()))
  }
}

async function runScan(db: Client, scan: Scan, since: string | undefined): Promise<CheckResult[]> {
  const begun = performance.now()
  const { rows } = await db.query<{ count: string | number }>(dated(COUNTS[scan.looksAt], since))
  const found = await broken(db, scan, since)
  const ms = performance.now() - begun
  return scan.names.map((name, i) => {
    const wrong = found[i]!
    return { name, rows: Number(rows[0]!.count), ms, wrong: wrong.slice(0, SHOWN_MAX), more: wrong.length > SHOWN_MAX }
  })
}

const dated = (sql: string, since: string | undefined): string =>
  sql.replaceAll(/\bSINCE\b/g, since === undefined ? `DATE '-infinity'` : `DATE '${since}'`)

/** What disagrees, by the index of the name it breaks; one more than is shown of each. */
async function broken(db: Pick<Client, 'query'>, scan: Scan, since?: string): Promise<Record<string, unknown>[][]> {
  if ('read' in scan) {
    const read = async (text: string, values: unknown[]) =>
      (await db.query<Record<string, unknown>>(dated(text, since), values)).rows
    return [await scan.read(read, SHOWN_MAX + 1)]
  }
  const { names, sql } = scan
  const found: Record<string, unknown>[][] = names.map(() => [])
  const query = dated(sql, since)
  const text =
    names.length === 1
      ? `SELECT q.*, 0 AS "check" FROM (${query}) q LIMIT ${SHOWN_MAX + 1}`
      : `SELECT * FROM (SELECT q.*, row_number() OVER (PARTITION BY "check") AS nth FROM (${query}) q) q WHERE nth <= ${SHOWN_MAX + 1}`
  const { rows } = await db.query<Record<string, unknown> & { check: number; nth?: unknown }>(text)
  for (const { check, nth: _, ...row } of rows) found[check]!.push(row)
  return found
}

/** Names of checks, in the order in which they are run. */
export const namesOf = (checks: readonly Scan[] = CHECKS): string[] => checks.flatMap(({ names }) => names)

/** The names of broken invariants with the rows that break them; empty when the books agree. For tests, over their own connection. */
export async function brokenInvariants(
  sql: Pick<Client, 'query'>,
  checks: readonly Scan[] = CHECKS,
): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const scan of checks)
    (await broken(sql, scan)).forEach((rows, i) => {
      if (rows.length > 0) all[scan.names[i]!] = rows
    })
  return all
}
