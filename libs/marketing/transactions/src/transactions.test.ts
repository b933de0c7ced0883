import { brokenInvariants } from '@lijian/verification'
import { campaign, feeOffer, Stage } from './testing/stage'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const MERCHANT = {
  id: 'M1',
  name: '面馆',
  status: 'active' as const,
  fees: { default: { ppm: 6000 }, debit: { ppm: 5000 } },
}
const counter = async (key: string) =>
  (await stage.sql.query('SELECT held_fen, held_count, used_fen, used_count FROM counter WHERE key = $1', [key]))
    .rows[0] as unknown

describe('a hold', () => {
  test('takes from the budget, a success captures it, and every retry gets the same answer', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 4000, count: 10 } })], [MERCHANT])
    const transactions = await stage.transactions()
    const held = await transactions.query(stage.ask('S1', 10_000))
    expect(held).toMatchObject({
      state: 'held',
      amount: 10_000,
      discount: 1500,
      payable: 8500,
      fee: { original: 60, final: 51, saved: 0 },
      offers: [
        { campaign: 'CCB-Q4', code: 'FOOD', version: 1, discount: 1500, funders: [{ partner: 'CCB', amount: 1500 }] },
      ],
      holdExpiresAt: '2026-11-23T04:15:00.000Z',
    })
    expect(await transactions.query(stage.ask('S1', 10_000))).toEqual(held)
    const elsewhere = await stage.transactions()
    expect(JSON.stringify(await elsewhere.query(stage.ask('S1', 10_000)))).toBe(JSON.stringify(held))
    expect(await counter('CCB-Q4#budget||total')).toEqual({ held_fen: 1500, held_count: 1, used_fen: 0, used_count: 0 })
    const confirmed = await transactions.result(stage.outcome('S1', 'success', { paid: 8500 }))
    expect(confirmed).toMatchObject({ state: 'confirmed', discount: 1500, payable: 8500 })
    expect(confirmed.businessDate).toMatch(/^20\d\d-\d\d-\d\d$/)
    expect(await transactions.result(stage.outcome('S1', 'success'))).toEqual(confirmed)
    expect(await counter('CCB-Q4#budget||total')).toEqual({ held_fen: 0, held_count: 0, used_fen: 1500, used_count: 1 })
    expect(await transactions.read('T', 'S1')).toEqual(confirmed)
    expect(JSON.stringify(await elsewhere.query(stage.ask('S1', 10_000)))).toBe(JSON.stringify(held))
  })

  test('another body under the same serial is refused and changes nothing', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 4000 } })])
    const transactions = await stage.transactions()
    await transactions.query(stage.ask('S1', 10_000))
    await expect(transactions.query(stage.ask('S1', 10_001))).rejects.toMatchObject({ code: 'serial_reused' })
    expect(await counter('CCB-Q4#budget||total')).toEqual({
      held_fen: 1500,
      held_count: 0 + 1,
      used_fen: 0,
      used_count: 0,
    })
  })

  test('that fails is released', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1500 } })])
    const transactions = await stage.transactions()
    await transactions.query(stage.ask('S1', 10_000))
    expect(await transactions.query(stage.ask('S2', 10_000))).toMatchObject({
      state: 'no_offer',
      payable: 10_000,
      reasons: [
        {
          offer: 'FOOD',
          reason: 'budget_exhausted',
          limit: 'CCB-Q4#budget',
          limitAmount: 1500,
          usedAmount: 0,
          heldAmount: 1500,
        },
      ],
    })
    expect(await transactions.result(stage.outcome('S1', 'failure'))).toMatchObject({
      state: 'cancelled',
      discount: 1500,
    })
    expect(await transactions.query(stage.ask('S3', 10_000))).toMatchObject({ state: 'held' })
  })

  test('expires at its time and not before; a late success takes the room again, or is unfunded', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1500 } })])
    const transactions = await stage.transactions()
    await transactions.query(stage.ask('S1', 10_000))
    stage.nowMs += 899_999
    expect(await transactions.expire('T', 'S1')).toMatchObject({ state: 'held' })
    stage.nowMs += 1
    expect(await transactions.expire('T', 'S1')).toMatchObject({ state: 'expired' })
    await transactions.query(stage.ask('S2', 10_000))
    expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({
      state: 'unfunded',
      discount: 1500,
      payable: 8500,
    })
    await transactions.result(stage.outcome('S2', 'failure'))
    expect(await transactions.result(stage.outcome('S2', 'success'))).toMatchObject({
      state: 'confirmed',
      discount: 1500,
    })
    await expect(transactions.result(stage.outcome('S2', 'failure'))).rejects.toMatchObject({ code: 'result_conflict' })
    const { rows } = await stage.sql.query(
      `SELECT snapshot -> 'case' ->> 'kind' AS kind FROM outbox WHERE serial = 'S1' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ kind: 'unfunded' }])
  })
})

describe('what was really paid', () => {
  test('the gross amount: the offer is released, the fee is on the gross amount, no case', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1500 } })], [MERCHANT])
    const transactions = await stage.transactions()
    await transactions.query(stage.ask('S1', 10_000))
    expect(await transactions.result(stage.outcome('S1', 'success', { paid: 10_000 }))).toMatchObject({
      state: 'no_offer',
      discount: 0,
      payable: 10_000,
      offers: [],
      fee: { original: 60, final: 60, saved: 0 },
    })
    expect(await transactions.query(stage.ask('S1', 10_000))).toMatchObject({
      state: 'held',
      discount: 1500,
      fee: { final: 51 },
    })
    const { rows } = await stage.sql.query(
      `SELECT snapshot -> 'case' AS c FROM outbox WHERE serial = 'S1' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ c: null }])
  })

  test('anything else: the same, and a case', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1500 } })], [MERCHANT])
    const transactions = await stage.transactions()
    await transactions.query(stage.ask('S1', 10_000))
    expect(await transactions.result(stage.outcome('S1', 'success', { paid: 9000 }))).toMatchObject({
      state: 'no_offer',
      payable: 10_000,
    })
    const { rows } = await stage.sql.query(
      `SELECT snapshot -> 'case' AS c, snapshot -> 'campaigns' AS campaigns FROM outbox WHERE serial = 'S1' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ c: { kind: 'paid_mismatch', paidFen: 9000 }, campaigns: ['CCB-Q4'] }])
  })

  test('a card type learnt after payment computes the fee again; a fee offer that no longer holds is released', async () => {
    const both = campaign({
      offers: [
        campaign().offers[0]!,
        feeOffer({ rule: { conditions: { cardTypes: ['credit'] }, benefit: { type: 'waive' } } }),
      ],
    })
    stage = await Stage.open([both], [MERCHANT])
    const transactions = await stage.transactions()
    expect(await transactions.query(stage.ask('S1', 10_000, { cardType: 'credit' }))).toMatchObject({
      fee: { original: 60, final: 0, saved: 51 },
    })
    expect(await transactions.result(stage.outcome('S1', 'success', { cardType: 'debit' }))).toMatchObject({
      state: 'confirmed',
      discount: 1500,
      fee: { original: 50, final: 43, saved: 0 },
      offers: [{ code: 'FOOD' }],
    })
  })

  test('a suspension and new fees since the query concern other payments: the fee offer is computed on what was', async () => {
    stage = await Stage.open([campaign({ offers: [feeOffer()] })], [MERCHANT])
    const transactions = await stage.transactions()
    expect(await transactions.query(stage.ask('S1', 20_000, { cardType: 'credit' }))).toMatchObject({
      fee: { original: 120, final: 0, saved: 120 },
    })
    await stage.put([], [{ ...MERCHANT, fees: { default: { ppm: 12_000 }, debit: { ppm: 10_000 } } }])
    await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('CCB-Q4/FEE', 'm')`)
    await stage.sql.query(`INSERT INTO config_change (kind, code) VALUES ('merchant', 'M1'), ('campaign', 'CCB-Q4')`)
    await stage.refresh()
    expect(await transactions.result(stage.outcome('S1', 'success', { cardType: 'debit' }))).toMatchObject({
      state: 'confirmed',
      fee: { original: 100, final: 0, saved: 100 },
      offers: [{ code: 'FEE', discount: 100 }],
    })
  })
})

