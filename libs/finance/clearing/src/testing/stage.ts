import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { grantPosting, returnPosting } from '@lijian/ledger'
import { currencyOfKey, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import type { JournalDetail, JournalOffer } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { ClearingDays } from '../clearing-days'
import { ClearingRuns } from '../runs'

export interface Event {
  date: string
  event?: 'capture' | 'void' | 'reversal' | 'refund'
  serial: string
  originalSerial?: string
  merchant?: string
  clearingSystem?: string
  amountFen?: number
  offers?: Partial<JournalOffer>[]
}

const RULE = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }

/** A database with a journal that the test writes, and clearing runs over it that publish into a folder of their own. */
export class Stage {
  private constructor(
    readonly pool: Pool,
    readonly url: string,
    readonly dir: string,
    readonly runs: ClearingRuns,
    readonly days: ClearingDays,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(): Promise<Stage> {
    const { url, drop } = await testDatabase()
    const pool = new Pool({ connectionString: url, max: 6 })
    const dir = await mkdtemp(join(tmpdir(), 'lijian-clearing-'))
    return new Stage(
      pool,
      url,
      dir,
      new ClearingRuns({ pool, dir, ...RULE, sign: (line) => Buffer.from(`signed: ${line}`) }),
      new ClearingDays({ pool, earlyClose: true, ...RULE }),
      drop,
    )
  }

  /** Posted as `apply` posts it: one row, its accounts by libs/core/ledger. */
  async post(...events: Event[]): Promise<void> {
    for (const { date, event = 'capture', serial, merchant = 'M1', amountFen = 10_000, ...rest } of events) {
      const offers = (rest.offers ?? [{}]).map(offerOf)
      const discountFen = offers
        .filter(({ kind, delivery }) => kind === 'amount' && delivery === 'instant')
        .reduce((sum, offer) => sum + offer.discountFen, 0)
      const savedFen = offers.filter(({ kind }) => kind === 'fee').reduce((sum, offer) => sum + offer.discountFen, 0)
      const currency = currencyOfKey(rest.clearingSystem ?? 'main')
      const detail: JournalDetail = {
        ...(currency === DEFAULT_CURRENCY ? {} : { currency }),
        amountFen,
        payableFen: amountFen - discountFen,
        discountFen,
        feeOriginalFen: 60,
        feeFinalFen: 60 - savedFen,
        feeSavedFen: savedFen,
        paymentMethod: 'qr',
        at: `${date}T04:00:00.000Z`,
        offers,
      }
      const { accounts, amountsFen } = (event === 'capture' ? grantPosting : returnPosting)(merchant, offers, currency)
      await this.pool.query(
        `INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen)
         VALUES ($1, $2, 'till', $3, $4, $5, $6, $7, $8, $9)`,
        [
          ...[date, event, serial, rest.originalSerial ?? null, merchant, rest.clearingSystem ?? 'main'],
          ...[JSON.stringify(detail), accounts, amountsFen],
        ],
      )
    }
  }

  /** Everything up to publication, as the flow does it. */
  async publish(date: string): Promise<string[]> {
    const { body } = await this.runs.freeze(date)
    for (const { id, state } of body.files) if (state === 'created') await this.runs.write(id)
    const differences = await this.runs.prove(date)
    if (differences.length === 0) await this.runs.publish(date)
    return differences
  }

  /** Published and accepted by every clearing system. */
  async clear(date: string): Promise<void> {
    await this.days.open(date, 'finance')
    const differences = await this.publish(date)
    if (differences.length > 0) throw new Error(differences.join('\n'))
    for (const { id } of (await this.runs.current(date)).body.files)
      await this.days.acknowledge(id, { outcome: 'accepted' })
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, values)).rows
  }

  async close(): Promise<void> {
    await this.pool.end()
    await rm(this.dir, { recursive: true, force: true })
    await this.drop()
  }
}

function offerOf(given: Partial<JournalOffer>): JournalOffer {
  const discountFen = given.discountFen ?? 1500
  return {
    campaign: 'CCB-Q4',
    version: 1,
    code: 'FOOD',
    name: '满100减15',
    kind: 'amount',
    delivery: 'instant',
    paymentMode: 'postpay',
    discountFen,
    funders: [{ partner: 'CCB', amountFen: discountFen }],
    ...given,
  }
}
