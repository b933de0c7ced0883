import { type Campaign, type EventLine, type PaymentLine, parseCampaign } from '@lijian/contracts/marketing'
import { Evaluator } from '@lijian/evaluator'
import { Backtest, repeatedOfferCodes } from './backtest'

const document = (changed: object = {}): Campaign => {
  const parsed = parseCampaign({
    code: 'C',
    name: '满100减15',
    timeZone: 'Asia/Shanghai',
    from: '2026-01-01',
    paymentMode: 'postpay',
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    budget: { amount: 4_000 },
    offers: [
      {
        code: 'O',
        name: '满100减15',
        kind: 'amount',
        budget: { count: 9 },
        rule: {
          limits: [{ per: [], period: 'day', count: 2 }],
          benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1_500 }] },
        },
      },
    ],
    ...changed,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.campaign
}

const pay = (serial: string, at: string, changed: Partial<PaymentLine> = {}): PaymentLine => ({
  serial,
  merchant: 'M1',
  amount: 10_000,
  currency: 'CNY',
  paymentMethod: 'qr',
  at: `2026-11-${at}:00+08:00`,
  ...changed,
})

function reportOf(campaigns: Campaign[], ...lines: (PaymentLine | EventLine)[]) {
  const evaluator = new Evaluator({ campaigns, explain: true })
  const backtest = new Backtest({ campaigns })
  for (const line of lines) backtest.add(line, [evaluator.line(line)])
  return backtest.report()
}

test('when each budget ran out, and what was left', () => {
  const { a } = reportOf(
    [document()],
    pay('1', '23T09:00'),
    pay('2', '23T10:00', { amount: 9_999 }),
    pay('3', '23T11:00'),
    // Two uses a day: the third of the day meets that limit although 1,000 fen of the campaign are left too.
    pay('4', '23T12:00'),
    pay('5', '23T12:30'),
    // The next day there is room in the day, but 1,000 fen are less than 1,500.
    pay('6', '24T09:00'),
    // What comes back is there again, and then spent for good.
    { event: 'void', originalSerial: '1', serial: 'V1', at: '2026-11-24T10:00:00+08:00' },
    pay('7', '24T11:00'),
    pay('8', '24T12:00'),
  )
  const [day, offer, campaign] = a.budgets
  expect(day).toEqual({
    limit: 'C/O#.day',
    kind: 'limit',
    period: 'day',
    measure: 'discount',
    count: 2,
    offers: ['O'],
    spent: 3_000,
    uses: 2,
    refusals: 2,
    periodsRunOut: 1,
    firstRefusal: { at: '2026-11-23T12:00:00+08:00', serial: '4', leftCount: 0 },
    days: [
      { date: '2026-11-23', spent: 3_000, uses: 2 },
      { date: '2026-11-24', spent: 0, uses: 0 },
    ],
  })
  expect(offer).toMatchObject({ limit: 'C/O#budget', count: 9, refusals: 0, periodsRunOut: 0 })
  expect(offer).not.toHaveProperty('firstRefusal')
  expect(campaign).toMatchObject({
    limit: 'C#budget',
    kind: 'budget',
    period: 'total',
    amount: 4_000,
    spent: 3_000,
    refusals: 2,
    firstRefusal: { at: '2026-11-24T09:00:00+08:00', serial: '6', leftAmount: 1_000 },
  })
  expect(a.refusals).toEqual([
    { reason: 'amount_below_minimum', count: 1 },
    { reason: 'limit_exhausted', count: 2 },
    { reason: 'budget_exhausted', count: 2 },
  ])
})

test('days are local days; what comes back counts on the day on which it comes, else on that of its payment', () => {
  const { a, days, lines } = reportOf(
    [document()],
    pay('1', '23T23:30'),
    pay('2', '24T00:30', { at: '2026-11-23T16:30:00Z', amount: 20_000 }),
    { event: 'refund', originalSerial: '1', serial: 'R1', amount: 4_000, at: '2026-11-25T10:00:00+08:00' },
    { event: 'refund', originalSerial: '1', serial: 'R2', amount: 2_000 },
    { event: 'refund', originalSerial: 'X', serial: 'R3', amount: 2_000 },
  )
  expect(days).toEqual([
    { date: '2026-11-23', payments: 1, amount: 10_000 },
    { date: '2026-11-24', payments: 1, amount: 20_000 },
  ])
  expect(a.days).toEqual([
    { date: '2026-11-23', reached: 1, given: 1_500, returned: 300, discount: 1_200 },
    { date: '2026-11-24', reached: 1, given: 1_500, returned: 0, discount: 1_500 },
    { date: '2026-11-25', reached: 0, given: 0, returned: 600, discount: -600 },
  ])
  expect(lines).toMatchObject({ lines: 5, payments: 2, amount: 30_000, refunds: 3, from: '2026-11-23T23:30:00+08:00' })
  expect(a.discounts).toEqual([{ from: 1_500, below: 2_000, payments: 2 }])
  expect(a.refusedEvents).toEqual([{ reason: 'unknown_original', count: 1 }])
})

test('a refund of a payment without an offer takes nothing back, and is told apart from one of nobody', () => {
  const { a } = reportOf([document()], pay('1', '23T10:00', { amount: 9_999 }), {
    event: 'refund',
    originalSerial: '1',
    serial: 'R1',
    amount: 9_999,
  } as EventLine)
  expect(a.refusedEvents).toEqual([{ reason: 'without_offer', count: 1 }])
})

test('one card is one card, however often it pays; failed payments reach nobody', () => {
  const card = { token: 'card-token-number-1' }
  const { a, lines } = reportOf(
    [document()],
    pay('1', '23T10:00', { card }),
    pay('2', '23T11:00', { card }),
    pay('3', '24T10:00', { card: { token: 'card-token-number-2' }, amount: 1 }),
    pay('4', '24T11:00', { card: { pan: '6221660000010018' }, outcome: 'failure' }),
  )
  expect(lines).toMatchObject({ payments: 3, failed: 1, cards: 2 })
  expect(a.totals).toMatchObject({ paymentsReached: 2, paymentsReachedPpm: 666_667, cardsReached: 1, uses: 2 })
  expect(a.totals.cardsReachedPpm).toBe(500_000)
})

test('offer codes that cannot be told apart are named', () => {
  expect(repeatedOfferCodes([document(), document({ code: 'D' })])).toEqual([{ offer: 'O', campaigns: ['C', 'D'] }])
  expect(repeatedOfferCodes([document()])).toEqual([])
})
