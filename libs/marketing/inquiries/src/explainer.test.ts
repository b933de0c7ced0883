import type { Campaign, Merchant } from '@lijian/contracts/marketing'
import { Pool } from 'pg'
import { Explainer, type ExplainedTransaction } from './explainer'
import { campaign, feeOffer, Stage } from '@lijian/transactions/testing/stage'

const KEY = Buffer.alloc(32)
const MERCHANT: Merchant = { id: 'M1', name: '面馆', status: 'active', fees: { default: { ppm: 6000 } } }
const AMOUNT = campaign().offers[0]!

let stage: Stage
let pool: Pool
afterEach(async () => {
  await pool.end()
  await stage.close()
})

async function open(campaigns: Campaign[]): Promise<Awaited<ReturnType<Stage['transactions']>>> {
  stage = await Stage.open(campaigns, [MERCHANT])
  pool = new Pool({ connectionString: stage.url, max: 2 })
  return stage.transactions()
}

const card = { token: 'card-token-number-1', bin: '62270012', last4: '0018' }
/** Of a card each: the offer is once per card and month. */
const cardOf = (serial: string) => ({ card: { token: `card-token-of-${serial}-padded` } })

const explained = (serial: string, drawKeys = [KEY]): Promise<ExplainedTransaction> =>
  new Explainer({ pool, drawKeys }).explain('T', serial)
const lines = ({ explanation }: ExplainedTransaction, language: 'en' | 'zh-CN' = 'en'): string[] =>
  explanation.text.map((said) => said[language])

async function logged(transactions: { unloggedCount: number }): Promise<void> {
  for (let tries = 0; transactions.unloggedCount > 0; tries++) {
    if (tries > 400) throw new Error('not logged within 20 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** 满100减15 at M1, borne 70:30, once per card and month; the fee offer beside it. */
const DINING = campaign({
  funders: [
    { partner: 'CCB', sharePpm: 700_000 },
    { partner: '@merchant', sharePpm: 300_000 },
  ],
  budget: { amount: 4_000 },
  offers: [
    {
      ...AMOUNT,
      merchants: ['M1'],
      rule: { ...AMOUNT.rule, limits: [{ per: ['card'], period: 'month', count: 1 }] },
    } as Campaign['offers'][number],
    feeOffer({ merchants: ['M1'], rule: { conditions: { cardTypes: ['credit'] }, benefit: { type: 'waive' } } }),
  ],
})

test('one fen short is said with what was found and what is expected, in both languages', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 9_999))
  await logged(transactions)
  const answer = await explained('S1')
  expect(answer).toMatchObject({ serial: 'S1', state: 'no_offer', amount: 9_999, payable: 9_999, discount: 0 })
  expect(answer.explanation).toMatchObject({
    source: 'decision_log',
    verdict: 'same',
    offers: [
      { code: 'FOOD', outcome: 'refused', reason: 'amount_below_minimum', found: '99.99', expected: '≥ 100.00' },
      { code: 'FEE', outcome: 'refused', reason: 'card_type', found: '–', expected: 'credit' },
    ],
  })
  expect(lines(answer)).toEqual([
    'payment S1, 99.99 CNY, M1, qr, at 2026-11-23T04:00:00.000Z: the answer was: no offer',
    'FOOD (满100减15), version 1: not given, the payment was 99.99, the offer needs at least 100.00 [amount_below_minimum]',
    'FEE (手续费全免), version 1: not given, the card type was not known, the offer takes credit [card_type]',
    '2026-11-23T04:00:00.000Z answered without an offer',
    're-computed: same answer',
  ])
  expect(lines(answer, 'zh-CN')).toEqual(
    expect.arrayContaining([
      'FOOD (满100减15),版本 1:未享受,交易金额为 99.99,子活动要求不少于 100.00 [amount_below_minimum]',
      '重算:结果一致',
    ]),
  )
})

