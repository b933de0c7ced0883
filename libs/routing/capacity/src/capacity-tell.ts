import type { ZoneClock } from '@lijian/calendar'
import { forecast, historyOfLooks, isFull, type Basis } from '@lijian/selection'
import type { PoolClient } from 'pg'
import { sharePpm, type Limited, type Measure } from './capacity-limits'
import { earlierFenOf, looksAt, looksOf, takenBy, type Taken } from './capacity-looks'

/** What one telling is about. */
export interface Telling {
  nowMs: number
  zone: ZoneClock
  date: string
  minute: number
  /** Counters are looked at this time: every quarter of an hour. */
  looks: boolean
}

interface Told {
  ref: string
  measure: Measure
  day: string
  limit: number
  taken: number
  exhaustsAt: Date | null
}

/** Places of limits that are not used up today come after all instants, the fullest first. */
const NOT_TODAY = 1_000_000_000_000
const MINUTE_MS = 60_000

/** Limits that the document no longer has. */
export async function forgetTold(db: PoolClient, limited: readonly Limited[]): Promise<void> {
  const kept = limited.flatMap(({ ref, limits }) => limits.map(({ measure }) => ({ ref, measure })))
  await db.query(
    `DELETE FROM route_capacity c WHERE NOT EXISTS
       (SELECT FROM unnest($1::text[], $2::text[]) AS a (ref, measure) WHERE a.ref = c.ref AND a.measure = c.measure)`,
    [kept.map(({ ref }) => ref), kept.map(({ measure }) => measure)],
  )
}

/**
 * Tells what has to be told anew: where something was taken or given back, and what is about to be used up. What will be used up later moves with the clock
 * only, and is told anew when counters are looked at (`telling.looks`). `all`: a new day, a new document.
 */
export async function tellLimits(
  db: PoolClient,
  part: readonly Limited[],
  taken: ReadonlyMap<string, Taken>,
  telling: Telling,
  all: boolean,
): Promise<number> {
  const { rows } = await db.query<Told>(
    `SELECT ref, measure, day, limit_value AS "limit", taken, exhausts_at AS "exhaustsAt" FROM route_capacity WHERE ref = ANY ($1::text[])`,
    [part.map(({ ref }) => ref)],
  )
  const known = new Map(rows.map((row) => [`${row.measure} ${row.ref}`, row]))
  const due = part.flatMap((of) =>
    of.limits.flatMap(({ measure, limit }) => {
      const before = known.get(`${measure} ${of.ref}`)
      const now = takenBy(taken, of.ref, measure)
      if (!all && before !== undefined && before.taken === now && !isMoving(before, telling)) return []
      return [{ of, measure, limit, taken: now, before }]
    }),
  )
  if (due.length === 0) return 0
  const looks = await looksOf(db, [...new Set(due.map(({ of }) => of.ref))], telling.zone.at(telling.nowMs).day)
  const earlier = all ? await earlierFenOf(db, [...new Set(due.map(({ of }) => of.ref))], telling.date) : undefined
  const told = due.map(({ of, measure, limit, taken: soFar, before }) => {
    const { hours } = of
    const history = historyOfLooks((looks.get(of.ref) ?? []).map((day) => looksAt(day, measure)))
    const found = forecast({ history, hours, soFar, minute: telling.minute, limit })
    const exhaustsAt = isFull(soFar, limit)
      ? (fullSince(before, telling) ?? atMinute(telling, telling.minute))
      : found.fullAtMinute === null
        ? null
        : atMinute(telling, found.fullAtMinute)
    return { of, measure, limit, taken: soFar, exhaustsAt, earlierFen: earlier?.get(of.ref) ?? 0, ...found }
  })
  await write(db, told, telling.date)
  return told.length
}

const SOON_MS = 15 * MINUTE_MS
const isMoving = ({ exhaustsAt, taken, limit }: Told, { nowMs, looks }: Telling): boolean =>
  exhaustsAt !== null && !isFull(taken, limit) && (looks || exhaustsAt.getTime() < nowMs + SOON_MS)

/** Since when it is full, if it was full at the last telling. */
function fullSince(before: Told | undefined, { date, nowMs }: Telling): Date | undefined {
  if (before === undefined || before.day !== date || before.exhaustsAt === null) return undefined
  return isFull(before.taken, before.limit) && before.exhaustsAt.getTime() <= nowMs ? before.exhaustsAt : undefined
}

/** The instant at which the clock shows a minute of today. */
function atMinute({ nowMs, zone, minute: nowMinute }: Telling, minute: number): Date {
  const guessMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS + (minute - nowMinute) * MINUTE_MS
  // A change of clocks lies between.
  return new Date(guessMs + (minute - zone.at(guessMs).minute) * MINUTE_MS)
}

interface ToWrite extends Basis {
  of: Limited
  measure: Measure
  limit: number
  taken: number
  expected: number
  exhaustsAt: Date | null
  /** Counts on the first telling of a day. */
  earlierFen: number
}

const placeOf = ({ exhaustsAt, taken, limit }: ToWrite): number =>
  exhaustsAt === null ? NOT_TODAY - sharePpm(taken, limit) : Math.floor(exhaustsAt.getTime() / MINUTE_MS)

async function write(db: PoolClient, told: readonly ToWrite[], date: string): Promise<void> {
  await db.query(
    `INSERT INTO route_capacity AS c (day, ref, measure, part, limit_value, taken, expected, exhausts_at, basis, basis_days, place, earlier_fen)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[], $9::text[],
       $10::smallint[], $11::bigint[], $12::bigint[])
     ON CONFLICT (ref, measure) DO UPDATE SET day = excluded.day, limit_value = excluded.limit_value, taken = excluded.taken,
       expected = excluded.expected, exhausts_at = excluded.exhausts_at, basis = excluded.basis, basis_days = excluded.basis_days, place = excluded.place,
       earlier_fen = CASE WHEN c.day = excluded.day THEN c.earlier_fen ELSE excluded.earlier_fen END
     WHERE (c.day, c.limit_value, c.taken, c.expected, c.exhausts_at, c.basis, c.basis_days) IS DISTINCT FROM
       (excluded.day, excluded.limit_value, excluded.taken, excluded.expected, excluded.exhausts_at, excluded.basis, excluded.basis_days)`,
    [
      date,
      told.map(({ of }) => of.ref),
      told.map(({ measure }) => measure),
      told.map(({ of }) => of.part),
      told.map(({ limit }) => limit),
      told.map(({ taken }) => taken),
      told.map(({ expected }) => expected),
      told.map(({ exhaustsAt }) => exhaustsAt),
      told.map(({ basis }) => basis),
      told.map(({ days }) => days),
      told.map(placeOf),
      told.map(({ earlierFen }) => earlierFen),
    ],
  )
}
