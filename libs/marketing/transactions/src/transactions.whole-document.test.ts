import type { Campaign } from '@lijian/contracts/marketing'
import { brokenInvariants } from '@lijian/verification'
import { campaign, feeOffer, Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

type Rule = Extract<Campaign['offers'][number], { kind: 'amount' }>['rule']
const MERCHANT = { id: 'M1', name: '面馆', status: 'active' as const, fees: { default: { ppm: 6000 } } }
const HALF: Rule['benefit'] = { type: 'percent', tiers: [{ atLeast: 0, payPpm: 500_000 }] }
const withLimits = (limits: Rule['limits'], benefit: Rule['benefit'] = HALF): Campaign =>
  campaign({}, { rule: { benefit, limits } } as never)

test('a person known by several identities has one use, whichever of them comes', async () => {
  stage = await Stage.open([withLimits([{ per: ['user'], period: 'day', count: 1 }])])
  const transactions = await stage.transactions()
  const ask = (serial: string, identities: object) =>
    transactions.query(stage.ask(serial, 10_000, { identities }, { explain: true }))
  expect(await ask('S1', { device: 'id_d1', phone: 'id_p1' })).toMatchObject({ state: 'held' })
  for (const [serial, identities] of [
    ['S2', { device: 'id_d1', phone: 'id_p2' }],
    ['S3', { phone: 'id_p1' }],
  ] as const)
    // prettier-ignore
    expect(await ask(serial, identities)).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'limit_exhausted' }] })
  // What refused S2 was charged nothing: the second phone is still free.
  expect(await ask('S4', { phone: 'id_p2' })).toMatchObject({ state: 'held' })
  expect(await ask('S5', {})).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'limit_key_missing' }] })
})

test('two processes clip the last of a budget to the fen: all of it is given, and no fen more', async () => {
  stage = await Stage.open([withLimits([{ per: [], period: 'day', amount: 100_000, onShort: 'clip' }])])
  const doors = [await stage.transactions(), await stage.transactions()]
  const asks = Array.from({ length: 60 }, (_, n) => doors[n % 2]!.query(stage.ask(`S${n}`, 4_001 + 37 * n)))
  const answers = await Promise.all(asks)
  const given = answers.reduce((sum, { discount }) => sum + discount, 0)
  expect(given).toBe(100_000)
  const cut = answers.filter(({ state, amount, discount }) => state === 'held' && discount < Math.floor(amount! / 2))
  expect(cut).toHaveLength(1)
  expect(answers.some(({ state }) => state === 'no_offer')).toBe(true)
})

test('a fee-free allowance: the part of the payment inside it is free', async () => {
  const limits = [{ per: ['merchant'], period: 'month', amount: 30_000, measure: 'gross', onShort: 'clip' }]
  const offer = feeOffer({ rule: { benefit: { type: 'waive' }, limits } })
  stage = await Stage.open([campaign({ offers: [offer] })], [MERCHANT])
  const transactions = await stage.transactions()
  expect(await transactions.query(stage.ask('S1', 20_000))).toMatchObject({
    fee: { original: 120, final: 0, saved: 120 },
  })
  expect(await transactions.query(stage.ask('S2', 20_000))).toMatchObject({
    fee: { original: 120, final: 60, saved: 60 },
  })
  expect(await transactions.query(stage.ask('S3', 20_000))).toMatchObject({ state: 'no_offer' })
})

test('a payment wholly inside the allowance costs nothing under a least fee either, and its refunds give it all back', async () => {
  const limits = [{ per: ['merchant'], period: 'month', amount: 10_000, measure: 'gross', onShort: 'clip' }]
  const free = feeOffer({ rule: { benefit: { type: 'waive' }, limits } })
  const off = { ...campaign().offers[0]!, rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 6_000, off: 1_000 }] } } } // prettier-ignore
  const merchant = { ...MERCHANT, fees: { default: { ppm: 6_000, min: 10 } }, feeOnRefund: 'return' as const }
  stage = await Stage.open([campaign({ offers: [off as never, free] })], [merchant])
  const transactions = await stage.transactions()
  const usedFen = async () =>
    (await stage.sql.query<{ fen: number }>(`SELECT used_fen::int AS fen FROM counter WHERE key LIKE '%gross%'`)).rows
  await transactions.query(stage.ask('S1', 4_500))
  await transactions.result(stage.outcome('S1', 'success'))
  const before = await usedFen()
  const fee = { original: 36, final: 0, saved: 30 }
  expect(await transactions.query(stage.ask('S2', 6_000))).toMatchObject({ payable: 5_000, fee })
  expect(await transactions.result(stage.outcome('S2', 'success'))).toMatchObject({ payable: 5_000, fee })
  expect(await usedFen()).toEqual([{ fen: 10_000 }])
  for (const [serial, amountFen] of [
    ['R1', 1],
    ['R2', 2_000],
    ['R3', 3_999],
  ] as const) {
    await transactions.refund({
      client: 'T',
      originalSerial: 'S2',
      serial,
      amountFen,
      bodyHash: serial,
      deadlineMs: 10_000,
    })
    await transactions.refundResult({ client: 'T', originalSerial: 'S2', serial, outcome: 'success' })
  }
  expect(await usedFen()).toEqual(before)
})

test('groups in order, net of each other; a rebate beside them; what is released comes back', async () => {
  const offer = (code: string, group: string, change: object = {}) => ({
    code,
    name: code,
    kind: 'amount' as const,
    group,
    rule: { benefit: HALF },
    ...change, // prettier-ignore
  })
  const offers = [offer('FIRST', 'a'), offer('SECOND', 'b'), offer('BACK', 'c', { delivery: 'rebate' })]
  stage = await Stage.open([campaign({ offers, budget: { amount: 100_000, count: 100 } })])
  const other = await (await stage.transactions({ groupOrder: ['b'] })).query(stage.ask('S0', 10_000))
  expect(other.offers.map(({ code }) => code)).toEqual(['SECOND', 'FIRST', 'BACK'])
  const transactions = await stage.transactions()
  await transactions.result(stage.outcome('S0', 'failure'))
  const held = await transactions.query(stage.ask('S1', 10_000))
  expect(held).toMatchObject({ state: 'held', discount: 7_500, payable: 2_500, rebate: 1_250 })
  expect(held.offers.map(({ code, discount }) => [code, discount])).toEqual([['FIRST', 5_000], ['SECOND', 2_500], ['BACK', 1_250]]) // prettier-ignore
  // The till never saw the answer: instant offers are released, the rebate stands.
  const paid = await transactions.result(stage.outcome('S1', 'success', { paid: 10_000 }))
  expect(paid).toMatchObject({ state: 'confirmed', discount: 0, payable: 10_000, rebate: 1_250 })
  const [row] = (await stage.sql.query(`SELECT used_fen, used_count, held_fen FROM counter WHERE key = 'CCB-Q4#budget||total'`)).rows // prettier-ignore
  expect(row).toEqual({ used_fen: 1_250, used_count: 1, held_fen: 0 })
})
