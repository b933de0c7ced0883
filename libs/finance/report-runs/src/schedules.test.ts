import type { ReportScheduleRequest } from '@lijian/contracts/finance'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { ReportRuns, ReportSchedules, ReportWork } from '.'

let pool: Pool
let drop: () => Promise<void>
let runs: ReportRuns
let schedules: ReportSchedules
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url })
  pool.on('error', () => undefined)
  runs = new ReportRuns(pool, () => ({ version: 1, basis: 'books' }))
  schedules = new ReportSchedules(pool, runs, { timeZone: 'Asia/Shanghai', targets: new Set(['archive']) })
  await pool.query(`INSERT INTO client (code, name) VALUES ('house', 'house')`)
  await pool.query(
    `INSERT INTO api_key (id, client, name, hash, scopes) SELECT k, 'house', k, k, '{finance}' FROM unnest(ARRAY['k-1', 'k-2']) k`,
  )
})
afterAll(async () => {
  await pool.end()
  await drop()
})

const daily: ReportScheduleRequest = {
  ...{ kind: 'merchant', range: 'yesterday', at: '07:30', when: { every: 'day' }, parameters: {} },
  ...{ format: 'csv', language: 'zh', encoding: 'utf-8', deliverTo: ['archive'], active: true },
}
const put = (code: string, actor = 'k-1') => schedules.put(code, daily, { actor, must: () => undefined })
const at = (text: string) => Date.parse(`${text}+08:00`)
/** Later than any answer is thought fresh. */
const anHourLater = () => pool.query(`UPDATE report_run SET requested_at = requested_at - interval '1 hour'`)
const runOf = async (code: string, time: string) => {
  const found = await schedules.ask(code, at(time), { anyway: true })
  return found.is === 'asked' ? found.run : undefined
}

test('one time of a schedule is one run of an open date, however late its question is repeated and whatever became of it', async () => {
  await put('DAILY')
  const first = (await runOf('DAILY', '2026-11-02T07:30'))!
  await anHourLater()
  expect((await runOf('DAILY', '2026-11-02T07:30'))!.id).toBe(first.id)
  await runs.cancel(first.id)
  const twice = await Promise.all([1, 2].map(() => runOf('DAILY', '2026-11-02T07:30')))
  expect(twice.map((run) => [run!.id, run!.state])).toEqual([1, 2].map(() => [first.id, 'cancelled']))
  expect((await runOf('DAILY', '2026-11-03T07:30'))!.id).not.toBe(first.id)
})

test('a run that somebody else asked for does not stand for a time of a schedule: nobody would find it again', async () => {
  await put('OTHER')
  const parameters = { from: '2026-11-04', to: '2026-11-04' }
  const { format, language, encoding } = daily
  const mine = await runs.request({ kind: 'merchant', parameters, format, language, encoding }, { actor: 'k-1' })
  const run = (await runOf('OTHER', '2026-11-05T07:30'))!
  expect([run.schedule, run.parameters]).toEqual(['OTHER', parameters])
  expect(run.id).not.toBe(mine.id)
  await anHourLater()
  const both = await Promise.all([1, 2, 3].map(() => runOf('OTHER', '2026-11-05T07:30')))
  expect(new Set(both.map((one) => one!.id))).toEqual(new Set([run.id]))
})

test('times of two schedules that mean the same sealed dates are one run', async () => {
  await pool.query(
    `INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash) VALUES ('2025-01-01', 0, 0, 'h', 'p')`,
  )
  await put('A')
  await put('B')
  const [a, b, again] = [
    await runOf('A', '2025-01-02T07:30'),
    await runOf('B', '2025-01-02T07:30'),
    await runOf('B', '2025-01-02T07:30'),
  ]
  expect([b!.id, again!.id]).toEqual([a!.id, a!.id])
  expect(again!.deliveries).toHaveLength(1)
})

test('a schedule stops with the key that stored it, says so, and goes on when another key stores the same', async () => {
  const work = new ReportWork(pool, 30)
  expect(await put('KEY')).not.toHaveProperty('stopped')
  expect(await work.stoppedSchedules()).toBe(0)
  await pool.query(`UPDATE api_key SET revoked_at = now() WHERE id = 'k-1'`)
  expect(await schedules.ask('KEY', at('2026-11-08T07:30'), { anyway: true })).toMatchObject({ is: 'ended' })
  expect(await schedules.read('KEY')).toMatchObject({ active: true, updatedBy: 'k-1', stopped: 'key_revoked' })
  const { schedules: all } = await schedules.list(() => true)
  expect(new Set(all.map(({ stopped }) => stopped))).toEqual(new Set(['key_revoked']))
  expect(await work.stoppedSchedules()).toBe(all.length)

  const taken = await put('KEY', 'k-2')
  expect(taken).toMatchObject({ updatedBy: 'k-2', active: true })
  expect(taken).not.toHaveProperty('stopped')
  expect(await runOf('KEY', '2026-11-08T07:30')).toMatchObject({ requestedBy: 'k-2' })
  const ended = await schedules.end('DAILY', { actor: 'k-2', must: () => undefined })
  expect([ended.active, ended.stopped]).toEqual([false, undefined])
  expect(await work.stoppedSchedules()).toBe(all.length - 2)
})
