import { hash } from 'node:crypto'
import { once } from 'node:events'
import type { ChildProcess } from 'node:child_process'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startApi, type RunningApi } from '@lijian/api'
import { compareFlows, verifyBooks, type CheckResult } from '@lijian/verification'
import { loadConfig } from '@lijian/config'
import type { BusinessDayRule } from '@lijian/database'
import { startTemporalDev, type StartedTemporal } from '@lijian/stack'
import { createLogger } from '@lijian/telemetry'
import { forkSource, freePort } from '@lijian/testing'
import { Client as Temporal, Connection } from '@temporalio/client'
import { furnish } from './furnish'
import { OwnPostgres, READY_WITHIN_MS } from './own-postgres'

const WORKER = join(dirname(require.resolve('@lijian/worker/package.json')), 'src/main.ts')

export interface StageOptions {
  /** When the business date ends, asked just before the doors open; absent: as configured. */
  rule?: () => BusinessDayRule
  /** Started in place of the worker. */
  workerProgram?: string
  /** Nothing is there but tables: no campaign, no merchant, no key. */
  empty?: boolean
  /** Of api and worker, besides what they need. */
  environment?: Record<string, string>
}

/** PostgreSQL, Temporal and worker as processes that can be killed, and the API before them. */
export class Stage {
  readonly #postgres = new OwnPostgres('lijian-fire-')
  #temporal!: StartedTemporal
  #worker!: ChildProcess
  #api!: RunningApi
  #env!: Record<string, string>
  #temporalPort = 0
  /** The worker ended by itself, and what it said. */
  #died: string | undefined
  /** The newest worker has come to where it was told to stop dead (worker-process.ts). */
  reached: Promise<unknown> = Promise.resolve()
  base = ''
  /** Of the transaction system, and of finance. */
  key = ''
  financeKey = ''
  rule: BusinessDayRule = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }

  private constructor(private readonly options: StageOptions) {}

  static async open(options: StageOptions = {}): Promise<Stage> {
    const stage = new Stage(options)
    try {
      await stage.#open()
      return stage
    } catch (error) {
      await stage.close()
      throw error
    }
  }

  async #open(): Promise<void> {
    this.#temporalPort = await freePort()
    await Promise.all([this.#postgres.open(), this.startTemporal()])
    if (!this.options.empty) Object.assign(this, await furnish(this.#postgres.url))
    this.#env = {
      DATABASE_URL: this.#postgres.serviceUrl,
      TEMPORAL_ADDRESS: `127.0.0.1:${this.#temporalPort}`,
      LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
      LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
      LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
      LIJIAN_METRICS_PORT: String(await freePort()),
      LIJIAN_RELAY_START_DELAY_MS: '0',
      // Other tests share the machine: no answer here is about time.
      LIJIAN_QUERY_DEADLINE_MS: '10000',
      LIJIAN_LOG_LEVEL: 'silent',
      LIJIAN_CLEARING_DIR: this.clearingDir,
      ...this.options.environment,
    }
    if (this.options.rule) this.rule = this.options.rule()
    const config = { ...loadConfig(this.#env), ...this.rule }
    this.#api = await startApi(config, createLogger({ service: 'api', level: 'silent' }))
    this.base = await this.#api.app.listen({ host: '127.0.0.1', port: 0 })
  }

  /** Where files are published. */
  get clearingDir(): string {
    return join(this.#postgres.dir, 'clearing')
  }
  /** As the owner of the tables. */
  get databaseUrl(): string {
    return this.#postgres.url
  }
  get temporalAddress(): string {
    return this.#env['TEMPORAL_ADDRESS']!
  }

  startPostgres(): Promise<void> {
    return this.#postgres.start()
  }

  killPostgres(signal: 'SIGKILL' | 'SIGQUIT'): void {
    this.#postgres.kill(signal)
  }

  async startTemporal(): Promise<void> {
    this.#temporal = await startTemporalDev({ dataDir: this.#postgres.dir, port: this.#temporalPort })
  }

  killTemporal(): void {
    this.#temporal.kill()
  }

  /** Resolves when it is ready. */
  async startWorker(environment: Record<string, string> = {}): Promise<void> {
    const { timeZone, cutOff } = this.rule
    const own: Record<string, string> =
      this.options.workerProgram === undefined ? {} : { FIRE_TIME_ZONE: timeZone, FIRE_CUT_OFF: cutOff }
    const worker = forkSource(this.options.workerProgram ?? WORKER, { ...this.#env, ...own, ...environment })
    this.#worker = worker
    this.reached = new Promise((resolve) => worker.once('message', resolve))
    let said = ''
    for (const stream of [worker.stdout!, worker.stderr!])
      stream.on('data', (piece: Buffer) => (said = (said + String(piece)).slice(-4000)))
    worker.once('exit', (code, signal) => {
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

  /** As the transaction system, or as finance. */
  async ask(method: string, path: string, body: unknown, key = this.key): Promise<{ status: number; text: string }> {
    const raw = typeof body === 'string'
    const reply = await fetch(this.base + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': raw ? 'application/octet-stream' : 'application/json',
      },
      body: raw ? body : JSON.stringify(body),
    })
    return { status: reply.status, text: await reply.text() }
  }

  sql<Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> {
    return this.#postgres.sql(text, values)
  }

  /** Once the relay has handed everything over: what does not agree, over all checks. */
  async disagreements(): Promise<CheckResult[]> {
    await this.#drained()
    const all = [...(await verifyBooks({ databaseUrl: this.databaseUrl })), ...(await this.#flows(20_000))]
    return all.filter(({ wrong }) => wrong.length > 0)
  }

  /** Ids of workflows that something waits for, and that are neither there nor in the outbox. */
  async lostFlows(): Promise<string[]> {
    const [lost] = await this.#flows(0)
    return lost!.wrong.map(({ workflow }) => String(workflow))
  }

  async #flows(lookAgainMs: number): Promise<CheckResult[]> {
    const connection = await Connection.connect({ address: this.temporalAddress })
    try {
      const temporal = new Temporal({ connection })
      return await compareFlows({ databaseUrl: this.databaseUrl, temporal, taskQueue: 'lijian', lookAgainMs })
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
    await this.#postgres.close()
  }
}

export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + READY_WITHIN_MS
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`not within ${READY_WITHIN_MS / 1000} s: ${what}`)
    await sleep(50)
  }
}
