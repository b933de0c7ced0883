import { tmpdir } from 'node:os'
import { ClearingRuns } from '@lijian/clearing'
import { insertPerson } from '@lijian/identity'
import { Client, Pool } from 'pg'
import { campaign } from './documents'
import type { Answer, TestApi, Who } from './test-api'

/** A request that is ready to be sent, as often as wanted. */
export interface Ready {
  who: Who
  /** Of its path. */
  params?: Record<string, string>
  /** Behind its path, with its question mark. */
  query?: string
  body?: unknown
  /** Of a file. */
  type?: string
}

/** How a request of an operation is made ready; `id` is fresh at each call. */
export type Make = (scene: Scene, id: string) => Ready | Promise<Ready>

/** What has to be there before: entered, approved, paid. Everything fails loudly. */
export class Scene {
  private constructor(
    readonly api: TestApi,
    readonly sql: Client,
  ) {}

  static async open(api: TestApi): Promise<Scene> {
    const sql = new Client({ connectionString: api.url })
    await sql.connect()
    return new Scene(api, sql)
  }

  async ask(who: Who, method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const { status, text, body: answer } = await this.api.ask(who, method, path, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${text}`)
    return answer
  }

  /** What waits is approved by another person. */
  async agreed(who: Who, method: string, path: string, body?: unknown): Promise<Answer['body']> {
    const { status, text, body: answer } = await this.api.agreed(who, method, path, body)
    if (status >= 300) throw new Error(`${method} ${path}: ${text}`)
    return answer
  }

  pay = async (serial: string, merchant = 'M0001'): Promise<void> => {
    const body = { serial, merchant, amount: 10_000, paymentMethod: 'swipe' }
    const { payable } = await this.ask('system', 'POST', '/v1/transactions', body)
    await this.ask('system', 'POST', `/v1/transactions/${serial}/result`, { outcome: 'success', paid: payable })
  }

  hold = (serial: string) =>
    this.ask('system', 'POST', '/v1/transactions', {
      serial,
      merchant: 'M0001',
      amount: 10_000,
      paymentMethod: 'swipe',
    })

  refund = (serial: string) =>
    this.ask('system', 'POST', `/v1/transactions/${serial}/refunds`, { serial: `${serial}-R`, amount: 3000 })

  route = (serial: string, merchant = 'M0001', card?: { pan: string }) =>
    this.ask('system', 'POST', '/v1/routes', { serial, merchant, method: 'swipe', type: 'scan', amount: 10_000, card })

  draft = (code: string, funder = 'CCB') =>
    this.ask('maker', 'PUT', `/v1/campaigns/${code}`, {
      ...campaign({ code, funders: [{ partner: funder, sharePpm: 1_000_000 }] }, { merchants: [`M-${code}`] }),
    })

  async suspended(path: string): Promise<void> {
    await this.ask('maker', 'POST', `${path}/suspend`)
    await this.ask('maker', 'POST', `${path}/resume`)
  }

  async proposal(id: string): Promise<{ id: string; hash: string }> {
    await this.agreed('maker', 'PUT', `/v1/partners/${id}`, { name: id })
    const made = await this.ask('maker', 'POST', `/v1/partners/${id}/receipts`, receiptOf(id))
    return { id: String(made.id), hash: made.hash as string }
  }

  /** The statement of a partner whose campaign has given something. */
  async cycle(id: string): Promise<string> {
    await this.streamOf(id)
    return String((await this.ask('maker', 'POST', '/v1/partner-cycles', { partner: id, campaign: id })).id)
  }

  async streamOf(id: string): Promise<void> {
    await this.agreed('maker', 'PUT', `/v1/partners/${id}`, { name: id })
    const { hash } = await this.draft(id, id)
    await this.ask('checker', 'POST', `/v1/campaigns/${id}/approve`, { hash })
    await this.pay(`${id}-S`, `M-${id}`)
    // As clearing does when the date is over.
    await this.sql.query(
      'INSERT INTO business_day (business_date) SELECT max(business_date) FROM journal ON CONFLICT DO NOTHING',
    )
  }

  async case(id: string): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>(
      `INSERT INTO reconciliation_case (kind, client, serial, amount_fen, paid_fen)
       VALUES ('paid_mismatch', 'system', $1, 10000, 9000) RETURNING id`,
      [id],
    )
    return String(rows[0]!.id)
  }

  async closedCase(id: string): Promise<string> {
    const { case: of, resolution, hash } = await this.resolution(id)
    await this.ask('checker', 'POST', `/v1/cases/${of}/resolutions/${resolution}/approve`, { hash })
    return of
  }

  async resolution(id: string): Promise<{ case: string; resolution: string; hash: string }> {
    const of = await this.case(id)
    const made = await this.ask('maker', 'POST', `/v1/cases/${of}/resolutions`, ACCEPT)
    return { case: of, resolution: String(made.id), hash: made.hash as string }
  }

  /** A merchant's method that is stopped, because one card has paid too often. */
  async cardCase(id: string, pan: string): Promise<string> {
    for (const n of [1, 2, 3]) {
      await this.route(`${id}-${n}`, id, { pan })
      const result = { mid: 'MID-1', outcome: 'success' }
      await this.ask('system', 'POST', `/v1/routes/${id}-${n}/result`, result)
    }
    const { rows } = await this.sql.query<{ id: string }>('SELECT id FROM card_usage_case WHERE merchant = $1', [id])
    return String(rows[0]!.id)
  }

  /** Somebody who works here. */
  person = (id: string): Promise<string> =>
    insertPerson(this.sql, { login: id.toLowerCase(), name: id, roles: ['auditor'] })

  /** Of somebody whom somebody else stands in for. */
  async absence(id: string): Promise<string> {
    const { rows } = await this.sql.query<{ id: string }>(
      `INSERT INTO delegation (absent, stands_in, from_at, until_at, proposal) VALUES ($1, $2, now(), now() + interval '1 day', $3) RETURNING id`,
      [await this.person(id), await this.person(`${id}-B`), (await this.proposal(id)).id],
    )
    return String(rows[0]!.id)
  }

  private days = 0
  /** Dates are cleared in order, without a gap. */
  nextDate(): string {
    return new Date(Date.UTC(2026, 8, ++this.days)).toISOString().slice(0, 10)
  }

  /** The files of a date that is closed, as its flow plans and publishes them. */
  async clearingFile(state: 'published' | 'refused'): Promise<string> {
    const date = this.nextDate()
    await this.ask('finance', 'POST', '/v1/clearing-runs', { date })
    const pool = new Pool({ connectionString: this.api.url, max: 1 })
    await new ClearingRuns({ pool, dir: tmpdir(), timeZone: 'Asia/Shanghai', cutOff: '24:00' }).freeze(date)
    await pool.end()
    const { rows } = await this.sql.query<{ id: string }>(
      `UPDATE clearing_file SET state = $2, sha256 = 'x', bytes = 1, proved_at = now(), published_at = now()
       WHERE business_date = $1 RETURNING id`,
      [date, state],
    )
    return String(rows[0]!.id)
  }

  /** Rows of every table, and what stands on all counters. What is only told to other processes is left out. */
  async effects(): Promise<Record<string, number>> {
    const { rows: tables } = await this.sql.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT IN ('config_change', 'decision_log') AND table_name NOT LIKE 'audit%'`,
    )
    const counts = tables.map(({ name }) => `(SELECT count(*)::int FROM "${name}") AS "${name}"`)
    const { rows } = await this.sql.query<Record<string, number>>(
      `SELECT ${counts.join(', ')},
         (SELECT coalesce(sum(held_fen + 3 * used_fen + 7 * held_count + 11 * used_count + 13 * over_count), 0)::int FROM counter) AS "counted"`,
    )
    return rows[0]!
  }
}

export const ACCEPT = { resolution: 'accept', reason: 'as it is' }
export const receiptOf = (id: string) => ({
  amount: 5000,
  valueDate: '2026-11-01',
  bankReference: `BANK-${id}`,
  evidence: 'receipts/1.pdf',
})
