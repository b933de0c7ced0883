import type { BacktestReport } from '@lijian/contracts/marketing'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'
import { keptReport, RUN, type RunRow } from './row'

/** An attempt that says nothing for so long is dead, and another one may begin. */
export const BACKTEST_SILENT_MS = 15_000
/** Those that were given back because their process stopped do not count. */
const MOST_ATTEMPTS = 3

/** What an attempt may do, it may do as long as it is the newest one. */
export interface BacktestAttempt {
  id: number
  attempt: number
}

/** What becomes of back-tests while they run, as `ReportWork` does for reports: every change names its attempt. */
export class BacktestWork {
  constructor(
    private readonly pool: Pool,
    private readonly keepDays: number,
    private readonly silentMs: number = BACKTEST_SILENT_MS,
  ) {}

  /** Those that wait, and those whose attempt died. */
  async waiting(most: number): Promise<number[]> {
    const { rows } = await this.pool.query<{ id: number }>(
      `SELECT id FROM backtest_run
       WHERE (state = 'queued' AND due_at <= now()) OR (state = 'running' AND heard_at < now() - $1 * interval '1 ms') ORDER BY id LIMIT $2`,
      [this.silentMs, most],
    )
    return rows.map(({ id }) => id)
  }

  /** Begins an attempt; undefined: another one is at it, or nothing is to be done any more. */
  claim(id: number): Promise<RunRow | undefined> {
    return inTransaction(this.pool, async (db) => {
      const spent = await db.query(
        `UPDATE backtest_run SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END, finished_at = now(),
           failure = CASE WHEN cancel_requested THEN NULL ELSE 'given up: ' || (attempt - put_back) || ' attempts ended without a word' END
         WHERE id = $1 AND state = 'running' AND heard_at < now() - $2 * interval '1 ms' AND (cancel_requested OR attempt - put_back >= $3)`,
        [id, this.silentMs, MOST_ATTEMPTS],
      )
      if (spent.rowCount) {
        await db.query('DELETE FROM backtest_lines WHERE run = $1', [id])
        return undefined
      }
      const { rows } = await db.query<RunRow>(
        `UPDATE backtest_run SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()), heard_at = clock_timestamp(),
           lines_done = 0
         WHERE id = $1 AND ((state = 'queued' AND due_at <= now()) OR (state = 'running' AND heard_at < now() - $2 * interval '1 ms'))
         RETURNING ${RUN}`,
        [id, this.silentMs],
      )
      return rows[0]
    })
  }

  /** Tells that the attempt lives, and how far it is. `cancel`: it must end. `lost`: another one has begun. */
  async heard({ id, attempt }: BacktestAttempt, done: number, total?: number): Promise<'go on' | 'cancel' | 'lost'> {
    const { rows } = await this.pool.query<{ cancel: boolean }>(
      `UPDATE backtest_run SET heard_at = clock_timestamp(), lines_done = greatest(lines_done, $3), lines_total = coalesce($4, lines_total)
       WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING cancel_requested AS cancel`,
      [id, attempt, done, total ?? null],
    )
    return rows[0] === undefined ? 'lost' : rows[0].cancel ? 'cancel' : 'go on'
  }

  /** False, here and below: this attempt was overtaken, or the run was cancelled meanwhile. */
  finish(run: BacktestAttempt, reports: readonly BacktestReport[], lines: number): Promise<boolean> {
    return this.end(
      run,
      `state = 'done', finished_at = now(), reports = $3, lines_done = $4, lines_total = $4, failure = NULL, expires_at = now() + $5 * interval '1 day'
       WHERE NOT cancel_requested`,
      [JSON.stringify(reports.map(keptReport)), lines, this.keepDays],
    )
  }

  cancelled(run: BacktestAttempt): Promise<boolean> {
    return this.end(run, `state = 'cancelled', finished_at = now() WHERE true`, [])
  }

  /** `again`: it can succeed later, as long as attempts are left. */
  failed(run: BacktestAttempt, failure: string, again: boolean): Promise<boolean> {
    if (!again) return this.end(run, `state = 'failed', failure = $3, finished_at = now() WHERE true`, [failure])
    const spent = `(attempt - put_back >= $4 OR cancel_requested)`
    return this.end(
      run,
      `state = CASE WHEN NOT ${spent} THEN 'queued' WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END, failure = $3,
         finished_at = CASE WHEN ${spent} THEN now() END, due_at = now() + (attempt - put_back) * interval '5 s' WHERE true`,
      [failure, MOST_ATTEMPTS],
    )
  }

  /** The process ends: the run waits for another one. */
  putBack(run: BacktestAttempt): Promise<boolean> {
    return this.end(
      run,
      `state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END, finished_at = CASE WHEN cancel_requested THEN now() END,
         put_back = put_back + 1, due_at = now() WHERE true`,
      [],
    )
  }

  /** Reports whose time is over, and files that never came. The rows stay. */
  async expire(): Promise<void> {
    await this.pool.query(
      `WITH gone AS (
         UPDATE backtest_run SET state = CASE state WHEN 'done' THEN 'expired' ELSE 'cancelled' END, reports = NULL, finished_at = coalesce(finished_at, now())
         WHERE state IN ('waiting_file', 'done') AND expires_at < now() RETURNING id)
       DELETE FROM backtest_lines WHERE run IN (SELECT id FROM gone)`,
    )
  }

  /** An attempt's last word. Payments of a file go with the run. */
  private async end({ id, attempt }: BacktestAttempt, change: string, values: readonly unknown[]): Promise<boolean> {
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<{ state: string }>(
        `UPDATE backtest_run SET ${change} AND id = $1 AND attempt = $2 AND state = 'running' RETURNING state`,
        [id, attempt, ...values],
      )
      const [row] = rows
      if (row !== undefined && row.state !== 'queued') await db.query('DELETE FROM backtest_lines WHERE run = $1', [id])
      return row !== undefined
    })
  }
}
