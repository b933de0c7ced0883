import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { brokenInvariants } from '@lijian/verification'
import { ClearingDays, ClearingRuns } from '@lijian/clearing'
import { freezeBusinessDay, openBusinessDay } from '@lijian/database'
import { slowest } from './burst'
import { misplaced, notIdentical, published } from './files'
import { FireDay } from './fire-day'
import { until } from './stage'
import type { Stop } from './worker-process'

/**
 * One business date is closed and cleared under fire: Temporal is away when it ends, and the worker is killed after each step, with payments
 * going on as fast as the machine gives. The tests are the chapters of one story, in order.
 */
let fire: FireDay
let starting: Promise<void>
beforeAll(async () => {
  fire = await FireDay.open()
  starting = fire.stage.startWorker()
}, 180_000)
afterAll(() => fire?.close())

const say = (text: string) => console.log(text)
const datesTold = () => new Set([...fire.burst.confirmed.values()].map(({ businessDate }) => businessDate))

test('the cut-off holds under full fire, and closing the date waits for nothing in Temporal', async () => {
  const { stage, pool, burst, cutAtMs, day, next } = fire
  // The date ends while we fire: else the rest would prove nothing.
  expect(Date.now()).toBeLessThan(cutAtMs - 6_000)
  await sleep(cutAtMs - 6_000 - Date.now())
  const { began, ended } = await burst.during(async () => {
    await sleep(cutAtMs - 1_000 - Date.now())
    stage.killTemporal()
    await sleep(cutAtMs + 5 - Date.now())
    const from = performance.now()
    await freezeBusinessDay(pool, day, stage.rule)
    const to = performance.now()
    await sleep(1_500)
    return { began: from, ended: to }
  })
  const [waiting] = await stage.sql<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE client = 'till'`)
  expect(waiting!.n).toBeGreaterThan(0)
  await stage.startTemporal()
  await starting
  expect(datesTold()).toEqual(new Set([day, next]))
  const late = `SELECT serial FROM journal j JOIN business_day b USING (business_date) WHERE j.posted_at > b.frozen_at`
  expect(await stage.sql(late)).toEqual([])
  expect(burst.refused).toBe(0)
  const all = [...burst.confirmed.values()]
  say(
    `${burst.perSecond()} payments/s; the date was closed in ${(ended - began).toFixed(1)} ms; in the second before ${slowest(all, began - 1000, began)}; ` +
      `in the second from then on ${slowest(all, began, began + 1000)}`,
  )
})

describe('the worker is killed under fire', () => {
  beforeAll(async () => {
    await fire.stage.killWorker()
    await fire.startFlow()
    expect((await fire.finance('POST', '/v1/clearing-runs', { date: fire.day })).status).toBe(200)
  })
  const thrice = (state: string) => [state, state, state]
  const [created, written] = ['created', 'created written']
  test.each<[string, Stop, number, string, string[]]>([
    ['when the date is frozen', 'freeze', 1, 'frozen', thrice(created)],
    ['in the middle of a file', 'middle', 1, 'frozen', thrice(created)],
    ['when the first file is written', 'write', 1, 'frozen', [written, created, created]],
    // The first one after each death is the try again of what was not told.
    ['when the second is written', 'write', 2, 'frozen', [written, written, created]],
    ['when the third is written', 'write', 2, 'frozen', thrice(written)],
    ['when they are proved', 'prove', 1, 'frozen', thrice('created written proved')],
    ['when they are published', 'publish', 1, 'published', thrice('published written proved')],
  ])(
    '%s',
    async (_when, stop, times, run, files) => {
      await fire.killedAt(stop, times)
      expect(await fire.state()).toEqual({ run, files })
    },
    180_000,
  )

  test('between publication and acknowledgement; every acknowledgement comes twice at once and counts once', async () => {
    const { stage, day } = fire
    const files = (await published(stage)).filter(({ businessDate }) => businessDate === day)
    const acknowledge = ({ id, sha256 }: { id: string; sha256: string }) =>
      fire.finance('POST', `/v1/clearing-files/${id}/acknowledgement`, { outcome: 'accepted', sha256 })
    const before = await fire.runVersion()
    const answers = await Promise.all([...files, ...files].map(acknowledge))
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
    expect((await fire.state()).run).toBe('acknowledged')
    const counted = async () => (await fire.runVersion()) - before
    expect(await counted()).toBe(files.length)
    // Planted: the file does not remember that it was acknowledged, and the next one counts again.
    await fire.pool.query(`UPDATE clearing_file SET state = 'published' WHERE id = $1`, [files[0]!.id])
    expect((await acknowledge(files[0]!)).status).toBe(200)
    expect(await counted()).toBe(files.length + 1)
  })

  test.each<[string, Stop]>([
    ['when it is settled', 'settle'],
    ['when the settlement file is published', 'publishSettlement'],
  ])(
    '%s',
    async (_when, stop) => {
      await fire.killedAt(stop, 1)
      expect((await fire.state()).run).toBe('settled')
    },
    180_000,
  )
})

test('a torn acknowledgement file leaves nothing, wherever it is torn; the whole one counts once and agrees', async () => {
  const LAYOUT = 'lijian-acknowledgement'
  await fire.stage.startWorker()
  const { lines, text } = await fire.acknowledgementFile()
  expect(lines).toBeGreaterThan(3)
  const half = text.indexOf('\n', text.length / 2) + 1
  for (const at of [text.length / 2, half, text.lastIndexOf('T'), text.length - 3])
    expect(await fire.import(LAYOUT, text.slice(0, at))).toMatchObject({ status: 422, body: { code: 'file_refused' } })
  expect(await fire.imported()).toBe(0)
  const twice = await Promise.all([1, 2].map(() => fire.import(LAYOUT, text)))
  expect(twice.map(({ status }) => status)).toEqual([200, 200])
  expect(await fire.imported()).toBe(lines)
  expect(await fire.finance('POST', '/v1/reconciliation/runs', { date: fire.day })).toMatchObject({
    body: { runs: expect.arrayContaining([expect.objectContaining({ lines, matchedLines: lines, classes: {} })]) },
  })
  // Planted: a layout that says nothing of a trailer takes half a file for a whole one.
  const { body: known } = await fire.finance('GET', `/v1/reconciliation/layouts/${LAYOUT}`)
  const { trailer: _, ...rest } = known
  const blind = { ...rest, code: 'blind', source: 'blind', ignore: ['H', 'T'] }
  // Past its second person.
  await fire.pool.query(`INSERT INTO bill_layout (code, document, updated_by) VALUES ('blind', $1, 'fire')`, [
    JSON.stringify(blind),
  ])
  expect((await fire.import('blind', text.slice(0, half))).status).toBe(200)
  expect(await fire.imported()).toBeGreaterThan(lines)
})

test('the next date is closed early under full fire: from one instant on payments belong to the date after', async () => {
  const { stage, pool, burst, day, next, last } = fire
  await burst.during(async () => {
    await sleep(400)
    // Past its second person.
    await new ClearingDays({ pool, earlyClose: true, ...stage.rule }).open(next, 'finance', { early: true })
    // Its flow, which comes later, finds it closed.
    await freezeBusinessDay(pool, next, stage.rule, { early: true })
    await until(`a payment is of ${last}`, () => Promise.resolve(datesTold().has(last)))
  })
  await until(`${next} is published`, async () => (await fire.state(next)).run === 'published')
  expect(datesTold()).toEqual(new Set([day, next, last]))
})

test('the fire is out: the outbox drains, the books and the flows agree', async () => {
  const { stage, burst } = fire
  await burst.stop()
  say(`${burst.payments} payments in ${(burst.onMs / 1000).toFixed(1)} s of fire, ${burst.confirmed.size} confirmed`)
  expect(await stage.disagreements()).toEqual([])
}, 180_000)

test('every payment that was told to be confirmed is in exactly one date’s file, and every file made again is the same', async () => {
  const { stage, pool, burst, last } = fire
  await stage.killWorker()
  await new ClearingDays({ pool, earlyClose: true, ...stage.rule }).open(last, 'finance', { early: true })
  const runs = new ClearingRuns({ pool, dir: stage.clearingDir, ...stage.rule })
  for (const { id } of (await runs.freeze(last)).body.files) await runs.write(id)
  expect(await runs.prove(last)).toEqual([])
  await runs.publish(last)
  expect(misplaced(burst.confirmed, await fire.serialsByDate())).toEqual([])
  expect(await notIdentical(stage)).toEqual([])
  expect(await brokenInvariants(pool)).toEqual({})
})

describe('planted: what the story above rests on catches', () => {
  const withBug = async (bug: string): Promise<string[]> => {
    const db = await fire.pool.connect()
    try {
      await db.query(`BEGIN; SET LOCAL session_replication_role = replica; ${bug}`)
      return Object.keys(await brokenInvariants(db))
    } finally {
      await db.query('ROLLBACK')
      db.release()
    }
  }
  const someone = () => [...fire.burst.confirmed].find(([, { businessDate }]) => businessDate === fire.day)![0]

  test('an acknowledged capture that was lost', async () => {
    const lost = `DELETE FROM journal WHERE serial = '${someone()}'`
    expect(await withBug(lost)).toContain('what is posted for a transaction = what it gives')
  })

  test('a capture that was done twice', async () => {
    const again = `UPDATE counter SET used_fen = used_fen + 1500, used_count = used_count + 1 WHERE key LIKE 'CCB-Q4#budget%'`
    expect(await withBug(again)).toEqual(['counters = sum of what transactions and routes hold and use'])
  })

  test('a settlement that was posted again by the try after the kill', async () => {
    const again = `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
      SELECT '${fire.last}', event, client || '-again', serial, detail, accounts, amounts_fen FROM journal WHERE event = 'settlement'`
    expect(await withBug(again)).toContain('payouts of a settlement date = what it posted')
  })

  test('a payment in the files of both dates, and one in none', async () => {
    const { burst, day, next } = fire
    const files = await fire.serialsByDate()
    const serial = someone()
    expect(misplaced(burst.confirmed, new Map([...files, [next, [...files.get(next)!, serial]]]))).toEqual([
      `${serial} of ${day} is in the files of ${day}, ${next}`,
    ])
    const without = files.get(day)!.filter((one) => one !== serial)
    expect(misplaced(burst.confirmed, new Map([...files, [day, without]]))).toEqual([
      `${serial} of ${day} is in the files of no date`,
    ])
  })

  test('a file of which only a part was on disk when it got its name', async () => {
    const { stage, day } = fire
    const file = (await published(stage)).find((one) => one.kind === 'amount' && one.businessDate === day)!
    await truncate(join(stage.clearingDir, file.clearingSystem, file.name), 1_000)
    expect(await notIdentical(stage)).toEqual([`${file.name}: what is published is not what was written`])
  })

  test('a freeze that does not wait for who is about to commit', async () => {
    const { stage, pool } = fire
    const db = await pool.connect()
    await db.query('BEGIN')
    const open = await openBusinessDay(db, stage.rule)
    // As the owner's function would be without its lock; the true one waits until we have committed.
    await pool.query(`INSERT INTO business_day (business_date) VALUES ($1)`, [open])
    await db.query(
      `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
       SELECT $1, 'transfer', '@planted', '1', '{}', ARRAY['bank/own', 'bank/reserve'], ARRAY[1, -1]`,
      [open],
    )
    await db.query('COMMIT')
    db.release()
    expect(Object.keys(await brokenInvariants(pool))).toContain('nothing is posted on a closed date')
  })

  test('an event that the relay forgot before Temporal knew it', async () => {
    const { stage, pool } = fire
    const payment = { serial: 'forgotten', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' }
    expect((await stage.ask('POST', '/v1/transactions', payment)).status).toBe(200)
    await pool.query(`DELETE FROM outbox WHERE serial = 'forgotten'`)
    expect(await stage.lostFlows()).toContain('transaction/till/forgotten')
  })
})