test('what was granted is said with its funders, its counters as they stood, and what became of it', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S0', 10_000, cardOf('S0')))
  await transactions.query(stage.ask('S1', 12_800, { card, cardType: 'credit' }))
  await transactions.result(stage.outcome('S1', 'success', { cardType: 'debit', upstreamSerial: 'U-77' }))
  await transactions.reverse({
    client: 'T',
    originalSerial: 'S1',
    serial: 'V1',
    kind: 'void',
    bodyHash: 'v',
    door: 'http',
  })
  const answer = await explained('S1')
  expect(answer.explanation).toMatchObject({ verdict: 'same', source: 'transaction' })
  const [food, fee] = answer.explanation.offers
  expect(food).toMatchObject({
    outcome: 'granted',
    discount: 1500,
    funders: [
      { partner: 'CCB', amount: 1050 },
      { partner: '@merchant', amount: 450 },
    ],
  })
  expect(fee).toMatchObject({ outcome: 'granted', discount: 68 })
  // The budget was asked by S0 before; the card's own counter by nobody.
  expect(food!.counters).toMatchObject([
    { limit: 'CCB-Q4/FOOD#card.month', known: false, limitCount: 1, until: '2026-11-30T16:00:00.000Z' },
    { limit: 'CCB-Q4#budget', kind: 'budget', known: true, limitAmount: 4000, takesAmount: 1500 },
  ])
  expect(food!.counters[0]).not.toHaveProperty('usedCount')
  const said = lines(answer)
  expect(said).toContain(
    'limit CCB-Q4/FOOD#card.month (1 ×, → 2026-12-01 00:00 (Asia/Shanghai)): it took 15.00; not looked up before, the database found room for it',
  )
  expect(said).toContain('borne by CCB 10.50, the merchant 4.50')
  expect(said).toContain('limit CCB-Q4#budget: 0.00 used and 15.00 held of 40.00; it took 15.00')
  expect(said.join('\n')).toContain('the payment told: cardType: debit')
  expect(said.join('\n')).toContain('fee offers that did not hold any more after the payment: FEE')
  expect(said.join('\n')).toContain('the payment succeeded, 113.00 was paid, upstream serial U-77')
  expect(said.join('\n')).toContain('undone by the void V1')
  expect(said.join('\n')).toContain('it stands at voided, business date')
  expect(said.at(-1)).toBe('re-computed: same answer')
  expect(JSON.stringify(answer)).not.toContain('card-token-number')
})

test('a full limit is said with its use, and stays explained when the counter has moved on', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 10_000, { card }))
  await transactions.query(stage.ask('S2', 10_000, { card }))
  await transactions.result(stage.outcome('S1', 'failure'))
  await logged(transactions)
  const answer = await explained('S2')
  expect(answer.explanation.verdict).toBe('same')
  expect(lines(answer)).toContain(
    'FOOD (满100减15), version 1: not given, the limit CCB-Q4/FOOD#card.month had no room: 0 used and 1 held of 1 uses, until 2026-12-01 00:00 (Asia/Shanghai) [limit_exhausted]',
  )
})

test('the same serial asked again without an offer: the newest is explained, the others are listed; a hold wins over all', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 9_000))
  stage.nowMs += 60_000
  await transactions.query(stage.ask('S1', 9_001))
  await logged(transactions)
  const again = await explained('S1')
  expect(again.amount).toBe(9_001)
  expect(again.explanation.earlier).toEqual([{ at: '2026-11-23T04:00:00.000Z' }])
  await transactions.query(stage.ask('S1', 10_000, cardOf('S1')))
  const held = await explained('S1')
  expect(held).toMatchObject({ state: 'held', explanation: { source: 'transaction', verdict: 'same' } })
  expect(held.explanation.earlier).toHaveLength(2)
})

test('a draw is repeated with the key of its day; without that key it says so', async () => {
  const offer = {
    ...AMOUNT,
    merchants: ['M1'],
    rule: {
      benefit: {
        type: 'reduce' as const,
        tiers: [{ atLeast: 10_000, off: { layers: [{ weight: 1, min: 1000, max: 1000 }, { weight: 9, min: 1500, max: 3500, step: 100 }] } }], // prettier-ignore
      },
    },
  }
  const transactions = await open([campaign({ offers: [offer as Campaign['offers'][number]] })])
  const given = await transactions.query(stage.ask('S1', 20_000))
  const newKey = Buffer.alloc(32, 9)
  const answer = await explained('S1', [newKey, KEY])
  expect(answer.explanation.verdict).toBe('same')
  const [{ draw }] = answer.explanation.offers as [ExplainedTransaction['explanation']['offers'][number]]
  expect(draw).toMatchObject({ value: given.discount, unit: 'fen', key: answer.explanation.drawKey })
  expect([1, 2]).toContain(draw!.layer)
  const without = await explained('S1', [newKey])
  expect(without.explanation).toMatchObject({ verdict: 'not_recomputed', because: 'draw_key_unknown' })
  expect(without.explanation.offers).toMatchObject([{ code: 'FOOD', outcome: 'undecided' }])
})

