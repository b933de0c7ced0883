import { setTimeout as sleep } from 'node:timers/promises'
import { openBusinessDay } from '@lijian/database'
import { clearingWorkflowId, WORKFLOW_TYPE, type ClearingDayInput } from '@lijian/workflow-clearing-day'
import { Client as Temporal, Connection } from '@temporalio/client'
import { Pool } from 'pg'
import { Burst } from './burst'
import { published, rowsOf } from './files'
import { Stage, until } from './stage'
import type { Stop } from './worker-process'

/** The API must be up before the cut-off; the worker comes up meanwhile. */
const BEFORE_CUT_MS = 15_000
const WORKER_GONE_MS = 3_000

const dayAfter = (date: string) => new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)

/** A stage whose business date ends in some seconds, fire that can be turned on, and what finance does there. */
export class FireDay {
  private constructor(
    readonly stage: Stage,
    /** As the owner of the tables. */
    readonly pool: Pool,
    readonly burst: Burst,
    readonly cutAtMs: number,
    /** The date that ends at its cut-off, the one after that is closed early, and the one that is open then. */
    readonly day: string,
    readonly next: string,
    readonly last: string,
  ) {}

  /** Without a worker. */
  static async open(): Promise<FireDay> {
    let cutAtMs = 0
    const stage = await Stage.open({
      rule: () => {
        cutAtMs = Math.ceil((Date.now() + BEFORE_CUT_MS) / 1000) * 1000
        return { timeZone: 'Asia/Shanghai', cutOff: new Date(cutAtMs + 8 * 3_600_000).toISOString().slice(11, 19) }
      },
      workerProgram: require.resolve('./worker-process'),
      environment: {
        LIJIAN_CLEARING_AFTER_MINUTES: 'off',
        LIJIAN_EARLY_CLOSE: 'on',
        LIJIAN_RELAY_START_DELAY_MS: '1000',
      },
    })
    const pool = new Pool({ connectionString: stage.databaseUrl })
    const day = await openBusinessDay(pool, stage.rule)
    const burst = new Burst(stage, 'fire')
    return new FireDay(stage, pool, burst, cutAtMs, day, dayAfter(day), dayAfter(dayAfter(day)))
  }

  async close(): Promise<void> {
    await this.burst.stop()
    await this.pool.end()
    await this.stage.close()
  }

  async finance(method: string, path: string, body?: unknown) {
    const { status, text } = await this.stage.ask(method, path, body, this.stage.financeKey)
    return { status, body: JSON.parse(text) as Record<string, unknown> }
  }

  /** A new worker takes the date on to where it is to stop, and is killed there under fire. */
  async killedAt(stop: Stop, times: number): Promise<void> {
    await this.stage.killWorker()
    await this.stage.startWorker({ FIRE_STOP: stop, FIRE_TIMES: String(times) })
    let reached = false
    void this.stage.reached.then(() => (reached = true))
    await until(`the worker is at ${stop}`, () => Promise.resolve(reached))
    await this.burst.during(async () => {
      await sleep(400)
      await this.stage.killWorker()
      await sleep(400)
    })
  }

  /** As the relay would start it, with less patience: a test cannot wait a minute to see that a worker is dead. */
  async startFlow(): Promise<void> {
    const connection = await Connection.connect({ address: this.stage.temporalAddress })
    const input: ClearingDayInput = { businessDate: this.day, patience: { workerGoneAfterMs: WORKER_GONE_MS } }
    await new Temporal({ connection }).workflow.start(WORKFLOW_TYPE, {
      workflowId: clearingWorkflowId(this.day),
      taskQueue: 'lijian',
      args: [input],
    })
    await connection.close()
  }

  /** Of a date's run and of its files, with how far they are. */
  async state(date = this.day): Promise<{ run: string; files: string[] }> {
    const [row] = await this.stage.sql<{ run: string; files: string[] }>(
      `SELECT state AS run, ARRAY(
         SELECT state || CASE WHEN sha256 IS NULL THEN '' ELSE ' written' END || CASE WHEN proved_at IS NULL THEN '' ELSE ' proved' END
         FROM clearing_file f WHERE f.business_date = r.business_date AND kind <> 'settlement' ORDER BY kind) AS files
       FROM clearing_run r WHERE business_date = $1`,
      [date],
    )
    return row!
  }

  /** Grows with everything that the run's flow is told. */
  async runVersion(): Promise<number> {
    const [row] = await this.stage.sql<{ version: number }>(
      'SELECT version FROM clearing_run WHERE business_date = $1',
      [this.day],
    )
    return row!.version
  }

  /** What the clearing system would send of the date when it has settled everything: see libs/finance/bill-files, lijian-acknowledgement. */
  async acknowledgementFile(): Promise<{ lines: number; text: string }> {
    const files = (await published(this.stage)).filter(
      (file) => file.businessDate === this.day && file.kind === 'amount',
    )
    const rows = (await Promise.all(files.map((file) => rowsOf(this.stage, file)))).flat()
    const lines = rows.map((row) => [row.event, row.client, row.serial, '', row.offer, row.settle, 'settled'].join('|'))
    const sum = rows.reduce((total, { settle }) => total + Number(settle), 0)
    const head = [`H|${this.day}`, 'event|client|serial|originalSerial|offer|settle|status']
    return { lines: lines.length, text: [...head, ...lines, `T|${lines.length}|${sum}`, ''].join('\n') }
  }

  import(layout: string, text: string) {
    return this.finance('POST', `/v1/reconciliation/imports?layout=${layout}&date=${this.day}`, text)
  }

  /** Lines that count, of every import. */
  async imported(): Promise<number> {
    return (await this.stage.sql<{ n: number }>('SELECT count(*)::int AS n FROM bill_line'))[0]!.n
  }

  /** What stands in the published files of amount offers. */
  async serialsByDate(): Promise<Map<string, string[]>> {
    const files = new Map<string, string[]>()
    for (const file of await published(this.stage))
      if (file.kind === 'amount') {
        const serials = (await rowsOf(this.stage, file)).map((row) => String(row.serial))
        files.set(file.businessDate, [...(files.get(file.businessDate) ?? []), ...serials])
      }
    return files
  }
}
