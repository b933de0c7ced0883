import type { Campaign, Offer } from '@lijian/contracts/marketing'
import { compileCatalog } from './compile'
import { rank, refusalsAfterGrant } from './rank'
import { screen } from './conditions'
import type { Charge, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, feeOffer, GROUPS, payment, price } from './testing/documents'

function ranked(documents: Campaign[], changed: Partial<PaymentFacts> = {}, kind: 'amount' | 'fee' = 'amount') {
  const catalog = compileCatalog({
    campaigns: documents.map((document) => ({
      document,
      version: 7,
      approved: true,
      suspended: false,
      suspendedOffers: [],
    })),
    cardGroups: GROUPS,
    drawKey: DRAW_KEY,
  })
  const facts = payment(changed)
  const passed = screen(catalog, facts, false).passed.filter((offer) => offer.kind === kind)
  return rank(passed, facts, price(facts.amountFen, { default: { ppm: 6_000 } }), true)
}

const off = (code: string, fen: number, changed: Partial<Offer> = {}, rule: object = {}) =>
  amountOffer({ benefit: { type: 'reduce', tiers: [{ atLeast: 0, off: fen }] }, ...rule }, { code, ...changed })
const codes = (offers: Offer[]) => ranked([campaign(offers)]).candidates.map(({ offer }) => offer.code)

test.each`
  _case                                       | offers                                                           | order
  ${'priority before discount'}               | ${[off('A', 900), off('B', 100, { priority: 1 })]}               | ${['B', 'A']}
  ${'no priority is priority 0'}              | ${[off('A', 900, { priority: -1 }), off('B', 100)]}              | ${['B', 'A']}
  ${'then the larger discount'}               | ${[off('A', 100), off('B', 101)]}                                | ${['B', 'A']}
  ${'then the code'}                          | ${[off('B', 100), off('A', 100)]}                                | ${['A', 'B']}
  ${'codes as bytes, not by locale'}          | ${[off('a', 100), off('B', 100)]}                                | ${['B', 'a']}
  ${'a fee offer is no candidate for amount'} | ${[feeOffer({ type: 'waive' }, { priority: 9 }), off('A', 100)]} | ${['A']}
`('ranking: $_case', ({ offers, order }) => expect(codes(offers)).toEqual(order))

test('the same code in two campaigns: the campaign decides', () => {
  const order = ranked([campaign([off('A', 5)], { code: 'C2' }), campaign([off('A', 5)], { code: 'C1' })])
  expect(order.candidates.map(({ offer }) => offer.campaign.code)).toEqual(['C1', 'C2'])
})

test('a grant says what is given and who bears it, to the fen', () => {
  const [best] = ranked([campaign([off('A', 1_501)])]).candidates
  expect(best?.discountFen).toBe(1_501)
  expect(best?.grantOf(1_501)).toEqual({
    campaign: 'C1',
    version: 7,
    code: 'A',
    name: '满100减15',
    kind: 'amount',
    delivery: 'instant',
    discount: 1_501,
    funders: [
      { partner: 'CCB', amount: 1_051 },
      { partner: '@merchant', amount: 450 },
    ],
  })
})

test('a fee offer gives the fee it saves', () => {
  const { candidates } = ranked([campaign([feeOffer({ type: 'waive' })])], {}, 'fee')
  expect(candidates.map(({ offer, discountFen }) => [offer.kind, discountFen])).toEqual([['fee', 60]])
})

test('charges in the order of testing: limits of the offer, of the campaign, budgets, funds', () => {
  const offer = off(
    'FOOD',
    1_500,
    { budget: { amount: 1_000_000, count: 5_000 } },
    {
      limits: [
        { per: ['merchant'], period: 'month', amount: 1_000_000 },
        { per: ['card', 'merchant'], period: 'day', amount: 5_000, count: 2 },
        { per: [], period: 'week', count: 150 },
      ],
    },
  )
  const document = campaign([offer], {
    paymentMode: 'prepay',
    budget: { count: 9 },
    limits: [{ per: ['customer'], period: 'total', count: 3 }],
  })
  const [best] = ranked([document]).candidates
  const common = { version: 7, fen: 1_500, count: 1, measure: 'discount' as const, clip: false }
  const charges: Charge[] = [
    {
      key: 'C1/FOOD#merchant.month|M0001|2026-11-01',
      limitId: 'C1/FOOD#merchant.month',
      kind: 'limit',
      limitFen: 1_000_000,
      limitCount: null,
      ...common,
      periodStart: '2026-11-01',
      until: '2026-11-30T16:00:00.000Z',
      shared: true,
    },
    {
      key: 'C1/FOOD#merchant+card.day|M0001,token-of-card-0001|2026-11-23',
      limitId: 'C1/FOOD#merchant+card.day',
      kind: 'limit',
      limitFen: 5_000,
      limitCount: 2,
      ...common,
      periodStart: '2026-11-23',
      until: '2026-11-23T16:00:00.000Z',
      shared: false,
    },
    {
      key: 'C1/FOOD#.week||2026-11-23',
      limitId: 'C1/FOOD#.week',
      kind: 'limit',
      limitFen: null,
      limitCount: 150,
      ...common,
      periodStart: '2026-11-23',
      until: '2026-11-29T16:00:00.000Z',
      shared: true,
    },
    {
      key: 'C1#customer.total|customer-1|total',
      limitId: 'C1#customer.total',
      kind: 'limit',
      limitFen: null,
      limitCount: 3,
      ...common,
      periodStart: 'total',
      shared: false,
    },
    {
      key: 'C1/FOOD#budget||total',
      limitId: 'C1/FOOD#budget',
      kind: 'budget',
      limitFen: 1_000_000,
      limitCount: 5_000,
      ...common,
      periodStart: 'total',
      shared: true,
    },
    {
      key: 'C1#budget||total',
      limitId: 'C1#budget',
      kind: 'budget',
      limitFen: null,
      limitCount: 9,
      ...common,
      periodStart: 'total',
      shared: true,
    },
    {
      key: '@funds/CCB||total',
      limitId: '@funds/CCB',
      kind: 'funds',
      limitFen: null,
      limitCount: null,
      measure: 'discount',
      clip: false,
      version: -1,
      fen: 1_050,
      count: 0,
      periodStart: 'total',
      shared: true,
    },
  ]
  expect(best?.charges).toEqual(charges)
})

