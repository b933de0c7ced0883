import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import { CampaignEntity, CampaignVersionEntity, dataSource, MerchantEntity } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { CatalogService } from '@lijian/catalog'
import { openTransactions, type TransactionsOptions } from '../transactions'
import type { QueryAsk, ResultAsk } from '../types'

export { campaign, feeOffer } from './campaign'

/** A real database with live campaigns; each `transactions()` stands for a process of its own. */
export class Stage {
  readonly sql: Client
  protected readonly opened: { close(): Promise<void> }[] = []
  private readonly catalogs = new Set<CatalogService>()
  nowMs = Date.parse('2026-11-23T04:00:00Z')

  constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.sql = new Client({ connectionString: url })
  }

  /** Tests lock rows to bring about an order: who waits for them waits on, instead of aside (libs/core/admission). */
  get patientUrl(): string {
    return `${this.url}?lock_timeout=10000`
  }

  static async open<T extends Stage>(
    this: new (url: string, drop: () => Promise<void>) => T,
    campaigns: Campaign[],
    merchants: Merchant[] = [],
  ): Promise<T> {
    const { url, drop } = await testDatabase()
    const stage = new this(url, drop)
    await stage.sql.connect()
    await stage.put(campaigns, merchants)
    return stage
  }

  /** A newer version that nobody has approved. */
  async draft(document: Campaign, version: number): Promise<void> {
    const { code } = document
    const maker = 'm'
    await this.sql.query(
      'INSERT INTO campaign (code, latest_version) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET latest_version = $2',
      [code, version],
    )
    await this.sql.query(
      `INSERT INTO campaign_version (code, version, document, state, maker) VALUES ($1, $2, $3, 'not_approved', $4)`,
      [code, version, JSON.stringify(document), maker],
    )
  }

  async put(campaigns: Campaign[], merchants: Merchant[] = [], version = 1): Promise<void> {
    const source = await dataSource(this.url, { poolSize: 1 }).initialize()
    for (const document of campaigns) {
      const { code } = document
      await source.getRepository(CampaignEntity).save({ code, liveVersion: version, latestVersion: version })
      await source
        .getRepository(CampaignVersionEntity)
        .save({ code, version, document, state: 'approved', maker: 'm', checker: 'c' })
      await source.query(`INSERT INTO config_change (kind, code) VALUES ('campaign', $1)`, [code])
    }
    for (const document of merchants)
      await source.getRepository(MerchantEntity).save({ id: document.id, document, updatedBy: 'm' })
    await source.destroy()
  }

  /** Every process reads now what other people have changed. */
  async refresh(): Promise<void> {
    for (const catalog of this.catalogs) await catalog.refresh()
  }

  async catalog(groupOrder?: string[]): Promise<CatalogService> {
    const catalog = new CatalogService({ databaseUrl: this.url, drawKey: Buffer.alloc(32), groupOrder })
    await catalog.start()
    this.catalogs.add(catalog)
    return catalog
  }

  async transactions({ groupOrder, ...options }: Partial<TransactionsOptions> & { groupOrder?: string[] } = {}) {
    const catalog = await this.catalog(groupOrder)
    const transactions = openTransactions({
      databaseUrl: this.patientUrl,
      catalog,
      timeZone: 'Asia/Shanghai',
      cutOff: '24:00',
      times: { queryDeadlineMs: 10_000, holdSeconds: 900, clockSkewSeconds: Infinity },
      startDelayMs: 0,
      now: () => this.nowMs,
      clock: () => this.nowMs,
      ...options,
    })
    const close = transactions.close.bind(transactions)
    // A process that ends gives all its connections back: a property opens dozens of them.
    transactions.close = async () => {
      await close()
      if (this.catalogs.delete(catalog)) await catalog.stop()
    }
    this.opened.push(transactions)
    return transactions
  }

  ask(
    serial: string,
    amount: number,
    change: Partial<QueryAsk['request']> = {},
    ask: Partial<QueryAsk> = {},
  ): QueryAsk {
    return {
      client: 'T',
      request: { serial, merchant: 'M1', amount, currency: 'CNY', paymentMethod: 'qr', ...change },
      bodyHash: JSON.stringify([serial, amount, change]),
      door: 'http',
      receivedAtMs: this.nowMs,
      deadlineMs: 10_000,
      ...ask,
    }
  }

  outcome(serial: string, outcome: 'success' | 'failure', change: Partial<ResultAsk['request']> = {}): ResultAsk {
    return {
      client: 'T',
      serial,
      request: { outcome, ...change },
      bodyHash: JSON.stringify([outcome, change]),
      door: 'http',
    }
  }

  async close(): Promise<void> {
    for (const transactions of this.opened) await transactions.close()
    for (const catalog of this.catalogs) await catalog.stop()
    await this.sql.end()
    await this.drop()
  }
}
