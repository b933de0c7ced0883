import { type RoutingDocument, parseRouting } from '@lijian/contracts/routing'
import fc from 'fast-check'
import type { RoutePayment } from '../types'

const CODES = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i + 1}`)
export const CHANNELS = CODES('CH-', 3)
export const MIDS = CODES('MID-', 8)
export const POOLS = CODES('P-', 3)
export const MERCHANTS = CODES('M', 3)
const ISSUERS = ['ICBC', 'CCB']
const CARD_TYPES = ['credit', 'debit', 'prepaid'] as const
const SCHEMES = ['unionpay', 'visa']
const REGIONS = ['440300', '440305', '310000']
const INDUSTRIES = ['5812', '5411']

/** Left out four times of five: what is absent restricts nothing. */
const maybe = <T>(value: fc.Arbitrary<T>, absent = 4) =>
  fc.oneof({ weight: absent, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
const fen = fc.constantFrom(1000, 2000, 3000, 5000, 8000, 20_000)
const range = fc
  .tuple(maybe(fc.constantFrom(100, 500, 1000)), maybe(fc.constantFrom(1000, 2000, 5000)))
  .map(([min, max]) => ({ ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }))
const hours = fc.constantFrom<[string, string][]>(
  [['00:00', '24:00']],
  [
    ['07:00', '09:00'],
    ['12:00', '14:00'],
  ],
  [['20:00', '02:00']],
)
const bounds = {
  status: fc.oneof(
    { weight: 15, arbitrary: fc.constant<'active' | 'suspended'>('active') },
    { weight: 1, arbitrary: fc.constant<'active' | 'suspended'>('suspended') },
  ),
  dailyAmount: maybe(fen),
  dailyCount: maybe(fc.integer({ min: 1, max: 6 })),
  perTransaction: maybe(range),
  serviceHours: maybe(hours),
}
const without = (entry: object) => Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined))
const card = fc
  .record({
    issuer: maybe(fc.constantFrom(...ISSUERS)),
    cardType: maybe(fc.constantFrom(...CARD_TYPES)),
    scheme: maybe(fc.constantFrom(...SCHEMES)),
    costPpm: fc.constantFrom(0, 2500, 5500, 9999),
    costMin: maybe(fc.constantFrom(0, 5)),
    costMax: maybe(fc.constantFrom(10, 2000)),
  })
  .map(without)
const cards = fc.uniqueArray(card, {
  minLength: 1,
  maxLength: 4,
  selector: (row) => JSON.stringify([row['issuer'], row['cardType'], row['scheme']]),
})

/** A document that is valid, small and full of meetings: few codes, tight limits. */
export const anyRouting: fc.Arbitrary<RoutingDocument> = fc
  .record({
    channels: fc.tuple(
      ...CHANNELS.map((code) =>
        fc.record({
          code: fc.constant(code),
          ...bounds,
          cards: maybe(cards),
          cardDailyCount: maybe(fc.integer({ min: 1, max: 3 })),
        }),
      ),
    ),
    mids: fc.tuple(
      ...MIDS.map((code) =>
        fc.record({
          code: fc.constant(code),
          channel: fc.constantFrom(...CHANNELS),
          ...bounds,
          region: maybe(fc.constantFrom(...REGIONS)),
          industry: maybe(fc.constantFrom(...INDUSTRIES)),
          allowedMerchants: maybe(fc.uniqueArray(fc.constantFrom(...MERCHANTS), { minLength: 1 })),
          cardDailyCount: maybe(fc.integer({ min: 1, max: 3 })),
          priority: fc.integer({ min: 0, max: 2 }),
        }),
      ),
    ),
    pools: fc.tuple(
      ...POOLS.map((code) =>
        fc.record({
          code: fc.constant(code),
          ...bounds,
          mids: fc.uniqueArray(fc.constantFrom(...MIDS), { minLength: 1, maxLength: 6 }),
          order: fc.constantFrom('random', 'cost', 'priority'),
          minSuccess: maybe(fc.constant({ ppm: 900_000, window: 20, minSamples: 5 }), 1),
          minCreditMinusDebit: maybe(fc.constantFrom(-3000, 0, 2000)),
          maxCreditPpm: maybe(fc.constantFrom(300_000, 600_000)),
        }),
      ),
    ),
    routes: fc.tuple(...MERCHANTS.map(() => fc.shuffledSubarray(POOLS, { minLength: 1 }))),
    ratioFrom: fc.constantFrom(0, 5000),
    timeZone: fc.constantFrom('Asia/Shanghai', 'UTC'),
  })
  .map(({ routes, ratioFrom, timeZone, ...rest }) => {
    const document = {
      timeZone,
      channels: rest.channels.map(without),
      mids: rest.mids.map(without),
      pools: rest.pools.map((pool) =>
        without({ ...pool, ratioFrom: pool.maxCreditPpm === undefined ? undefined : ratioFrom }),
      ),
      merchants: MERCHANTS.map((merchant, i) => ({
        merchant,
        routes: [{ method: 'wechat', type: 'qr', pools: routes[i]! }],
      })),
    }
    const parsed = parseRouting(document)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
    return parsed.routing
  })

/** On 2026-11-25 in Shanghai, at any hour: two days in UTC. One of twenty is of a merchant that has no route. */
export const anyRoutePayment: fc.Arbitrary<Omit<RoutePayment, 'serial'>> = fc
  .record({
    client: fc.constant('T'),
    merchant: fc.oneof(
      { weight: 19, arbitrary: fc.constantFrom(...MERCHANTS) },
      { weight: 1, arbitrary: fc.constant('M9') },
    ),
    method: fc.constant('wechat'),
    type: fc.constant('qr'),
    amountFen: fc.constantFrom(50, 100, 500, 999, 1000, 1500, 3000),
    atMs: fc.integer({ min: 0, max: 1439 }).map((minute) => Date.parse('2026-11-24T16:00:00Z') + minute * 60_000),
    issuer: maybe(fc.constantFrom(...ISSUERS), 1),
    cardType: maybe(fc.constantFrom<string>(...CARD_TYPES), 1),
    scheme: maybe(fc.constantFrom(...SCHEMES), 1),
    cardToken: maybe(fc.constantFrom('tok1', 'tok2'), 1),
    region: maybe(fc.constantFrom(...REGIONS), 1),
    industry: maybe(fc.constantFrom(...INDUSTRIES), 1),
    exclude: maybe(fc.subarray(MIDS, { maxLength: 2 })),
  })
  .map((payment) => without(payment) as Omit<RoutePayment, 'serial'>)
