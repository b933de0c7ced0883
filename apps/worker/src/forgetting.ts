import { dropDecisionsBefore } from '@lijian/database'
import type { Pool } from 'pg'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/**
 * Drops the days of the decision log that are older than may be kept, now and every hour. A timer and not a workflow: nothing has to be
 * remembered, several workers may do it at once, and what one misses the next hour drops. Returns how to stop.
 */
export function forgetting(
  pool: Pool,
  keepDays: number,
  told: { onDropped: (days: string[]) => void; onError: (error: unknown) => void },
): () => void {
  const drop = () => {
    const before = new Date(Date.now() - keepDays * DAY_MS).toISOString().slice(0, 10)
    dropDecisionsBefore(pool, before).then((days) => {
      if (days.length > 0) told.onDropped(days)
    }, told.onError)
  }
  drop()
  const timer = setInterval(drop, HOUR_MS)
  timer.unref()
  return () => clearInterval(timer)
}
