// oxlint-disable max-lines -- the life of a refund, read from top to bottom
import type { Campaign, RefundRule } from '@lijian/contracts/marketing'
import { brokenInvariants } from '@lijian/verification'
import { campaign, feeOffer, Stage } from './testing/stage'
import type { Transactions } from './types'

let stage: Stage
let transactions: Transactions
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const MERCHANT = {
  id: 'M1',
  name: '面馆',
  status: 'active' as const,
  fees: { default: { ppm: 6000 } },
  feeOnRefund: 'return' as const,
  clearingSystem: 'main',
}

async function open(refund: RefundRule = {}, change: Partial<Campaign> = {}): Promise<void> {
  const offer = campaign().offers[0]!
  const limits = [
    { per: ['card' as const], period: 'month' as const, count: 1 },
    { per: [], period: 'total' as const, amount: 100_000 },
  ]
  stage = await Stage.open(
    [campaign({ offers: [{ ...offer, rule: { ...offer.rule, limits, refund } } as never], ...change })],
    [MERCHANT],
  )
  transactions = await stage.transactions()
}

const CARD = { card: { token: 'card-token-00000001' } }

async function confirmed(serial = 'S1', amount = 10_000): Promise<void> {
  await transactions.query(stage.ask(serial, amount, CARD))
  await transactions.result(stage.outcome(serial, 'success'))
}

const refund = (serial: string, amountFen: number, of = 'S1', more: { eligibleFen?: number } = {}) =>
  transactions.refund({
    client: 'T',
    originalSerial: of,
    serial,
    amountFen,
    ...more,
    bodyHash: JSON.stringify([of, amountFen, more]),
    deadlineMs: 10_000,
  })
const finish = (serial: string, outcome: 'success' | 'failure' = 'success', of = 'S1') =>
  transactions.refundResult({ client: 'T', originalSerial: of, serial, outcome })
const state = async (serial = 'S1') => (await transactions.read('T', serial))?.state
const counters = async () =>
  Object.fromEntries(
    (
      await stage.sql.query<{ key: string; fen: number; count: number }>(
        'SELECT key, (held_fen + used_fen)::int AS fen, (held_count + used_count)::int AS count FROM counter',
      )
    ).rows.map(({ key, fen, count }) => [key.split('|')[0]!, [fen, count]]),
  )
const reverse = (kind: 'void' | 'reversal', serial: string, of = 'S1') =>
  transactions.reverse({ client: 'T', originalSerial: of, serial, kind, bodyHash: kind, door: 'http' })

test('two steps: the payer’s part is told first, money and quota move with the result', async () => {
  await open()
  await confirmed()
  const held = await refund('R1', 5000)
  expect(held).toMatchObject({
    serial: 'R1',
    originalSerial: 'S1',
    kind: 'refund',
    state: 'refund_held',
    amount: 5000,
    payer: 4250,
    discountReturned: 750,
    payable: 4250,
    discount: 750,
    feeReturned: 26,
    offers: [{ code: 'FOOD', discount: 750, funders: [{ partner: 'CCB', amount: 750 }] }],
    left: 5000,
  })
  expect(await refund('R1', 5000)).toEqual(held)
  expect(await counters()).toEqual({ 'CCB-Q4/FOOD#card.month': [1500, 1], 'CCB-Q4/FOOD#.total': [1500, 1] })
  const done = await finish('R1')
  expect(done).toMatchObject({ state: 'partially_refunded', payer: 4250, businessDate: expect.stringMatching(/^20/) })
  expect(await finish('R1')).toEqual(done)
  expect((await counters())['CCB-Q4/FOOD#.total']).toEqual([750, 1])
  expect(await refund('R2', 5000)).toMatchObject({ payer: 4250, discountReturned: 750, feeReturned: 25, left: 0 })
  expect(await finish('R2')).toMatchObject({ state: 'refunded' })
  expect(await counters()).toMatchObject({ 'CCB-Q4/FOOD#.total': [0, 1], 'CCB-Q4/FOOD#card.month': [0, 1] })
  const { rows } = await stage.sql.query(
    `SELECT event, serial, original_serial, accounts, amounts_fen::int[] AS fen FROM journal ORDER BY id`,
  )
  expect(rows).toEqual([
    {
      event: 'capture',
      serial: 'S1',
      original_serial: null,
      accounts: ['receivable/CCB', 'merchant-discount/M1'],
      fen: [1500, -1500],
    },
    {
      event: 'refund',
      serial: 'R1',
      original_serial: 'S1',
      accounts: ['receivable/CCB', 'merchant-discount/M1'],
      fen: [-750, 750],
    },
    {
      event: 'refund',
      serial: 'R2',
      original_serial: 'S1',
      accounts: ['receivable/CCB', 'merchant-discount/M1'],
      fen: [-750, 750],
    },
  ])
})

