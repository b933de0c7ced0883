import { isoDate } from '@lijian/calendar'
import { counterOwner, dayCounterKey } from '@lijian/limits'
import { FORECAST_DAYS, type Looks } from '@lijian/selection'
import type { PoolClient } from 'pg'
import type { Limited, Measure } from './capacity-limits'

const DAYS_OF_WEEK = 7
/** As far as forecasts and reports look, today included. */
export const CURVE_DAYS = FORECAST_DAYS * DAYS_OF_WEEK + 1

/** What stands on a counter: held + used + over. */
export interface Taken {
  fen: number
  count: number
}

const NOTHING: Taken = { fen: 0, count: 0 }
export const takenBy = (taken: ReadonlyMap<string, Taken>, ref: string, measure: Measure): number => {
  const { fen, count } = taken.get(ref) ?? NOTHING
  return measure === 'amount' ? fen : count
}

/** By ref; untouched counters are left out. */
export async function takenOf(db: PoolClient, limited: readonly Limited[], day: string): Promise<Map<string, Taken>> {
  const { rows } = await db.query<{ key: string } & Taken>(
    `SELECT key, held_fen + used_fen + over_fen AS fen, held_count + used_count + over_count AS count FROM counter WHERE key = ANY ($1::text[])`,
    [limited.map(({ ref }) => dayCounterKey(ref, day))],
  )
  return new Map(rows.map(({ key, fen, count }) => [counterOwner(key), { fen, count }]))
}

/**
 * Keeps a look at what has changed since the one at minute `before`. What has not changed gets no look; once it changes, it gets the one that it has missed
 * too, so that the growth between two looks is only ever that between them.
 */
export async function keepLooks(
  db: PoolClient,
  taken: ReadonlyMap<string, Taken>,
  { day, before, minute }: { day: string; before: number; minute: number },
): Promise<void> {
  if (taken.size === 0) return
  const values = [...taken.values()]
  await db.query(
    `INSERT INTO route_curve AS c (day, ref, minutes, fen, counts)
     SELECT $1, a.ref,
       CASE WHEN $2::smallint > 0 AND $2 < $3 THEN ARRAY[$2, $3] ELSE ARRAY[$3::smallint] END,
       CASE WHEN $2 > 0 AND $2 < $3 THEN ARRAY[0, a.fen] ELSE ARRAY[a.fen] END,
       CASE WHEN $2 > 0 AND $2 < $3 THEN ARRAY[0, a.count] ELSE ARRAY[a.count] END
     FROM unnest($4::text[], $5::bigint[], $6::bigint[]) AS a (ref, fen, count)
     ON CONFLICT (day, ref) DO UPDATE SET
       minutes = c.minutes || CASE WHEN c.minutes[cardinality(c.minutes)] < $2 THEN ARRAY[$2, $3] ELSE ARRAY[$3] END,
       fen = c.fen || CASE WHEN c.minutes[cardinality(c.minutes)] < $2
         THEN ARRAY[c.fen[cardinality(c.fen)], excluded.fen[cardinality(excluded.fen)]] ELSE ARRAY[excluded.fen[cardinality(excluded.fen)]] END,
       counts = c.counts || CASE WHEN c.minutes[cardinality(c.minutes)] < $2
         THEN ARRAY[c.counts[cardinality(c.counts)], excluded.counts[cardinality(excluded.counts)]]
         ELSE ARRAY[excluded.counts[cardinality(excluded.counts)]] END
     WHERE c.minutes[cardinality(c.minutes)] < $3
       AND (c.fen[cardinality(c.fen)], c.counts[cardinality(c.counts)])
         IS DISTINCT FROM (excluded.fen[cardinality(excluded.fen)], excluded.counts[cardinality(excluded.counts)])`,
    [day, before, minute, [...taken.keys()], values.map(({ fen }) => fen), values.map(({ count }) => count)],
  )
}

/** Days of the same weekday before `day` (days since 1970), newest first. */
const sameWeekdays = (day: number): string[] =>
  Array.from({ length: FORECAST_DAYS }, (_, i) => isoDate(day - (i + 1) * DAYS_OF_WEEK))

/** Looks at earlier days of the same weekday, as text: read only where they are asked for (most limits have one measure). */
export type StoredLooks = Record<Measure | 'minutes', string>

export const looksAt = (stored: StoredLooks, measure: Measure): Looks => ({
  minutes: stored.minutes.split(',').map(Number),
  values: stored[measure].split(',').map(Number),
})

export async function looksOf(
  db: PoolClient,
  refs: readonly string[],
  day: number,
): Promise<Map<string, StoredLooks[]>> {
  const looks = new Map<string, StoredLooks[]>()
  const { rows } = await db.query<StoredLooks & { ref: string }>(
    `SELECT ref, array_to_string(minutes, ',') AS minutes, array_to_string(fen, ',') AS amount, array_to_string(counts, ',') AS count
     FROM route_curve WHERE day = ANY ($1::date[]) AND ref = ANY ($2::text[])`,
    [sameWeekdays(day), refs],
  )
  for (const { ref, ...one } of rows) {
    const known = looks.get(ref)
    if (known === undefined) looks.set(ref, [one])
    else known.push(one)
  }
  return looks
}

/** What counters took on the days before `today`, as far as curves are kept; by ref. */
export async function earlierFenOf(
  db: PoolClient,
  refs: readonly string[],
  today: string,
): Promise<Map<string, number>> {
  const { rows } = await db.query<{ ref: string; fen: number }>(
    `SELECT ref, sum(fen[cardinality(fen)])::float8 AS fen FROM route_curve
     WHERE day IN (SELECT $1::date - back FROM generate_series(1, $2::integer) AS back) AND ref = ANY ($3::text[]) GROUP BY ref`,
    [today, CURVE_DAYS - 1, refs],
  )
  return new Map(rows.map(({ ref, fen }) => [ref, fen]))
}

export async function forgetCurves(db: PoolClient, today: string): Promise<void> {
  await db.query('DELETE FROM route_curve WHERE day < $1::date - $2::integer', [today, CURVE_DAYS - 1])
}
