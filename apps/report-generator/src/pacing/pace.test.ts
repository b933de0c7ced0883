import type { ReportRequest } from '@lijian/contracts/finance'
import { LIMITS, steadyPool } from '@lijian/database'
import { Cable, freePort, until } from '@lijian/testing'
import type { Pool } from 'pg'
import { Stage } from '../testing/stage'
import { Pace } from './pace'

/** Longer than a test: a report that rests does not go on by itself. */
const VERY_LONG_MS = 600_000
/** A way, there and back, that takes this long: what a busy machine adds to it is small. */
const QUICK_MS = 20
const SLOW_MS = 400

let stage: Stage
let cable: Cable
let probing: Pool
beforeAll(async () => {
  stage = await Stage.open()
  cable = await Cable.to(stage.url)
  probing = steadyPool(cable.url, { name: 'test-probe', max: 1, limits: LIMITS.polls })
  await probing.query('SELECT 1')
})
beforeEach(() => cable.delay(QUICK_MS))
afterAll(async () => {
  await probing.end()
  await cable.close()
  await stage.close()
})

const probe = () => probing.query('SELECT 1')
/** Quick probes first: they say what slow is. */
async function slowed(pace: Pace): Promise<void> {
  await until(async () => pace.share === 1)
  cable.delay(SLOW_MS)
  await until(async () => pace.share === 0.05)
}

test('a PostgreSQL that answers slowly slows the reading, one that answers again lets it go on', async () => {
  const pace = new Pace({ probe, least: 0.05, everyMs: 20 })
  await pace.during(async () => {
    await slowed(pace)
    cable.delay(QUICK_MS)
    await until(async () => pace.share === 1)
  })
})

test('no answer at all is slow while it is waited for', async () => {
  const pace = new Pace({ probe: () => new Promise(() => undefined), least: 0.05, everyMs: 20 })
  await pace.during(() => until(async () => pace.share === 0.05))
})

test('a rest ends with the signal', async () => {
  const pace = new Pace({ probe, least: 0.05, everyMs: 20, mostRestMs: VERY_LONG_MS })
  const ending = new AbortController()
  await pace.during(async () => {
    await slowed(pace)
    const rows = pace.paced(oneAfter(300), ending.signal)[Symbol.asyncIterator]()
    await rows.next()
    const next = rows.next()
    setTimeout(() => ending.abort(new Error('cancelled')), 100)
    await expect(next).rejects.toThrow('aborted')
  })
})

async function* oneAfter(ms: number): AsyncGenerator<number> {
  await new Promise((resolve) => setTimeout(resolve, ms))
  yield 1
  yield 2
}

test('while PostgreSQL is slow a report rests, its backend waits for it, and a cancel ends both', async () => {
  const reportPort = await freePort()
  const generator = await stage.start({ reportPort }, { pace: { probe, everyMs: 20 } })
  const gauge = async () => {
    const text = await (await fetch(`http://127.0.0.1:${reportPort}/metrics`)).text()
    return Number(/^lijian_report_share\S* (\S+)$/m.exec(text)?.[1])
  }
  const waits = async () => {
    const { rows } = await stage.pool.query<{ event: string | null }>(
      `SELECT wait_event AS event FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^COPY' AND state = 'active'`,
    )
    return rows.map(({ event }) => event)
  }
  const report = (date: string, rows: string): ReportRequest => ({
    kind: 'campaign-effect',
    parameters: { from: date, to: date, client: rows, source: '0' },
    format: 'csv',
    language: 'zh',
    encoding: 'utf-8',
  })
  // It learns what is quick here.
  expect(await stage.made(report('2026-05-01', '300'))).toMatchObject({ state: 'done', rows: 300 })
  expect(await gauge()).toBe(1)
  cable.delay(SLOW_MS)
  const { id } = await stage.runs.request(report('2026-05-02', '4000000'), { actor: 'k-finance' })
  await until(async () => (await gauge()) === 0.05)
  await until(async () => (await waits()).includes('ClientWrite'))
  await stage.runs.cancel(id)
  expect((await stage.ended(id)).state).toBe('cancelled')
  await until(async () => (await waits()).length === 0)
  cable.delay(QUICK_MS)
  expect(await stage.made(report('2026-05-03', '300'))).toMatchObject({ state: 'done', rows: 300 })
  await generator.stop()
})
