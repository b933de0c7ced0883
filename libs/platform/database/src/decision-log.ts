import type { Pool } from 'pg'
import type { LoggedDecision } from './rows'

/** One answer without an offer, on its way into the log. */
export interface DecisionEntry {
  /** A UUID: a batch that is sent again, because its answer was lost, is written once. */
  id: string
  client: string
  serial: string
  answeredAtMs: number
  merchant: string
  decision: LoggedDecision
}

export interface DecisionRow {
  answeredAt: string
  merchant: string
  decision: LoggedDecision
}

type Db = Pick<Pool, 'query'>

const NO_PARTITION = '23514'

/** Writes all entries or none; one that is there already stays. The first of a day makes the day's partition. */
export async function writeDecisions(db: Db, entries: readonly DecisionEntry[]): Promise<void> {
  const rows = JSON.stringify(
    entries.map(({ id, client, serial, answeredAtMs, merchant, decision }) => ({
      client,
      serial,
      answered_at: new Date(answeredAtMs).toISOString(),
      merchant,
      decision,
      id,
    })),
  )
  try {
    await insert(db, rows)
  } catch (error) {
    if ((error as { code?: string }).code !== NO_PARTITION) throw error
    await makePartitions(db, new Set(entries.map(({ answeredAtMs }) => dayOf(answeredAtMs))))
    await insert(db, rows)
  }
}

async function insert(db: Db, rows: string): Promise<void> {
  await db.query({
    name: 'write-decisions',
    text: `INSERT INTO decision_log (client, serial, answered_at, merchant, decision, id)
           SELECT * FROM json_to_recordset($1::json)
             AS a (client text, serial text, answered_at timestamptz, merchant text, decision json, id uuid)
           ON CONFLICT DO NOTHING`,
    values: [rows],
  })
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Adding and dropping partitions takes the owner of the table: his functions do it (migration 0010), and the application may call them. */
async function makePartitions(db: Db, days: ReadonlySet<string>): Promise<void> {
  for (const day of days) await db.query('SELECT open_decision_day($1)', [day])
}

/** Drops the partitions of the days before `day` (YYYY-MM-DD, UTC); returns their names. */
export async function dropDecisionsBefore(db: Db, day: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>('SELECT drop_decision_days($1) AS name', [day])
  return rows.map(({ name }) => name)
}

const DAY_MS = 24 * 3_600_000

/** Drops the days that are older than `keepDays`; returns the names of their partitions. */
export function dropOldDecisions(db: Db, keepDays: number, nowMs: number): Promise<string[]> {
  return dropDecisionsBefore(db, dayOf(nowMs - keepDays * DAY_MS))
}

/** What was answered under this serial without an offer, newest first. */
export async function loadDecisions(db: Db, client: string, serial: string, limit: number): Promise<DecisionRow[]> {
  const { rows } = await db.query<{ answered_at: Date; merchant: string; decision: LoggedDecision }>(
    `SELECT answered_at, merchant, decision FROM decision_log WHERE client = $1 AND serial = $2
     ORDER BY answered_at DESC, id LIMIT $3`,
    [client, serial, limit],
  )
  return rows.map(({ answered_at, merchant, decision }) => ({
    answeredAt: answered_at.toISOString(),
    merchant,
    decision,
  }))
}
