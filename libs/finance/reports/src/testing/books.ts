import { grantPosting, returnPosting, type GivenOffer, type Posting } from '@lijian/ledger'
import { currencyOfKey, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { ReportParameters } from '@lijian/contracts/finance'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import type { Ask, ReportDefinition, ReportRow } from '../definition'
import { differences, firstRows } from '../reading'

/** An offer as the journal has it. */
export interface BookedOffer extends GivenOffer {
  campaign: string
  name: string
}

export interface BookedPayment {
  date: string
  event: 'capture' | 'void' | 'reversal' | 'refund'
  merchant: string
  serial: string
  clearingSystem?: string
  amountFen?: number
  offers: readonly BookedOffer[]
}

export interface BookedEntry extends Posting {
  date: string
  event: string
  client: string
  serial: string
  detail: object
}

const TABLES = [
  ...['unposted_result', 'payment_day', 'payment_share_day', 'merchant_day', 'payment_posting_day'],
  ...['journal', 'account_day', 'journal_seal', 'business_day', 'counter', 'partner', 'proposal'],
  ...['clearing_run', 'clearing_file', 'merchant_settlement', 'rebate_due'],
  ...['reconciliation_case', 'reconciliation_break', 'reconciliation_run', 'bill_line', 'bill_file'],
  'marketing_transaction',
]
export const ZONE = 'Asia/Shanghai'

/** A database with books that the test writes, dates that it seals, and reports over them. */
export class Books {
  private constructor(
    readonly pool: Pool,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Books> {
    const { url, drop } = await testDatabase()
    return new Books(new Pool({ connectionString: url, max: 2 }), drop)
  }

  /** Over a database that somebody else drops. */
  static over(pool: Pool): Books {
    return new Books(pool, () => Promise.resolve())
  }

  async clear(): Promise<void> {
    await this.plant(TABLES.map((table) => `DELETE FROM ${table}`).join('; '))
  }

  /** Past every guard, as nobody but the owner of the tables can. */
  async plant(sql: string): Promise<void> {
    await this.pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)
  }

  async pay({
    event,
    merchant,
    clearingSystem = 'main',
    offers,
    amountFen = 10_000,
    ...rest
  }: BookedPayment): Promise<void> {
    const currency = currencyOfKey(clearingSystem)
    const named = offers.map((offer) => ({
      ...offer,
      code: `${offer.campaign}-O`,
      version: 1,
      discountFen: offer.funders.reduce((sum, { amountFen: fen }) => sum + fen, 0),
    }))
    const posting = (event === 'capture' ? grantPosting : returnPosting)(merchant, offers, currency)
    const given = (some: (offer: BookedOffer) => boolean) =>
      named.filter(some).reduce((sum, { discountFen }) => sum + discountFen, 0)
    const [discountFen, feeSavedFen] = [
      given(({ kind, delivery }) => kind === 'amount' && delivery === 'instant'),
      given(({ kind }) => kind === 'fee'),
    ]
    const detail = {
      ...(currency === DEFAULT_CURRENCY ? {} : { currency }),
      ...{ amountFen, payableFen: amountFen - discountFen, discountFen },
      ...{ feeOriginalFen: 9000, feeFinalFen: 9000 - feeSavedFen, feeSavedFen },
      ...{ at: `${rest.date}T04:00:00.000Z`, paymentMethod: 'qr', offers: named },
    }
    await this.post({ ...rest, event, client: 'till', detail, ...posting }, { merchant, clearingSystem })
  }

  async post(
    { date, event, client, serial, detail, accounts, amountsFen }: BookedEntry,
    { merchant, clearingSystem }: { merchant?: string; clearingSystem?: string } = {},
  ): Promise<void> {
    await this.pool.query(
      `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen, posted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $1::date + time '05:00')`,
      [
        date,
        event,
        client,
        serial,
        merchant ?? null,
        clearingSystem ?? null,
        JSON.stringify(detail),
        accounts,
        amountsFen,
      ],
    )
  }

  async seal(...dates: readonly string[]): Promise<void> {
    for (const date of dates) {
      await this.pool.query('INSERT INTO business_day (business_date) VALUES ($1)', [date])
      await this.pool.query('SELECT seal_business_day($1)', [date])
    }
  }

  /** Each section of a report, in its order, with every number as one. */
  async report(definition: ReportDefinition, parameters: ReportParameters): Promise<Record<string, ReportRow[]>> {
    const ask: Ask = { parameters, timeZone: ZONE }
    const found: Record<string, ReportRow[]> = {}
    for (const section of definition.sections) {
      const rows = await firstRows(this.pool as never, section, ask, 1_000_000)
      const numbers = section.columns.filter(({ type }) => ['amount', 'integer', 'rate'].includes(type))
      for (const row of rows) for (const { key } of numbers) if (row[key] !== null) row[key] = Number(row[key])
      found[section.section] = rows
    }
    return found
  }

  differences(definition: ReportDefinition, parameters: ReportParameters): Promise<string[]> {
    return differences(this.pool as never, definition, { parameters, timeZone: ZONE })
  }

  /** Raw rows, as a reference adds them up. */
  async rows<Row>(sql: string): Promise<Row[]> {
    const { rows } = await this.pool.query<{ row: Row }>(`SELECT to_jsonb(r) AS row FROM (${sql}) r`)
    return rows.map(({ row }) => row)
  }

  async close(): Promise<void> {
    await this.pool.end()
    await this.drop()
  }
}