test('a refund that fails upstream leaves everything as it was, and its part can be refunded again', async () => {
  await open({ block: 'day' })
  await confirmed()
  const before = await counters()
  await refund('R1', 10_000)
  expect(await finish('R1', 'failure')).toMatchObject({ state: 'cancelled' })
  expect(await finish('R1', 'failure')).toMatchObject({ state: 'cancelled' })
  await expect(finish('R1', 'success')).rejects.toMatchObject({ code: 'refund_conflict' })
  expect(await state()).toBe('confirmed')
  expect(await counters()).toMatchObject(before)
  expect(await refund('R2', 10_000)).toMatchObject({ payer: 8500 })
  await finish('R2')
  expect(await state()).toBe('refunded')
})

test('parts of any size and number, some of which fail, end at the same fen', async () => {
  await open()
  await confirmed('S1', 33_333)
  const payer: number[] = []
  for (const [n, part] of [1, 11_111, 3, 22_000, 217, 1].entries()) {
    if (n % 2) await refund(`X${n}`, 1).then(() => finish(`X${n}`, 'failure'))
    const { payer: fen } = await refund(`R${n}`, part)
    await finish(`R${n}`)
    payer.push(fen!)
  }
  expect(payer.reduce((a, b) => a + b, 0)).toBe(33_333 - 1500)
  expect(await state()).toBe('refunded')
  const { rows } = await stage.sql.query(
    `SELECT sum((detail ->> 'feeFinalFen')::int * CASE event WHEN 'capture' THEN 1 ELSE -1 END)::int AS fee FROM journal`,
  )
  expect(rows[0].fee).toBe(0)
})

test('each refusal has its code and says what is left', async () => {
  await open({ policy: 'fullOnly' })
  await expect(refund('R0', 1, 'NONE')).rejects.toMatchObject({ code: 'unknown_original' })
  await confirmed()
  await expect(refund('R1', 9_999)).rejects.toMatchObject({ code: 'whole_only', extra: { leftFen: 10_000 } })
  await expect(refund('R1', 10_001)).rejects.toMatchObject({ code: 'exceeds_remaining', extra: { leftFen: 10_000 } })
  await refund('R1', 10_000)
  await expect(refund('R1', 9_000)).rejects.toMatchObject({ code: 'serial_reused' })
  await expect(refund('R2', 1)).rejects.toMatchObject({ code: 'exceeds_remaining', extra: { leftFen: 0 } })
  await expect(reverse('void', 'V1')).rejects.toMatchObject({ code: 'not_reversible' })
  await finish('R1')
  await expect(reverse('reversal', 'V1')).rejects.toMatchObject({
    code: 'not_reversible',
    extra: { state: 'refunded' },
  })
  await expect(finish('R9')).rejects.toMatchObject({ code: 'not_found' })
})

test('policy none refuses every refund', async () => {
  await open({ policy: 'none' })
  await confirmed()
  await expect(refund('R1', 1)).rejects.toMatchObject({ code: 'not_refundable' })
})

