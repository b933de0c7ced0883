import { daysFromTo, settlementDateOf } from '@lijian/clearing-files'
import { LijianError } from '@lijian/contracts/system'
import { LOCKS, type BusinessDayRule } from '@lijian/database'
import { changed, tellFlow, type Db, type Reader } from './rows'

/** A request that would open more dates at once is a mistake. */
const MOST_DATES = 1000

/** The last business date that is over by the database's clock. */
export async function lastOverDate(db: Reader, { timeZone, cutOff }: BusinessDayRule): Promise<string> {
  const { rows } = await db.query<{ date: string }>(
    `SELECT (((clock_timestamp() AT TIME ZONE $1) + (interval '24 hours' - $2::interval))::date - 1)::text AS date`,
    [timeZone, cutOff],
  )
  return rows[0]!.date
}

/**
 * Opens the run of a date that is over, and of every date before that has none: clearing has no gaps. Their flows start through the outbox.
 * `early`: also the date that is open now; it is closed, and what is recorded from then on belongs to the next.
 * Returns the dates that were opened, in order; none: the date has a run already.
 */
export async function openRuns(
  db: Db,
  date: string,
  actor: string,
  rule: BusinessDayRule,
  { early = false }: { early?: boolean } = {},
): Promise<string[]> {
  await db.query('SELECT pg_advisory_xact_lock($1, 0)', [LOCKS.clearingDates])
  const { rowCount } = await db.query('SELECT 1 FROM clearing_run WHERE business_date = $1', [date])
  if (rowCount === 1) return []
  const over = await lastOverDate(db, rule)
  if (early) await mustHaveBegun(db, date, over, rule)
  else if (date > over)
    throw new LijianError(
      'state_conflict',
      `Business date ${date} is not over: the last one that is over is ${over} (cut-off ${rule.cutOff} ${rule.timeZone})`,
    )
  const { rows } = await db.query<{ first: string | null; last: string | null; journal: string | null }>(
    `SELECT min(business_date)::text AS first, max(business_date)::text AS last,
       (SELECT min(business_date)::text FROM journal) AS journal FROM clearing_run`,
  )
  const { first, last, journal } = rows[0]!
  if (first !== null && date < first)
    throw new LijianError('not_found', `Clearing begins on ${first}: there is no run of ${date}`)
  const begin = last === null ? (journal !== null && journal < date ? journal : date) : nextDay(last)
  const dates = daysFromTo(begin, date)
  if (dates.length > MOST_DATES)
    throw new LijianError(
      'state_conflict',
      `${dates.length} dates from ${begin} on would be opened; open an earlier date first`,
    )
  for (const one of dates) {
    await db.query(
      `INSERT INTO clearing_run (business_date, settlement_date, requested_by, early) VALUES ($1, $2, $3, $4)`,
      [one, settlementDateOf(one).date, actor, one > over],
    )
    await tellFlow(db, await changed(db, one))
  }
  return dates
}

/** Whether clearing it now closes a date before it is over. Throws LijianError state_conflict for one that has not begun. */
export async function closesEarly(db: Db, date: string, rule: BusinessDayRule): Promise<boolean> {
  const { rowCount } = await db.query('SELECT 1 FROM clearing_run WHERE business_date = $1', [date])
  const over = await lastOverDate(db, rule)
  if (rowCount === 1 || date <= over) return false
  await mustHaveBegun(db, date, over, rule)
  return true
}

async function mustHaveBegun(db: Db, date: string, over: string, { cutOff, timeZone }: BusinessDayRule): Promise<void> {
  const open = await openDate(db, over)
  if (date > open)
    throw new LijianError(
      'state_conflict',
      `Business date ${date} has not begun: the one that is open is ${open} (cut-off ${cutOff} ${timeZone})`,
    )
}

/** What this person's request for this very date has opened; none: it was opened otherwise. */
export async function openedWith(db: Reader, date: string, actor: string): Promise<string[]> {
  const { rows } = await db.query<{ date: string; last: string }>(
    `SELECT o.business_date::text AS date, max(o.business_date) OVER ()::text AS last
     FROM clearing_run r JOIN clearing_run o USING (requested_at, requested_by)
     WHERE r.business_date = $1 AND r.requested_by = $2 ORDER BY 1`,
    [date, actor],
  )
  return rows.at(-1)?.last === date ? rows.map((row) => row.date) : []
}

/** The business date of what is recorded now. */
async function openDate(db: Reader, over: string): Promise<string> {
  const { rows } = await db.query<{ date: string }>(
    'SELECT greatest($1::date, max(business_date) + 1)::text AS date FROM business_day',
    [nextDay(over)],
  )
  return rows[0]!.date
}

const nextDay = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
