import type { RoutingDocument } from '@lijian/contracts/routing'
import fc from 'fast-check'
import { compileRouting } from './compile'
import { compliance } from './compliance'
import { drill } from './drill'
import { routingWarnings } from './warnings'
import { document } from './testing/document'
import { curveOf } from './curve'
import { forecastFull } from './forecast'

const codes = (routing: RoutingDocument, lastMonth?: Map<string, number>) =>
  routingWarnings(routing, lastMonth).map(({ code, proof }) => ({ code, ...proof }))

test('nothing to say of two channels that take everything', () => expect(codes(document())).toEqual([]))

test('a shared MID is refused live unless its pool says who approved it', () => {
  const mids = [
    { code: 'M-A', channel: 'A' },
    { code: 'M-B', channel: 'B', allowedMerchants: ['S1'] },
  ]
  expect(routingWarnings(document({ mids }))).toMatchObject([
    { code: 'shared_mid', level: 'refuse', path: 'pools[0].shared', proof: { mids: ['M-A'] } },
  ])
  const pools = [{ code: 'P', mids: ['M-A', 'M-B'], shared: { approvedBy: 'risk', reference: '1' } }]
  expect(codes(document({ mids, pools }))).toEqual([])
})

test.each<[string, Parameters<typeof document>[0], string]>([
  ['in no pool', { pools: [{ code: 'P', mids: ['M-A'] }] }, 'no merchant has a route to a pool that holds it'],
  [
    'of others',
    {
      mids: [
        { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
        { code: 'M-B', channel: 'B', allowedMerchants: ['S9'] },
      ],
    },
    'none of its allowedMerchants has a route to it',
  ],
  [
    'never open',
    {
      channels: [{ code: 'A' }, { code: 'B', serviceHours: [['08:00', '09:00']] }],
      mids: [
        { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
        { code: 'M-B', channel: 'B', allowedMerchants: ['S1'], serviceHours: [['10:00', '11:00']] },
      ],
    },
    'its hours or amounts and those of its channel and pool have nothing in common',
  ],
  [
    'of which one payment is more than its pool carries in a day',
    {
      mids: [
        { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
        { code: 'M-B', channel: 'B', allowedMerchants: ['S1'], perTransaction: { min: 501 } },
      ],
      pools: [{ code: 'P', mids: ['M-A', 'M-B'], dailyAmount: 500 }],
    },
    'its hours or amounts and those of its channel and pool have nothing in common',
  ],
])('a MID that no payment can reach: %s', (_name, changed, why) => {
  expect(codes(document(changed))).toContainEqual({ code: 'unreachable_mid', mid: 'M-B', channel: 'B', why })
})

test('hours, amounts, cards and channels that a merchant lacks, with what shows it', () => {
  const found = codes(
    document({
      channels: [
        { code: 'A', cards: [{ issuer: 'ICBC', cardType: 'debit' }] },
        { code: 'B', status: 'suspended' },
      ],
      mids: [
        {
          code: 'M-A',
          channel: 'A',
          allowedMerchants: ['S1'],
          serviceHours: [['07:00', '22:00']],
          perTransaction: { min: 100, max: 5000 },
        },
        { code: 'M-B', channel: 'B', allowedMerchants: ['S1'] },
      ],
    }),
  )
  const shown = { routes: ['S1 wechat/qr'], routeCount: 1 }
  expect(found).toEqual([
    { code: 'unreachable_mid', mid: 'M-B', channel: 'B', why: 'its channel B is suspended' },
    {
      code: 'hours_gap',
      gaps: [
        ['00:00', '07:00'],
        ['22:00', '24:00'],
      ],
      ...shown,
    },
    {
      code: 'amount_gap',
      gaps: [
        { fromFen: 1, toFen: 99 },
        { fromFen: 5001, toFen: null },
      ],
      exampleFen: 1,
      ...shown,
    },
    { code: 'no_fallback', channel: 'A', ...shown },
    {
      code: 'card_not_supported',
      cards: [
        ...['credit', 'debit', 'prepaid', 'quasi_credit'].map((cardType) => ({ cardType })),
        ...['credit', 'prepaid', 'quasi_credit'].map((cardType) => ({ issuer: 'ICBC', cardType })),
      ],
      ...shown,
    },
  ])
})

test('limits below what merchants paid last month; a route that needs PostgreSQL', () => {
  const mids = ['A', 'B'].map((channel) => ({
    code: `M-${channel}`,
    channel,
    allowedMerchants: ['S1'],
    dailyAmount: 1000,
  }))
  const channels = [{ code: 'A', dailyAmount: 700 }, { code: 'B' }]
  const routing = document({ channels, mids })
  expect(codes(routing, new Map([['S1', 51_001]]))).toContainEqual({
    code: 'limits_below_last_month',
    pool: 'P',
    dayFen: 1700,
    days: 30,
    monthFen: 51_001,
    merchantCount: 1,
  })
  expect(codes(routing, new Map([['S1', 51_000]])).map(({ code }) => code)).toEqual(['no_route_without_counters'])
})

test('N−1: hours at which nobody is left', () => {
  const mids = [
    { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
    { code: 'M-B', channel: 'B', allowedMerchants: ['S1'], serviceHours: [['08:00', '20:00']] },
  ]
  const routing = compileRouting(document({ mids }), 1)
  expect(drill(routing, 'A')).toEqual([
    {
      merchant: 'S1',
      method: 'wechat',
      type: 'qr',
      gaps: [
        ['00:00', '08:00'],
        ['20:00', '24:00'],
      ],
    },
  ])
  expect(drill(routing, 'B')).toEqual([])
})

test('who uses what is shared, and MIDs of another trade or place', () => {
  const mids = [
    { code: 'M-A', channel: 'A' },
    { code: 'M-B', channel: 'B', allowedMerchants: ['S1'], industry: '5812', region: '440300' },
  ]
  const routing = compileRouting(document({ mids }), 1)
  expect(compliance(routing, new Map([['S1', { mcc: '5411', region: '310000' }]]))).toMatchObject({
    sharedPools: [{ pool: 'P', approvedBy: null, sharedMids: 1, merchants: ['S1'] }],
    mismatches: [
      { mid: 'M-B', merchant: 'S1', what: 'industry', ofMid: '5812', ofMerchant: '5411' },
      { mid: 'M-B', merchant: 'S1', what: 'region', ofMid: '440300', ofMerchant: '310000' },
    ],
    concentration: [
      { mid: 'M-A', merchants: 1 },
      { mid: 'M-B', merchants: 1 },
    ],
  })
})

test('a day that is like the other is full when that one was, whenever it is asked', () =>
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 1000 }), { minLength: 24, maxLength: 24 }),
      fc.nat({ max: 23 }),
      fc.integer({ min: 1, max: 30_000 }),
      (hours, hour, limitFen) => {
        // What comes in an hour comes in its first minute.
        const curve = curveOf(hours.map((amountFen, h) => ({ minute: h * 60, amountFen })))
        const soFar = hours.slice(0, hour).reduce((sum, fen) => sum + fen, 0)
        const { fullAtMinute, expected: ofDay } = forecastFull(curve, soFar, hour * 60, limitFen)
        expect(ofDay).toBe(curve[1439])
        const really = curve.findIndex((fen) => fen >= limitFen * 0.99)
        const expected = really === -1 ? null : Math.max(really, hour * 60)
        expect(fullAtMinute).toBe(soFar >= limitFen * 0.99 ? hour * 60 : expected)
      },
    ),
  ))

test('a day goes on as the same weekday did, at its own level', () => {
  const curve = curveOf(Array.from({ length: 1440 }, (_, minute) => ({ minute, amountFen: 10 })))
  // 720 minutes at 20 a minute; 100,000 × 99 % is reached after 4,950 minutes at that pace: not today.
  expect(forecastFull(curve, 14_400, 720, 100_000)).toEqual({ fullAtMinute: null, expected: 28_800 })
  expect(forecastFull(curve, 14_400, 720, 20_000)).toEqual({ fullAtMinute: 989, expected: 28_800 })
  expect(forecastFull(curve, 19_900, 720, 20_000)).toMatchObject({ fullAtMinute: 720 })
  expect(forecastFull(curve, 0, 0, 14_000)).toMatchObject({ fullAtMinute: 1385 })
})
