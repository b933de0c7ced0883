import type { ClientBase, Pool, PoolClient } from 'pg'
import type { Ask, Proof, ReportDefinition, ReportRow, Section } from './definition'

type Db = Pick<ClientBase, 'query'>

/** What state of the books a report shows. */
export interface Snapshot {
  /** As a person reads it. */
  text: string
  /** Every date of the report is sealed: made again, it is the same. */
  sealed: boolean
}

/**
 * Works in the one state of the database that all figures of a report come from. Told to end, PostgreSQL ends its statement too: what nobody reads
 * must not go on. After a failure in the middle of a COPY a connection is of no more use, and is thrown away.
 */
export async function withSnapshot<T>(
  pool: Pool,
  { definition, ask, signal }: { definition: ReportDefinition; ask: Ask; signal: AbortSignal },
  work: (db: PoolClient, snapshot: Snapshot) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted()
  const db = await pool.connect()
  const stopCancelling = cancelsWhen(signal, pool, db)
  let broken: Error | undefined
  try {
    signal.throwIfAborted()
    await db.query(SESSION)
    const done = await work(db, await openSnapshot(db, definition, ask))
    await db.query('ROLLBACK')
    signal.throwIfAborted()
    return done
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error))
    throw error
  } finally {
    stopCancelling()
    db.release(broken)
  }
}

/** Dates as files show them. One process of PostgreSQL a report: the others are for payments. */
const SESSION = "SET datestyle = 'ISO, YMD'; SET max_parallel_workers_per_gather = 0"
const CANCEL_EVERY_MS = 250

/** Again and again, until the work has ended: between two statements there is nothing to cancel, and the next one would run. */
function cancelsWhen(signal: AbortSignal, pool: Pool, db: PoolClient): () => void {
  const { processID: pid } = db as unknown as { processID: number }
  let timer: NodeJS.Timeout | undefined
  const cancel = () => void pool.query('SELECT pg_cancel_backend($1)', [pid]).catch(() => undefined)
  const begin = () => {
    cancel()
    timer = setInterval(cancel, CANCEL_EVERY_MS)
  }
  signal.addEventListener('abort', begin, { once: true })
  return () => {
    signal.removeEventListener('abort', begin)
    clearInterval(timer)
  }
}

/** Opens the one state of the database that all figures of a report come from; the caller ends the transaction. */
export async function openSnapshot(db: Db, { basis }: ReportDefinition, { parameters }: Ask): Promise<Snapshot> {
  // Roll-ups of a month fit; compiling such a query takes longer than running it.
  await db.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'`)
  const { rows } = await db.query<{
    date: string
    hash: string
    sealed: string
    now: string
    snapshot: string
    lag: number | null
  }>(
    `SELECT s.business_date::text AS date, encode(s.hash, 'hex') AS hash, to_char(s.sealed_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS sealed,
       to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS now, pg_current_snapshot()::text AS snapshot,
       CASE WHEN pg_is_in_recovery() THEN extract(epoch FROM now() - pg_last_xact_replay_timestamp())::float8 END AS lag
     FROM (SELECT 1) one LEFT JOIN LATERAL (SELECT * FROM journal_seal WHERE business_date >= $1::date ORDER BY business_date LIMIT 1) s ON true`,
    [parameters.to],
  )
  const { date, hash, sealed, now, snapshot, lag } = rows[0]!
  if (basis === 'books' && date !== null)
    return { text: `sealed ${date} ${hash.slice(0, 16)} at ${sealed}`, sealed: true }
  return { text: `${now} ${snapshot}${lag === null ? '' : `, replica ${Math.ceil(lag)} s behind`}`, sealed: false }
}

/** What the report says and the ledger does not. */
export async function differences(db: Db, { proofs }: ReportDefinition, ask: Ask): Promise<string[]> {
  if (proofs === undefined) return []
  const { rows } = await db.query<Proof>(
    `SELECT what, ours, ledger FROM (${proofs(ask)}) p WHERE ours IS DISTINCT FROM ledger LIMIT 20`,
  )
  return rows.map(({ what, ours, ledger }) => `${what}: ${ours}, in the ledger ${ledger}`)
}

/** The sums of a section, a row per currency; without sums, none. */
export const totalsOf = async (db: Db, section: Section, ask: Ask): Promise<ReportRow[]> =>
  section.sums.length === 0 ? [] : (await countedTotalsOf(db, section, ask)).totals

async function countedTotalsOf(db: Db, section: Section, ask: Ask): Promise<{ count: number; totals: ReportRow[] }> {
  const { rows } = await db.query<CountedTotal>(totalsSql(section, `(${section.rows(ask)}) r`))
  return countedTotals(section, rows)
}

type CountedTotal = ReportRow & { '?count': number }