test('what was tampered with is told, and where', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 10_000, cardOf('S1')))
  await transactions.query(stage.ask('S2', 10_000, cardOf('S2')))
  await stage.sql.query(
    `UPDATE marketing_transaction SET record = jsonb_set(record, '{offers,0,discount}', '1600') WHERE serial = 'S1'`,
  )
  await stage.sql.query(
    `UPDATE marketing_transaction SET record = jsonb_set(record, '{basis,counters,CCB-Q4#budget||total}', '[0,0,3900,1]') WHERE serial = 'S2'`,
  )
  const one = await explained('S1')
  expect(one.explanation).toMatchObject({
    verdict: 'different',
    differences: [{ path: 'offers.FOOD.discount', answered: '1600', recomputed: '1500' }],
  })
  expect(lines(one).at(-1)).toBe('re-computed: offers.FOOD.discount differs: answered 1600, re-computed 1500')
  const two = await explained('S2')
  expect(two.explanation.differences.map(({ path }) => path)).toEqual(['offers', 'discount', 'payable', 'fee'])
})

test('a decision that is older than all this says so; an unknown serial is not found', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 10_000, cardOf('S1')))
  await stage.sql.query(`UPDATE marketing_transaction SET record = record - 'basis'`)
  const answer = await explained('S1')
  expect(answer.explanation).toMatchObject({ verdict: 'not_recomputed', because: 'no_snapshot', offers: [] })
  expect(lines(answer).at(-1)).toContain('stored before Lijian kept what decisions rest on')
  await expect(explained('S9')).rejects.toMatchObject({ code: 'not_found' })
})

test('a reversal that came first explains the answer after it', async () => {
  const transactions = await open([DINING])
  const reversal = {
    client: 'T',
    originalSerial: 'S1',
    serial: 'R1',
    kind: 'reversal',
    bodyHash: 'r',
    door: 'http',
  } as const
  await expect(transactions.reverse(reversal)).rejects.toMatchObject({ code: 'unknown_original' })
  expect((await explained('S1')).explanation).toMatchObject({ because: 'unknown_original' })
  expect(await transactions.query(stage.ask('S1', 10_000, cardOf('S1')))).toMatchObject({ state: 'no_offer' })
  await logged(transactions)
  expect((await explained('S1')).explanation).toMatchObject({ source: 'decision_log', because: 'reversed_before' })
})

test('expired, and unfunded when the late success finds no room', async () => {
  const transactions = await open([DINING])
  await transactions.query(stage.ask('S1', 10_000, cardOf('S1')))
  stage.nowMs += 900_000
  await transactions.expire('T', 'S1')
  expect(lines(await explained('S1')).join('\n')).toContain('no result came in time: the hold was released')
  await transactions.query(stage.ask('S2', 10_000, cardOf('S2')))
  await transactions.query(stage.ask('S3', 10_000, cardOf('S3')))
  await transactions.result(stage.outcome('S1', 'success'))
  const answer = await explained('S1')
  expect(answer).toMatchObject({ state: 'unfunded', explanation: { verdict: 'same' } })
  expect(lines(answer).join('\n')).toContain('found no room: the discount is unfunded')
})

test('a document with what PostgreSQL cannot read, live at the same time, keeps nobody from being explained', async () => {
  const elsewhere = { ...AMOUNT, merchants: ['M2'] } as Campaign['offers'][number]
  const transactions = await open([DINING, campaign({ code: 'ODD', offers: [elsewhere] })])
  await transactions.query(stage.ask('S1', 9_999))
  await logged(transactions)
  const before = await explained('S1')
  await pool.query(`UPDATE campaign_version SET document = $1 WHERE code = 'ODD'`, [
    JSON.stringify(campaign({ code: 'ODD', offers: [{ ...elsewhere, name: 'a\u0000b\ud800' }] })),
  ])
  expect(await explained('S1')).toEqual(before)
})
