import { dropOldDecisions } from '@lijian/database'
import { sweepSessions, sweepTries } from '@lijian/identity'
import type { Pool } from 'pg'

const HOUR_MS = 3_600_000

/**
 * Drops the days of the decision log that are older than may be kept, wrong passwords that count no more and sessions that ended long ago, now and every hour. A timer and not a workflow: nothing has to be
 * remembered, several workers may do it at once, and what one misses the next hour drops. Returns how to stop.
 */
export function forgetting(
  pool: Pool,
  keepDays: number,
  told: { onDropped: (days: string[]) => void; onError: (error: unknown) => void },
): () => void {
  const drop = () => {
    dropOldDecisions(pool, keepDays, Date.now()).then((days) => {
      if (days.length > 0) told.onDropped(days)
    }, told.onError)
    sweepTries(pool).catch(told.onError)
    sweepSessions(pool).catch(told.onError)
  }
  drop()
  const timer = setInterval(drop, HOUR_MS)
  timer.unref()
  return () => clearInterval(timer)
}