test.each`
  policy             | part    | payer   | back
  ${'proportional'}  | ${4000} | ${3400} | ${600}
  ${'discountFirst'} | ${4000} | ${2500} | ${1500}
  ${'keep'}          | ${4000} | ${4000} | ${0}
  ${'recompute'}     | ${4000} | ${2500} | ${1500}
`('$policy: of 100.00 − 15.00, $part fen give the payer $payer', async ({ policy, part, payer, back }) => {
  await open({ policy })
  await confirmed()
  expect(await refund('R1', part as number)).toMatchObject({ payer, discountReturned: back })
  await finish('R1')
})

describe('before the result of its original is known', () => {
  test('it waits, then follows a success', async () => {
    await open()
    await transactions.query(stage.ask('S1', 10_000, CARD))
    expect(await refund('R1', 5000)).toEqual({
      serial: 'R1',
      originalSerial: 'S1',
      kind: 'refund',
      state: 'waiting',
      amount: 5000,
    })
    await refund('R2', 5001)
    await transactions.result(stage.outcome('S1', 'success'))
    expect(await refund('R1', 5000)).toMatchObject({ state: 'refund_held', payer: 4250 })
    expect(await refund('R2', 5001)).toMatchObject({ state: 'refused', reason: 'exceeds_remaining' })
    expect(await finish('R1')).toMatchObject({ state: 'partially_refunded' })
  })

  test('its own success may come first', async () => {
    await open()
    await transactions.query(stage.ask('S1', 10_000, CARD))
    await refund('R1', 10_000)
    expect(await finish('R1')).toMatchObject({ state: 'waiting' })
    expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({ state: 'refunded' })
    expect(await finish('R1')).toMatchObject({ state: 'refunded', payer: 8500 })
  })

  test.each(['failure', 'expire', 'void'] as const)('after a %s there is nothing to refund', async (end) => {
    await open()
    await transactions.query(stage.ask('S1', 10_000, CARD))
    await refund('R1', 10_000)
    if (end === 'failure') await transactions.result(stage.outcome('S1', 'failure'))
    else if (end === 'void') await reverse('void', 'V1')
    else {
      stage.nowMs += 900_001
      await transactions.expire('T', 'S1')
    }
    expect(await refund('R1', 10_000)).toMatchObject({ state: 'refused' })
    expect(await finish('R1')).toMatchObject({ state: 'refused' })
    await expect(refund('R2', 1)).rejects.toMatchObject({ code: 'not_refundable' })
  })
})

test('several offers, a rebate and a saved fee come back to each funder', async () => {
  const amount = campaign().offers[0]!
  await open(
    {},
    {
      funders: [
        { partner: 'CCB', sharePpm: 700_000 },
        { partner: '@merchant', sharePpm: 300_000 },
      ],
      offers: [
        amount,
        {
          ...amount,
          code: 'LATER',
          group: 'z',
          delivery: 'rebate',
          rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 500 }] } },
        } as never,
        feeOffer(),
      ],
    },
  )
  await confirmed()
  const { offers, payer, discountReturned } = await refund('R1', 3333)
  expect(payer! + discountReturned!).toBe(3333)
  expect(offers!.map(({ code, discount, funders }) => [code, discount, funders.map(({ amount: fen }) => fen)])).toEqual(
    [
      ['FOOD', 500, [350, 150]],
      ['LATER', 167, [117, 50]],
      ['FEE', 17, [12, 5]],
    ],
  )
  await finish('R1')
  await refund('R2', 6667)
  expect(await finish('R2')).toMatchObject({ state: 'refunded' })
  const { rows } = await stage.sql.query(
    `SELECT account, sum(fen)::int AS fen FROM journal, unnest(accounts, amounts_fen) AS l (account, fen) GROUP BY 1 HAVING sum(fen) <> 0`,
  )
  expect(rows).toEqual([])
})

