import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startApi, type RunningApi } from '@lijian/api'
import { compareFlows, verifyBooks, type CheckResult } from '@lijian/books'
import { loadConfig } from '@lijian/config'
import type { Campaign } from '@lijian/contracts'
import { ApiKeys, Clients } from '@lijian/management'
import { CampaignRow, CampaignVersionRow, dataSource, grantAppLogin, MerchantRow, migrate } from '@lijian/persistence'
import { startPostgres, startTemporalDev, type StartedPostgres, type StartedTemporal } from '@lijian/stack'
import { createLogger } from '@lijian/telemetry'
import { forkSource, freePort } from '@lijian/testing'
import { Client as Temporal, Connection } from '@temporalio/client'
import { Client as Sql } from 'pg'

const CAMPAIGN: Campaign = {
  code: 'CCB-Q4',
  name: '建行秋季立减',
  timeZone: 'Asia/Shanghai',
  from: '2020-01-01',
  currency: 'CNY',
  paymentMode: 'postpay',
  funders: [
    { partner: 'CCB', sharePpm: 700_000 },
    { partner: 'ZIBO', sharePpm: 300_000 },
  ],
  budget: { amount: 10_000_000_000, count: 10_000_000 },
  offers: [
    {
      code: 'FOOD',
      name: '满100减15',
      kind: 'amount',
      rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] } },
    },
  ],
}

const READY_WITHIN_MS = 90_000

/** PostgreSQL, Temporal and worker as processes that can be killed, and the API before them. */
export class House {
  #postgres!: StartedPostgres
  #temporal!: StartedTemporal
  #worker!: ChildProcess
  #api!: RunningApi
  #env!: Record<string, string>
  readonly #dir: string
  readonly #ports = { postgres: 0, temporal: 0 }
  /** The worker ended by itself, and what it said. */
  #died: string | undefined
  base = ''
  key = ''
  /** Of finance. */
  financeKey = ''

