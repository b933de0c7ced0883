import type { CardCaseAnswer } from '@lijian/contracts/routing'
import { LijianClient, type LijianDoor, type Payment } from '@lijian/client'
import { createLogger } from '@lijian/telemetry'
import { freePort, until } from '@lijian/testing'
import { cardCaseWorkflowId } from '@lijian/workflow-card-usage-case'
import { clearingWorkflowId } from '@lijian/workflow-clearing-day'
import { cycleWorkflowId } from '@lijian/workflow-partner-cycle'
import { Client, Connection } from '@temporalio/client'
import { startWorker, type RunningWorker } from '../start'
import { openStage, type Stage } from './stage'

/** One request that is ready to be sent as often as wanted, over each door. */
export interface Asks {
  /** `from`: which of two Temporal clients. */
  temporal: (from: 0 | 1) => Promise<unknown>
  http: () => Promise<unknown>
  /** What both doors tell, where an answer has another form over each; absent: the whole answer. */
  told?: (answer: never) => unknown
  /** Sent to a flow that people decide in: once that has ended, the same request is answered over HTTP alone. */
  mayEnd?: true
  /** The answer shows more than was asked for, which goes on by itself: only `told` is of the request. */
  goesOn?: true
}

/** `id` is fresh at each call. */
export type Make = (house: House, id: string) => Promise<Asks>

/** Workflow ids name merchants, partners and dates, and all houses share one Temporal: these are of this run. */
/** With letters: digits alone pass for a card number one time in ten. */
const RUN = `${process.pid}-${Date.now().toString(36)}`
const FIRST_DAY_MS = Date.UTC(2001, 0, 1) + (Math.floor(Date.now() / 1000) % 6000) * 86_400_000
const CARD_MERCHANTS = Array.from({ length: 30 }, (_, i) => `M-${RUN}-${i}`)
const ROUTING = {
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A' }],
  mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: CARD_MERCHANTS }],
  pools: [{ code: 'P', mids: ['MID-1'] }],
  merchants: CARD_MERCHANTS.map((one) => ({ merchant: one, routes: [{ method: 'qr', type: 'qr', pools: ['P'] }] })),
  cardUsage: { thresholds: [{ month: 2 }], nearPpm: 800_000, cardsOver: 1, remindHours: 24 },
}

const money = (bankReference: string) => ({ amount: 1000, valueDate: '2026-11-01', bankReference, evidence: 'x' })

/** API, two workers over one database, two Temporal clients, and what has to be there before a request. */
export class House {
  #days = 0
  #cardCases = 0
  #files: { id: number; date: string }[] = []

  private constructor(
    readonly stage: Stage,
    private readonly second: { worker: RunningWorker; connection: Connection },
    private readonly clients: readonly [Client, Client],
    /** HTTP, and Temporal by two clients. */
    readonly doors: { http: LijianDoor; temporal: readonly [LijianDoor, LijianDoor] },
  ) {}

  static async open(): Promise<House> {
    const stage = await openStage({ room: 1_000_000, routing: ROUTING })
    const { config, apiUrl: baseUrl, apiKey, client: clientCode } = stage
    const ports = { metricsPort: await freePort(), codecPort: await freePort() }
    const log = createLogger({ service: 'worker', level: 'error' })
    const worker = await startWorker({ ...config, ...ports }, log)
    const connection = await Connection.connect({ address: config.temporalAddress })
    const clients = [stage.temporalClient, new Client({ connection })] as const
    // No answer here is about time.
    const patient = { queryTimeoutMs: 60_000, timeoutMs: 60_000 }
    const { taskQueue, tokenKeys } = config
    const over = (client: Client) =>
      LijianClient.temporal({ client, clientCode, apiKey, taskQueue, tokenKey: tokenKeys[0]!.key, ...patient })
    const doors = {
      http: LijianClient.http({ baseUrl, apiKey, ...patient }),
      temporal: [over(clients[0]), over(clients[1])] as const,
    }
    const house = new House(stage, { worker, connection }, clients, doors)
    // Ids of proposals are this database's own, workflow ids the server's.
    await stage.sql.query(`ALTER SEQUENCE proposal_id_seq RESTART WITH ${Date.now() % 1e9}`)
    return house
  }

  async close(): Promise<void> {
    await this.stage.worker.relay.stop()
    await this.second.worker.relay.stop()
    const { rows } = await this.stage.sql.query<{ date: string }>(
      'SELECT business_date::text AS date FROM clearing_run',
    )
    for (const { date } of rows)
      await this.clients[0].workflow
        .getHandle(clearingWorkflowId(date))
        .terminate()
        .catch(() => undefined)
    await this.second.worker.stop()
    await this.second.connection.close()
    await this.stage.close()
  }

  /** Over both doors the same method of the client's library. */
  both = (ask: (door: LijianDoor) => Promise<unknown>): Asks => ({
    temporal: (from) => ask(this.doors.temporal[from]),
    http: () => ask(this.doors.http),
  })

  /** An update of a flow that the relay has started. */
  async people(
    workflowId: string,
    by: 'maker' | 'checker' | 'finance',
    decided: { update: string; subject: number; argument: object },
    more: object = {},
  ): Promise<Asks['temporal']> {
    const { workflow } = this.clients[0]
    await until(() =>
      workflow
        .getHandle(workflowId)
        .describe()
        .then(
          () => true,
          () => false,
        ),
    )
    return async (from) => {
      const { proof } = await this.ask<{ proof: string }>(by, 'POST', '/v1/decision-proofs', decided)
      const handle = this.clients[from].workflow.getHandle(workflowId)
      return handle.executeUpdate<unknown, [object]>(decided.update.split('.')[1]!, {
        args: [{ ...decided.argument, ...more, proof }],
      })
    }
  }

