import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { BacktestRuns } from '@lijian/campaigns'
import { testDatabase, until } from '@lijian/testing'
import { Pool } from 'pg'
import { GeneratorProcess } from './testing/generators'

jest.setTimeout(180_000)

let database: Awaited<ReturnType<typeof testDatabase>>
let pool: Pool
let runs: BacktestRuns
let folder: string
const processes: GeneratorProcess[] = []
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url })
  runs = new BacktestRuns(pool)
  folder = await mkdtemp(join(tmpdir(), 'lijian-backtests-'))
  const document = {
    ...{
      code: 'CCB',
      name: 'CCB',
      timeZone: 'Asia/Shanghai',
      from: '2020-01-01',
      currency: 'CNY',
      paymentMode: 'postpay',
    },
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    offers: [
      {
        code: 'F',
        name: 'F',
        kind: 'amount',
        rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 100, off: 10 }] } },
      },
    ],
  }
  await pool.query(`INSERT INTO campaign (code, latest_version) VALUES ('CCB', 1)`)
  await pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker) VALUES ('CCB', 1, $1, 'not_approved', 'a')`,
    [JSON.stringify(document)],
  )
})
afterEach(() => Promise.all(processes.splice(0).map((one) => one.kill())))
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const PARTS = 100
const PART_LINES = 2000

/** 200,000 payments: seconds of work. */
async function asked(serial: string): Promise<number> {
  const { id } = await runs.request({ serial, campaigns: [{ code: 'CCB' }] }, 'key-a')
  for (let part = 0; part < PARTS; part++) {
    const lines = Array.from({ length: PART_LINES }, (_, i) => ({
      ...{ serial: `${serial}-${part}-x${i}`, merchant: 'M1', amount: 1000, currency: 'CNY', paymentMethod: 'qr' },
      at: '2026-03-01T12:00:00+08:00',
    }))
    await pool.query('INSERT INTO backtest_lines (run, part, lines) VALUES ($1, $2, $3)', [
      id,
      part,
      gzipSync(JSON.stringify(lines)),
    ])
  }
  await pool.query(
    `UPDATE backtest_run SET state = 'queued', lines_total = $2, due_at = now(), expires_at = NULL WHERE id = $1`,
    [id, PARTS * PART_LINES],
  )
  return id
}
async function generator(): Promise<GeneratorProcess> {
  const one = await GeneratorProcess.fork(database.appUrl, folder)
  processes.push(one)
  await one.ready()
  return one
}
const isRunning = (id: number) =>
  until(async () => {
    const { state, linesDone } = await runs.read(id)
    if (state !== 'running' && state !== 'queued') throw new Error(`too fast: ${state}`)
    return linesDone > 0
  })
const isDone = (id: number) => until(async () => (await runs.read(id)).state === 'done', 120_000)

test('kill -9 in the middle: another process does it from the beginning, and every payment counts once', async () => {
  const ids = [await asked('one'), await asked('two')]
  const first = await generator()
  // Two at once.
  await Promise.all(ids.map(isRunning))
  await first.kill()
  await generator()
  await Promise.all(ids.map(isDone))
  for (const id of ids) {
    const run = await runs.read(id)
    expect(run.attempt).toBe(2)
    expect(run).toMatchObject({ linesDone: PARTS * PART_LINES, reports: [{ lines: { payments: PARTS * PART_LINES } }] })
    expect(run.reports![0]!.a.totals.given).toBe(PARTS * PART_LINES * 10)
  }
  expect((await pool.query('SELECT FROM backtest_lines')).rows).toEqual([])
})

test('SIGTERM gives it back, and a cancelled one ends within seconds', async () => {
  const id = await asked('three')
  const first = await generator()
  await isRunning(id)
  first.signal('SIGTERM')
  expect(await first.ended()).toBe(0)
  expect(await runs.read(id)).toMatchObject({ state: 'queued', attempt: 1 })
  await generator()
  await isRunning(id)
  await runs.cancel(id)
  await until(async () => (await runs.read(id)).state === 'cancelled')
  expect((await pool.query('SELECT FROM backtest_lines')).rows).toEqual([])
})
