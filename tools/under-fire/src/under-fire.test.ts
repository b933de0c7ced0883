import { setTimeout as sleep } from 'node:timers/promises'
import { House, until } from './house'
import { pay, type Told, type Traffic } from './traffic'

let house: House
beforeAll(async () => {
  house = await House.open()
  await house.startWorker()
}, 180_000)
afterAll(() => house?.close())

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
  const rows = await house.sql<{ state: string; serials: string[] }>(
    `SELECT CASE state WHEN 'partially_refunded' THEN 'confirmed' ELSE state END AS state, array_agg(serial ORDER BY serial) AS serials
     FROM marketing_transaction WHERE starts_with(serial, $1) GROUP BY 1`,
    [`${name}-`],
  )
  const stored = Object.fromEntries(rows.map(({ state, serials }) => [state, serials]))
  // Who was told nothing may hold something all the same; who was told something holds that.
  expect(new Set(stored['confirmed'])).toEqual(new Set(told.confirmed))
  expect(stored['cancelled']).toEqual([...told.cancelled].sort())
  expect(told.held.filter((serial) => !stored['held']!.includes(serial))).toEqual([])
  const captures = await house.sql<{ serial: string; n: number }>(
    `SELECT serial, count(*)::int AS n FROM journal WHERE event = 'capture' AND starts_with(serial, $1) GROUP BY 1`,
    [`${name}-`],
  )
  expect(captures.length).toBe(told.confirmed.length)
  expect(captures.filter(({ n }) => n !== 1)).toEqual([])
  const refunds = await house.sql<{ serial: string }>(
    `SELECT serial FROM reverse_transaction WHERE starts_with(serial, $1) AND state = 'refund_held'`,
    [`${name}-`],
  )
  expect(new Set(refunds.map(({ serial }) => serial))).toEqual(new Set(told.refundHeld))
  expect(await house.disagreements()).toEqual([])
}

test('PostgreSQL killed, and stopped in immediate mode, in the middle of captures: nothing acknowledged is lost, nothing is done twice', async () => {
  const traffic = pay(house, 'pg')
  // Clients rest most of the time: again until one of them was met in the middle.
  for (let i = 0; i < 2 || (traffic.told.refused === 0 && i < 10); i++) {
    await enough(traffic, 60 * (i + 1))
    house.killPostgres(i % 2 === 0 ? 'SIGKILL' : 'SIGQUIT')
    await sleep(300)
    await house.startPostgres()
  }
  await onceMore(traffic, 60)
  const told = await traffic.stop()
  expect(told.refused).toBeGreaterThan(0)
  await expectKept(told, 'pg')
}, 240_000)

test('the worker killed in the middle: payments do not notice, the next worker goes on', async () => {
  const traffic = pay(house, 'worker')
  await enough(traffic, 60)
  await house.killWorker()
  await onceMore(traffic, 60)
  const starting = house.startWorker()
  await sleep(500)
  const told = await traffic.stop()
  expect(told.refused).toBe(0)
  await starting
  await expectKept(told, 'worker')
}, 240_000)

test('Temporal killed in the middle: payments do not notice, the outbox keeps what it must learn', async () => {
  const traffic = pay(house, 'temporal')
  await enough(traffic, 60)
  house.killTemporal()
  await onceMore(traffic, 60)
  const told = await traffic.stop()
  expect(told.refused).toBe(0)
  const waiting = await house.sql<{ n: number }>('SELECT count(*)::int AS n FROM outbox')
  expect(waiting[0]!.n).toBeGreaterThan(0)
  await house.startTemporal()
  await expectKept(told, 'temporal')
}, 240_000)
