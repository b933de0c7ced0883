import { settlementDateOf } from '@lijian/clearing-files'
import { LijianError } from '@lijian/contracts/system'
import type { AcknowledgementRequest, ClearingFileAnswer, ClearingRunStarted } from '@lijian/contracts/finance'
import { inTransaction, type BusinessDayRule } from '@lijian/database'
import type { Changed } from '@lijian/workflow-clearing-day'
import type { Pool } from 'pg'
import { acknowledge, replace } from './acknowledge'
import { lastOverDate, openedWith, openRuns } from './open'
import { readRun } from './queries'
import { changed, fileAnswer, lockRun, readFile, readFiles, tellFlow } from './rows'

/** What people and clearing systems do to clearing runs. Their flows learn it through the outbox, in the same database transaction. */
export class ClearingDays {
  constructor(private readonly options: BusinessDayRule & { pool: Pool; earlyClose?: boolean }) {}

  /** A person or the schedule wants a date cleared. */
  async open(date: string, actor: string, options: { early?: boolean } = {}): Promise<ClearingRunStarted> {
    const { pool, earlyClose = false } = this.options
    if (options.early && !earlyClose)
      throw new LijianError('state_conflict', 'Dates are not closed before they are over: LIJIAN_EARLY_CLOSE is off')
    const opened = await inTransaction(pool, async (db) => {
      const now = await openRuns(db, date, actor, this.options, options)
      return now.length > 0 ? now : openedWith(db, date, actor)
    })
    const warnings = opened.flatMap((one) => settlementDateOf(one).warning ?? [])
    return { ...(await readRun(pool, date)), opened, ...(warnings.length > 0 ? { warnings } : {}) }
  }

  /** What the schedule does: every date that is over. */
  async openDue(actor: string): Promise<string[]> {
    const { pool } = this.options
    const date = await lastOverDate(pool, this.options)
    // Clearing may have begun today, with a date that was closed early.
    const { rows } = await pool.query('SELECT 1 FROM clearing_run WHERE business_date >= $1 LIMIT 1', [date])
    if (rows.length > 0) return []
    return inTransaction(pool, (db) => openRuns(db, date, actor, this.options))
  }

  /** What a clearing system says of a file; the flow is told. */
  async acknowledge(fileId: number, request: AcknowledgementRequest): Promise<ClearingFileAnswer> {
    await inTransaction(this.options.pool, async (db) => {
      const change = await acknowledge(db, fileId, request)
      if (change) await tellFlow(db, change)
    })
    return fileAnswer(await readFile(this.options.pool, fileId))
  }

  /** A new version of a file; the flow makes, proves and publishes it. Returns that version. */
  async replace(fileId: number, reason?: string): Promise<ClearingFileAnswer> {
    const { pool } = this.options
    await inTransaction(pool, async (db) => {
      const change = await replace(db, fileId, reason)
      if (change) await tellFlow(db, change)
    })
    const [next] = await readFiles(pool, 'WHERE f.replaces = $1', [fileId])
    return fileAnswer(next!)
  }

  /** How the run of a file stands, as a change that its flow may learn. */
  async runOf(fileId: number): Promise<Changed> {
    const { pool } = this.options
    const { businessDate } = await readFile(pool, fileId)
    return inTransaction(pool, async (db) => {
      await lockRun(db, businessDate)
      return changed(db, businessDate)
    })
  }
}
