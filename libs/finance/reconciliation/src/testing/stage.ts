import { Proposals } from '@lijian/approvals'
import { caseKind, Cases } from '@lijian/cases'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { BillImports } from '../imports'
import { BillLayouts } from '../layouts'
import { caseResolutions } from '../resolution'
import { DayRuns } from '../runs'

export const DAY = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
export const DATE = '2026-11-02'

export interface Entry {
  serial: string
  event?: 'capture' | 'void' | 'reversal' | 'refund'
  date?: string
  originalSerial?: string
  amountFen?: number
  discountFen?: number
  paymentMethod?: string
  /** Absent: CNY. */
  currency?: string
}

/** A database with books that a test writes down entry by entry, and the use cases on it. */
export class Stage {
  readonly layouts: BillLayouts
  readonly imports: BillImports
  readonly runs: DayRuns
  readonly cases: Cases

  private constructor(
    readonly pool: Pool,
    private readonly drop: () => Promise<void>,
  ) {
    // The database is dropped while its last connections still say goodbye.
    pool.on('error', () => undefined)
    this.layouts = new BillLayouts(pool)
    this.imports = new BillImports(pool, this.layouts)
    this.runs = new DayRuns(pool, this.layouts, DAY, { bufferDays: 3 })
    this.cases = new Cases(pool, new Proposals(pool, caseKind(caseResolutions(DAY))), Date.now)
  }

  static async open(): Promise<Stage> {
    const { url, drop } = await testDatabase()
    return new Stage(new Pool({ connectionString: url, max: 10 }), drop)
  }

  async close(): Promise<void> {
    await this.pool.end()
    await this.drop()
  }

  async clear(): Promise<void> {
    await this.pool.query(
      `TRUNCATE reconciliation_case, reconciliation_break, reconciliation_run, bill_line, bill_file, marketing_transaction CASCADE`,
    )
    // What was decided stays for everybody: only a superuser's test forgets it.
    await this.pool.query(
      `BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM proposal_decision; DELETE FROM proposal; COMMIT`,
    )
    await this.pool.query(`ALTER TABLE journal DISABLE TRIGGER append_only`)
    await this.pool.query(`DELETE FROM journal`)
    await this.pool.query(`ALTER TABLE journal ENABLE TRIGGER append_only`)
  }

  /** Books one event as `apply` does. */
  async book(entry: Entry, client = 'till'): Promise<void> {
    const {
      serial,
      event = 'capture',
      date = DATE,
      originalSerial,
      amountFen = 10_000,
      discountFen = 1500,
      paymentMethod = 'qr',
      currency,
    } = entry
    const detail = {
      ...(currency === undefined ? {} : { currency }),
      amountFen,
      payableFen: amountFen - discountFen,
      discountFen,
      paymentMethod,
      at: `${date}T04:00:00.000Z`,
      offers: [
        {
          code: 'FOOD',
          kind: 'amount',
          delivery: 'instant',
          discountFen,
          funders: [{ partner: 'CCB', amountFen: discountFen }],
        },
      ],
    }
    const sign = event === 'capture' ? 1 : -1
    await this.pool.query(
      `INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen)
       VALUES ($1, $2, $3, $4, $5, 'M1', 'main', $6, $7, $8)`,
      [
        date,
        event,
        client,
        serial,
        originalSerial ?? null,
        JSON.stringify(detail),
        ['receivable/CCB', 'merchant-discount/M1'],
        [sign * discountFen, -sign * discountFen],
      ],
    )
  }

  /** A transaction that posted nothing, in this state. */
  async transaction(serial: string, state: string, client = 'till'): Promise<void> {
    await this.pool.query(
      `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are, charges, record)
       VALUES ($1, $2, 1, $2, $3, 'M1', 'h', 10000, 8500, $4, '[]', '{}')`,
      [client, serial, state, state === 'held' ? 'held' : 'none'],
    )
  }

  /** The transaction system's list of a day, with right totals. */
  list(lines: readonly ListLine[], { date = DATE, client = 'till' } = {}) {
    return this.import('lijian-list-ndjson', listFile(lines), { date, client })
  }

  import(layout: string, file: string | Buffer, { date = DATE, client = 'till' as string | null } = {}) {
    return this.imports.run({ layout, date, client: client ?? undefined, actor: 'finance' }, chunks(file))
  }

  async broken(date = DATE): Promise<Record<string, string[]>> {
    const { breaks } = await this.runs.breaks({ date, limit: 500 })
    const found: Record<string, string[]> = {}
    for (const one of breaks) (found[one.class] ??= []).push(one.serial)
    return found
  }
}

export interface ListLine {
  serial: string
  kind?: 'payment' | 'refund' | 'void' | 'reversal'
  originalSerial?: string
  amount?: number
  discount?: number
  outcome?: 'success' | 'failure'
  card?: string
  currency?: string
}

export function listFile(
  lines: readonly ListLine[],
  total: { count?: number; amount?: number; discount?: number } = {},
): string {
  const rows = lines.map(({ kind = 'payment', amount = 10_000, discount = 1500, outcome = 'success', ...rest }) => ({
    kind,
    amount,
    discount,
    payable: amount - discount,
    outcome,
    at: `${DATE}T12:00:00+08:00`,
    ...rest,
  }))
  const sums = {
    count: rows.length,
    amount: rows.reduce((sum, row) => sum + row.amount, 0),
    discount: rows.reduce((sum, row) => sum + row.discount, 0),
    ...total,
  }
  return [...rows, { total: sums }].map((row) => `${JSON.stringify(row)}\n`).join('')
}

export async function* chunks(file: string | Buffer, size = 1000): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(file as string)
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
