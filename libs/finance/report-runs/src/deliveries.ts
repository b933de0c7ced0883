import type { ReportRunAnswer } from '@lijian/contracts/finance'
import { inTransaction } from '@lijian/database'
import type { ClientBase, Pool } from 'pg'
import { answerOf, RUN, type RunRow } from './run-row'

/** An attempt that says nothing for so long is dead, and another one may begin. */
export const DELIVERY_SILENT_MS = 60_000
const FIRST_WAIT_MS = 5000
const LONGEST_WAIT_MS = 3_600_000

/** One attempt to bring the file of a run to a target. */
export interface Delivery {
  run: ReportRunAnswer
  target: string
  /** Counts every start. What an earlier one still says is of no effect. */
  attempt: number
}

/** The run's file is sent to each of these, once. */
export async function addDeliveries(
  db: Pick<ClientBase, 'query'>,
  run: number,
  { targets, schedule }: { targets: readonly string[]; schedule: string | undefined },
): Promise<void> {
  await db.query(
    `INSERT INTO report_delivery (run, target, document) SELECT $1, target, $3 FROM unnest($2::text[]) AS target ON CONFLICT DO NOTHING`,
    [run, targets, JSON.stringify({ schedule })],
  )
}

/** What becomes of deliveries: claimed by one at a time, tried for as long as the file is there, and recorded. */
export class ReportDeliveries {
  constructor(private readonly pool: Pool) {}

  /** The one that is due longest; it is this caller's for as long as it is `heard` of. */
  async claim(): Promise<Delivery | undefined> {
    return inTransaction(this.pool, async (db) => {
      const { rows } = await db.query<{ run: number; target: string; attempt: number }>(
        `UPDATE report_delivery d SET attempts = attempts + 1, due_at = clock_timestamp() + $1 * interval '1 ms'
         FROM (SELECT w.run, w.target FROM report_delivery w JOIN report_run r ON r.id = w.run
               WHERE w.delivered_at IS NULL AND w.due_at <= now() AND r.state = 'done'
               ORDER BY w.due_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED) next
         WHERE d.run = next.run AND d.target = next.target RETURNING d.run, d.target, d.attempts AS attempt`,
        [DELIVERY_SILENT_MS],
      )
      const claimed = rows[0]
      if (claimed === undefined) return undefined
      const run = await db.query<RunRow>(`SELECT ${RUN} FROM report_run WHERE id = $1`, [claimed.run])
      return { ...claimed, run: answerOf(run.rows[0]!) }
    })
  }

  /** Tells that the attempt lives. False: another one has begun. */
  async heard({ run, target, attempt }: Delivery): Promise<boolean> {
    const { rowCount } = await this.pool.query(
      `UPDATE report_delivery SET due_at = clock_timestamp() + $4 * interval '1 ms'
       WHERE run = $1 AND target = $2 AND attempts = $3 AND delivered_at IS NULL`,
      [run.id, target, attempt, DELIVERY_SILENT_MS],
    )
    return rowCount === 1
  }

  /** It is there: whoever has brought it, and once. */
  async delivered({ run, target }: Delivery): Promise<void> {
    await inTransaction(this.pool, async (db) => {
      const { rowCount } = await db.query(
        `UPDATE report_delivery SET delivered_at = now(), last_error = NULL WHERE run = $1 AND target = $2 AND delivered_at IS NULL`,
        [run.id, target],
      )
      if (rowCount === 1)
        await db.query(`INSERT INTO report_access (run, act, actor) VALUES ($1, 'deliver', $2)`, [
          run.id,
          `@target/${target}`,
        ])
    })
  }

  /** Tries again later, each time later. */
  async failed({ run, target, attempt }: Delivery, why: string): Promise<void> {
    const waitMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt - 1, 20))
    await this.pool.query(
      `UPDATE report_delivery SET last_error = $4, due_at = now() + $5 * interval '1 ms'
       WHERE run = $1 AND target = $2 AND attempts = $3 AND delivered_at IS NULL`,
      [run.id, target, attempt, why, waitMs],
    )
  }

  /** The process ends: another one may begin at once. */
  async putBack({ run, target, attempt }: Delivery): Promise<void> {
    await this.pool.query(
      `UPDATE report_delivery SET due_at = now() WHERE run = $1 AND target = $2 AND attempts = $3 AND delivered_at IS NULL`,
      [run.id, target, attempt],
    )
  }

  /** How many failed at least once and still wait, for who watches. */
  async stuck(): Promise<number> {
    const { rows } = await this.pool.query<{ stuck: number }>(
      `SELECT count(*)::int AS stuck FROM report_delivery d JOIN report_run r ON r.id = d.run
       WHERE d.delivered_at IS NULL AND d.last_error IS NOT NULL AND r.state = 'done'`,
    )
    return rows[0]!.stuck
  }
}
