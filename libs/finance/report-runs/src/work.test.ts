import type { ReportRequest } from '@lijian/contracts/finance'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { MOST_ATTEMPTS, ReportRuns, ReportWork, RUN_CHANNEL } from '.'

let pool: Pool
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url })
})
afterAll(async () => {
  await pool.end()
  await drop()
})

const MADE = { rows: 3, bytes: 10, sha256: 'aa', fileName: 'x.csv', snapshot: 'now' }
let day = 0
/** A run that nobody has begun. */
async function asked(): Promise<{ id: number; runs: ReportRuns; work: ReportWork }> {
  const runs = new ReportRuns(pool, () => ({ version: 1, basis: 'live' }))
  const date = new Date(Date.UTC(2026, 0, ++day)).toISOString().slice(0, 10)
  const request: ReportRequest = {
    kind: 'merchant',
    parameters: { from: date, to: date },
    format: 'csv',
    language: 'zh',
    encoding: 'utf-8',
  }
  const { id } = await runs.request(request, { actor: 'k' })
  return { id, runs, work: new ReportWork(pool, 30) }
}
const silent = (id: number) =>
  pool.query(`UPDATE report_run SET heard_at = now() - interval '1 hour' WHERE id = $1`, [id])

test('of many who claim a run at once, one gets it', async () => {
  const { id, work } = await asked()
  const claims = await Promise.all(Array.from({ length: 8 }, () => work.claim(id)))
  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1)
})

test('nothing that an overtaken attempt says is of any effect', async () => {
  const { id, runs, work } = await asked()
  const first = (await work.claim(id))!
  await silent(id)
  const second = (await work.claim(id))!
  expect([first.attempt, second.attempt]).toEqual([1, 2])
  expect(await work.heard(first, 5)).toBe('lost')
  expect([
    await work.finish(first, MADE),
    await work.failed(first, 'x', false),
    await work.failed(first, 'x', true),
    await work.cancelled(first),
    await work.putBack(first),
    await work.disagrees(first, 'x'),
  ]).toEqual([false, false, false, false, false, false])
  const { rows } = await pool.query('SELECT 1 FROM reconciliation_case WHERE serial = $1', [`run-${id}`])
  expect(rows).toEqual([])
  expect(await runs.read(id)).toMatchObject({ state: 'running', attempt: 2 })
  expect(await work.finish(second, MADE)).toBe(true)
})

test('what was cancelled is neither published nor begun again', async () => {
  for (const lastWord of ['finish', 'putBack', 'failed'] as const) {
    const { id, runs, work } = await asked()
    const run = (await work.claim(id))!
    await runs.cancel(id)
    expect(await work.heard(run, 1)).toBe('cancel')
    if (lastWord === 'finish') {
      expect(await work.finish(run, MADE)).toBe(false)
      expect(await work.cancelled(run)).toBe(true)
    } else if (lastWord === 'putBack') await work.putBack(run)
    else await work.failed(run, 'PostgreSQL was away', true)
    expect(await runs.read(id)).toMatchObject({ state: 'cancelled' })
    expect(await work.claim(id)).toBeUndefined()
  }
})

test('a run that is put back is told to who makes reports, and waits at once', async () => {
  const { id, work } = await asked()
  const ears = await pool.connect()
  const heard = new Promise((resolve) => ears.once('notification', resolve))
  await ears.query(`LISTEN ${RUN_CHANNEL}`)
  const run = (await work.claim(id))!
  await work.putBack(run)
  await heard
  ears.release(true)
  expect(await work.waiting()).toContainEqual({ id, attempt: 2 })
})

test('attempts that were given back count neither among those that fail nor among those that fall silent', async () => {
  for (const ending of ['failed', 'silent'] as const) {
    const { id, runs, work } = await asked()
    for (let stop = 1; stop <= 5; stop++) await work.putBack((await work.claim(id))!)
    for (let attempt = 1; attempt < MOST_ATTEMPTS; attempt++) {
      const run = (await work.claim(id))!
      if (ending === 'silent') await silent(id)
      else await work.failed(run, 'away', true)
      await pool.query('UPDATE report_run SET due_at = now() WHERE id = $1', [id])
    }
    const last = (await work.claim(id))!
    expect(last.attempt).toBe(5 + MOST_ATTEMPTS)
    if (ending === 'silent') await silent(id)
    else expect(await work.failed(last, 'away', true)).toBe(true)
    expect(await work.claim(id)).toBeUndefined()
    const failure = ending === 'silent' ? 'given up: 3 attempts ended without a word' : 'away'
    expect(await runs.read(id)).toMatchObject({ state: 'failed', failure })
  }
})

test('attempts that die without a word are given up at last; one that fails says why', async () => {
  const { id, runs, work } = await asked()
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
    expect((await work.claim(id))!.attempt).toBe(attempt)
    await silent(id)
  }
  expect(await work.claim(id)).toBeUndefined()
  expect(await runs.read(id)).toMatchObject({ state: 'failed', failure: 'given up: 3 attempts ended without a word' })
})