/** The sums of rows that a FROM names, with their count, a row per currency. No key of a column is as `?count`. */
function totalsSql({ sums, columns }: Section, from: string): string {
  const added = sums.map((key) => `coalesce(sum(${quoted(key)}), 0)::bigint AS ${quoted(key)}`)
  const byCurrency = columns.some(({ key }) => key === 'currency')
  const selected = [...(byCurrency ? ['currency'] : []), ...added, 'count(*) AS "?count"'].join(', ')
  return `SELECT ${selected} FROM ${from} ${byCurrency ? 'GROUP BY currency ORDER BY currency COLLATE "C"' : ''}`
}

function countedTotals({ sums }: Section, rows: readonly CountedTotal[]): { count: number; totals: ReportRow[] } {
  const count = rows.reduce((sum, row) => sum + row['?count'], 0)
  return { count, totals: sums.length === 0 ? [] : rows.map(({ '?count': _, ...total }) => total) }
}

/** The same of all rows of a section, where they are at hand. */
export function addedUp({ sums, columns }: Section, rows: readonly ReportRow[]): ReportRow[] {
  if (sums.length === 0) return []
  const byCurrency = columns.some(({ key }) => key === 'currency')
  const groups = new Map<string, ReportRow>(byCurrency ? [] : [['', Object.fromEntries(sums.map((key) => [key, 0]))]])
  for (const row of rows) {
    const currency = byCurrency ? String(row['currency']) : ''
    const total = groups.get(currency) ?? { currency, ...Object.fromEntries(sums.map((key) => [key, 0])) }
    for (const key of sums) total[key] = Number(total[key]) + Number(row[key])
    groups.set(currency, total)
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, total]) => total)
}

/** The rows of a section in their order, as SQL for a COPY or a cursor; `select` makes one text of each row r. */
export const orderedRows = (section: Section, ask: Ask, select: string): string =>
  `SELECT ${select} FROM (${section.rows(ask)}) r ORDER BY ${orderOf(section)}`

/** Byte order of texts: the same everywhere. */
export const orderOf = ({ keys, columns }: Section): string =>
  keys
    .map((key) => {
      const column = columns.find((one) => one.key === key)
      if (column === undefined) throw new Error(`key ${key} is no column`)
      return `r.${quoted(key)}${column.type === 'text' ? ' COLLATE "C"' : ''}`
    })
    .join(', ')

/** The first rows of a section, for charts and printed pages. */
export async function firstRows(db: Db, section: Section, ask: Ask, limit: number): Promise<ReportRow[]> {
  const { rows } = await db.query<ReportRow>(`${orderedRows(section, ask, jsonColumns(section))} LIMIT ${limit}`)
  return rows
}

/** All rows of a section in their order, some at a time: whoever reads slowly holds few of them. In the transaction of a snapshot. */
export async function* everyRow(db: Db, section: Section, ask: Ask): AsyncGenerator<ReportRow> {
  await db.query(`DECLARE every_row NO SCROLL CURSOR FOR ${orderedRows(section, ask, jsonColumns(section))}`)
  for (;;) {
    const { rows } = await db.query<ReportRow>(`FETCH ${AT_A_TIME} FROM every_row`)
    yield* rows
    if (rows.length < AT_A_TIME) break
  }
  await db.query('CLOSE every_row')
}
const AT_A_TIME = 1000

/**
 * The first rows of a section with the count and the sums of all. What is there whole is added up here. Groups are computed once and kept until
 * they are added up; plain rows are read once more, which costs less than to keep them.
 */
export async function firstRowsOfAll(
  db: Db,
  section: Section,
  ask: Ask,
  most: number,
): Promise<{ rows: ReportRow[]; count: number; totals: ReportRow[] }> {
  if (section.grouped === true) return firstOfKept(db, section, ask, most)
  const rows = await firstRows(db, section, ask, most + 1)
  if (rows.length <= most) return { rows, count: rows.length, totals: addedUp(section, rows) }
  return { rows: rows.slice(0, most), ...(await countedTotalsOf(db, section, ask)) }
}

async function firstOfKept(db: Db, section: Section, ask: Ask, most: number) {
  const order = orderOf(section)
  const { rows: found } = await db.query<ReportRow & { '?totals': string | null }>(
    `WITH r AS MATERIALIZED (${section.rows(ask)}), t AS (${totalsSql(section, 'r')})
     SELECT ${jsonColumns(section)}, CASE WHEN row_number() OVER (ORDER BY ${order}) = 1 THEN (SELECT json_agg(t)::text FROM t) END AS "?totals"
     FROM r ORDER BY ${order} LIMIT ${Math.max(most, 1)}`,
  )
  const told = found[0]?.['?totals']
  const rows = found.slice(0, most).map(({ '?totals': _, ...row }): ReportRow => row)
  if (told === undefined || told === null) return { rows, count: 0, totals: addedUp(section, []) }
  return { rows, ...countedTotals(section, JSON.parse(told) as CountedTotal[]) }
}

/** Each column as JSON has it. */
export const jsonColumns = ({ columns }: Section): string =>
  columns
    .map(({ key, type }) => {
      const name = `r.${quoted(key)}`
      if (type === 'date') return `${name}::text AS ${quoted(key)}`
      if (type === 'instant')
        return `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS ${quoted(key)}`
      return name
    })
    .join(', ')

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
