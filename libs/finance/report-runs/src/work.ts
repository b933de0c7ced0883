import { caseKinds } from '@lijian/cases'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'
import { RUN, type RunRow } from './run-row'
import { RUN_CHANNEL } from './runs'

/** An attempt that says nothing for so long is dead, and another one may begin. */
export const SILENT_MS = 15_000
/** Those that were given back because their process stopped do not count. */
export const MOST_ATTEMPTS = 3

/** A report whose figures and the ledger differ. */
export const reportCases = caseKinds('report_disagrees')

/** What an attempt may do, it may do as long as it is the newest one. */
export interface Attempt {
  id: number
  attempt: number
}

/** A run that is being made. */
export type Claimed = RunRow

export interface Made {
  rows: number
  bytes: number
  sha256: string
  fileName: string
  snapshot: string
  /** What a statement prints on each page. */
  checkCode?: string
}

/** What becomes of runs while they are made. Every change names the attempt: what an overtaken one still writes is of no effect. */
export class ReportWork {
  constructor(
    private readonly pool: Pool,
    private readonly keepDays: number,
    private readonly silentMs: number = SILENT_MS,
  ) {}

  /** Runs that wait, and those whose attempt died; the id of their next attempt's job. */
  async waiting(): Promise<Attempt[]> {
    const { rows } = await this.pool.query<Attempt>(
      `SELECT id, attempt + 1 AS attempt FROM report_run
       WHERE (state = 'queued' AND due_at <= now()) OR (state = 'running' AND heard_at < now() - $1 * interval '1 ms')
       ORDER BY id LIMIT 1000`,
      [this.silentMs],
    )
    return rows
  }

  /** Begins an attempt; undefined: another one is at it, or nothing is to be done any more. */
  async claim(id: number): Promise<Claimed | undefined> {
    return inTransaction(this.pool, async (db) => {
      const spent = await db.query(
        `UPDATE report_run SET state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'failed' END, finished_at = now(),
           failure = CASE WHEN cancel_requested THEN NULL ELSE 'given up: ' || (attempt - put_back) || ' attempts ended without a word' END
         WHERE id = $1 AND state = 'running' AND heard_at < now() - $2 * interval '1 ms' AND (cancel_requested OR attempt - put_back >= $3)`,
        [id, this.silentMs, MOST_ATTEMPTS],
      )
      if (spent.rowCount) return undefined
      const { rows } = await db.query<Claimed>(
        `UPDATE report_run SET state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()), heard_at = clock_timestamp(),
           rows_written = 0
         WHERE id = $1 AND ((state = 'queued' AND due_at <= now()) OR (state = 'running' AND heard_at < now() - $2 * interval '1 ms'))
         RETURNING ${RUN}`,
        [id, this.silentMs],
      )
      return rows[0]
    })
  }

  /** Tells that the attempt lives, and how far it is. `cancel`: it must end. `lost`: another one has begun. */
  async heard({ id, attempt }: Attempt, rowsWritten: number): Promise<'go on' | 'cancel' | 'lost'> {
    const { rows } = await this.pool.query<{ cancel: boolean }>(
      `UPDATE report_run SET heard_at = clock_timestamp(), rows_written = greatest(rows_written, $3)
       WHERE id = $1 AND attempt = $2 AND state = 'running' RETURNING cancel_requested AS cancel`,
      [id, attempt, rowsWritten],
    )
    return rows[0] === undefined ? 'lost' : rows[0].cancel ? 'cancel' : 'go on'
  }

  /** False: this attempt was overtaken or its run was cancelled, and its file is nobody's. */
  async finish({ id, attempt }: Attempt, made: Made): Promise<boolean> {
    return this.end(
      `state = 'done', finished_at = now(), rows_count = $3, rows_written = $3, bytes = $4, sha256 = $5, file_name = $6,
         check_code = $9, snapshot = $7, failure = NULL, expires_at = now() + $8 * interval '1 day' WHERE NOT cancel_requested`,
      [
        id,
        attempt,
        made.rows,
        made.bytes,
        made.sha256,
        made.fileName,
        made.snapshot,
        this.keepDays,
        made.checkCode ?? null,
      ],
    )
  }

