import { once } from 'node:events'
import type { BillLine } from '@lijian/bill-files'
import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { PoolClient } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

const COLUMNS = `source, client, line_key, file_id, line_no, business_date, kind, state, serial, original_serial, reference, offer, card,
  amount_fen, discount_fen, payable_fen, fee_fen, at`

export interface StagedAs {
  source: string
  scope: string
  fileId: number
  date: string
}

const NEEDS_ESCAPE = /[\\\t\n\r]/g
const text = (value: string | undefined) =>
  value === undefined
    ? '\\N'
    : value.replace(NEEDS_ESCAPE, (c) => (c === '\\' ? '\\\\' : c === '\t' ? '\\t' : c === '\n' ? '\\n' : '\\r'))
const number = (value: number | undefined) => (value === undefined ? '\\N' : String(value))

/** Lines on their way into a table that only this database transaction sees. */
export class Staging {
  private constructor(
    private readonly db: PoolClient,
    private readonly as: StagedAs,
    private readonly stream: ReturnType<typeof copyFrom>,
    private failed: Error | undefined,
  ) {}

  static async open(db: PoolClient, as: StagedAs): Promise<Staging> {
    await db.query('CREATE TEMP TABLE staged_line (LIKE bill_line) ON COMMIT DROP')
    const stream = db.query(copyFrom(`COPY staged_line (${COLUMNS}) FROM STDIN`))
    const staging = new Staging(db, as, stream, undefined)
    stream.on('error', (error: Error) => (staging.failed = error))
    return staging
  }

  /** Waits while PostgreSQL is behind. */
  async write(lines: readonly BillLine[]): Promise<void> {
    if (lines.length === 0) return
    if (!this.stream.write(lines.map((line) => this.row(line)).join(''))) await once(this.stream, 'drain')
    if (this.failed) throw this.failed
  }

  async close(): Promise<void> {
    this.stream.end()
    await once(this.stream, 'finish')
    if (this.failed) throw this.failed
  }

  /** Ends the COPY without its lines. */
  async abort(): Promise<void> {
    if (this.stream.destroyed || this.stream.writableFinished) return
    const over = once(this.stream, 'close').catch(() => undefined)
    this.stream.destroy()
    await over
  }

  /**
   * Every line that its source has not brought before, and those that were not done then and are now, for a bill may be fetched again (a refund
   * of WeChat that was PROCESSING); how many that were. A line twice in this file was made by it: it does not go on.
   */
  async accept(): Promise<number> {
    const { rowCount } = await this.db.query(
      `INSERT INTO bill_line AS b (${COLUMNS})
       SELECT ${COLUMNS} FROM (SELECT *, row_number() OVER (PARTITION BY client, line_key ORDER BY line_no) AS nth FROM staged_line) s WHERE nth = 1
       ON CONFLICT (source, client, line_key) DO UPDATE SET state = excluded.state, file_id = excluded.file_id, line_no = excluded.line_no
       WHERE b.state = 'failure' AND excluded.state = 'success' AND (b.kind, b.serial, b.amount_fen, b.discount_fen, b.payable_fen, b.fee_fen)
         IS NOT DISTINCT FROM (excluded.kind, excluded.serial, excluded.amount_fen, excluded.discount_fen, excluded.payable_fen, excluded.fee_fen)`,
    )
    return rowCount ?? 0
  }

  /** Lines of what our books have in another currency than the file says it is in: the same number is other money there. */
  async inOtherCurrency(currency: string | undefined, most: number): Promise<number[]> {
    if (currency === undefined) return []
    const { rows } = await this.db.query<{ line: number }>(
      `SELECT DISTINCT s.line_no AS line FROM staged_line s JOIN journal j ON j.client = s.client AND j.serial = s.serial
       WHERE j.event IN ('capture', 'void', 'reversal', 'refund') AND coalesce(j.detail ->> 'currency', '${DEFAULT_CURRENCY}') <> $1 ORDER BY 1 LIMIT $2`,
      [currency, most],
    )
    return rows.map(({ line }) => line)
  }

  /** Why lines were not new: twice in this file, or known before with another content. Known with the same content is none. */
  async contradictions(most: number): Promise<{ line: number; file: number | null; otherLine: number }[]> {
    const { rows } = await this.db.query<{ line: number; file: string | null; otherLine: number }>(
      `(SELECT line_no AS line, NULL AS file, first AS "otherLine"
        FROM (SELECT line_no, min(line_no) OVER (PARTITION BY client, line_key) AS first FROM staged_line) s WHERE line_no <> first LIMIT $1)
       UNION ALL
       (SELECT s.line_no, b.file_id, b.line_no FROM staged_line s JOIN bill_line b USING (source, client, line_key)
        WHERE b.file_id <> s.file_id AND (b.kind, b.state, b.serial, b.amount_fen, b.discount_fen, b.payable_fen, b.fee_fen)
          IS DISTINCT FROM (s.kind, s.state, s.serial, s.amount_fen, s.discount_fen, s.payable_fen, s.fee_fen) LIMIT $1)
       ORDER BY 1 LIMIT $1`,
      [most],
    )
    return rows.map(({ file, ...row }) => ({ ...row, file: file === null ? null : Number(file) }))
  }

  private row(line: BillLine): string {
    const { source, scope, fileId, date } = this.as
    return `${text(source)}\t${text(line.client ?? scope)}\t${text(line.key)}\t${fileId}\t${line.line}\t${date}\t${line.kind}\t${line.state}\t${text(line.serial)}\t${text(line.originalSerial)}\t${text(line.reference)}\t${text(line.offer)}\t${text(line.card)}\t${line.amountFen}\t${number(line.discountFen)}\t${number(line.payableFen)}\t${number(line.feeFen)}\t${text(line.at)}\n`
  }
}
