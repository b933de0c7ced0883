import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { ReportFiles, ReportWork } from '@lijian/report-runs'
import { Pool } from 'pg'
import type { TestApi } from './test-api'

/** What stands in a file that nobody reads. */
export const BYTES = Buffer.from('\uFEFF商户,M0001\n')
export const SHA256 = createHash('sha256').update(BYTES).digest('hex')

/** Does what report-generator does with a run, without its queue: its steps one by one. */
export class ByHand {
  readonly sql: Pool
  private readonly work: ReportWork
  private readonly files: ReportFiles

  constructor({ url, config }: TestApi) {
    this.sql = new Pool({ connectionString: url, max: 2 })
    // The database is dropped while its last connections still say goodbye.
    this.sql.on('error', () => undefined)
    this.work = new ReportWork(this.sql, 30)
    this.files = new ReportFiles(join(config.dataDir, 'reports'))
  }

  async claim(id: number): Promise<{ id: number; attempt: number }> {
    const run = await this.work.claim(id)
    if (run === undefined) throw new Error(`run ${id} cannot be claimed`)
    return run
  }

  async finish(id: number, fileName = `商户报表 'A' ${id}.csv`): Promise<void> {
    const run = await this.claim(id)
    const sink = await this.files.open(run)
    await new Promise<void>((resolve, reject) => {
      sink.once('error', reject)
      sink.end(BYTES, resolve)
    })
    await this.files.publish(run)
    const made = { rows: 1, bytes: BYTES.length, sha256: SHA256, fileName, snapshot: 'sealed 2026-11-01 0000' }
    if (!(await this.work.finish(run, made))) throw new Error(`run ${id} was overtaken`)
  }
}
