/** What a check looks at; `rows` of its result is how many of them there were. */
export type Looked =
  | 'transactions'
  | 'routes'
  | 'cardUsage'
  | 'cardCases'
  | 'refunds'
  | 'reverses'
  | 'counters'
  | 'postings'
  | 'seals'
  | 'auditSeals'
  | 'accountDays'
  | 'paymentDays'
  | 'refusalDays'
  | 'partners'
  | 'proposals'
  | 'files'
  | 'settlements'
  | 'cycles'
  | 'cases'
  | 'records'

/**
 * One query over the books; a sound database answers it with no row. Each row says by `check` which of `names` it breaks (absent: the first)
 * and names what disagrees: keys and amounts, nothing personal.
 */
export interface SqlScan {
  names: readonly [string, ...string[]]
  looksAt: Looked
  /** `SINCE` stands for the date from which on rows are looked at; what is a sum over everything has none. */
  sql: string
}

/** What PostgreSQL cannot answer: rows are read and looked at here. */
export interface ReadScan {
  names: readonly [string]
  looksAt: Looked
  /** At most `most` of what disagrees; in `sql` SINCE stands for the date, as in a SqlScan. */
  read: (
    query: (sql: string, values: unknown[]) => Promise<Record<string, unknown>[]>,
    most: number,
  ) => Promise<Record<string, unknown>[]>
}

export type Scan = SqlScan | ReadScan

/** A condition per name over the rows of one scan: the table is read once for all of them. */
export function scanOf(
  looksAt: Looked,
  shown: string,
  from: string,
  broken: Readonly<Record<string, string>>,
): SqlScan {
  const names = Object.keys(broken) as [string, ...string[]]
  const values = names.map((name, i) => `(${i}, ${broken[name]})`)
  return {
    names,
    looksAt,
    sql: `SELECT v."check", ${shown} FROM ${from}, LATERAL (VALUES ${values.join(',\n')}) AS v ("check", broken) WHERE v.broken`,
  }
}

/** A transaction changes last on its business date or later; a date begins at most a day before its midnight in UTC. */
export const CHANGED_SINCE = `t.updated_at >= SINCE - interval '1 day'`
