import { openAdmission, type Admission } from '@lijian/admission'
import { Cable, lockRows, until } from '@lijian/testing'
import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

/** Who was told of a hold keeps it, whatever another attempt at the same serial was too late for. */
let stage: Stage
const cables: Cable[] = []
beforeEach(async () => {
  stage = await Stage.open([campaign({ budget: { amount: 6000 } })])
})
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
  for (const cable of cables.splice(0)) await cable.close()
})

const opened = () => stage.transactions({ now: Date.now })
async function behindCable() {
  const cable = await Cable.to(stage.patientUrl)
  cables.push(cable)
  return { cable, transactions: await stage.transactions({ now: Date.now, databaseUrl: cable.url }) }
}
const ask = (serial: string, deadlineMs = 10_000) =>
  stage.ask(serial, 10_000, {}, { receivedAtMs: Date.now(), deadlineMs })

interface Stored {
  state: string
  tellers: { id: string; withdrawn?: string }[] | null
}
const stored = async (serial: string): Promise<Stored | undefined> =>
  (
    await stage.sql.query<Stored>(
      `SELECT state, record -> 'tellers' AS tellers FROM marketing_transaction WHERE serial = $1`,
      [serial],
    )
  ).rows[0]

const locked = (rows: string) => lockRows(stage.url, rows)
const lockedRow = (serial: string) => locked(`marketing_transaction WHERE serial = '${serial}'`)
const lockedCounters = () => locked('counter')
const waiting = async () =>
  Number(
    (
      await stage.sql.query(`SELECT count(*) AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock'
    AND datname = current_database()`)
    ).rows[0].n,
  )

const reason = (why: string) => ({ state: 'no_offer', payable: 10_000, reasons: [{ reason: why }] })
const paid = { paid: 8500 }

test('a duplicate that is late at another process leaves the hold that was told', async () => {
  const [one, other] = [await opened(), await opened()]
  expect(await one.query(ask('S'))).toMatchObject({ state: 'held', payable: 8500 })
  const release = await lockedRow('S')
  expect(await other.query(ask('S', 300))).toMatchObject(reason('deadline'))
  await release()
  await until(async () => (await stored('S'))?.tellers?.some(({ withdrawn }) => withdrawn === 'deadline'))
  expect(await one.query(ask('S'))).toMatchObject({ state: 'held' })
  expect(await other.result(stage.outcome('S', 'success', paid))).toMatchObject({ state: 'confirmed', discount: 1500 })
})

test('the same after a restart, as the same process', async () => {
  const before = await opened()
  await before.query(ask('S'))
  await before.close()
  const after = await opened()
  const release = await lockedRow('S')
  expect(await after.query(ask('S', 300))).toMatchObject(reason('deadline'))
  await release()
  await until(async () => (await stored('S'))?.tellers?.some(({ withdrawn }) => withdrawn === 'deadline'))
  expect(await after.result(stage.outcome('S', 'success', paid))).toMatchObject({ state: 'confirmed', discount: 1500 })
})

test('asked again after "deadline" and told of the hold: the undo of the first answer leaves it', async () => {
  const { cable, transactions } = await behindCable()
  const other = await opened()
  await other.query(ask('W'))
  await transactions.query(ask('W'))
  const release = await lockedCounters()
  const first = transactions.query(ask('S', 300))
  // It waits for the counters inside PostgreSQL; what PostgreSQL says of it arrives long after the second attempt was told.
  await until(async () => (await waiting()) > 0)
  cable.freeze()
  expect(await first).toMatchObject(reason('deadline'))
  await release()
  await until(() => stored('S'))
  expect(await other.query(ask('S'))).toMatchObject({ state: 'held', payable: 8500 })
  cable.thaw()
  const { tellers } = await until(async () => {
    const found = await stored('S')
    return found?.tellers?.some(({ withdrawn }) => withdrawn === 'deadline') && found
  })
  expect(tellers!.map(({ withdrawn }) => withdrawn)).toEqual(['deadline', undefined])
  expect(await transactions.result(stage.outcome('S', 'success', paid))).toMatchObject({
    state: 'confirmed',
    discount: 1500,
  })
})

test('a lost statement that PostgreSQL takes up after its undo holds nothing', async () => {
  const { cable, transactions } = await behindCable()
  const other = await opened()
  await other.query(ask('W'))
  await transactions.query(ask('W'))
  const release = await lockedCounters()
  const lost = transactions.query(ask('S'))
  await until(async () => (await waiting()) > 0)
  // PostgreSQL has the statement, which waits for a counter, and nobody hears of it any more.
  cable.sever()
  expect(await lost).toMatchObject(reason('unavailable'))
  const { tellers } = await until(() => stored('S'))
  expect(tellers).toMatchObject([{ withdrawn: 'unavailable' }])
  expect(await waiting()).toBe(1)
  await release()
  await until(async () => (await waiting()) === 0)
  expect(await other.query(ask('S'))).toMatchObject(reason('deadline'))
  expect(await other.result(stage.outcome('S', 'success', { paid: 10_000 }))).toMatchObject({ state: 'no_offer' })
  const { rows } = await stage.sql.query('SELECT sum(held_fen)::int AS held FROM counter WHERE limit_fen = 6000')
  expect(rows).toEqual([{ held: 1500 }])
})

