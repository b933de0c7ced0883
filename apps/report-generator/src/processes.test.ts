import { readdir, readFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import type { ReportRequest, ReportRunAnswer } from '@lijian/contracts/finance'
import { testRedis, until, type TestRedis } from '@lijian/testing'
import { GeneratorProcess, isWriting } from './testing/generators'
import { Stage } from './testing/stage'

let stage: Stage
let redis: TestRedis
const processes: GeneratorProcess[] = []
beforeAll(async () => {
  ;[stage, redis] = await Promise.all([Stage.open(), testRedis()])
})
afterEach(() => Promise.all(processes.splice(0).map((one) => one.kill())))
afterAll(async () => {
  await stage.close()
  await redis.stop()
})

/** Each on the queue that the test names. */
async function generators(count: number, queueUrl?: string): Promise<GeneratorProcess[]> {
  const begun = await Promise.all(
    Array.from({ length: count }, () => GeneratorProcess.fork(stage.appUrl, stage.folder, queueUrl)),
  )
  processes.push(...begun)
  await Promise.all(begun.map((one) => one.ready()))
  return begun
}

let asked = 0
/** 20,000 rows, a thousand each tenth of a second: each test asks for dates of its own. */
const slow = (client = '20000', eachMs = '100'): ReportRequest => {
  const date = new Date(Date.UTC(2026, 0, ++asked)).toISOString().slice(0, 10)
  const parameters = { from: date, to: date, client, source: eachMs }
  return { kind: 'campaign-effect', parameters, format: 'csv', language: 'zh', encoding: 'utf-8' }
}
const ask = async (request: ReportRequest) => (await stage.runs.request(request, { actor: 'k-finance' })).id

/** One whole file of all rows under the name of the last attempt, and nothing else of this run. */
async function isWhole(run: ReportRunAnswer, rows: number): Promise<void> {
  expect(run).toMatchObject({ state: 'done', rows })
  const name = `${run.id}.${run.attempt}`
  await until(async () => (await readdir(stage.folder)).filter((one) => one.startsWith(`${run.id}.`)).join() === name)
  const bytes = await readFile(stage.files.path(run))
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(run.sha256)
  expect(bytes.toString().match(/^\d+,CNY,流水\d+,/gm)).toHaveLength(rows)
}

describe.each([['PostgreSQL'], ['Redis or Valkey']])('queue on %s', (place) => {
  const queueUrl = () => (place === 'PostgreSQL' ? undefined : redis.url)

  test('kill -9 in the middle of a file: another process makes it, one whole file, and the half one is swept', async () => {
    const [one] = await generators(1, queueUrl())
    const id = await ask(slow())
    await isWriting(stage.folder, `${id}.1`)
    const [, other] = await Promise.all([one!.kill(), generators(1, queueUrl())])
    expect(other).toHaveLength(1)
    const run = await stage.ended(id)
    expect(run.attempt).toBeGreaterThan(1)
    await isWhole(run, 20_000)
  })

  test('SIGTERM in the middle of a file ends the process, and another one begins at once', async () => {
    const [one] = await generators(1, queueUrl())
    const id = await ask(slow())
    await isWriting(stage.folder, `${id}.1`)
    await generators(1, queueUrl())
    one!.signal('SIGTERM')
    expect(await one!.ended()).toBe(0)
    await isWhole(await stage.ended(id), 20_000)
  })
})

test('a process that stood still is overtaken, and publishes nothing when it goes on', async () => {
  const [one] = await generators(1)
  const id = await ask(slow('40000', '150'))
  await isWriting(stage.folder, `${id}.1`)
  one!.signal('SIGSTOP')
  await generators(1)
  await until(async () => (await stage.runs.read(id)).attempt === 2)
  one!.signal('SIGCONT')
  await until(async () => one!.log.includes('"outcome":"lost"'))
  const run = await stage.ended(id)
  expect(run.attempt).toBe(2)
  await isWhole(run, 40_000)
})

test('Redis is killed in the middle of a file and comes back: nothing is lost', async () => {
  await generators(2, redis.url)
  const ids = [await ask(slow()), await ask(slow('1000')), await ask(slow('1000'))]
  await isWriting(stage.folder, `${ids[0]}.1`)
  await redis.kill()
  ids.push(await ask(slow('1000')))
  await redis.revive()
  for (const id of ids) expect((await stage.ended(id)).state).toBe('done')
})

test('SIGTERM while Redis is away ends the process in the middle of a file, and the run waits for another one', async () => {
  const [one] = await generators(1, redis.url)
  const id = await ask(slow('200000'))
  await isWriting(stage.folder, `${id}.1`)
  await redis.kill()
  try {
    one!.signal('SIGTERM')
    expect(await one!.ended()).toBe(0)
    expect(await stage.runs.read(id)).toMatchObject({ state: 'queued', attempt: 1 })
    expect((await readdir(stage.folder)).filter((name) => name.startsWith(`${id}.`))).toEqual([])
  } finally {
    await redis.revive()
  }
  await stage.runs.cancel(id)
})

test('a report of a million rows that is cancelled ends its statement too', async () => {
  await generators(1)
  const id = await ask({ ...slow('1000000', '0'), format: 'xlsx' })
  await isWriting(stage.folder, `${id}.1`)
  const statements = async () => {
    const { rows } = await stage.pool.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query ~ '^COPY' AND state = 'active'`,
    )
    return rows.length
  }
  await until(async () => (await statements()) === 1)
  await stage.runs.cancel(id)
  expect((await stage.ended(id)).state).toBe('cancelled')
  await until(async () => (await statements()) === 0)
  await until(async () => !(await readdir(stage.folder)).some((name) => name.startsWith(`${id}.`)))
})

test('a generator that is started before its database has the queue begins when it is there', async () => {
  await stage.pool.query('ALTER SCHEMA bullmq RENAME TO bullmq_later')
  const [early] = await generators(1)
  await until(async () => early!.log.includes('queue of reports'))
  await stage.pool.query('ALTER SCHEMA bullmq_later RENAME TO bullmq')
  expect((await stage.ended(await ask(slow('1000')))).state).toBe('done')
})
