import { parseRouting, type RoutingDocument } from '@lijian/contracts/routing'
import fc from 'fast-check'
import { compileRouting } from './compile'
import { compliance } from './compliance'
import { drill } from './drill'
import { routingWarnings } from './warnings'
import { ReplayRefusal, RouteReplay } from './replay'
import { curveOf } from './curve'
import { forecastFull } from './forecast'

type Loose = Record<string, unknown>
const document = (
  changed: { channels?: Loose[]; mids?: Loose[]; pools?: Loose[]; merchants?: Loose[] } = {},
): RoutingDocument => {
  const parsed = parseRouting({
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'A' }, { code: 'B' }],
    mids: [
      { code: 'M-A', channel: 'A', allowedMerchants: ['S1'] },
      { code: 'M-B', channel: 'B', allowedMerchants: ['S1'] },
    ],
    pools: [{ code: 'P', mids: ['M-A', 'M-B'] }],
    merchants: [{ merchant: 'S1', routes: [{ method: 'wechat', type: 'qr', pools: ['P'] }] }],
    ...changed,
  })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.routing
}
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
    ...{ code: 'limits_below_last_month', pool: 'P', dayFen: 1700, days: 30, monthFen: 51_001, merchantCount: 1 },
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

describe('a replay', () => {
  const mids = ['A', 'B'].map((channel) => ({
    code: `M-${channel}`,
    channel,
    allowedMerchants: ['S1'],
    dailyAmount: 1000,
  }))
  const open = () => new RouteReplay({ routing: compileRouting(document({ mids }), 1), drawKey: Buffer.alloc(32) })
  const pay = (serial: string, amountFen: number, exclude: string[] = []) => ({
    ...{
      serial,
      amountFen,
      exclude,
      merchant: 'S1',
      method: 'wechat',
      type: 'qr',
      atMs: Date.parse('2026-11-25T04:00:00Z'),
    },
  })
  const failed = { outcome: 'failure', failure: 'channel_error' } as const

  test('the same again takes nothing more; another body is refused; a longer exclude is the next attempt', () => {
    const one = open()
    const first = one.payment(pay('S', 600))
    expect(one.payment(pay('S', 600))).toMatchObject(first)
    expect(() => one.payment(pay('S', 601))).toThrow(ReplayRefusal)
    const next = one.payment(pay('S', 600, [first.route!.mid]))
    expect(next.route!.mid).not.toBe(first.route!.mid)
    expect(() => one.payment(pay('S', 600, ['M-X']))).toThrow(ReplayRefusal)
    expect(one.payment(pay('T', 500)).route).toBeUndefined()
  })

  test('a failure gives its place back, a timeout keeps it until its end is known', () => {
    const one = open()
    expect(one.payment(pay('S1', 1000), failed).route).toBeDefined()
    expect(one.payment(pay('S2', 1000), { outcome: 'failure', failure: 'timeout' }).route).toBeDefined()
    expect(one.payment(pay('S3', 1000), { outcome: 'failure', failure: 'timeout' }).route).toBeDefined()
    const full = one.payment(pay('S4', 1))
    expect(full.route).toBeUndefined()
    const mid = one.payment(pay('S2', 1000)).route!.mid
    expect(one.result('S2', mid, failed)).toBeUndefined()
    expect(one.result('S2', mid, failed)).toBeUndefined()
    expect(one.result('S2', 'M-X', failed)).toBe('no_attempt')
    expect(one.payment(pay('S5', 1000)).route!.mid).toBe(mid)
  })

  test('as live: a MID is given once, nothing follows a success that was told, and one after a failure stands beyond the limit', () => {
    const one = open()
    const success = { outcome: 'success' } as const
    const first = one.payment(pay('S', 600), failed).route!.mid
    const second = one.payment(pay('S', 600, ['M-X']), failed).route!.mid
    expect(second).not.toBe(first)
    expect(one.result('S', first, success)).toBeUndefined()
    expect(one.result('S', first, failed)).toBe('result_conflict')
    expect(one.result('S', first, { outcome: 'failure', failure: 'timeout' })).toBeUndefined()
    expect(() => one.payment(pay('S', 600, ['M-X', 'M-Y']))).toThrow(/has succeeded with/)
    // 600 of 1,000 stand there although they were given back before.
    expect(one.payment(pay('T', 500)).route!.mid).toBe(second)
    expect(one.loads('mid').get(first)).toMatchObject({ amountFen: 600, count: 1, sharePpm: 600_000 })
  })

  test('a payment whose line says nothing is taken to go well until its result says otherwise', () => {
    const one = open()
    const { mid } = one.payment(pay('S', 1000)).route!
    expect(one.result('S', mid, failed)).toBeUndefined()
    expect(one.loads('mid').get(mid)).toMatchObject({ amountFen: 0, count: 0, sharePpm: 0 })
    expect(one.payment(pay('S', 1000, [mid])).route!.mid).not.toBe(mid)
    expect(one.payment(pay('T', 1000)).route!.mid).toBe(mid)
  })

  test('an attempt counts once for its pool, by its first outcome that somebody has to answer for', () => {
    const minSuccess = { ppm: 700_000, window: 3, minSamples: 3 }
    const plain = document({ mids })
    const pools = plain.pools.map((pool) => ({ ...pool, minSuccess }))
    const one = new RouteReplay({ routing: compileRouting({ ...plain, pools }, 1), drawKey: Buffer.alloc(32) })
    const timeout = { outcome: 'failure', failure: 'timeout' } as const
    const { mid } = one.payment(pay('S1', 1), timeout).route!
    one.payment(pay('S2', 1), { outcome: 'success' })
    one.result('S1', mid, { outcome: 'success' })
    one.result('S1', mid, timeout)
    // Two outcomes, less than minSamples: the pool is asked as before.
    expect(one.payment(pay('S3', 1)).route).toMatchObject({ probe: false })
  })
})