test.each`
  period       | start           | until
  ${'total'}   | ${'total'}      | ${undefined}
  ${'day'}     | ${'2026-11-23'} | ${'2026-11-23T16:00:00.000Z'}
  ${'week'}    | ${'2026-11-23'} | ${'2026-11-29T16:00:00.000Z'}
  ${'month'}   | ${'2026-11-01'} | ${'2026-11-30T16:00:00.000Z'}
  ${'quarter'} | ${'2026-10-01'} | ${'2026-12-31T16:00:00.000Z'}
  ${'year'}    | ${'2026-01-01'} | ${'2026-12-31T16:00:00.000Z'}
`('a limit per terminal and $period', ({ period, start, until }) => {
  const offer = off('A', 5, {}, { limits: [{ per: ['terminal'], period, count: 1 }] })
  const [best] = ranked([campaign([offer])], { terminal: 'T9' }).candidates
  expect(best?.charges).toMatchObject([
    { key: `C1/A#terminal.${period}|T9|${start}`, periodStart: start, shared: false },
  ])
  expect(best?.charges[0]?.until).toBe(until)
})

test.each`
  _case                                    | paymentMode  | shares                                       | fen      | funds
  ${'postpay reserves nothing'}            | ${'postpay'} | ${[['CCB', 1_000_000]]}                      | ${1_500} | ${[]}
  ${'one partner bears it all'}            | ${'prepay'}  | ${[['CCB', 1_000_000]]}                      | ${1_500} | ${[['@funds/CCB', 1_500]]}
  ${'two partners, the odd fen first'}     | ${'prepay'}  | ${[['CCB', 500_000], ['UP', 500_000]]}       | ${1_501} | ${[['@funds/CCB', 751], ['@funds/UP', 750]]}
  ${'the merchant has no balance'}         | ${'prepay'}  | ${[['@merchant', 500_000], ['UP', 500_000]]} | ${1_500} | ${[['@funds/UP', 750]]}
  ${'a share of nothing reserves nothing'} | ${'prepay'}  | ${[['CCB', 999_999], ['UP', 1]]}             | ${1_500} | ${[['@funds/CCB', 1_500]]}
`('funds: $_case', ({ paymentMode, shares, fen, funds }) => {
  const funders = shares.map(([partner, sharePpm]: [string, number]) => ({ partner, sharePpm }))
  const [best] = ranked([campaign([off('A', fen)], { paymentMode, funders })]).candidates
  expect(best?.charges.map(({ limitId, fen }) => [limitId, fen])).toEqual(funds)
})

test.each`
  _case            | dimension     | changed
  ${'no card'}     | ${'card'}     | ${{ cardToken: undefined }}
  ${'no customer'} | ${'customer'} | ${{ customerToken: undefined }}
  ${'no terminal'} | ${'terminal'} | ${{ terminal: undefined }}
`('a limit that the payment has no key for refuses, by name: $_case', ({ dimension, changed }) => {
  const limits = [{ per: ['merchant', dimension], period: 'day', count: 1 }]
  for (const document of [
    campaign([off('A', 5, {}, { limits })]),
    campaign([off('A', 5)], { limits } as Partial<Campaign>),
  ]) {
    const { candidates, refused } = ranked([document], changed)
    const owner = document.limits === undefined ? 'C1/A' : 'C1'
    expect(candidates).toEqual([])
    expect(refused).toMatchObject([
      { offer: 'A', reason: 'limit_key_missing', limit: `${owner}#merchant+${dimension}.day` },
    ])
  }
})

describe('who got nothing, once one is granted', () => {
  const noKey = { limits: [{ per: ['terminal'], period: 'day', count: 1 }] }
  const ranking = () =>
    ranked(
      [
        campaign([
          off('A', 900, {}, noKey),
          off('B', 800),
          off('C', 700),
          off('D', 600, {}, noKey),
          amountOffer({}, { code: 'E' }),
          off('F', 500),
        ]),
      ],
      { amountFen: 9_999 },
    )
  const reasons = (granted: number | undefined) =>
    refusalsAfterGrant(ranking(), granted).map(({ offer, reason }) => `${offer} ${reason}`)

  test('the first: everybody behind is not_best, whatever their limits', () =>
    expect(reasons(0)).toEqual([
      'E amount_below_minimum',
      'A limit_key_missing',
      'D not_best',
      'C not_best',
      'F not_best',
    ]))
  test('the second, when a limit refused the first', () =>
    expect(reasons(1)).toEqual(['E amount_below_minimum', 'A limit_key_missing', 'D not_best', 'F not_best']))
  test('the last one', () =>
    expect(reasons(2)).toEqual(['E amount_below_minimum', 'A limit_key_missing', 'D limit_key_missing']))
  test('nobody', () =>
    expect(reasons(undefined)).toEqual(['E amount_below_minimum', 'A limit_key_missing', 'D limit_key_missing']))
})
