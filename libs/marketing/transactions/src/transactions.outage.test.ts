import { Cable, until } from '@lijian/testing'
import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

let stage: Stage
let cable: Cable

beforeEach(async () => {
  stage = await Stage.open([campaign({ budget: { amount: 1500 } })])
  cable = await Cable.to(stage.url)
})
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
  await cable.close()
})

const held = async () =>
  (await stage.sql.query<{ held: number }>('SELECT coalesce(sum(held_fen), 0)::bigint AS held FROM counter')).rows[0]!
    .held

test('PostgreSQL away: queries are answered no_offer, unavailable at once; results are refused; both work again when it is back', async () => {
  const transactions = await stage.transactions({ databaseUrl: cable.url, now: Date.now })
  expect(await transactions.query(stage.ask('S1', 10_000, {}, { receivedAtMs: Date.now() }))).toMatchObject({
    state: 'held',
  })
  cable.cut()
  const started = Date.now()
  const ask = stage.ask('S2', 10_000, {}, { receivedAtMs: started, deadlineMs: 2000 })
  expect(await transactions.query(ask)).toMatchObject({
    state: 'no_offer',
    payable: 10_000,
    reasons: [{ reason: 'unavailable' }],
  })
  await expect(transactions.result(stage.outcome('S1', 'success'))).rejects.toMatchObject({ code: 'unavailable' })
  cable.mend()
  // `isAway` is false too until a refusal is heard: only an answer says that PostgreSQL is back.
  const told = () => transactions.result(stage.outcome('S1', 'success'))
  await until(() =>
    told()
      .then(({ state }) => state === 'confirmed')
      .catch(() => false),
  )
  expect(await told()).toMatchObject({ state: 'confirmed' })
})

test('an answer that comes after the deadline is no_offer, its hold is undone, and a retry is told the same', async () => {
  const transactions = await stage.transactions({ databaseUrl: cable.url, now: Date.now })
  await transactions.query(stage.ask('S0', 10_000, {}, { receivedAtMs: Date.now() }))
  await transactions.result(stage.outcome('S0', 'failure'))
  cable.freeze()
  const started = Date.now()
  const ask = stage.ask('S1', 10_000, {}, { receivedAtMs: started, deadlineMs: 50 })
  expect(await transactions.query(ask)).toMatchObject({
    state: 'no_offer',
    payable: 10_000,
    reasons: [{ reason: 'deadline' }],
  })
  expect(Date.now() - started).toBeGreaterThanOrEqual(49)
  cable.thaw()
  await until(
    async () =>
      (await stage.sql.query(`SELECT 1 FROM marketing_transaction WHERE serial = 'S1' AND state = 'no_offer'`))
        .rowCount === 1,
  )
  expect(await held()).toBe(0)
  expect(await transactions.query({ ...ask, receivedAtMs: Date.now(), deadlineMs: 5000 })).toMatchObject({
    state: 'no_offer',
    reasons: [{ reason: 'deadline' }],
  })
  expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({ state: 'no_offer' })
  expect(await transactions.query(stage.ask('S2', 10_000, {}, { receivedAtMs: Date.now() }))).toMatchObject({
    state: 'held',
  })
})

test('a duplicate that was told of the hold in time keeps it, although the first caller was too late', async () => {
  const transactions = await stage.transactions({ databaseUrl: cable.url, now: Date.now })
  await transactions.query(stage.ask('S0', 10_000, {}, { receivedAtMs: Date.now() }))
  await transactions.result(stage.outcome('S0', 'failure'))
  cable.freeze()
  const first = stage.ask('S1', 10_000, {}, { receivedAtMs: Date.now(), deadlineMs: 50 })
  const second = transactions.query({ ...first, deadlineMs: 5000 })
  expect(await transactions.query(first)).toMatchObject({ state: 'no_offer' })
  cable.thaw()
  expect(await second).toMatchObject({ state: 'held' })
  await new Promise((resolve) => setImmediate(resolve))
  expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({
    state: 'confirmed',
    discount: 1500,
  })
})
