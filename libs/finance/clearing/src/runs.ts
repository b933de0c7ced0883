import {
  bookRefusalDays,
  freezeBusinessDay,
  inTransaction,
  sealBusinessDay,
  type BusinessDayRule,
} from '@lijian/database'
import { currencyOfKey, inCurrency } from '@lijian/contracts/money'
import type { Changed } from '@lijian/workflow-clearing-day'
import type { Pool } from 'pg'
import { clearingCases } from './case-kinds'
import { documentTrouble } from './documents'
import { publishStaged, writeStaged, type SignLine } from './file-writer'
import { planFiles } from './plan'
import { differencesOf, ledgerSums, sumsOfFile } from './proof'
import { changed, currentFiles, lockRun, readFile, readFiles, readRuns, type StoredFile } from './rows'
import { settle } from './settle'

export interface ClearingRunsOptions extends BusinessDayRule {
  pool: Pool
  /** Where files are published; staged below it. */
  dir: string
  /** Absent: files get no signature. */
  sign?: SignLine | undefined
  /** Refusals of dates that are over could not be added up: reports of them take longer. */
  onRefusalsLeft?: (error: unknown) => void
}

/** Told while a file is written or read, at most about once per piece. */
export type OnProgress = (rows: number) => void

/** The steps of clearing business dates, as their flows take them. Each may be repeated; one that was cut off is taken up again. */
export class ClearingRuns {
  constructor(private readonly options: ClearingRunsOptions) {}

  /** The date before that is not published yet; null: it is this one's turn. */
  async waitsFor(businessDate: string): Promise<string | null> {
    const [before] = await readRuns(
      this.options.pool,
      `WHERE business_date < $1 AND state IN ('opened', 'frozen') AND published_at IS NULL ORDER BY business_date DESC LIMIT 1`,
      [businessDate],
    )
    return before?.businessDate ?? null
  }

  /** Closes and seals the date and plans its files. */
  async freeze(businessDate: string): Promise<Changed> {
    return this.withTrouble(businessDate, () => this.closeAndPlan(businessDate))
  }

  private async closeAndPlan(businessDate: string): Promise<Changed> {
    const { pool } = this.options
    const { rows: runs } = await pool.query<{ early: boolean }>(
      'SELECT early FROM clearing_run WHERE business_date = $1',
      [businessDate],
    )
    await freezeBusinessDay(pool, businessDate, this.options, { early: runs[0]?.early ?? false })
    // A try before may have closed a date and not sealed it.
    const { rows } = await pool.query<{ date: string }>(
      `SELECT business_date::text AS date FROM business_day b
       WHERE business_date <= $1 AND NOT EXISTS (SELECT 1 FROM journal_seal s WHERE s.business_date = b.business_date) ORDER BY 1`,
      [businessDate],
    )
    for (const { date } of rows) await sealBusinessDay(pool, date)
    // Clearing never waits for it: reports read the log of dates that are not added up, and the next date's seal tries again.
    await bookRefusalDays(pool, this.options.timeZone).catch((error: unknown) => this.options.onRefusalsLeft?.(error))
    return inTransaction(pool, async (db) => {
      const run = await lockRun(db, businessDate)
      if (run.state === 'opened') {
        await planFiles(db, businessDate, run.settlementDate)
        await db.query(
          `UPDATE clearing_run SET state = 'frozen', frozen_at = now(), trouble = $2 WHERE business_date = $1`,
          [businessDate, await documentTrouble(db, businessDate)],
        )
      }
      return changed(db, businessDate)
    })
  }

  /** Makes one file that is not published yet, under its staging name. What was replaced meanwhile is left alone. */
  async write(fileId: number, onProgress: OnProgress = () => undefined, signal?: AbortSignal): Promise<void> {
    const file = await readFile(this.options.pool, fileId)
    if (file.state !== 'created') return
    await this.withTrouble(file.businessDate, () => this.make(file, onProgress, signal))
  }

