import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import type { Config } from '@lijian/config'
import type { ReportRequest, ReportRunAnswer } from '@lijian/contracts/finance'
import { LIMITS, steadyClient } from '@lijian/database'
import { migrateQueue } from '@lijian/job-queue'
import { ReportFiles, ReportLinks, ReportRuns } from '@lijian/report-runs'
import { createLogger } from '@lijian/telemetry'
import { freePort, testDatabase, until } from '@lijian/testing'
import { Pool } from 'pg'
import { startGenerator, type GeneratorOptions, type RunningGenerator } from '../start'
import { SLOW_ROWS, testDefinitionOf } from './slow-report'

/** A database with the queue's schema, the use cases of who asks, and generators over them. */
export class Stage {
  readonly runs: ReportRuns
  readonly links: ReportLinks
  readonly files: ReportFiles
  readonly logs: string[] = []
  private readonly generators = new Set<RunningGenerator>()

  private constructor(
    readonly pool: Pool,
    readonly url: string,
    readonly appUrl: string,
    readonly folder: string,
    private readonly drop: () => Promise<void>,
  ) {
    // The database is dropped while its last connections still say goodbye.
    pool.on('error', () => undefined)
    this.runs = new ReportRuns(pool, testDefinitionOf)
    this.files = new ReportFiles(folder)
    let links = 0
    this.links = new ReportLinks(pool, () => Buffer.alloc(32, ++links))
  }

  static async open(): Promise<Stage> {
    const { url, appUrl, drop } = await testDatabase()
    const owner = steadyClient(url, { name: 'test-owner' }, LIMITS.work)
    await owner.connect()
    await migrateQueue(owner, 'lijian_app')
    await owner.query(SLOW_ROWS).finally(() => owner.end())
    const folder = await mkdtemp(join(tmpdir(), 'lijian-reports-'))
    return new Stage(new Pool({ connectionString: url, max: 6 }), url, appUrl, folder, drop)
  }

  async start(changed: Partial<Config> = {}, options: GeneratorOptions = {}): Promise<RunningGenerator> {
    const destination = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.logs.push(chunk.toString())
        done()
      },
    })
    const config = { ...settings(this.appUrl, this.folder, await freePort()), ...changed } as Config
    const log = createLogger({ service: 'test', level: 'debug', destination })
    const generator = await startGenerator(config, log, { definitionOf: testDefinitionOf, ...options })
    this.generators.add(generator)
    return generator
  }

  /** Asks and waits for the end. */
  async made(request: ReportRequest, actor = 'k-finance'): Promise<ReportRunAnswer> {
    const { id } = await this.runs.request(request, { actor })
    return this.ended(id)
  }

  ended(id: number): Promise<ReportRunAnswer> {
    return until(async () => {
      const run = await this.runs.read(id)
      return run.state === 'queued' || run.state === 'running' ? undefined : run
    })
  }

  async close(): Promise<void> {
    for (const generator of this.generators) await generator.stop()
    await this.pool.end()
    await this.drop()
    await rm(this.folder, { recursive: true, force: true })
  }
}

const settings = (databaseUrl: string, reportDir: string, reportPort: number): Partial<Config> => ({
  databaseUrl,
  reportDir,
  reportPort,
  dataDir: reportDir,
  profile: 'dev',
  internalHost: '127.0.0.1',
  timeZone: 'Asia/Shanghai',
  reportDays: 30,
  reportsAtOnce: 1,
  reportShareMinPercent: 5,
})
