import { LijianError } from '@lijian/contracts/system'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import { brokenInvariants } from '@lijian/verification'
import { Pool } from 'pg'
import { until } from '@lijian/testing'
import { readSnapshot } from './read-snapshot'
import { campaign, Stage } from './testing/stage'

/** What was sent upstream against what stands: never captured otherwise, and never without a case (DESIGN §3, "What was really paid"). */
let stage: Stage
beforeEach(async () => {
  stage = await Stage.open([campaign({ budget: { amount: 15_000 } })])
})
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

type Process = Awaited<ReturnType<Stage['transactions']>>
const success = (serial: string, change: object) => stage.outcome(serial, 'success', change)

async function cases(serial: string): Promise<object[]> {
  const { rows } = await stage.sql.query<{ c: object }>(
    `SELECT snapshot -> 'case' || jsonb_build_object('stands', snapshot -> 'payableFen') AS c FROM outbox
     WHERE serial = $1 AND snapshot ->> 'case' IS NOT NULL ORDER BY id`,
    [serial],
  )
  return rows.map(({ c }) => c)
}

const stateOf = async (serial: string) =>
  (await stage.sql.query<{ state: string }>('SELECT state FROM marketing_transaction WHERE serial = $1', [serial]))
    .rows[0]?.state

/** PostgreSQL keeps the query waiting past its deadline; what is told of it comes before anything is stored. */
async function late(
  till: Process,
  serial: string,
  meanwhile: () => Promise<void> = async () => undefined,
  more: { mayOmitPaid?: boolean } = {},
) {
  await till.query(stage.ask('WARM', 10_000))
  await stage.sql.query('BEGIN')
  await stage.sql.query(`SELECT FROM counter FOR UPDATE`)
  const answer = await till.query(stage.ask(serial, 10_000, {}, { deadlineMs: 60, ...more }))
  expect(answer).toMatchObject({ state: 'no_offer', payable: 10_000, reasons: [{ reason: 'deadline' }] })
  const went = meanwhile()
  await stage.sql.query('COMMIT')
  await went
}

/** Told too late, and undone. */
async function undone(till: Process, serial: string): Promise<void> {
  await late(till, serial)
  await until(async () => (await stateOf(serial)) === 'no_offer')
}

test('the gross amount right after a late answer is never captured with a discount, on either process', async () => {
  const [one, other] = [await stage.transactions(), await stage.transactions()]
  for (let round = 0; round < 6; round++) {
    const serial = `S${round}`
    const answers: TransactionAnswer[] = []
    await late(one, serial, async () => {
      for (const till of [one, other]) answers.push(await till.result(success(serial, { paid: 10_000 })))
    })
    expect(answers.map(({ state, discount }) => [state, discount])).toEqual([
      ['no_offer', 0],
      ['no_offer', 0],
    ])
    await until(async () => (await stateOf(serial)) === 'no_offer')
    expect(await cases(serial)).toEqual([])
  }
  const { rows } = await stage.sql.query('SELECT FROM journal')
  expect(rows).toEqual([])
})

test('a discounted amount for a hold that was undone: what stands is told, and one case has both figures', async () => {
  const [one, other] = [await stage.transactions(), await stage.transactions()]
  await undone(one, 'S1')
  const sent = success('S1', { paid: 8500 })
  const answers = await Promise.all([one.result(sent), other.result(sent), one.result(sent), other.result(sent)])
  expect(answers[0]).toMatchObject({ serial: 'S1', state: 'no_offer', discount: 0, payable: 10_000, offers: [] })
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  expect(await other.result(sent)).toEqual(answers[0])
  expect(await cases('S1')).toEqual([{ kind: 'paid_mismatch', paidFen: 8500, stands: 10_000 }])
  expect(await one.query(stage.ask('S1', 10_000))).toMatchObject({ state: 'no_offer', payable: 10_000 })
  const refused = await one.result(success('S1', { paid: 9000 })).catch((error: LijianError) => error.code)
  expect(refused).toBe('result_conflict')
  expect(await one.result(stage.outcome('S1', 'failure'))).toMatchObject({ state: 'no_offer' })
})

test('money for an answer of which nothing is stored is a case; without the echo nobody knows what was told', async () => {
  const [one, other] = [await stage.transactions(), await stage.transactions()]
  expect(await one.result(success('S1', { paid: 8500 }))).toEqual({
    serial: 'S1',
    state: 'no_offer',
    discount: 0,
    offers: [],
  })
  expect(await stateOf('S1')).toBeUndefined()
  const sent = success('S1', { paid: 8500, marketingSerial: 'm_1' })
  const answers = await Promise.all([one.result(sent), other.result(sent)])
  expect(answers).toEqual([answers[0], { serial: 'S1', state: 'no_offer', discount: 0, offers: [] }])
  expect(await other.result(sent)).toEqual(answers[0])
  expect(await cases('S1')).toEqual([{ kind: 'paid_mismatch', paidFen: 8500, stands: 0 }])
  // Its money is in: nothing is held for it any more.
  expect(await one.query(stage.ask('S1', 10_000))).toMatchObject({ state: 'no_offer' })
  expect(await one.read('T', 'S1')).toBeUndefined()
})

