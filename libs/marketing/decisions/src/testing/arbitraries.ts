import type { Campaign } from '@lijian/contracts/marketing'
import fc from 'fast-check'

/** Small worlds in which payments and rules often meet at their edges: few codes, round thresholds, instants near midnight. */
export const some = <T>(...values: [T, ...T[]]) => fc.subarray(values, { minLength: 1 })
export const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const rarely = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value })
export const often = { requiredKeys: [] as [] }
const TEN = [500, 999, 1_000, 1_001, 1_500, 9_999, 10_000, 10_001, 20_000] as const
export const fen = fc.oneof(
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
const weight = fc.integer({ min: 1, max: 5 })
const layered = <T extends object>(span: fc.Arbitrary<T>) =>
  fc
    .array(fc.tuple(weight, span), { minLength: 1, maxLength: 3 })
    .map((layers) => ({ layers: layers.map(([share, value]) => ({ weight: share, ...value })) }))
const thresholds = fc.uniqueArray(fen, { minLength: 1, maxLength: 3 }).map((t) => t.sort((a, b) => a - b))
const capped = { cap: maybe(fen), minPayable: maybe(fc.constantFrom(0, 1, 500)) }

const amountBenefit = fc.oneof(
  fc.record({
    type: fc.constant('reduce'),
    tiers: thresholds.chain((t) =>
      fc.tuple(
        ...t.map((atLeast) =>
          fc.record({
            atLeast: fc.constant(atLeast),
            off: fc.oneof(fen, draw, layered(draw)),
            every: maybe(fc.boolean()),
          }),
        ),
      ),
    ),
    ...capped,
  }),
  fc.record({
    type: fc.constant('percent'),
    tiers: thresholds.chain((t) =>
      fc.tuple(
        ...t.map((atLeast) =>
          fc.record({ atLeast: fc.constant(atLeast), payPpm: fc.oneof(ppm, payDraw, layered(payDraw)) }),
        ),
      ),
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
const range = fc.constantFrom<[string, string]>(
  ['10:00', '22:00'],
  ['00:00', '12:00'],
  ['12:00', '24:00'],
  ['09:30', '10:00'],
)
const pastMidnight = fc.constantFrom<[string, string]>(['22:00', '02:00'], ['12:00', '00:00'], ['23:59', '10:00'])
const clock = fc.array(fc.oneof(range, pastMidnight), { minLength: 1, maxLength: 3 })
const window = fc.record({
  from: maybe(fc.constantFrom('2026-11-20', '2026-11-22')),
  to: maybe(fc.constantFrom('2026-11-23', '2026-11-25')),
  daily: maybe(clock),
  weekdays: maybe(some(1, 2, 5, 6, 7)),
  excludedWeekdays: maybe(some(2, 6)),
  excludedDates: maybe(fc.subarray(['2026-11-22', '2026-11-24'], { minLength: 1 })),
  dates: maybe(fc.subarray(['2026-11-22', '2026-11-23', '2026-11-24'], { minLength: 1 })),
  dayTypes: maybe(some('workday', 'weekend', 'holiday')),
})
const everyCondition = {
  amount: fc.record({ min: fc.constantFrom(1, 1_000, 10_000), max: fc.constantFrom(10_000, 50_000, 10_000_000_000) }),
  paymentMethods: some('qr', 'swipe'),
  cardTypes: some('credit', 'debit', 'quasi_credit'),
  cardRegions: some('domestic', 'overseas'),
  schemes: some('unionpay', 'visa'),
  pinFree: fc.boolean(),
  binGroups: some('G1', 'G2', 'G3', 'NONE'),
  cardBlacklists: some('G3', 'NONE'),
  cardWhitelists: some('G1', 'G2', 'G3'),
  issuers: some('CCB', 'ICBC'),
  cardProducts: some('gold', 'platinum'),
  excludedCardProducts: some('business'),
  terminals: some('T1', 'T2'),
  countries: some('CN', 'HK'),
  excludedCountries: some('MO'),
  mccs: some('5812', '5411'),
  regions: some('440300', '4403', '440305', '440000', '310000'),
  customerGroups: some('INVITED', 'NOBODY'),
  facts: some('registered', 'first_use'),
}
type Condition = keyof typeof everyCondition
/** A few at a time: a payment that meets none of the offers tests little. */
const conditions = fc
  .uniqueArray(fc.constantFrom(...(Object.keys(everyCondition) as Condition[])), { maxLength: 2 })
  .chain((keys) => fc.record(Object.fromEntries(keys.map((key) => [key, everyCondition[key]]))))
const limit = fc.record({
  per: fc.subarray(['card', 'merchant', 'subMerchant', 'terminal', 'customer', 'user']),
  period: fc.constantFrom('total', 'day', 'week', 'month', 'quarter', 'year'),
  measure: maybe(fc.constantFrom('discount', 'gross')),
  bounds: fc.oneof(
    fc.record({ count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ amount: fen }),
    fc.record({ amount: fen, count: fc.integer({ min: 2, max: 6 }) }),
  ),
  clip: fc.boolean(),
})
const nameOf = (l: { per: string[]; period: string; measure?: string }) =>
  `${[...l.per].sort().join()} ${l.period} ${l.measure ?? 'discount'}`
/** Clip where it is allowed: on amounts, and with gross on fee offers only. */
const limitsFor = (kind: 'amount' | 'fee' | 'any') =>
  fc
    .uniqueArray(limit, { maxLength: 3, selector: nameOf })
    .map((limits) =>
      limits.map(({ bounds, clip, ...rest }) => ({
        ...rest,
        ...bounds,
        onShort: clip && 'amount' in bounds && (rest.measure !== 'gross' || kind === 'fee') ? 'clip' : undefined,
      })),
    )
const budget = maybe(fc.oneof(fc.record({ amount: fen }), fc.record({ count: fc.integer({ min: 1, max: 9 }) })))
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

const named = funders.map((list) => list.map(([partner, sharePpm]) => ({ partner, sharePpm })))
const common = {
  name: fc.constant('n'),
  priority: maybe(fc.integer({ min: -1, max: 1 })),
  budget,
  merchants: rarely(some('M1', 'M2')),
  subMerchants: rarely(some('S1', 'S2')),
  group: maybe(fc.constantFrom('bank', 'city', 'amount')),
  funders: rarely(named),
}
const rule = { window: rarely(window), conditions: maybe(conditions) }
const offer = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('amount'),
      base: maybe(fc.constantFrom('net', 'gross')),
      exclusive: rarely(fc.boolean()),
      delivery: rarely(fc.constantFrom('instant', 'rebate')),
      rule: fc.record({ ...rule, limits: maybe(limitsFor('amount')), benefit: amountBenefit }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      ...common,
      kind: fc.constant('fee'),
      rule: fc.record({ ...rule, limits: maybe(limitsFor('fee')), benefit: feeBenefit }),
    }),
  },
)

/** Two campaigns that the parser accepts; their offers have codes of their own. */
export const anyCampaigns: fc.Arbitrary<Campaign[]> = fc
  .array(
    fc.record({
      timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York', 'UTC'),
      from: fc.constantFrom('2026-11-20', '2026-11-22'),
      to: maybe(fc.constant('2026-11-30')),
      currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'CNY', 'CNY', 'USD'),
      paymentMode: fc.constantFrom('prepay', 'postpay'),
      funders: named,
      budget,
      dayStart: rarely(fc.constantFrom('22:00', '12:00', '06:00', '11:59')),
      limits: maybe(limitsFor('any')),
      sharedBy: rarely(fc.subarray([0, 1, 2, 3, 4], { minLength: 1 })),
      offers: fc.array(offer, { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((campaigns) => {
    const documents = campaigns.map(({ sharedBy, ...c }, i) => ({
      ...c,
      code: `C${i}`,
      name: 'n',
      limits: c.limits?.map((l) => ({
        ...l,
        offers: sharedBy?.filter((j) => j < c.offers.length).map((j) => `O${i}${j}`),
      })),
      offers: c.offers.map((o, j) => ({
        ...o,
        code: `O${i}${j}`,
        rule: { ...o.rule, window: o.rule.window && windowInside(o.rule.window, c) },
      })),
    }))
    for (const document of documents) for (const l of document.limits ?? []) if (l.offers?.length === 0) delete l.offers
    // Through JSON, as documents come: a key without a value is no key.
    return JSON.parse(JSON.stringify(documents)) as Campaign[]
  })

/** Dates lie inside the campaign; a campaign with its own day's edge has no range past midnight. */
function windowInside(
  inner: { daily?: [string, string][]; dates?: string[]; weekdays?: number[]; excludedWeekdays?: number[] },
  { from, dayStart }: { from: string; dayStart?: string },
) {
  const daily = dayStart === undefined ? inner.daily : inner.daily?.filter(([start, end]) => start < end)
  const dates = inner.dates?.filter((day) => day >= from)
  const open = (inner.weekdays ?? [1, 2, 3, 4, 5, 6, 7]).some((day) => inner.excludedWeekdays?.includes(day) !== true)
  return {
    ...inner,
    from,
    to: undefined,
    daily: daily?.length === 0 ? undefined : daily,
    dates: dates?.length === 0 ? undefined : dates,
    excludedWeekdays: open ? inner.excludedWeekdays : undefined,
  }
}

/** The same, some of whose offers name groups of merchants too. */
export const anyCampaignsOfGroups: fc.Arbitrary<Campaign[]> = fc
  .tuple(anyCampaigns, fc.array(rarely(some('SOUTH', 'CHAIN', 'EMPTY')), { minLength: 12, maxLength: 12 }))
  .map(([campaigns, groups]) => {
    let n = 0
    const named = <T extends object>(offer: T): T => {
      const merchantGroups = groups[n++ % groups.length]
      return merchantGroups === undefined ? offer : { ...offer, merchantGroups }
    }
    return campaigns.map((campaign) => ({ ...campaign, offers: campaign.offers.map(named) }))
  })
