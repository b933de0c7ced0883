export { routing } from '@lijian/documents/testing/routing'
import { openAdmission, type Admission } from '@lijian/admission'
import type { RouteResultRequest, RoutingDocument } from '@lijian/contracts/routing'
import type { Campaign } from '@lijian/contracts/marketing'
import { CampaignEntity, CampaignVersionEntity, dataSource } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { CatalogService } from '@lijian/catalog'
import { openTransactions } from '@lijian/transactions'
import { Client } from 'pg'
import { LiveRouting } from '@lijian/documents'
import { Payments } from '../payments'
import { Routes } from '../routes'
import type { RouteAsk } from '../types'

export const DAY = '2026-11-25'
/** Noon of DAY in Shanghai. */
export const NOON_MS = Date.parse('2026-11-25T04:00:00Z')

/** 满100减15 for everybody, from a budget that has room. */
export const CAMPAIGN: Campaign = {
  code: 'CCB',
  name: '满100减15',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
  budget: { amount: 1_000_000 },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    } as Campaign['offers'][number],
  ],
}

/** One process: its batcher, its use cases, its reading of the routing document. */
export interface Process {
  admission: Admission
  live: LiveRouting
  routes: Routes
  payments: Payments
  /** The other half of `payments`: results and reversals of offers. */
  offers: ReturnType<typeof openTransactions>
  close(): Promise<void>
}

/** A real database with a routing document; several processes over it. */
export class Stage {
  readonly sql: Client
  private readonly processes: Process[] = []
  nowMs = NOON_MS

  private constructor(
    readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {
    this.sql = new Client({ connectionString: url })
  }

  static async open(document?: RoutingDocument, campaigns: Campaign[] = []): Promise<Stage> {
    const { url, drop } = await testDatabase()
    const stage = new Stage(url, drop)
    await stage.sql.connect()
    if (document !== undefined) await stage.put(document)
    const source = await dataSource(url, { poolSize: 1 }).initialize()
    for (const campaign of campaigns) {
      const { code } = campaign
      await source.getRepository(CampaignEntity).save({ code, liveVersion: 1, latestVersion: 1 })
      await source
        .getRepository(CampaignVersionEntity)
        .save({ code, version: 1, document: campaign, state: 'approved', maker: 'm', checker: 'c' })
    }
    await source.destroy()
    return stage
  }

  /** Its next version, live for every process. */
  async put(document: RoutingDocument): Promise<void> {
    await this.sql.query(
      `INSERT INTO routing_version (version, document, maker) SELECT coalesce(max(version), 0) + 1, $1, 'm' FROM routing_version`,
      [JSON.stringify(document)],
    )
    await this.refresh()
  }

  async refresh(): Promise<void> {
    for (const { live } of this.processes) await live.refresh()
  }

  /** Tests lock rows to bring about an order: who waits for them waits on, instead of aside (libs/core/admission). */
  get patientUrl(): string {
    return `${this.url}?lock_timeout=10000`
  }

  async process({ databaseUrl = this.patientUrl, batchMax = 64 } = {}): Promise<Process> {
    const now = () => this.nowMs
    const day = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
    const drawKey = Buffer.alloc(32, 7)
    const times = { queryDeadlineMs: 10_000, holdSeconds: 900, clockSkewSeconds: Infinity }
    const admission = openAdmission({ databaseUrl, ...day, batchMax, now, clock: now })
    const live = new LiveRouting({ databaseUrl, pollMs: 3_600_000 })
    const catalog = new CatalogService({ databaseUrl, drawKey })
    await Promise.all([live.start(), catalog.start()])
    const offers = openTransactions({ databaseUrl, admission, catalog, ...day, times, startDelayMs: 0, now })
    const routes = new Routes({ admission, live, times, drawKey, merchant: (id) => catalog.merchant(id), now })
    const payments = new Payments({ admission, offers, routes, times })
    const close = async () => {
      await offers.close()
      await admission.close()
      await live.stop()
      await catalog.stop()
    }
    const process = { admission, live, routes, payments, offers, close }
    this.processes.push(process)
    return process
  }

  ask(
    serial: string,
    amount: number,
    change: Partial<RouteAsk['request']> = {},
    ask: Partial<RouteAsk> = {},
  ): RouteAsk {
    const { exclude: _, ...body } = change
    return {
      client: 'T',
      request: { serial, merchant: 'M1', method: 'wechat', type: 'qr', amount, ...change },
      bodyHash: JSON.stringify([serial, amount, body]),
      receivedAtMs: this.nowMs,
      deadlineMs: 20_000,
      ...ask,
    }
  }

  result(serial: string, mid: string, how: 'success' | NonNullable<RouteResultRequest['failure']>, more: object = {}) {
    const outcome = how === 'success' ? { outcome: how } : { outcome: 'failure' as const, failure: how }
    return { client: 'T', serial, request: { mid, ...outcome, ...more } }
  }

  /** What stands on the counters of a code, by kind: [held, used, over] fen and the same of counts. */
  async counter(key: string): Promise<{ fen: number[]; count: number[] } | undefined> {
    const { rows } = await this.sql.query<Record<string, string>>(`SELECT * FROM counter WHERE key = $1`, [key])
    const row = rows[0]
    if (row === undefined) return undefined
    const of = (measure: string) => ['held', 'used', 'over'].map((where) => Number(row[`${where}_${measure}`]))
    return { fen: of('fen'), count: of('count') }
  }

  async close(): Promise<void> {
    for (const process of this.processes) await process.close()
    await this.sql.end()
    await this.drop()
  }
}

export const dayKey = (owner: string): string => `@route/${owner}|${DAY}`
