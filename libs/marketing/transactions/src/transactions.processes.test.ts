import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const counter = async (key: string) =>
  (await stage.sql.query<Record<string, number>>('SELECT held_fen, held_count FROM counter WHERE key = $1', [key]))
    .rows[0]

describe('several processes', () => {
  test('a duplicate that finds the last place taken by its own hold is told of the hold', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1500 } })])
    const doors = [await stage.transactions({ batchMax: 1 }), await stage.transactions({ batchMax: 1 })]
    for (let round = 0; round < 10; round++) {
      const answers = await Promise.all(
        Array.from({ length: 12 }, (_, i) => doors[i % 2]!.query(stage.ask(`S${round}`, 10_000))),
      )
      expect(answers.map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => 'held'))
      await doors[0]!.result(stage.outcome(`S${round}`, 'failure'))
    }
  })

  test('a suspension acts on the next payment although memory is older', async () => {
    stage = await Stage.open([campaign()])
    const transactions = await stage.transactions()
    expect(await transactions.query(stage.ask('S1', 10_000))).toMatchObject({ state: 'held' })
    await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('CCB-Q4/FOOD', 'm')`)
    expect(await transactions.query(stage.ask('S2', 10_000))).toMatchObject({
      state: 'no_offer',
      reasons: [{ offer: 'FOOD', reason: 'suspended' }],
    })
  })

  test('64 clients on two processes spend 100.00 in 15.00 holds to the last that fits', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 10_000 } })])
    const doors = [await stage.transactions(), await stage.transactions()]
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, i) => doors[i % 2]!.query(stage.ask(`S${i}`, 10_000))),
    )
    expect(answers.filter(({ state }) => state === 'held')).toHaveLength(6)
    expect(answers.filter(({ reasons }) => reasons?.[0]?.reason === 'budget_exhausted')).toHaveLength(58)
  })

  test('one serial asked everywhere at once is held once', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 10_000 } })])
    const doors = [await stage.transactions(), await stage.transactions(), await stage.transactions()]
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, i) => doors[i % 3]!.query(stage.ask('S1', 10_000))),
    )
    expect(new Set(answers.map((answer) => answer.marketingSerial)).size).toBe(1)
    expect(await counter('CCB-Q4#budget||total')).toMatchObject({ held_fen: 1500, held_count: 1 })
  })

  test('prepaid balances: without a top-up there are no funds; with one they are spent to the last share that fits', async () => {
    stage = await Stage.open([campaign({ paymentMode: 'prepay' })])
    const transactions = await stage.transactions()
    expect(await transactions.query(stage.ask('S1', 10_000))).toMatchObject({
      state: 'no_offer',
      reasons: [{ reason: 'funds_exhausted', limit: '@funds/CCB' }],
    })
    await stage.sql.query(`INSERT INTO counter (key, limit_fen, limit_version) VALUES ('@funds/CCB||total', 3000, 0)`)
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => transactions.query(stage.ask(`P${i}`, 10_000))),
    )
    expect(answers.filter(({ state }) => state === 'held')).toHaveLength(2)
  })

  test('the reason is the first that fails also when this process has never seen the counter that fails', async () => {
    const limited = campaign({ budget: { amount: 3000 }, limits: [{ per: ['card'], period: 'total', amount: 1500 }] }, {
      budget: { amount: 1500 },
    } as never)
    stage = await Stage.open([limited])
    const ask = (serial: string) => stage.ask(serial, 10_000, { card: { token: 'card-token-0000001' } })
    expect(await (await stage.transactions()).query(ask('S1'))).toMatchObject({ state: 'held' })
    expect(await (await stage.transactions()).query(ask('S2'))).toMatchObject({
      reasons: [{ reason: 'limit_exhausted' }],
    })
    const third = await stage.transactions()
    await third.query(stage.ask('S3', 10_000, { card: { token: 'card-token-0000002' } }))
    expect(await third.query(ask('S4'))).toMatchObject({ reasons: [{ reason: 'limit_exhausted' }] })
  })
})