  private async make(file: StoredFile, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
    const { pool, dir, timeZone } = this.options
    const written = await writeStaged(pool, dir, file, timeZone, onProgress, signal)
    if (file.sha256 !== null && file.sha256 !== written.sha256)
      throw new Error(`${file.name} made again is another file: ${file.sha256} before, ${written.sha256} now`)
    await pool.query(
      `UPDATE clearing_file SET sha256 = $2, bytes = $3, rows_written = $4 WHERE id = $1 AND state = 'created'`,
      [file.id, written.sha256, written.bytes, written.rows],
    )
  }

  /** Records how far a running `write` is; a late report does not set it back. */
  async note(fileId: number, rowsWritten: number): Promise<void> {
    await this.options.pool.query(
      `UPDATE clearing_file SET rows_written = $2 WHERE id = $1 AND state = 'created' AND rows_written < $2`,
      [fileId, rowsWritten],
    )
  }

  /** Reads every file of the date that is not published yet and compares it with the ledger. Returns what does not agree. */
  async prove(businessDate: string, onProgress: () => void = () => undefined, signal?: AbortSignal): Promise<string[]> {
    const { pool, dir } = this.options
    const files = (await currentFiles(pool, businessDate)).filter(({ state }) => state === 'created')
    const ledger = await ledgerSums(pool, businessDate)
    const differences: string[] = []
    for (const file of files) {
      const found = await sumsOfFile(dir, file, onProgress, signal)
      const wrong = differencesOf(file, found, ledger.get(`${file.clearingSystem}/${file.kind}`) ?? 0)
      differences.push(...wrong)
      const proved = wrong.length === 0 ? 'now()' : 'NULL'
      await pool.query(`UPDATE clearing_file SET proved_at = ${proved} WHERE id = $1 AND state = 'created'`, [file.id])
    }
    await this.trouble(businessDate, ...differences)
    return differences
  }

  /** Publishes every file that was proved. */
  async publish(businessDate: string): Promise<Changed> {
    const { pool } = this.options
    for (const file of await currentFiles(pool, businessDate))
      if (file.state === 'created' && file.provedAt !== null)
        await this.withTrouble(businessDate, () => this.publishFile(file))
    return inTransaction(pool, async (db) => {
      const run = await lockRun(db, businessDate)
      const files = await currentFiles(db, businessDate)
      if (run.state === 'frozen' && files.every(({ state }) => state !== 'created'))
        await db.query(
          `UPDATE clearing_run SET state = 'published', published_at = coalesce(published_at, now()), trouble = $2 WHERE business_date = $1`,
          [businessDate, await documentTrouble(db, businessDate)],
        )
      if (files.every(({ state }) => state === 'acknowledged'))
        await db.query(
          `UPDATE clearing_run SET state = 'acknowledged' WHERE business_date = $1 AND state = 'published'`,
          [businessDate],
        )
      return changed(db, businessDate)
    })
  }

  private async publishFile(file: StoredFile): Promise<void> {
    const { pool, dir, sign } = this.options
    if (!(await publishStaged(dir, file, sign))) {
      await this.make(file, () => undefined)
      if (!(await publishStaged(dir, file, sign)))
        throw new Error(`${file.name} cannot be published: it is not what was proved`)
    }
    await pool.query(
      `UPDATE clearing_file SET state = 'published', published_at = now() WHERE id = $1 AND state = 'created'`,
      [file.id],
    )
  }

  /** How the run stands, as a change that its flow may learn. */
  current(businessDate: string): Promise<Changed> {
    return inTransaction(this.options.pool, async (db) => {
      await lockRun(db, businessDate)
      return changed(db, businessDate)
    })
  }

  async remind(businessDate: string): Promise<void> {
    const files = await currentFiles(this.options.pool, businessDate)
    const names = files.filter(({ state }) => state === 'published').map(({ name }) => name)
    if (names.length > 0) await this.trouble(businessDate, `no acknowledgement yet of ${names.join(', ')}`)
  }

