import type { ClientBase, Pool } from 'pg'

type Db = Pick<Pool | ClientBase, 'query'>

export interface OpenCases {
  kind: string
  open: number
  /** Of the oldest, in seconds. */
  age: number
}

/** How many cases are open, by kind. */
export async function openCasesByKind(db: Db): Promise<OpenCases[]> {
  const { rows } = await db.query<OpenCases>(
    `SELECT kind, count(*)::int AS open, extract(epoch FROM now() - min(opened_at))::float8 AS age
     FROM reconciliation_case WHERE state = 'open' GROUP BY kind`,
  )
  return rows
}

/** Open cases of a business date. */
export async function openCasesOf(db: Db, date: string): Promise<number> {
  const { rows } = await db.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM reconciliation_case WHERE business_date = $1 AND state = 'open'`,
    [date],
  )
  return rows[0]!.n
}

/** Open cases of a date by owner (`-`: nobody). Each case keeps when its owner was reminded. */
export async function remindOwners(db: Db, date: string): Promise<Record<string, number>> {
  const { rows } = await db.query<{ owner: string; n: number }>(
    `WITH reminded AS (UPDATE reconciliation_case SET reminded_at = now() WHERE business_date = $1 AND state = 'open' RETURNING owner)
     SELECT coalesce(owner, '-') AS owner, count(*)::int AS n FROM reminded GROUP BY 1 ORDER BY 1`,
    [date],
  )
  return Object.fromEntries(rows.map(({ owner, n }) => [owner, n]))
}
