import type { Campaign, FeeSchedule } from '@lijian/contracts'
import fc from 'fast-check'
import type { PaymentFacts } from '../index'

/** Small worlds in which payments and rules often meet at their edges: few codes, round thresholds, instants near midnight. */
const some = <T>(...values: [T, ...T[]]) => fc.subarray(values, { minLength: 1 })
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const often = { requiredKeys: [] as [] }
const TEN = [500, 999, 1_000, 1_001, 1_500, 9_999, 10_000, 10_001, 20_000] as const
const fen = fc.oneof(
  fc.constantFrom(...TEN),
  fc.integer({ min: 1, max: 60_000 }),
  fc.integer({ min: 1, max: 10_000_000_000 }),
)
const ppm = fc.oneof(fc.constantFrom(0, 1, 100_000, 500_000, 850_000, 999_999), fc.integer({ min: 0, max: 999_999 }))
const draw = fc
  .tuple(fc.integer({ min: 1, max: 900 }), fc.nat({ max: 30 }), maybe(fc.integer({ min: 1, max: 90 })))
  .map(([min, n, step]) => ({ min, max: min + n * (step ?? 1), ...(step && { step }) }))
const payDraw = fc
  .tuple(fc.integer({ min: 0, max: 70 }), fc.nat({ max: 29 }))
  .map(([from, n]) => ({ min: from * 10_000, max: (from + n) * 10_000 }))
const thresholds = fc.uniqueArray(fen, { minLength: 1, maxLength: 3 }).map((t) => t.sort((a, b) => a - b))
const capped = { cap: maybe(fen), minPayable: maybe(fc.constantFrom(0, 1, 500)) }

const amountBenefit = fc.oneof(
  fc.record({
    type: fc.constant('reduce'),
    tiers: thresholds.chain((t) =>
      fc.tuple(...t.map((atLeast) => fc.record({ atLeast: fc.constant(atLeast), off: fc.oneof(fen, draw) }))),
    ),
    ...capped,
  }),
  fc.record({
    type: fc.constant('percent'),
    tiers: thresholds.chain((t) =>
      fc.tuple(...t.map((atLeast) => fc.record({ atLeast: fc.constant(atLeast), payPpm: fc.oneof(ppm, payDraw) }))),
    ),
    ...capped,
  }),
  fc.record({
    type: fc.constant('fixedPrice'),
    price: fc.constantFrom(0, 900, 990),
    upTo: maybe(fc.constantFrom(1_000, 10_000)),
    ...capped,
  }),
)
const feeBenefit = fc.oneof(
  fc.constant({ type: 'waive' }),
  fc.record({
    type: fc.constant('rate'),
    ppm: fc.integer({ min: 0, max: 9_000 }),
    min: maybe(fc.constantFrom(1, 50)),
    max: maybe(fc.constantFrom(60, 2_000)),
  }),
  fc.record({ type: fc.constant('percentOff'), ppm }),
  fc.record({ type: fc.constant('fixed'), amount: fc.integer({ min: 0, max: 200 }) }),
)
const date = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24')
const clock = fc.constantFrom<[string, string]>(['10:00', '22:00'], ['00:00', '12:00'], ['12:00', '24:00'])
const window = fc.record({
  from: maybe(fc.constantFrom('2026-11-20', '2026-11-22')),
  to: maybe(fc.constantFrom('2026-11-23', '2026-11-25')),
  daily: maybe(clock.map((c) => [c])),
  weekdays: maybe(some(1, 2, 5, 6, 7)),
  excludedWeekdays: maybe(some(2, 6)),
  excludedDates: maybe(fc.subarray(['2026-11-22', '2026-11-24'], { minLength: 1 })),
})
const conditions = fc.record(
  {
    amount: fc.record({ min: fc.constantFrom(1, 1_000, 10_000), max: fc.constantFrom(10_000, 50_000, 10_000_000_000) }),
    paymentMethods: some('qr', 'swipe'),
    cardTypes: some('credit', 'debit', 'quasi_credit'),
    cardRegions: some('domestic', 'overseas'),
    schemes: some('unionpay', 'visa'),
    pinFree: fc.boolean(),
    binGroups: some('G1', 'G2', 'G3', 'NONE'),
    cardBlacklists: some('G3', 'NONE'),
    cardWhitelists: some('G1', 'G2', 'G3'),
  },
  often,
)
const limit = fc.record({
  per: fc.subarray(['card', 'merchant', 'terminal', 'customer']),
  period: fc.constantFrom('total', 'day', 'week', 'month', 'quarter', 'year'),
  count: fc.constant(3),
})
const limits = fc.uniqueArray(limit, { maxLength: 3, selector: (l) => `${[...l.per].sort().join()} ${l.period}` })
const budget = maybe(fc.constant({ amount: 9 }))
const common = {
  name: fc.constant('n'),
  priority: maybe(fc.integer({ min: -1, max: 1 })),
  budget,
  merchants: maybe(some('M1', 'M2')),
}
const rule = { window: maybe(window), conditions: maybe(conditions), limits: maybe(limits) }
const offer = fc.oneof(
  fc.record({ ...common, kind: fc.constant('amount'), rule: fc.record({ ...rule, benefit: amountBenefit }) }),
  fc.record({ ...common, kind: fc.constant('fee'), rule: fc.record({ ...rule, benefit: feeBenefit }) }),
)
const funders: fc.Arbitrary<[string, number][]> = fc.oneof<fc.Arbitrary<[string, number][]>[]>(
  fc.constant<[string, number][]>([['CCB', 1_000_000]]),
  fc.nat({ max: 1_000_000 }).map((a) => [
    ['CCB', a],
    ['@merchant', 1_000_000 - a],
  ]),
  fc.tuple(fc.nat({ max: 400_000 }), fc.nat({ max: 400_000 })).map(([a, b]) => [
    ['CCB', a],
    ['UP', b],
    ['@merchant', 1_000_000 - a - b],
  ]),
)

