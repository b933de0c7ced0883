import { documentWarnings, type WarningOptions } from './document-warnings'
import type { AmountDistribution } from './amounts'
import { document, offerDocument, parsed, warningsOf } from './testing/documents'

/** 满100减 5 to 15 in whole yuan, mean 10.00; one payment of four reaches it. */
const draw = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 500, max: 1_500, step: 100 } }] } }
const amounts: AmountDistribution = {
  name: 'four',
  points: [
    { amountFen: 9_999, weight: 3 },
    { amountFen: 10_000, weight: 1 },
  ],
}
const costOf = (json: unknown, options?: WarningOptions) =>
  documentWarnings(parsed(json), options).filter(({ code }) => code === 'expected_cost')

test('what an offer is expected to cost, and how many grants its budgets hold', () => {
  const json = document([offerDocument('A', draw, { budget: { amount: 10_000, count: 15 } })])
  expect(costOf(json, { amounts })).toMatchObject([
    {
      level: 'info',
      path: 'offers[0].rule.benefit',
      message: 'Expected per payment 2.50, per grant 10.00 (5.00 to 15.00), over the amounts four.',
      proof: {
        grantedPpm: { exact: '250000', rounded: 250_000 },
        meanPerPaymentFen: { exact: '250', rounded: 250 },
        perGrant: { meanFen: { exact: '1000' }, min: { fen: 500, atAmountFen: 10_000 }, max: { fen: 1_500 } },
        budgetsHold: [
          { path: 'offers[0].budget', grantsAtMin: 15, grantsAtMean: 10, grantsAtMax: 6 },
          { path: 'budget', grantsAtMean: 100_000 },
        ],
      },
    },
  ])
})

test('one figure per offer, also when no amount reaches it', () => {
  const far = { benefit: { type: 'reduce', tiers: [{ atLeast: 10_001, off: 1 }] } }
  const found = costOf(document([offerDocument('A', draw), offerDocument('B', far, { group: 'other' })]), { amounts })
  expect(found).toHaveLength(2)
  expect(found[1]).toMatchObject({
    path: 'offers[1].rule.benefit',
    message: 'Expected per payment 0.00: none of the amounts four gets anything.',
    proof: { meanPerPaymentFen: { exact: '0' }, budgetsHold: [] },
  })
})

// 10.00 each on average: 7 payments a day cost 70.00.
test.each`
  _case                                        | budget                | limits                                          | options                               | days
  ${'490.00 at 70.00 a day'}                   | ${{ amount: 49_000 }} | ${[]}                                           | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${undefined}
  ${'one fen less'}                            | ${{ amount: 48_999 }} | ${[]}                                           | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${'48999/7000'}
  ${'nobody said how many payments there are'} | ${{ amount: 1_500 }}  | ${[]}                                           | ${{ minDays: 7 }}                     | ${undefined}
  ${'fewer days are enough'}                   | ${{ amount: 48_999 }} | ${[]}                                           | ${{ paymentsPerDay: 7, minDays: 6 }}  | ${undefined}
  ${'a count that ends first'}                 | ${{ count: 48 }}      | ${[]}                                           | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${'48/7'}
  ${'five places a day stretch it'}            | ${{ amount: 48_999 }} | ${[{ per: [], period: 'day', count: 5 }]}       | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${undefined}
  ${'five places a day, ten days wished'}      | ${{ amount: 48_999 }} | ${[{ per: [], period: 'day', count: 5 }]}       | ${{ paymentsPerDay: 7, minDays: 10 }} | ${'48999/5000'}
  ${'20.00 a day stretch it'}                  | ${{ amount: 14_000 }} | ${[{ per: [], period: 'day', amount: 2e3 }]}    | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${undefined}
  ${'a limit per card does not'}               | ${{ amount: 48_999 }} | ${[{ per: ['card'], period: 'day', count: 1 }]} | ${{ paymentsPerDay: 7, minDays: 7 }}  | ${'48999/7000'}
`('a budget that lasts too short: $_case', ({ budget, limits, options, days }) => {
  const json = document([offerDocument('A', { ...draw, limits }, { budget })])
  const found = warningsOf(json, { amounts, ...options }).filter(({ code }) => code === 'budget_short')
  expect(found.map(({ proof }) => proof.days)).toEqual(days === undefined ? [] : [days])
})

test('days are shown rounded down: 6.99 are not 7', () => {
  const json = document([offerDocument('A', draw, { budget: { amount: 48_999 } })])
  const [found] = warningsOf(json, { amounts, paymentsPerDay: 7, minDays: 7 })
  expect(found).toMatchObject({
    code: 'budget_short',
    path: 'offers[0].budget',
    message:
      'At 7 payments a day and 10.00 each, offers[0].budget lasts 6.9 days, less than 7: raise it, or give less.',
    messageZh: '按每天 7 笔、每笔 10.00 计,offers[0].budget 只够 6.9 天,少于 7 天:请提高额度或降低优惠。',
    proof: { meanPerGrantFen: '1000', grantsPerDay: 7, costPerDayFen: '7000', minDays: 7, amounts: 'four' },
  })
})
