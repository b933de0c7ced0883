import { setTimeout as sleep } from 'node:timers/promises'
import { Stage, until } from './stage'
import { pay, type Told, type Traffic } from './traffic'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
  await stage.startWorker()
}, 180_000)
afterAll(() => stage?.close())

/** Not in time: then with what was answered instead. */
const untilTold = (what: string, { told, answers, mustGoOn }: Traffic, reached: () => boolean) =>
  until(what, async () => {
    mustGoOn()
    return reached()
  }).catch((error: Error) => {
    throw new Error(
      `${error.message}; confirmed ${told.confirmed.length}, refused ${told.refused}; answers ${JSON.stringify(answers)}`,
    )
  })
const enough = (traffic: Traffic, count: number) =>
  untilTold(`${count} payments are confirmed`, traffic, () => traffic.told.confirmed.length >= count)
const onceMore = (traffic: Traffic, count: number) => {
  traffic.mark()
  return untilTold(`${count} more are confirmed`, traffic, () => traffic.told.afterMark >= count)
}

/** Everything that was acknowledged is there, once; and the books agree. */
async function expectKept(told: Told, name: string): Promise<void> {
  const rows = await stage.sql<{ state: string; serials: string[] }>(
    `SELECT CASE state WHEN 'partially_refunded' THEN 'confirmed' ELSE state END AS state, array_agg(serial ORDER BY serial) AS serials
     FROM marketing_transaction WHERE starts_with(serial, $1) GROUP BY 1`,
    [`${name}-`],
  )
  const stored = Object.fromEntries(rows.map(({ state, serials }) => [state, serials]))
  // Who was told nothing may hold something all the same; who was told something holds that.
  expect(new Set(stored['confirmed'])).toEqual(new Set(told.confirmed))
  expect(stored['cancelled']).toEqual([...told.cancelled].sort())
  expect(told.held.filter((serial) => !stored['held']!.includes(serial))).toEqual([])
  const captures = await stage.sql<{ serial: string; n: number }>(
    `SELECT serial, count(*)::int AS n FROM journal WHERE event = 'capture' AND starts_with(serial, $1) GROUP BY 1`,
    [`${name}-`],
  )
  expect(captures.length).toBe(told.confirmed.length)
  expect(captures.filter(({ n }) => n !== 1)).toEqual([])
  const refunds = await stage.sql<{ serial: string }>(
    `SELECT serial FROM reverse_transaction WHERE starts_with(serial, $1) AND state = 'refund_held'`,
    [`${name}-`],
  )
  expect(new Set(refunds.map(({ serial }) => serial))).toEqual(new Set(told.refundHeld))
  expect(await stage.disagreements()).toEqual([])
}

test('PostgreSQL killed, and stopped in immediate mode, in the middle of captures: nothing acknowledged is lost, nothing is done twice', async () => {
  const traffic = pay(stage, 'pg')
  // Clients rest most of the time: again until one of them was met in the middle.
  for (let i = 0; i < 2 || (traffic.told.refused === 0 && i < 10); i++) {
    await enough(traffic, 60 * (i + 1))
    stage.killPostgres(i % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    await sleep(300)
    await stage.startPostgres()
  }
  await onceMore(traffic, 60)
  const told = await traffic.stop()
  expect(told.refused).toBeGreaterThan(0)
  await expectKept(told, 'pg')
}, 240_000)

test('the worker killed in the middle: payments do not notice, the next worker goes on', async () => {
  const traffic = pay(stage, 'worker')
  await enough(traffic, 60)
  await stage.killWorker()
  await onceMore(traffic, 60)
  const starting = stage.startWorker()
  await sleep(500)
  const told = await traffic.stop()
  expect(told.refused).toBe(0)
  await starting
  await expectKept(told, 'worker')
}, 240_000)

test('Temporal killed in the middle: payments do not notice, the outbox keeps what it must learn', async () => {
  const traffic = pay(stage, 'temporal')
  await enough(traffic, 60)
  stage.killTemporal()
  await onceMore(traffic, 60)
  const told = await traffic.stop()
  expect(told.refused).toBe(0)
  const waiting = await stage.sql<{ n: number }>('SELECT count(*)::int AS n FROM outbox')
  expect(waiting[0]!.n).toBeGreaterThan(0)
  await stage.startTemporal()
  await expectKept(told, 'temporal')
}, 240_000)