describe('reversal and void', () => {
  test('a void keeps the count of what was used where the rule says so, and never that of a hold', async () => {
    const rule = {
      limits: [{ per: [], period: 'day', count: 1 }],
      refund: { restore: { void: false } },
      benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] },
    }
    stage = await Stage.open([campaign({}, { rule } as never)])
    const transactions = await stage.transactions()
    const undo = (originalSerial: string) =>
      transactions.reverse({
        client: 'T',
        originalSerial,
        serial: `V${originalSerial}`,
        kind: 'void',
        bodyHash: 'V',
        door: 'http',
      })
    await transactions.query(stage.ask('S1', 10_000))
    await undo('S1')
    expect(await transactions.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'held' })
    await transactions.result(stage.outcome('S2', 'success'))
    await undo('S2')
    expect(await transactions.query(stage.ask('S3', 10_000))).toMatchObject({
      reasons: [{ reason: 'limit_exhausted' }],
    })
  })

  test.each(['reversal', 'void'] as const)('%s undoes a hold and a confirmed transaction, once', async (kind) => {
    stage = await Stage.open([campaign({ budget: { amount: 3000 } })])
    const transactions = await stage.transactions()
    const reverse = (originalSerial: string, serial: string) =>
      transactions.reverse({ client: 'T', originalSerial, serial, kind, bodyHash: serial, door: 'http' })
    await transactions.query(stage.ask('S1', 10_000))
    await transactions.query(stage.ask('S2', 10_000))
    await transactions.result(stage.outcome('S2', 'success'))
    const state = kind === 'void' ? 'voided' : 'reversed'
    const first = await reverse('S1', 'R1')
    expect(JSON.stringify(await reverse('S1', 'R1'))).toBe(JSON.stringify(first))
    expect(first).toMatchObject({ serial: 'R1', originalSerial: 'S1', kind, state, amount: 10_000, discount: 1500 })
    expect(await reverse('S1', 'R1')).toEqual(first)
    await expect(reverse('S1', 'R9')).rejects.toMatchObject({ code: 'already_reversed' })
    await expect(reverse('S2', 'R1')).rejects.toMatchObject({ code: 'serial_reused' })
    expect(await reverse('S2', 'R2')).toMatchObject({ state })
    expect(await counter('CCB-Q4#budget||total')).toEqual({ held_fen: 0, held_count: 0, used_fen: 0, used_count: 0 })
    expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({ state })
  })

  test('of an unknown original is refused and remembered for 24 hours', async () => {
    stage = await Stage.open([campaign()], [MERCHANT])
    const transactions = await stage.transactions()
    const ask = {
      client: 'T',
      originalSerial: 'S1',
      serial: 'R1',
      kind: 'reversal',
      bodyHash: 'R1',
      door: 'http',
    } as const
    await expect(transactions.reverse(ask)).rejects.toMatchObject({ code: 'unknown_original' })
    expect(await transactions.query(stage.ask('S1', 10_000))).toEqual({
      serial: 'S1',
      state: 'no_offer',
      amount: 10_000,
      discount: 0,
      payable: 10_000,
      offers: [],
      fee: { original: 60, final: 60, saved: 0 },
    })
    expect(await transactions.read('T', 'S1')).toBeUndefined()
  })
})

test('of two reasons the one that stands first is told: a full limit before a spent budget', async () => {
  stage = await Stage.open([
    campaign({ limits: [{ per: ['merchant'], period: 'month', amount: 1500 }] }, {
      budget: { amount: 1500, count: 1 },
    } as never),
  ])
  const transactions = await stage.transactions()
  await transactions.query(stage.ask('S1', 10_000))
  expect(await transactions.query(stage.ask('S2', 10_000))).toMatchObject({
    reasons: [{ reason: 'limit_exhausted', limit: 'CCB-Q4#merchant.month' }],
  })
})
