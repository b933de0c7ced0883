import {
  evaluationAnswer,
  type Campaign,
  type EvaluationAnswer,
  type TransactionAnswer,
} from '@lijian/contracts/marketing'
import { isDatabaseAway } from '@lijian/database'
import fc from 'fast-check'
import { Cable } from '@lijian/testing'
import { campaign, feeOffer } from '@lijian/transactions/testing/stage'
import { InquiryStage } from './testing/stage'

let stage: InquiryStage
afterEach(() => stage.close())

const MERCHANT = { id: 'M1', name: '面馆', status: 'active' as const, fees: { default: { ppm: 6000 } } }
type Offer = Campaign['offers'][number]
const offer = (code: string, change: object, rule: object): Offer =>
  ({
    code,
    name: code,
    kind: 'amount',
    ...change,
    rule: { ...(campaign().offers[0]!.rule as object), ...rule },
  }) as Offer

/** What a client sees of a decision; a dry run holds nothing. */
const decisionOf = ({ marketingSerial: _m, holdExpiresAt: _h, reasons, ...answer }: TransactionAnswer) => ({
  ...answer,
  reasons: reasons ?? [],
})
const parsed = ({ considered, ...answer }: EvaluationAnswer) => {
  evaluationAnswer.parse({ considered, ...answer })
  return answer
}

