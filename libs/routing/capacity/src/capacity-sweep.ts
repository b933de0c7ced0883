import { zoneClock } from '@lijian/calendar'
import type { RoutingDocument } from '@lijian/contracts/routing'
import { LOCKS } from '@lijian/database'
import { compileRouting, type Routing } from '@lijian/selection'
import type { Pool, PoolClient } from 'pg'
import { limitedOf, type Limited } from './capacity-limits'
import { forgetCurves, keepLooks, takenOf } from './capacity-looks'
import { forgetTold, tellLimits, type Telling } from './capacity-tell'

const LOOK_EVERY_MINUTES = 15
const AT_ONCE = 2000
const DAY_END = 1440
/** Another worker has just done it. */
const JUST_MS = 45_000

interface Run {
  at: Date
  day: string
  version: number
  looked_minute: number
}

/**
 * Once a minute: how full every daily limit of the live document is, and when it will be used up. Reads the counters by their keys, keeps a look at them every
 * quarter of an hour (the curves of later weeks), and writes only what has changed, so that a minute costs about as much as its payments, not as the document.
 * Several workers may ask at once: one does it. It locks nothing that a payment needs, and each part is committed by itself: done again it changes nothing.
 */
export class CapacitySweep {
  private routing: Routing | undefined

  constructor(
    private readonly pool: Pool,
    private readonly now: () => number = Date.now,
  ) {}

  /** How many limits there are and how many were told anew; undefined: no document, or another process has just done it. */
  async sweep(): Promise<{ limits: number; told: number } | undefined> {
    const routing = await this.newest()
    if (routing === undefined) return undefined
    const db = await this.pool.connect()
    let broken: Error | undefined
    try {
      // Of the session and not of a database transaction: a large document takes a while, and old rows of hot counters must not be kept for it.
      const { rows } = await db.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [
        LOCKS.capacitySweep,
      ])
      if (!rows[0]!.mine) return undefined
      try {
        return await sweep(db, routing, this.now())
      } finally {
        await db
          .query('SELECT pg_advisory_unlock($1)', [LOCKS.capacitySweep])
          .catch((failed: Error) => (broken = failed))
      }
    } finally {
      db.release(broken)
    }
  }

  private async newest(): Promise<Routing | undefined> {
    const { rows } = await this.pool.query<{ version: number; document: RoutingDocument }>(
      'SELECT version, document FROM routing_version WHERE version > $1 ORDER BY version DESC LIMIT 1',
      [this.routing?.version ?? 0],
    )
    if (rows[0] !== undefined) this.routing = compileRouting(rows[0].document, rows[0].version)
    return this.routing
  }
}

async function sweep(
  db: PoolClient,
  routing: Routing,
  nowMs: number,
): Promise<{ limits: number; told: number } | undefined> {
  const { rows } = await db.query<Run>('SELECT at, day, version, looked_minute FROM route_capacity_run')
  const run = rows[0]
  const isSameVersion = run?.version === routing.version
  const sinceMs = nowMs - (run?.at.getTime() ?? -Infinity)
  if (isSameVersion && sinceMs >= 0 && sinceMs < JUST_MS) return undefined

  const zone = zoneClock(routing.timeZone)
  const { date, minute } = zone.at(nowMs)
  const limited = limitedOf(routing)
  const isSameDay = run?.day === date
  if (!isSameVersion) await forgetTold(db, limited)
  if (run !== undefined && run.day < date) {
    await eachPart(limited, async (part) =>
      keepLooks(db, await takenOf(db, part, run.day), { day: run.day, before: run.looked_minute, minute: DAY_END }),
    )
    await forgetCurves(db, date)
  }
  const before = isSameDay ? run.looked_minute : 0
  const looks = !isSameDay || slotOf(minute) > slotOf(before)
  const telling: Telling = { nowMs, zone, date, minute, looks }
  let told = 0
  await eachPart(limited, async (part) => {
    const taken = await takenOf(db, part, date)
    if (looks) await keepLooks(db, taken, { day: date, before, minute })
    told += await tellLimits(db, part, taken, telling, !isSameDay || !isSameVersion)
  })
  await db.query(
    `INSERT INTO route_capacity_run (id, at, day, version, time_zone, looked_minute) VALUES (1, $1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET at = excluded.at, day = excluded.day, version = excluded.version,
       time_zone = excluded.time_zone, looked_minute = excluded.looked_minute`,
    [new Date(nowMs), date, routing.version, routing.timeZone, looks ? minute : before],
  )
  return { limits: limited.reduce((sum, { limits }) => sum + limits.length, 0), told }
}

const slotOf = (minute: number): number => Math.floor(minute / LOOK_EVERY_MINUTES)

async function eachPart(limited: readonly Limited[], work: (part: readonly Limited[]) => Promise<void>): Promise<void> {
  for (let from = 0; from < limited.length; from += AT_ONCE) await work(limited.slice(from, from + AT_ONCE))
}