  private constructor() {
    this.#dir = mkdtempSync(join(tmpdir(), 'lijian-fire-'))
    // As root PostgreSQL runs as another user, who must be able to pass through.
    chmodSync(this.#dir, 0o755)
  }

  static async open(): Promise<House> {
    const house = new House()
    try {
      await house.#open()
      return house
    } catch (error) {
      await house.close()
      throw error
    }
  }

  async #open(): Promise<void> {
    this.#ports.postgres = await freePort()
    this.#ports.temporal = await freePort()
    await Promise.all([this.startPostgres(), this.startTemporal()])
    const app = new URL(this.#postgres.url)
    app.username = 'lijian_service'
    app.password = 'service'
    await migrate(this.#postgres.url)
    await grantAppLogin(this.#postgres.url, app.toString())
    await this.#furnish()
    this.#env = {
      DATABASE_URL: app.toString(),
      TEMPORAL_ADDRESS: `127.0.0.1:${this.#ports.temporal}`,
      LIJIAN_TOKEN_KEY: '11'.repeat(32),
      LIJIAN_DRAW_KEY: '22'.repeat(32),
      LIJIAN_ACCOUNT_KEY: '33'.repeat(32),
      LIJIAN_EARLY_CLOSE: 'on',
      LIJIAN_CLEARING_AFTER_MINUTES: 'off',
      LIJIAN_CLEARING_DIR: this.clearingDir,
      LIJIAN_METRICS_PORT: String(await freePort()),
      LIJIAN_RELAY_START_DELAY_MS: '0',
      // Other tests share the machine: no answer here is about time.
      LIJIAN_QUERY_DEADLINE_MS: '10000',
      LIJIAN_LOG_LEVEL: 'silent',
    }
    this.#api = await startApi(loadConfig(this.#env), createLogger({ service: 'api', level: 'silent' }))
    this.base = await this.#api.app.listen({ host: '127.0.0.1', port: 0 })
    await this.startWorker()
  }

  get clearingDir(): string {
    return join(this.#dir, 'clearing')
  }

  async #furnish(): Promise<void> {
    const source = await dataSource(this.#postgres.url, { poolSize: 1 }).initialize()
    const { code } = CAMPAIGN
    await new Clients(source).put('till', { name: 'till' })
    await source.getRepository(CampaignRow).save({ code, liveVersion: 1, latestVersion: 1 })
    await source
      .getRepository(CampaignVersionRow)
      .save({ code, version: 1, document: CAMPAIGN, state: 'approved', maker: 'm', checker: 'c' })
    await source.getRepository(MerchantRow).save({ id: 'M1', document: { id: 'M1', name: '面馆' }, updatedBy: 'm' })
    const keys = new ApiKeys(source)
    this.key = (await keys.make({ client: 'till', name: 'till', scopes: ['transactions'] })).key
    this.financeKey = (await keys.make({ client: 'till', name: 'finance', scopes: ['finance', 'read'] })).key
    await source.destroy()
  }

  /** On the same data and port as before. Sessions of a killed postmaster end by themselves, and until then hold its memory. */
  async startPostgres(): Promise<void> {
    const until = Date.now() + READY_WITHIN_MS
    for (;;) {
      try {
        this.#postgres = await startPostgres({ dataDir: this.#dir, port: this.#ports.postgres })
        return
      } catch (error) {
        if (Date.now() > until) throw error
        await sleep(200)
      }
    }
  }

  killPostgres(): void {
    const [pid] = readFileSync(join(this.#dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    process.kill(Number(pid), 'SIGKILL')
  }

  async startTemporal(): Promise<void> {
    this.#temporal = await startTemporalDev({ dataDir: this.#dir, port: this.#ports.temporal })
  }

  killTemporal(): void {
    this.#temporal.kill()
  }

  async startWorker(): Promise<void> {
    this.#worker = forkSource(
      require.resolve('@lijian/worker/package.json').replace(/package\.json$/, 'src/main.ts'),
      this.#env,
    )
    let said = ''
    for (const stream of [this.#worker.stdout!, this.#worker.stderr!])
      stream.on('data', (piece: Buffer) => (said = (said + String(piece)).slice(-4000)))
    this.#worker.once('exit', (code, signal) => {
      if (signal !== 'SIGKILL') this.#died = `the worker ended with ${code ?? signal}:\n${said}`
    })
    const health = `http://127.0.0.1:${this.#env['LIJIAN_METRICS_PORT']}/health/ready`
    await until('the worker is ready', () =>
      fetch(health).then(
        ({ ok }) => ok,
        () => false,
      ),
    )
  }

  async killWorker(): Promise<void> {
    this.#worker.kill('SIGKILL')
    if (this.#worker.exitCode === null && this.#worker.signalCode === null) await once(this.#worker, 'exit')
  }

  async finance<Answer>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer & { status: number }> {
    const headers = { authorization: `Bearer ${this.financeKey}`, 'content-type': 'application/json' }
    const reply = await fetch(this.base + path, {
      ...{ method, headers: body === undefined ? { authorization: headers.authorization } : headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { ...((await reply.json()) as object), status: reply.status } as never
  }

  /** Lets the worker come as far as `when` on `table`, and no further; kills what `kill` says; then lets go. That step was never committed. */
  async killAt(
    table: string,
    when: string,
    kill: () => Promise<void> | void,
    go: () => Promise<unknown>,
  ): Promise<void> {
    const db = new Sql({ connectionString: this.#postgres.url })
    db.on('error', () => undefined)
    await db.connect()
    try {
      await db.query(`CREATE OR REPLACE FUNCTION gate() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN PERFORM pg_advisory_xact_lock_shared(7999); RETURN NEW; END $$`)
      await db.query(
        `CREATE OR REPLACE TRIGGER gate BEFORE UPDATE ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION gate()`,
      )
      await db.query('SELECT pg_advisory_lock(7999)')
      await go()
      await until(`the worker comes to: ${when}`, async () => {
        const { rows } = await db.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND objid = 7999 AND NOT granted`,
        )
        return rows[0]!.n > 0
      })
      await kill()
    } finally {
      await db.end().catch(() => undefined)
    }
    await this.#withoutGate(table)
  }

  /** A postmaster that was killed is started again by who killed it. */
  async #withoutGate(table: string): Promise<void> {
    await this.sql(`DROP TRIGGER IF EXISTS gate ON ${table}`)
  }

  async sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    const db = new Sql({ connectionString: this.#postgres.url })
    await db.connect()
    try {
      return (await db.query<Row>(text, values)).rows
    } finally {
      await db.end()
    }
  }

  /** Once the relay has handed everything over: what does not agree, over all checks. */
  async disagreements(): Promise<CheckResult[]> {
    await this.#drained()
    const databaseUrl = this.#env['DATABASE_URL']!
    const connection = await Connection.connect({ address: this.#env['TEMPORAL_ADDRESS']! })
    try {
      const temporal = new Temporal({ connection })
      const flows = await compareFlows({ databaseUrl, temporal, taskQueue: 'lijian', lookAgainMs: 20_000 })
      const all = [...(await verifyBooks({ databaseUrl })), ...flows]
      return all.filter(({ wrong }) => wrong.length > 0)
    } finally {
      await connection.close()
    }
  }

  /** However long it takes, as long as it goes on. */
  async #drained(): Promise<void> {
    const left = async () => (await this.sql<{ n: number }>('SELECT count(*)::int AS n FROM outbox'))[0]!.n
    for (let before = await left(); before > 0;) {
      let now = before
      await until('the outbox drains', async () => {
        if (this.#died !== undefined) throw new Error(this.#died)
        return (now = await left()) < before
      })
      before = now
    }
  }

  async close(): Promise<void> {
    if (this.#worker) await this.killWorker()
    await this.#api?.close()
    await this.#temporal?.stop()
    await this.#postgres?.stop()
    rmSync(this.#dir, { recursive: true, force: true, maxRetries: 5 })
  }
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${READY_WITHIN_MS / 1000} s: ${what}`)
    await sleep(50)
  }
}
