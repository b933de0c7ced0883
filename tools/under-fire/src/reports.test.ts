import { hash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { loadConfig } from '@lijian/config'
import { migrateQueue } from '@lijian/job-queue'
import { startGenerator, type RunningGenerator } from '@lijian/report-generator'
import { SLOW_ROWS, testDefinitionOf } from '@lijian/report-generator/testing/slow-report'
import { ReportRuns } from '@lijian/report-runs'
import { createLogger } from '@lijian/telemetry'
import { freePort, until } from '@lijian/testing'
import { Client, Pool } from 'pg'
import { OwnPostgres } from './own-postgres'

const postgres = new OwnPostgres('lijian-fire-reports-')
const folder = join(postgres.dir, 'reports')
let generator: RunningGenerator
let pool: Pool
beforeAll(async () => {
  await postgres.open()
  const owner = new Client({ connectionString: postgres.url })
  await owner.connect()
  await migrateQueue(owner, 'lijian_app')
  await owner.query(SLOW_ROWS).finally(() => owner.end())
  pool = new Pool({ connectionString: postgres.url })
  pool.on('error', () => undefined)
  const config = loadConfig({
    DATABASE_URL: postgres.serviceUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    LIJIAN_TOKEN_KEY: hash('sha256', 'token'),
    LIJIAN_DRAW_KEY: hash('sha256', 'draw'),
    LIJIAN_ACCOUNT_KEY: hash('sha256', 'account'),
    LIJIAN_REPORT_DIR: folder,
    LIJIAN_REPORT_PORT: String(await freePort()),
  })
  const log = createLogger({ service: 'report-generator', level: 'silent' })
  // An attempt whose last word never reached PostgreSQL is taken up again soon.
  const tuning = { silentMs: 3000, tidyEveryMs: 500 }
  generator = await startGenerator(config, log, { definitionOf: testDefinitionOf, ...tuning })
})
afterAll(async () => {
  await generator?.stop().catch(() => undefined)
  await pool?.end()
  await postgres.close()
})

test.each(['SIGQUIT', 'SIGKILL'] as const)(
  'PostgreSQL is killed with %s in the middle of a report and comes back: one whole file, and nothing that was asked for is lost',
  async (signal) => {
    const runs = new ReportRuns(pool, testDefinitionOf)
    const date = signal === 'SIGQUIT' ? '2026-01-01' : '2026-01-02'
    const ask = (client: string, source: string) =>
      runs.request(
        {
          kind: 'campaign-effect',
          parameters: { from: date, to: date, client, source },
          format: 'csv',
          language: 'zh',
          encoding: 'utf-8',
        },
        { actor: 'k-finance' },
      )
    const [slow, next] = [await ask('20000', '100'), await ask('300', '0')]
    const half = join(folder, `${slow.id}.1.part`)
    await until(() => stat(half).then(({ size }) => size > 0, () => false)) // prettier-ignore
    postgres.kill(signal)
    await postgres.revive()
    for (const { id } of [slow, next]) {
      const run = await until(async () => {
        const read = await runs.read(id).catch(() => undefined)
        return read && !['queued', 'running'].includes(read.state) && read
      })
      expect(run.state).toBe('done')
      await until(async () => {
        const files = (await readdir(folder)).filter((name) => name.startsWith(`${id}.`))
        return files.join() === `${id}.${run.attempt}`
      })
      expect((await stat(join(folder, `${id}.${run.attempt}`))).size).toBe(run.bytes)
    }
    expect((await runs.read(slow.id)).attempt).toBeGreaterThan(1)
  },
)