test.each`
  _case                              | result
  ${'a failure'}                     | ${['failure', { paid: 8500, marketingSerial: 'm_1' }]}
  ${'a success that says no amount'} | ${['success', { marketingSerial: 'm_1' }]}
`('$_case writes nothing where nothing stands', async ({ result: [outcome, change] }) => {
  const till = await stage.transactions()
  expect(await till.result(stage.outcome('S1', outcome as 'success', change as object))).toMatchObject({
    state: 'no_offer',
  })
  expect(await stateOf('S1')).toBeUndefined()
  await undone(till, 'S2')
  await till.result(stage.outcome('S2', outcome as 'success', { ...(change as object), paid: undefined }))
  expect(await cases('S2')).toEqual([])
})

test('a payment that was undone before its result has nothing to explain', async () => {
  const till = await stage.transactions()
  const undo = {
    client: 'T',
    originalSerial: 'S1',
    serial: 'R1',
    kind: 'reversal',
    bodyHash: 'r',
    door: 'http',
  } as const
  await expect(till.reverse(undo)).rejects.toMatchObject({ code: 'unknown_original' })
  expect(await till.result(success('S1', { paid: 8500, marketingSerial: 'm_1' }))).toMatchObject({ state: 'no_offer' })
  expect(await cases('S1')).toEqual([])
})

test('through the Temporal door the case is in the state that its workflow reads', async () => {
  const till = await stage.transactions()
  await undone(till, 'S1')
  await till.result({ ...success('S1', { paid: 8500 }), door: 'temporal' })
  await till.result({ ...success('S2', { paid: 8500, marketingSerial: 'm_2' }), door: 'temporal' })
  expect([await cases('S1'), await cases('S2')]).toEqual([[], []])
  const pool = new Pool({ connectionString: stage.url })
  const read = (serial: string) => readSnapshot(pool, { client: 'T', serial })
  expect(await read('S1')).toMatchObject({ payableFen: 10_000, case: { kind: 'paid_mismatch', paidFen: 8500 } })
  expect(await read('S2')).toMatchObject({ payableFen: 0, case: { kind: 'paid_mismatch', paidFen: 8500 } })
  await pool.end()
})

describe('a client that may omit "paid"', () => {
  const mayOmitPaid = true
  const bare = (serial: string, change: object = {}) => success(serial, change)

  test('told "no offer" and paid so: never captured, on either process', async () => {
    const [one, other] = [await stage.transactions(), await stage.transactions()]
    for (let round = 0; round < 6; round++) {
      const serial = `S${round}`
      const answers: Promise<TransactionAnswer>[] = []
      const ask = async () => {
        for (const till of [one, other]) answers.push(till.result(bare(serial)))
      }
      await late(one, serial, ask, { mayOmitPaid })
      // And while the hold stands that nobody was told.
      await until(async () => (await stateOf(serial)) !== undefined)
      await ask()
      expect((await Promise.all(answers)).map(({ state, discount }) => `${state} ${discount}`)).toEqual(
        Array.from({ length: 4 }, () => 'no_offer 0'),
      )
    }
    expect((await stage.sql.query('SELECT FROM journal')).rows).toEqual([])
  })

  test('told of the hold: captured, by another process too, and a moment later', async () => {
    const [one, other] = [await stage.transactions(), await stage.transactions()]
    for (let round = 0; round < 10; round++) {
      expect(await one.query(stage.ask(`S${round}`, 10_000, {}, { mayOmitPaid }))).toMatchObject({ state: 'held' })
      const till = round % 2 === 0 ? one : other
      expect(await till.result(bare(`S${round}`))).toMatchObject({ state: 'confirmed', payable: 8500 })
    }
  })

  /** As a process leaves it that is killed between its answer and what it writes down of it. */
  async function leftUnknown(till: Process, serial: string): Promise<string> {
    const { marketingSerial } = await till.query(stage.ask(serial, 10_000, {}, { mayOmitPaid }))
    const known = `SELECT FROM marketing_transaction WHERE serial = $1 AND NOT record ? 'perhapsUntold'`
    await until(async () => (await stage.sql.query(known, [serial])).rowCount === 1)
    await stage.sql.query(
      `UPDATE marketing_transaction SET record = record || '{"perhapsUntold": true}', version = version + 1 WHERE serial = $1`,
      [serial],
    )
    return marketingSerial!
  }

  test('a process was killed before it wrote down what it told: the sender is asked, and nothing is captured', async () => {
    const till = await stage.transactions()
    await leftUnknown(till, 'S1')
    await expect(till.result(bare('S1'))).rejects.toMatchObject({ code: 'unavailable' })
    expect(await stateOf('S1')).toBe('held')
    // The echo says which answer it was; what was paid says it, too; and so does the same query, told again.
    const echo = await leftUnknown(till, 'S2')
    await expect(till.result(bare('S2', { marketingSerial: 'm_other' }))).rejects.toMatchObject({
      code: 'result_conflict',
    })
    expect(await till.result(bare('S2', { marketingSerial: echo }))).toMatchObject({ state: 'confirmed' })
    await leftUnknown(till, 'S3')
    expect(await till.result(bare('S3', { paid: 8500 }))).toMatchObject({ state: 'confirmed' })
    await leftUnknown(till, 'S4')
    await till.query(stage.ask('S4', 10_000, {}, { mayOmitPaid }))
    expect(await till.result(bare('S4'))).toMatchObject({ state: 'confirmed' })
  })

  test('and the hold ended meanwhile: nothing is captured, and a case asks a person', async () => {
    const till = await stage.transactions()
    await leftUnknown(till, 'S1')
    stage.nowMs += 1_000_000
    await till.expire('T', 'S1')
    expect(await till.result(bare('S1'))).toMatchObject({ state: 'unfunded' })
    expect(await cases('S1')).toEqual([{ kind: 'unfunded', paidFen: null, stands: 8500 }])
  })
})