async function everyRow(): Promise<string> {
  const tables = await stage.sql.query<{ name: string }>(
    `SELECT quote_ident(table_name) AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1`,
  )
  let text = ''
  for (const { name } of tables.rows) {
    const { rows } = await stage.sql.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`)
    text += rows.map(({ row }) => `${name} ${row}\n`).join('')
  }
  return text
}

/** Small limits of every kind, several groups, a draw, a clip, a rebate, a block and a prepaid balance. */
const LIVE = [
  campaign({
    budget: { amount: 40_000, count: 30 },
    limits: [{ id: 'SHARED', per: ['user'], period: 'week', count: 3, offers: ['DRAW', 'CLIP'] }],
    offers: [
      offer(
        'DRAW',
        { priority: 2 },
        {
          benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 0, max: 3_000, step: 1_500 } }] },
          limits: [{ per: ['card'], period: 'day', count: 2 }],
          refund: { block: 'day' },
        },
      ),
      offer(
        'CLIP',
        {},
        {
          benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] },
          limits: [{ per: ['merchant'], period: 'month', amount: 5_000, onShort: 'clip' }],
        },
      ),
      offer(
        'BACK',
        { group: 'later', delivery: 'rebate', base: 'gross' },
        { limits: [{ per: ['card'], period: 'total', amount: 10_000 }] },
      ),
      feeOffer({
        rule: { benefit: { type: 'percentOff', ppm: 500_000 }, limits: [{ per: [], period: 'day', count: 6 }] },
      }),
    ],
  }),
  campaign({
    code: 'PRE',
    paymentMode: 'prepay',
    funders: [
      { partner: 'ICBC', sharePpm: 500_000 },
      { partner: '@merchant', sharePpm: 500_000 },
    ],
    offers: [offer('PREPAID', { group: 'prepaid', merchants: ['M1'] }, {})],
  }),
]

const payments = fc.array(
  fc.record({
    amount: fc.constantFrom(9_999, 10_000, 20_000, 33_333),
    card: fc.constantFrom(undefined, 'cd_one', 'cd_two', 'cd_three'),
    paymentMethod: fc.constantFrom('qr', 'swipe'),
    ends: fc.constantFrom('held', 'success', 'failure'),
  }),
  { minLength: 5, maxLength: 25 },
)

test('the same answer as the transactions gives to the same payment afterwards, and not a row is changed', async () => {
  stage = await InquiryStage.open(LIVE, [MERCHANT])
  await stage.sql.query(
    `INSERT INTO counter (key, limit_fen, limit_count, limit_version) VALUES ('@funds/ICBC||total', 5000, NULL, 0)`,
  )
  // The log of answers is written after them, by the door: not what is compared here.
  const [transactions, evaluations] = [await stage.transactions({ logs: 'none' }), await stage.evaluations()]
  const states = new Map<string, number>()
  let n = 0
  await fc.assert(
    fc.asyncProperty(payments, async (list) => {
      for (const { amount, card, paymentMethod, ends } of list) {
        const serial = `S${n++}`
        const change = { paymentMethod, ...(card === undefined ? {} : { card: { token: card } }) }
        const before = await everyRow()
        const dry = await evaluations.evaluate(stage.dryRun(serial, amount, change))
        expect(await everyRow()).toBe(before)
        const real = await transactions.query(stage.ask(serial, amount, change, { explain: true }))
        expect(parsed(dry)).toEqual(decisionOf(real))
        for (const { reason } of dry.reasons) states.set(reason, (states.get(reason) ?? 0) + 1)
        states.set(dry.state, (states.get(dry.state) ?? 0) + 1)
        if (ends !== 'held') await transactions.result(stage.outcome(serial, ends))
      }
    }),
    { numRuns: 8, seed: 11 },
  )
  // Every kind of end was met, or the comparison says little.
  expect([...states.keys()]).toEqual(
    expect.arrayContaining([
      ...['held', 'no_offer', 'limit_exhausted', 'budget_exhausted', 'funds_exhausted', 'limit_key_missing'],
      ...['amount_below_minimum', 'not_best', 'no_benefit'],
    ]),
  )
})

test('each offer that was tried comes with its counters as they stand before the payment', async () => {
  const limits = [{ per: ['card'], period: 'month', count: 1 }]
  stage = await InquiryStage.open([
    campaign({
      budget: { amount: 100_000 },
      offers: [offer('ONCE', { priority: 1 }, { limits }), offer('NEXT', {}, {})],
    }),
  ])
  const [transactions, evaluations] = [await stage.transactions(), await stage.evaluations()]
  const card = { card: { token: 'cd_one' } }
  await transactions.query(stage.ask('S1', 10_000, card))
  await transactions.query(stage.ask('S2', 10_000, { card: { token: 'cd_two' } }))
  await transactions.result(stage.outcome('S1', 'success'))
  const budget = {
    limit: 'CCB-Q4#budget',
    limitAmount: 100_000,
    usedAmount: 1_500,
    heldAmount: 1_500,
    usedCount: 1,
    heldCount: 1,
  }
  expect(await evaluations.evaluate(stage.dryRun('S3', 10_000, card))).toMatchObject({
    state: 'held',
    offers: [{ code: 'NEXT' }],
    reasons: [{ offer: 'ONCE', reason: 'limit_exhausted', usedCount: 1 }],
    considered: [
      {
        campaign: 'CCB-Q4',
        version: 1,
        offer: 'ONCE',
        counters: [
          {
            limit: 'CCB-Q4/ONCE#card.month',
            usedAmount: 1_500,
            heldAmount: 0,
            limitCount: 1,
            usedCount: 1,
            heldCount: 0,
            until: '2026-11-30T16:00:00.000Z',
          },
          budget,
        ],
      },
      { offer: 'NEXT', counters: [budget] },
    ],
  })
  // In December the card may again; nothing of that month has been used.
  const december = await evaluations.evaluate(stage.dryRun('S3', 10_000, { ...card, at: '2099-12-01T12:00:00+08:00' }))
  expect(december).toMatchObject({
    offers: [{ code: 'ONCE' }],
    considered: [{ offer: 'ONCE', counters: [{ usedCount: 0, limitCount: 1 }, budget] }],
  })
})

const off = (fen: number, change: Partial<Campaign> = {}) =>
  campaign({ budget: { count: 2 }, ...change }, {
    rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: fen }] } },
  } as never)
const other = (fen: number) => {
  const { offers, ...rest } = off(fen, { code: 'OTHER', budget: undefined })
  return { ...rest, offers: offers.map((one) => ({ ...one, code: 'ELSE' })) }
}

test('documents and drafts count instead of the live ones of their codes, on the counters that are there', async () => {
  stage = await InquiryStage.open([off(100), other(50)])
  const [transactions, evaluations] = [await stage.transactions(), await stage.evaluations()]
  const won = async (more: object) => {
    const { offers, considered, reasons } = await evaluations.evaluate(stage.dryRun('S9', 10_000, {}, more))
    return { won: offers.map(({ code, version, discount }) => `${code} ${version} ${discount}`), considered, reasons }
  }
  expect((await won({})).won).toEqual(['FOOD 1 100'])
  await stage.draft(off(200), 2)
  await stage.draft(off(10, { code: 'NEW', offers: off(10).offers.map((one) => ({ ...one, code: 'FRESH' })) }), 1)
  expect((await won({})).won).toEqual(['FOOD 1 100'])
  expect((await won({ drafts: ['CCB-Q4'] })).won).toEqual(['FOOD 2 200'])
  expect(await won({ drafts: ['NEW'], only: true })).toMatchObject({
    won: ['FRESH 1 10'],
    considered: [{ offer: 'FRESH', counters: [{ usedCount: 0, limitCount: 2 }] }],
    reasons: [],
  })
  // A document that is not stored gets the version after the newest, and one that is like the newest that version.
  expect((await won({ campaigns: [off(40)] })).won).toEqual(['ELSE 1 50'])
  expect((await won({ campaigns: [off(300)] })).won).toEqual(['FOOD 3 300'])
  expect((await won({ campaigns: [off(200)] })).won).toEqual(['FOOD 2 200'])
  expect((await won({ campaigns: [off(40), off(30, { code: 'OTHER' })], only: true })).won).toEqual(['FOOD 3 40'])
  // What the live version has used is used of the draft, too; its higher limit leaves more, its lower one nothing.
  for (const n of [1, 2]) await transactions.query(stage.ask(`S${n}`, 10_000))
  const spent = { offer: 'FOOD', reason: 'budget_exhausted', limitCount: 2, usedCount: 0, heldCount: 2 }
  expect(await won({ drafts: ['CCB-Q4'], only: true })).toMatchObject({ won: [], reasons: [spent] })
  expect((await won({ campaigns: [off(300, { budget: { count: 3 } })] })).won).toEqual(['FOOD 3 300'])
  expect((await won({ campaigns: [off(300, { budget: { count: 1 } })] })).reasons).toMatchObject([spent])
})

test('what is suspended stays so, but for what is given', async () => {
  stage = await InquiryStage.open([off(100)])
  const evaluations = await stage.evaluations()
  // The catalog has not heard of it yet: the rows decide, as at the door.
  await stage.sql.query(`INSERT INTO suspension (ref, suspended_by) VALUES ('CCB-Q4/FOOD', 'm')`)
  const dry = (more: object = {}) => evaluations.evaluate(stage.dryRun('S1', 10_000, {}, more))
  expect(await dry()).toMatchObject({
    state: 'no_offer',
    reasons: [{ offer: 'FOOD', reason: 'suspended' }],
    considered: [],
  })
  expect(await dry({ drafts: ['CCB-Q4'] })).toMatchObject({ state: 'held' })
})

test('groups of given documents run in the configured order among the live ones', async () => {
  const half = (code: string, group: string) => ({
    ...campaign({ code }),
    offers: [offer(code, { group }, { benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 500_000 }] } })],
  })
  stage = await InquiryStage.open([half('B', 'b')])
  const evaluations = await stage.evaluations({ groupOrder: ['z', 'b', 'a'] })
  const dry = await evaluations.evaluate(
    stage.dryRun('S1', 10_000, {}, { campaigns: [half('A', 'a'), half('Z', 'z')] }),
  )
  expect(dry.offers.map(({ code, discount }) => [code, discount])).toEqual([
    ['Z', 5_000],
    ['B', 2_500],
    ['A', 1_250],
  ])
  expect(await evaluations.evaluate(stage.dryRun('S2', 10_000))).toMatchObject({
    offers: [{ code: 'B', discount: 5_000 }],
  })
})

test('every error of every document at once, each with its place', async () => {
  stage = await InquiryStage.open([off(100)])
  const evaluations = await stage.evaluations()
  const dry = (more: object) => evaluations.evaluate(stage.dryRun('S1', 10_000, {}, more))
  const campaigns = [{ ...off(1), colour: 1, from: '2026-02-30' }, off(1), 'text', off(2)]
  await expect(dry({ campaigns, drafts: ['CCB-Q4', 'NONE'] })).rejects.toMatchObject({
    code: 'invalid_document',
    extra: {
      errors: [
        { path: 'campaigns[0].from' },
        { path: 'campaigns[0].colour' },
        { path: 'campaigns[2]' },
        { path: 'campaigns[3].code', message: 'expected it once, found "CCB-Q4" already at campaigns[1].code' },
        { path: 'drafts[0]', message: 'expected it once, found "CCB-Q4" already at campaigns[1].code' },
        { path: 'drafts[1]', message: 'expected a stored campaign' },
      ],
    },
  })
  await expect(dry({ only: true })).rejects.toMatchObject({ extra: { errors: [{ path: 'only' }] } })
})

test('with PostgreSQL away it says so, and works again afterwards', async () => {
  stage = await InquiryStage.open([off(100)])
  const cable = await Cable.to(stage.url)
  const evaluations = await stage.evaluations({ databaseUrl: cable.url })
  const dry = () => evaluations.evaluate(stage.dryRun('S1', 10_000))
  expect(await dry()).toMatchObject({ state: 'held' })
  cable.cut()
  await expect(dry()).rejects.toThrow()
  const error: unknown = await dry().catch((thrown: unknown) => thrown)
  expect(isDatabaseAway(error)).toBe(true)
  cable.mend()
  expect(await dry()).toMatchObject({ state: 'held' })
  await cable.close()
})