  /** False, here and below: this attempt was overtaken, and another one is at it. */
  async cancelled({ id, attempt }: Attempt): Promise<boolean> {
    return this.end(`state = 'cancelled', finished_at = now() WHERE true`, [id, attempt])
  }

  /** Tries again later, as long as that can help and somebody still wants it. */
  async failed({ id, attempt }: Attempt, failure: string, again: boolean): Promise<boolean> {
    if (!again)
      return this.end(`state = 'failed', failure = $3, finished_at = now() WHERE true`, [id, attempt, failure])
    const spent = `attempt - put_back >= $4`
    return this.end(
      `state = CASE WHEN ${spent} THEN 'failed' WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END, failure = $3,
         finished_at = CASE WHEN ${spent} OR cancel_requested THEN now() END, due_at = now() + (attempt - put_back) * interval '5 s' WHERE true`,
      [id, attempt, failure, MOST_ATTEMPTS],
    )
  }

  /** The process ends: the run waits for another one, which hears of it at once. */
  async putBack({ id, attempt }: Attempt): Promise<boolean> {
    return this.end(
      `state = CASE WHEN cancel_requested THEN 'cancelled' ELSE 'queued' END, finished_at = CASE WHEN cancel_requested THEN now() END,
         put_back = put_back + 1, due_at = now() WHERE true`,
      [id, attempt],
    )
  }

  /** Writes an attempt's last word, and tells who makes reports of a run that waits again. */
  private async end(change: string, values: readonly unknown[]): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `WITH ended AS (UPDATE report_run SET ${change} AND id = $1 AND attempt = $2 AND state = 'running' RETURNING id, state)
       SELECT CASE WHEN state = 'queued' THEN pg_notify('${RUN_CHANNEL}', id::text) END FROM ended`,
      [...values],
    )
    return rowCount === 1
  }

  /** The run fails, and somebody must look: a report and the books must never differ. */
  async disagrees({ id, attempt }: Attempt, found: string): Promise<boolean> {
    return inTransaction(this.pool, async (db) => {
      const { rowCount } = await db.query(
        `UPDATE report_run SET state = 'failed', failure = $3, finished_at = now() WHERE id = $1 AND attempt = $2 AND state = 'running'`,
        [id, attempt, `report_disagrees: ${found}`],
      )
      if (rowCount === 1)
        await reportCases.open(db, { kind: 'report_disagrees', client: '@reports', serial: `run-${id}` })
      return rowCount === 1
    })
  }

  /** How many runs wait and run, for who watches. */
  async open(): Promise<{ queued: number; running: number; oldestSeconds: number }> {
    const { rows } = await this.pool.query<{ queued: number; running: number; oldest: number }>(
      `SELECT count(*) FILTER (WHERE state = 'queued') AS queued, count(*) FILTER (WHERE state = 'running') AS running,
         coalesce(extract(epoch FROM now() - min(due_at)), 0)::float8 AS oldest
       FROM report_run WHERE state IN ('queued', 'running')`,
    )
    const { queued, running, oldest } = rows[0]!
    return { queued, running, oldestSeconds: Math.max(0, oldest) }
  }

  /** Schedules that ask for nothing any more because the key that stored them is revoked, for who watches. */
  async stoppedSchedules(): Promise<number> {
    const { rows } = await this.pool.query<{ stopped: number }>(
      `SELECT count(*)::int AS stopped FROM report_schedule s JOIN api_key k ON k.id = s.updated_by
       WHERE k.revoked_at IS NOT NULL AND (s.document -> 'active')::boolean`,
    )
    return rows[0]!.stopped
  }

  /** Ids whose file may stay; every other file is of a dead attempt or has had its time. */
  async kept(): Promise<Attempt[]> {
    const { rows } = await this.pool.query<Attempt>(
      `SELECT id, attempt FROM report_run WHERE state IN ('done', 'running')`,
    )
    return rows
  }

  /** Reports whose time is over: their files go, their rows and SHA-256 stay. */
  async expire(): Promise<number> {
    const { rowCount } = await this.pool.query(
      `UPDATE report_run SET state = 'expired' WHERE state = 'done' AND expires_at < now()`,
    )
    return rowCount ?? 0
  }
}
