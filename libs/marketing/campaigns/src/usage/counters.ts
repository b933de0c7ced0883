import type { Pool } from 'pg'

export interface Taken {
  usedFen: number
  usedCount: number
  heldFen: number
  heldCount: number
  overFen: number
  overCount: number
}
export const NOTHING: Taken = { usedFen: 0, usedCount: 0, heldFen: 0, heldCount: 0, overFen: 0, overCount: 0 }

const TAKEN = `used_fen AS "usedFen", used_count AS "usedCount", held_fen AS "heldFen", held_count AS "heldCount", over_fen AS "overFen",
  over_count AS "overCount"`

export async function countersOf(pool: Pool, keys: readonly string[]): Promise<Map<string, Taken>> {
  const { rows } = await pool.query<Taken & { key: string }>(`SELECT key, ${TAKEN} FROM counter WHERE key = ANY ($1)`, [
    keys,
  ])
  return new Map(rows.map(({ key, ...taken }) => [key, taken]))
}

/** Counters of one limit that are looked at; those of earlier periods stand among them. */
export const KEYS_MAX = 50_000

export interface KeyCounts {
  keys: number
  full: number
  isAtLeast: boolean
}

/** Of one limit per something: a range of the primary key, and never more of it than `KEYS_MAX`. */
export async function keyCountsOf(
  pool: Pool,
  of: { limitId: string; period: string; limitFen: number | null; limitCount: number | null },
  most = KEYS_MAX,
): Promise<KeyCounts> {
  // `|` ends the limit's id, and `}` is the letter after it.
  const { rows } = await pool.query<{ seen: number; keys: number; full: number }>(
    `SELECT count(*)::int AS seen, count(*) FILTER (WHERE is_now AND taken_count > 0)::int AS keys,
       count(*) FILTER (WHERE is_now AND (taken_fen >= $5 OR taken_count >= $6))::int AS full
     FROM (SELECT right(key, length($3)) = $3 AS is_now, used_fen + held_fen + over_fen AS taken_fen, used_count + held_count + over_count AS taken_count
           FROM counter WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $4) seen`,
    [`${of.limitId}|`, `${of.limitId}}`, `|${of.period}`, most, of.limitFen, of.limitCount],
  )
  const { seen, keys, full } = rows[0]!
  return { keys, full, isAtLeast: seen >= most }
}

/** Payments that are looked through for holds. No index knows holds: it would be written with every payment. */
const NEWEST_PAYMENTS = 5000

/**
 * When the next hold of each counter without values ends. Only where the holds that were found are all that the counter has: the oldest, which ends
 * first, is the one that a look at the newest payments may miss.
 */
export async function nextHolds(pool: Pool): Promise<Map<string, string>> {
  const { rows } = await pool.query<{ key: string; ends_at: Date }>(
    `WITH held AS (
       SELECT charge ->> 'key' AS key, min(hold_expires_at) AS ends_at, sum((charge ->> 'count')::bigint) AS count, sum((charge ->> 'fen')::bigint) AS fen
       FROM (SELECT charges, hold_expires_at, state FROM marketing_transaction ORDER BY created_at DESC LIMIT ${NEWEST_PAYMENTS}) newest,
         jsonb_array_elements(charges) charge
       WHERE state = 'held' AND charge ->> 'key' LIKE '%||%' GROUP BY 1)
     SELECT held.key, held.ends_at FROM held JOIN counter USING (key) WHERE counter.held_count = held.count AND counter.held_fen = held.fen`,
  )
  return new Map(rows.map(({ key, ends_at }) => [key, ends_at.toISOString()]))
}