/** Two campaigns that the parser accepts; their offers have codes of their own. */
export const anyCampaigns: fc.Arbitrary<Campaign[]> = fc
  .array(
    fc.record({
      timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'UTC'),
      from: fc.constantFrom('2026-11-20', '2026-11-22'),
      to: maybe(fc.constant('2026-11-30')),
      currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'USD'),
      paymentMode: fc.constantFrom('prepay', 'postpay'),
      funders,
      budget,
      limits: maybe(limits),
      offers: fc.array(offer, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((campaigns) => {
    const documents = campaigns.map((c, i) => ({
      ...c,
      code: `C${i}`,
      name: 'n',
      funders: c.funders.map(([partner, sharePpm]) => ({ partner, sharePpm })),
      offers: c.offers.map((o, j) => ({
        ...o,
        code: `O${i}${j}`,
        rule: { ...o.rule, window: o.rule.window && { ...o.rule.window, from: c.from } },
      })),
    }))
    // Through JSON, as documents come: a key without a value is no key.
    return JSON.parse(JSON.stringify(documents)) as Campaign[]
  })

export const anyPayment: fc.Arbitrary<PaymentFacts> = fc.record({
  client: fc.constantFrom('POS', 'APP'),
  serial: fc.stringMatching(/^[A-Z][0-9]{1,6}$/),
  merchant: fc.constantFrom('M1', 'M2', 'M3'),
  terminal: maybe(fc.constant('T1')),
  amountFen: fen,
  eligibleFen: maybe(fc.oneof(fen, fc.constant(0))),
  currency: fc.constant('CNY'),
  paymentMethod: fc.constantFrom('qr', 'swipe'),
  cardToken: maybe(fc.constantFrom('card-token-number-1', 'card-token-number-2')),
  cardDigits: maybe(fc.constantFrom('622700123456', '622700', '62', '436742')),
  cardType: maybe(fc.constantFrom('credit', 'debit', 'prepaid', 'quasi_credit')),
  cardRegion: maybe(fc.constantFrom('domestic', 'overseas')),
  scheme: maybe(fc.constantFrom('unionpay', 'visa')),
  pinFree: maybe(fc.boolean()),
  customerToken: maybe(fc.constant('customer-1')),
  atMs: fc.oneof(
    fc.integer({ min: Date.parse('2026-11-19T00:00Z'), max: Date.parse('2026-12-02T00:00Z') }),
    fc
      .tuple(
        date,
        fc.constantFrom(
          'T09:59:59.999+08:00',
          'T10:00:00+08:00',
          'T22:00:00+08:00',
          'T00:00:00+08:00',
          'T23:59:59.999+08:00',
        ),
      )
      .map(([d, t]) => Date.parse(d + t)),
  ),
})

const entry = fc.record(
  { ppm: fc.integer({ min: 0, max: 9_000 }), min: fc.constantFrom(0, 1, 30), max: fc.constantFrom(40, 2_000) },
  { requiredKeys: ['ppm'] },
)
const byType = { default: entry, credit: entry, debit: entry, quasi_credit: entry }
export const anyFees: fc.Arbitrary<FeeSchedule | undefined> = maybe(
  fc.record({ ...byType, methods: fc.record({ qr: fc.record(byType, often) }, often) }, often),
)