test('nobody was told: both attempts were too late, and nothing stays held', async () => {
  const [one, other] = [await opened(), await opened()]
  await Promise.all([one.query(ask('W1')), other.query(ask('W2'))])
  const release = await lockedCounters()
  const told = await Promise.all([one.query(ask('S', 200)), other.query(ask('S', 250))])
  expect(told).toMatchObject([reason('deadline'), reason('deadline')])
  await release()
  await until(async () => (await stored('S'))?.state === 'no_offer')
  const { tellers } = (await stored('S'))!
  expect(tellers!.every(({ withdrawn }) => withdrawn === 'deadline')).toBe(true)
  expect(await one.query(ask('S'))).toMatchObject(reason('deadline'))
  expect(await one.result(stage.outcome('S', 'success', { paid: 10_000 }))).toMatchObject({ state: 'no_offer' })
})

test('a retry long after its instant is written down as well, and so kept', async () => {
  const times = { queryDeadlineMs: 10_000, holdSeconds: 900, clockSkewSeconds: 60 }
  const [one, other] = [await opened(), await stage.transactions({ now: Date.now, times })]
  const at = new Date(Date.now() - 3_600_000).toISOString()
  const old = () => stage.ask('S', 10_000, { at }, { receivedAtMs: Date.now() })
  const first = await one.query(old())
  expect(await other.query(old())).toEqual(first)
  expect((await stored('S'))!.tellers).toHaveLength(2)
  await expect(other.query(stage.ask('T', 10_000, { at }, { receivedAtMs: Date.now() }))).rejects.toMatchObject({
    code: 'invalid_request',
  })
})

test('retries without end write a bounded list, and then nothing', async () => {
  const [one, other] = [await opened(), await opened()]
  const first = await one.query(ask('S'))
  for (let n = 0; n < 20; n++) expect(await [one, other][n % 2]!.query(ask('S'))).toEqual(first)
  const { rows } = await stage.sql.query(
    `SELECT version, jsonb_array_length(record -> 'tellers') AS n FROM marketing_transaction WHERE serial = 'S'`,
  )
  expect(rows).toEqual([{ version: 9, n: 9 }])
})

test.each([-3_600_000, 3_600_000])(
  'a process whose clock is %i ms off: holds last as long, by the clock of PostgreSQL',
  async (offMs) => {
    const real = Date.now
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + offMs)
    try {
      const transactions = await stage.transactions({ now: Date.now, clock: undefined })
      const answer = await transactions.query(ask('S'))
      const { rows } = await stage.sql.query<{ lasts: string; expires: Date }>(
        `SELECT extract(epoch FROM hold_expires_at - created_at) AS lasts, hold_expires_at AS expires FROM marketing_transaction`,
      )
      expect(Math.abs(Number(rows[0]!.lasts) - 900)).toBeLessThan(5)
      expect(answer.holdExpiresAt).toBe(rows[0]!.expires.toISOString())
      expect(await transactions.expire('T', 'S')).toMatchObject({ state: 'held' })
      await stage.sql.query(`UPDATE marketing_transaction SET hold_expires_at = now(), version = version + 1`)
      expect(await transactions.expire('T', 'S')).toMatchObject({ state: 'expired' })
    } finally {
      clock.mockRestore()
    }
  },
)

test('what has waited past its deadline before it is looked at is not decided, and nothing is held', async () => {
  const transactions = await opened()
  const late = stage.ask('S', 10_000, {}, { receivedAtMs: Date.now() - 20_000, deadlineMs: 50 })
  expect(await transactions.query(late)).toMatchObject(reason('deadline'))
  await transactions.query(ask('W'))
  expect(await stored('S')).toBeUndefined()
})

test('an answer that is read after the deadline is not given, although no timer has said so yet', async () => {
  const real = openAdmission({ databaseUrl: stage.url, timeZone: 'Asia/Shanghai', cutOff: '24:00' })
  let standsMs = 0
  // As a process that is stopped after it has asked: it reads the answer before its timers come.
  const run: Admission['run'] = (work) =>
    real.run(work).then((answer) => {
      for (const untilMs = performance.now() + standsMs; performance.now() < untilMs;);
      return answer
    })
  const admission = Object.create(real, { run: { value: run } }) as Admission
  const transactions = await stage.transactions({ now: Date.now, admission })
  await transactions.query(ask('W'))
  standsMs = 1500
  expect(await transactions.query(ask('S', 1400))).toMatchObject(reason('deadline'))
  standsMs = 0
  await until(async () => (await stored('S'))?.state === 'no_offer')
  await real.close()
})