  /** Files that nobody has acknowledged for long are missing, and each is somebody's case; an acknowledgement is still accepted. */
  giveUpWaiting(businessDate: string): Promise<Changed> {
    return inTransaction(this.options.pool, async (db) => {
      await lockRun(db, businessDate)
      await clearingCases.openFrom(db, {
        with: `late AS (
          UPDATE clearing_file SET state = 'missing' WHERE business_date = $1 AND state = 'published' AND kind <> 'settlement'
          RETURNING name, gross_fen, discount_fen)`,
        columns: ['amount_fen', 'discount_fen'],
        select: `SELECT 'clearing_unacknowledged', '@clearing', name, gross_fen, discount_fen FROM late`,
        values: [businessDate],
      })
      return changed(db, businessDate)
    })
  }

  /** A proof that failed is somebody's case, once per date. Returns whether it was opened now. */
  openProofCase(businessDate: string): Promise<boolean> {
    return clearingCases.open(this.options.pool, { kind: 'clearing_proof', client: '@clearing', serial: businessDate })
  }

  /** Settles the settlement date of a business date, with every other date due on it. `waitsFor`: dates that are not ready. */
  settle(businessDate: string): Promise<Changed & { waitsFor: string[] }> {
    return inTransaction(this.options.pool, async (db) => {
      // Its lock comes first, those of the runs after it: they are taken in no order.
      const [run] = await readRuns(db, 'WHERE business_date = $1', [businessDate])
      if (!run) throw new Error(`there is no clearing run of ${businessDate}`)
      const { settlementDate } = run
      const waitsFor = await settle(db, settlementDate, this.options)
      return { ...(await changed(db, businessDate)), waitsFor }
    })
  }

  /** The files for the payout system, one of each currency, made and published once their date is settled. */
  async publishSettlement(
    businessDate: string,
    onProgress: OnProgress = () => undefined,
    signal?: AbortSignal,
  ): Promise<void> {
    const files = await readFiles(
      this.options.pool,
      `WHERE f.kind = 'settlement' AND f.settlement_date = (SELECT settlement_date FROM clearing_run WHERE business_date = $1) AND f.state = 'created'
       ORDER BY f.clearing_system`,
      [businessDate],
    )
    for (const file of files) await this.withTrouble(businessDate, () => this.publishPayouts(file, onProgress, signal))
  }

  private async publishPayouts(file: StoredFile, onProgress: OnProgress, signal?: AbortSignal): Promise<void> {
    const { pool, dir } = this.options
    await this.make(file, onProgress, signal)
    const made = await readFile(pool, file.id)
    const { rows } = await pool.query<{ fen: number }>(
      `SELECT coalesce(sum(a), 0)::float8 AS fen FROM journal j CROSS JOIN LATERAL unnest(j.accounts, j.amounts_fen) p (account, a)
       WHERE j.client = '@settlement' AND j.serial = $1 AND account LIKE 'merchant-discount/%'`,
      [inCurrency(file.settlementDate, currencyOfKey(file.clearingSystem))],
    )
    const wrong = differencesOf(made, await sumsOfFile(dir, made, () => onProgress(0), signal), rows[0]!.fen)
    if (wrong.length > 0) throw new Error(wrong.join('; '))
    await pool.query('UPDATE clearing_file SET proved_at = now() WHERE id = $1', [file.id])
    await this.publishFile(made)
  }

  /** Beside what is wrong now, documents that nobody has entered again are still named. */
  private async trouble(businessDate: string, ...found: string[]): Promise<void> {
    const { pool } = this.options
    const all = [...found, (await documentTrouble(pool, businessDate)) ?? []].flat()
    await pool.query('UPDATE clearing_run SET trouble = $2 WHERE business_date = $1', [
      businessDate,
      all.length > 0 ? all.join('; ') : null,
    ])
  }

  /** What keeps a run from going on is told where people look; the step itself is tried again by its flow. */
  private async withTrouble<Done>(businessDate: string, work: () => Promise<Done>): Promise<Done> {
    try {
      return await work()
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error)
      await this.options.pool
        .query('UPDATE clearing_run SET trouble = $2 WHERE business_date = $1', [businessDate, said])
        .catch(() => undefined)
      throw error
    }
  }
}
