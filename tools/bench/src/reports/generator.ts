import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ReportFormat, ReportKind, ReportParameters, ReportRunAnswer } from '@lijian/contracts/finance'
import { migrateQueue } from '@lijian/job-queue'
import { ReportRuns } from '@lijian/report-runs'
import { freePort } from '@lijian/stack'
import { Pool } from 'pg'
import { withSql } from '../data/load'
import { apiEnvironment } from '../parts/environment'
import { startPeer, type Served } from '../processes'
import type { Bed } from '../servers'
import { until } from '../temporal'
import type { Cost } from './costs'
import { benchDefinitionOf } from './many-report'
import { cpuSeconds, peakMib } from './usage'

/** From its claim to its published file; CPU of the generator and of PostgreSQL, while it was made. */
export interface Made extends Cost {
  run: ReportRunAnswer
}

/** A report-generator of its own on a bed, and who asks it. */
export class Generator {
  private asked = 0

  private constructor(
    private readonly served: Served,
    private readonly pool: Pool,
    private readonly runs: ReportRuns,
    private readonly postgresPid: number,
    private readonly say: (line: string) => void,
  ) {}

  /** Paced, it makes way for others; unpaced, its own time is measured, whatever else the machine does. */
  static async start(bed: Bed, say: (line: string) => void, { paced = false } = {}): Promise<Generator> {
    await withSql(bed.databaseUrl, (sql) => migrateQueue(sql, 'lijian_app'))
    const env = {
      ...apiEnvironment(bed, { port: await freePort() }),
      LIJIAN_REPORT_PORT: String(await freePort()),
      LIJIAN_REPORT_DIR: join(bed.dir, 'reports'),
      LIJIAN_LOG_LEVEL: 'warn',
      ...(paced ? {} : { LIJIAN_REPORT_SHARE_MIN_PERCENT: '100' }),
    }
    const served = await startPeer(require.resolve('./generator-process'), env, 'report-generator')
    const pool = new Pool({ connectionString: bed.databaseUrl, max: 2 })
    pool.on('error', () => undefined)
    const [pid] = readFileSync(join(bed.dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')
    return new Generator(served, pool, new ReportRuns(pool, benchDefinitionOf), Number(pid), say)
  }

  /** Each time another report, so that each is made. */
  make(format: ReportFormat): Promise<Made> {
    const date = new Date(Date.UTC(2020, 0, ++this.asked)).toISOString().slice(0, 10)
    return this.ask('merchant', { from: date, to: date }, format)
  }

  /** One report after the other until the signal, then the last one is cancelled. Answers the rows that were written. */
  async keepMaking(format: ReportFormat, signal: AbortSignal): Promise<number> {
    let rows = 0
    while (!signal.aborted) {
      const date = new Date(Date.UTC(2020, 0, ++this.asked)).toISOString().slice(0, 10)
      const { id } = await this.request('merchant', { from: date, to: date }, format)
      let run = await this.runs.read(id)
      while (run.state === 'queued' || run.state === 'running') {
        if (signal.aborted) await this.runs.cancel(id).catch(() => undefined)
        await sleep(50)
        run = await this.runs.read(id)
      }
      rows += run.rowsWritten
    }
    return rows
  }

  async ask(kind: ReportKind, parameters: ReportParameters, format: ReportFormat): Promise<Made> {
    const before = this.cpu()
    const { id } = await this.request(kind, parameters, format)
    let run = await this.runs.read(id)
    const look = async () => {
      run = await this.runs.read(id)
      const done = run.state !== 'queued' && run.state !== 'running'
      return { done, progress: `report ${id} ${run.state}, ${run.rowsWritten} rows` }
    }
    await until(look, { say: this.say, everyMs: 50 })
    if (run.state !== 'done') throw new Error(`report ${id} is ${run.state}: ${run.failure}`)
    const after = this.cpu()
    return {
      run,
      seconds: (Date.parse(run.finishedAt!) - Date.parse(run.startedAt!)) / 1000,
      nodeCpu: after.node - before.node,
      postgresCpu: after.postgres - before.postgres,
    }
  }

  private request(kind: ReportKind, parameters: ReportParameters, format: ReportFormat) {
    return this.runs.request({ kind, parameters, format, language: 'zh', encoding: 'utf-8' }, { actor: 'bench' })
  }

  get peakMib(): number {
    return peakMib(this.served.pid)
  }

  private cpu(): { node: number; postgres: number } {
    return { node: cpuSeconds(this.served.pid), postgres: cpuSeconds(this.postgresPid) }
  }

  async stop(): Promise<void> {
    await this.pool.end()
    await this.served.stop()
  }
}