test('a prepaid balance can spend again what came back', async () => {
  await open({}, { paymentMode: 'prepay' })
  await stage.sql.query(`INSERT INTO counter (key, limit_fen, limit_version) VALUES ('@funds/CCB||total', 1500, 0)`)
  await confirmed()
  expect(await transactions.query(stage.ask('S2', 10_000))).toMatchObject({ state: 'no_offer' })
  await refund('R1', 10_000)
  await finish('R1')
  expect((await counters())['@funds/CCB']).toEqual([0, 0])
  expect(await transactions.query(stage.ask('S3', 10_000, { card: { token: 'card-token-00000002' } }))).toMatchObject({
    state: 'held',
  })
})

test.each`
  restore                        | parts           | left
  ${{}}                          | ${[10_000]}     | ${[0, 1]}
  ${{ count: true }}             | ${[4000, 6000]} | ${undefined}
  ${{ count: 'fullRefundOnly' }} | ${[4000, 6000]} | ${[0, 1]}
  ${{ count: 'fullRefundOnly' }} | ${[10_000]}     | ${undefined}
  ${{ amount: false }}           | ${[10_000]}     | ${[1500, 1]}
`('restore $restore with parts of $parts', async ({ restore, parts, left }) => {
  await open({ restore })
  await confirmed()
  for (const [n, part] of (parts as number[]).entries()) {
    await refund(`R${n}`, part)
    await finish(`R${n}`)
  }
  expect((await counters())['CCB-Q4/FOOD#.total']).toEqual(left ?? [0, 0])
})

test('block: from the refund on the offer is closed to the payer until the day ends', async () => {
  await open({ block: 'day', restore: { count: true } })
  await confirmed()
  await refund('R1', 10_000)
  const again = (serial: string) => transactions.query(stage.ask(serial, 10_000, CARD, { explain: true }))
  expect((await again('S2')).reasons).toMatchObject([{ offer: 'FOOD', reason: 'blocked_after_refund' }])
  await finish('R1', 'failure')
  await refund('R2', 10_000)
  await finish('R2')
  expect((await again('S3')).reasons).toMatchObject([{ reason: 'blocked_after_refund' }])
  expect(await transactions.query(stage.ask('S4', 10_000, { card: { token: 'card-token-00000002' } }))).toMatchObject({
    state: 'held',
  })
  stage.nowMs += 24 * 3_600_000
  expect(await again('S5')).toMatchObject({ state: 'held' })
})

test('years later the document version of then decides', async () => {
  await open({ policy: 'discountFirst' })
  await confirmed()
  await stage.put([campaign()], [], 2)
  await stage.refresh()
  const late = await stage.transactions()
  transactions = late
  expect(await refund('R1', 1500)).toMatchObject({ payer: 0, discountReturned: 1500 })
  await finish('R1')
})

test('void and refund at once on two processes: one of them happens', async () => {
  await open()
  const other = await stage.transactions()
  for (let n = 0; n < 20; n++) {
    const of = `S${n}`
    await transactions.query(stage.ask(of, 10_000, { card: { token: `card-token-1000000${n}` } }))
    await transactions.result(stage.outcome(of, 'success'))
    const [voided, refunded] = await Promise.allSettled([
      other.reverse({ client: 'T', originalSerial: of, serial: `V${n}`, kind: 'void', bodyHash: 'v', door: 'http' }),
      refund(`R${n}`, 10_000, of),
    ])
    expect([voided.status, refunded.status].sort()).toEqual(['fulfilled', 'rejected'])
    if (refunded.status === 'fulfilled') await finish(`R${n}`, 'success', of)
  }
})

test('of many refunds at once never more than all is refunded, and never less than fits', async () => {
  await open()
  const other = await stage.transactions()
  await confirmed('S1', 10_000)
  const outcomes = await Promise.allSettled(
    Array.from({ length: 16 }, (_, n) =>
      (n % 2 ? transactions : other).refund({
        client: 'T',
        originalSerial: 'S1',
        serial: `R${n}`,
        amountFen: 1500,
        bodyHash: `${n}`,
        deadlineMs: 10_000,
      }),
    ),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(6)
  for (const [n, { status }] of outcomes.entries()) if (status === 'fulfilled') await finish(`R${n}`)
  expect(await refund('LAST', 1000)).toMatchObject({ left: 0 })
})