  async ask<Answer>(who: 'maker' | 'checker' | 'finance', method: 'GET' | 'POST' | 'PUT', path: string, body?: object) {
    const answer = await this.stage[who]<Answer>(method, path, body)
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
    return answer
  }

  /** One writes it, another one approves it. */
  async partner(code: string): Promise<void> {
    const made = await this.ask<{ id: number; hash: string }>('maker', 'PUT', `/v1/partners/${code}`, { name: code })
    if (made.status === 202) await this.ask('checker', 'POST', `/v1/proposals/${made.id}/approve`, { hash: made.hash })
  }

  hold = (serial: string) => this.doors.http.query(payment(serial))
  pay = async (serial: string, merchant = 'M1') => {
    const { payable } = await this.doors.http.query({ ...payment(serial), merchant })
    await this.doors.http.result(serial, { outcome: 'success', paid: payable! })
  }

  async proposal(id: string): Promise<{ id: number; hash: string; kind: string }> {
    await this.partner(id)
    return this.ask('maker', 'POST', `/v1/partners/${id}/receipts`, money(`B-${id}`))
  }

  /** The statement of a partner whose campaign has given something. */
  async cycle(partner: string): Promise<{ id: number; workflowId: string }> {
    await this.partner(partner)
    const merchants = [`M-${partner}`]
    const { hash } = await this.ask<{ hash: string }>('maker', 'PUT', `/v1/campaigns/${partner}`, {
      ...{ code: partner, name: partner, timeZone: 'Asia/Shanghai', from: '2020-01-01', paymentMode: 'postpay' },
      funders: [{ partner, sharePpm: 1_000_000 }],
      offers: [
        {
          ...{ code: 'FOOD', name: 'x', kind: 'amount', priority: 1, merchants },
          rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
        },
      ],
    })
    await this.ask('checker', 'POST', `/v1/campaigns/${partner}/approve`, { hash })
    await this.pay(`${partner}-S`, merchants[0])
    // As clearing does when the date is over.
    await this.stage.sql.query(
      'INSERT INTO business_day (business_date) SELECT max(business_date) FROM journal ON CONFLICT DO NOTHING',
    )
    const { id, cycle, period } = await this.ask<{ id: number; cycle: string; period: string }>(
      ...(['maker', 'POST', '/v1/partner-cycles', { partner, campaign: partner }] as const),
    )
    return { id, workflowId: cycleWorkflowId(partner, cycle, period) }
  }

  /** A merchant's method that is stopped, because one card has paid too often. */
  async cardCase(): Promise<{ id: number; workflowId: string }> {
    const merchant = CARD_MERCHANTS[this.#cardCases++]!
    const post = async (path: string, body: object) => {
      const reply = await fetch(this.stage.apiUrl + path, {
        ...{ method: 'POST', body: JSON.stringify(body) },
        headers: { authorization: `Bearer ${this.stage.apiKey}`, 'content-type': 'application/json' },
      })
      if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    }
    const card = { token: `cd_${'x'.repeat(30)}${this.#cardCases}`, bin: '622202', last4: '0128' }
    for (const n of [1, 2, 3]) {
      const serial = `${merchant}-${n}`
      await post('/v1/routes', { serial, merchant, method: 'qr', type: 'qr', amount: 1000, card })
      await post(`/v1/routes/${serial}/result`, { mid: 'MID-1', outcome: 'success' })
    }
    const { rows } = await this.stage.sql.query<{ id: string }>('SELECT id FROM card_usage_case WHERE merchant = $1', [
      merchant,
    ])
    const id = Number(rows[0]!.id)
    return { id, workflowId: cardCaseWorkflowId(merchant, 'qr', id) }
  }

  async explainedCardCase(): Promise<{ id: number; workflowId: string; hash: string }> {
    const made = await this.cardCase()
    const path = `/v1/card-usage-cases/${made.id}/explanation`
    const { proposal } = await this.ask<CardCaseAnswer>('maker', 'POST', path, { file: 'oss://1.pdf' })
    return { ...made, hash: proposal!.hash }
  }

  /** A published file of a date that is long over. Dates are cleared in order. */
  async clearingFile(): Promise<{ id: number; date: string }> {
    if (this.#files.length === 0) {
      const date = new Date(FIRST_DAY_MS + this.#days++ * 86_400_000).toISOString().slice(0, 10)
      await this.ask('finance', 'POST', '/v1/clearing-runs', { date })
      interface Run {
        state: string
        files: { id: number }[]
      }
      const { files } = await until(async () => {
        const run = await this.ask<Run>('finance', 'GET', `/v1/clearing-runs/${date}`)
        return run.state === 'published' && run
      })
      this.#files = files.map(({ id }) => ({ id, date }))
    }
    return this.#files.pop()!
  }

  /** Rows that a request makes itself, and what stands on all counters. What flows do afterwards is left out. */
  async effects(): Promise<Record<string, number>> {
    const tables = [
      'journal',
      'marketing_transaction',
      'reverse_transaction',
      'proposal',
      'partner_cycle',
      'card_usage_case',
    ]
    const counts = tables.map((name) => `(SELECT count(*)::int FROM ${name}) AS ${name}`)
    const { rows } = await this.stage.sql.query<Record<string, number>>(
      `SELECT ${counts.join(', ')},
         (SELECT coalesce(sum(held_fen + 3 * used_fen + 7 * held_count + 11 * used_count + 13 * over_count), 0)::int FROM counter) AS counted`,
    )
    return rows[0]!
  }
}

export const payment = (serial: string): Payment => ({ serial, merchant: 'M1', amount: 10_000, paymentMethod: 'qr' })
