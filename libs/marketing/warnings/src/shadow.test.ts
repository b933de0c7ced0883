import type { Campaign } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { rankedOffers, shadowWarnings } from './shadow'
import {
  compiled,
  document,
  givenLive,
  offerDocument,
  parsed,
  payment,
  placesOf,
  warningsOf,
} from './testing/documents'

const A = (rule: object = {}, changed: object = {}) => offerDocument('A', rule, { priority: 1, ...changed })
const B = (rule: object = {}, changed: object = {}) => offerDocument('B', rule, changed)
const reduce = (...tiers: object[]) => ({ benefit: { type: 'reduce', tiers } })
const percent = (payPpm: unknown, more: object = {}) => ({
  benefit: { type: 'percent', tiers: [{ atLeast: 10_000, payPpm }], ...more },
})
const when = (conditions: object) => ({ conditions })
const hours = (...daily: string[][]) => ({ window: { daily } })
const fee = (benefit: object, rule: object = {}) => [{ benefit, ...rule }, { kind: 'fee' }] as const
const yes = ['offer_shadowed at offers[1]']

test.each`
  _case                                   | a                                                                   | b                                                         | expected
  ${'the same with a lower priority'}     | ${A()}                                                              | ${B()}                                                    | ${yes}
  ${'the same with the same priority'}    | ${A({}, { priority: 0 })}                                           | ${B()}                                                    | ${[]}
  ${'in another group'}                   | ${A({}, { group: 'g' })}                                            | ${B()}                                                    | ${[]}
  ${'one method of two'}                  | ${A(when({ paymentMethods: ['qr', 'swipe'] }))}                     | ${B(when({ paymentMethods: ['qr'] }))}                    | ${yes}
  ${'two methods of one'}                 | ${A(when({ paymentMethods: ['qr'] }))}                              | ${B(when({ paymentMethods: ['qr', 'swipe'] }))}           | ${[]}
  ${'any method against one'}             | ${A(when({ paymentMethods: ['qr'] }))}                              | ${B()}                                                    | ${[]}
  ${'a district of the city'}             | ${A(when({ regions: ['440300'] }))}                                 | ${B(when({ regions: ['440305'] }))}                       | ${yes}
  ${'the city of a district'}             | ${A(when({ regions: ['440305'] }))}                                 | ${B(when({ regions: ['440300'] }))}                       | ${[]}
  ${'the same facts and one more'}        | ${A(when({ facts: ['registered'] }))}                               | ${B(when({ facts: ['registered', 'first_use'] }))}        | ${yes}
  ${'one fact fewer'}                     | ${A(when({ facts: ['registered', 'first_use'] }))}                  | ${B(when({ facts: ['registered'] }))}                     | ${[]}
  ${'a black list of its own'}            | ${A(when({ cardBlacklists: ['X'] }))}                               | ${B()}                                                    | ${[]}
  ${'the same black list'}                | ${A(when({ cardBlacklists: ['X'] }))}                               | ${B(when({ cardBlacklists: ['X', 'Y'] }))}                | ${yes}
  ${'a product the other does not list'}  | ${A(when({ excludedCardProducts: ['gold'] }))}                      | ${B(when({ cardProducts: ['platinum'] }))}                | ${yes}
  ${'a product the other lists'}          | ${A(when({ excludedCardProducts: ['gold'] }))}                      | ${B(when({ cardProducts: ['gold'] }))}                    | ${[]}
  ${'without a password'}                 | ${A(when({ pinFree: true }))}                                       | ${B(when({ pinFree: false }))}                            | ${[]}
  ${'one merchant of two'}                | ${A({}, { merchants: ['M1', 'M2'] })}                               | ${B({}, { merchants: ['M1'] })}                           | ${yes}
  ${'a shop under a merchant'}            | ${A({}, { merchants: ['M1'] })}                                     | ${B({}, { merchants: ['M1'], subMerchants: ['S1'] })}     | ${[]}
  ${'a threshold one fen higher'}         | ${A(reduce({ atLeast: 10_001, off: 1_500 }))}                       | ${B()}                                                    | ${[]}
  ${'a lower threshold that gives less'}  | ${A(reduce({ atLeast: 5_000, off: 100 }))}                          | ${B()}                                                    | ${yes}
  ${'a draw that may be of nothing'}      | ${A(reduce({ atLeast: 10_000, off: { min: 0, max: 3_000 } }))}      | ${B()}                                                    | ${[]}
  ${'a draw of one fen at least'}         | ${A(reduce({ atLeast: 10_000, off: { min: 1, max: 3_000 } }))}      | ${B()}                                                    | ${yes}
  ${'a percentage of the same'}           | ${A(percent(900_000))}                                              | ${B()}                                                    | ${yes}
  ${'a percentage that may be all of it'} | ${A(percent({ min: 900_000, max: 1_000_000, step: 100_000 }))}      | ${B()}                                                    | ${[]}
  ${'more is left to pay'}                | ${A(percent(900_000, { minPayable: 9_000 }))}                       | ${B()}                                                    | ${[]}
  ${'a maximum'}                          | ${A(when({ amount: { max: 20_000 } }))}                             | ${B()}                                                    | ${[]}
  ${'the same maximum'}                   | ${A(when({ amount: { max: 20_000 } }))}                             | ${B(when({ amount: { max: 20_000 } }))}                   | ${yes}
  ${'a minimum at the threshold'}         | ${A(when({ amount: { min: 10_000 } }))}                             | ${B()}                                                    | ${yes}
  ${'a price up to an amount'}            | ${A({ benefit: { type: 'fixedPrice', price: 900, upTo: 50_000 } })} | ${B()}                                                    | ${[]}
  ${'the other base'}                     | ${A({}, { base: 'gross' })}                                         | ${B()}                                                    | ${[]}
  ${'it steps back behind other groups'}  | ${A({}, { exclusive: true })}                                       | ${B()}                                                    | ${[]}
  ${'and so does the other'}              | ${A({}, { exclusive: true })}                                       | ${B({}, { exclusive: true })}                             | ${yes}
  ${'hours inside hours'}                 | ${A(hours(['10:00', '14:00'], ['14:00', '22:00']))}                 | ${B(hours(['13:00', '15:00']))}                           | ${yes}
  ${'a minute outside'}                   | ${A(hours(['10:00', '14:00'], ['14:01', '22:00']))}                 | ${B(hours(['13:00', '15:00']))}                           | ${[]}
  ${'the same night'}                     | ${A(hours(['22:00', '02:00']))}                                     | ${B(hours(['22:00', '02:00']))}                           | ${yes}
  ${'a night inside the whole day'}       | ${A()}                                                              | ${B(hours(['22:00', '02:00']))}                           | ${[]}
  ${'Mondays of weekdays'}                | ${A({ window: { weekdays: [1, 2, 3] } })}                           | ${B({ window: { weekdays: [1] } })}                       | ${yes}
  ${'an excluded Monday'}                 | ${A({ window: { weekdays: [1], excludedDates: ['2026-11-23'] } })}  | ${B({ window: { weekdays: [1] } })}                       | ${[]}
  ${'an excluded Tuesday'}                | ${A({ window: { excludedDates: ['2026-11-24'] } })}                 | ${B({ window: { weekdays: [1] } })}                       | ${yes}
  ${'dates that all are holidays'}        | ${A({ window: { dayTypes: ['holiday'] } })}                         | ${B({ window: { dates: ['2026-10-01', '2026-10-02'] } })} | ${yes}
  ${'no fee against part of it'}          | ${A(...fee({ type: 'waive' }))}                                     | ${B(...fee({ type: 'percentOff', ppm: 100_000 }))}        | ${yes}
  ${'part of the fee against none'}       | ${A(...fee({ type: 'percentOff', ppm: 100_000 }))}                  | ${B(...fee({ type: 'waive' }))}                           | ${[]}
  ${'a lower rate'}                       | ${A(...fee({ type: 'rate', ppm: 3_000 }))}                          | ${B(...fee({ type: 'rate', ppm: 3_800 }))}                | ${yes}
  ${'a lower rate with a least fee'}      | ${A(...fee({ type: 'rate', ppm: 3_000, min: 10 }))}                 | ${B(...fee({ type: 'rate', ppm: 3_800 }))}                | ${[]}
  ${'a fixed fee of the least fee'}       | ${A(...fee({ type: 'fixed', amount: 10 }))}                         | ${B(...fee({ type: 'rate', ppm: 3_800, min: 10 }))}       | ${yes}
`('shadow: $_case', ({ a, b, expected }) => {
  const changed = { budget: { count: 1_000 } }
  const both = [{ priority: 2, ...a, ...(a.kind === 'fee' ? { priority: 1 } : {}) }, b]
  expect(placesOf(document(both, changed))).toEqual(expected)
})

test('the proof names every condition of the offer in front, and what may let the other through', () => {
  const rule = { conditions: { schemes: ['visa'] }, window: { daily: [['10:00', '22:00']] } }
  const [found] = warningsOf(document([A(rule), B({ ...rule, window: { daily: [['11:00', '12:00']] } })]))
  expect(found).toMatchObject({
    code: 'offer_shadowed',
    level: 'warning',
    proof: {
      behind: 'A',
      contained: [
        {
          key: 'window days',
          because: 'all 7 open days from 2026-10-01 to 2026-10-07 are open, and so every week after',
        },
        { key: 'window daily' },
        { key: 'schemes' },
        { key: 'benefit' },
      ],
      unless: ['budget'],
    },
  })
})

test.each`
  _case                               | rule                                                          | changed                                                 | campaign                                                             | unless
  ${'a limit of its own'}             | ${{ limits: [{ per: ['card'], period: 'month', count: 1 }] }} | ${{}}                                                   | ${{}}                                                                | ${'offers[0].rule.limits[0]'}
  ${'a budget of its own'}            | ${{}}                                                         | ${{ budget: { count: 10 } }}                            | ${{}}                                                                | ${'offers[0].budget'}
  ${'a limit of the campaign for it'} | ${{}}                                                         | ${{}}                                                   | ${{ limits: [{ per: [], period: 'day', count: 5, offers: ['A'] }] }} | ${'limits[0]'}
  ${'a block after a refund'}         | ${{ refund: { block: 'day' } }}                               | ${{}}                                                   | ${{}}                                                                | ${'offers[0].rule.refund.block'}
  ${'a prepaid balance of its own'}   | ${{}}                                                         | ${{ funders: [{ partner: 'X', sharePpm: 1_000_000 }] }} | ${{ paymentMode: 'prepay' }}                                         | ${'offers[0].funders'}
`('with $_case it is the one in front only until that has run out', ({ rule, changed, campaign, unless }) => {
  const [found, ...rest] = warningsOf(document([A(rule, changed), B()], campaign))
  expect(rest).toEqual([])
  expect(found).toMatchObject({ code: 'offer_is_fallback', level: 'info', path: 'offers[1]' })
  expect(found!.proof.unless).toContain(unless)
})

const some = <T>(...values: T[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined })
const small = fc.integer({ min: 1, max: 12 })
const rules = fc.record({
  window: fc.record({
    weekdays: some(1, 2, 3),
    excludedWeekdays: some(3, 4),
    dates: some('2026-11-23', '2026-11-24', '2026-11-25'),
    excludedDates: some('2026-11-24', '2026-11-25'),
    daily: fc.option(
      fc.subarray([['00:00', '12:00'], ['11:00', '24:00'], ['12:00', '24:00'], ['22:00', '02:00']], { minLength: 1 }), // prettier-ignore
      { nil: undefined },
    ),
  }),
  conditions: fc.record({
    paymentMethods: some('qr', 'swipe'),
    schemes: some('visa', 'unionpay'),
    cardProducts: some('gold', 'platinum'),
    excludedCardProducts: some('world'),
    regions: some('440300', '440305'),
    facts: some('registered', 'first_use'),
    amount: fc.record({ min: fc.option(small, { nil: undefined }), max: fc.constantFrom(undefined, 12, 14) }),
  }),
  benefit: fc.oneof(
    fc.tuple(small, small).map(([atLeast, off]) => ({ type: 'reduce', tiers: [{ atLeast, off }] })),
    fc.tuple(small, fc.nat(1), small).map(([atLeast, min, on]) => ({ type: 'reduce', tiers: [{ atLeast, off: { min, max: min + on } }] })), // prettier-ignore
    fc.tuple(small, fc.integer({ min: 0, max: 10 }), fc.integer({ min: 0, max: 10 })).map(([atLeast, p, q]) => ({
      type: 'percent',
      tiers: [
        { atLeast, payPpm: p * 100_000 },
        { atLeast: atLeast + 3, payPpm: { min: Math.min(p, q) * 100_000, max: Math.max(p, q) * 100_000 } },
      ],
    })),
    fc.tuple(small, small).map(([price, on]) => ({ type: 'fixedPrice', price, upTo: price + on })),
  ),
})
const offers = fc.record({ merchants: some('M1', 'M2'), subMerchants: some('S1'), delivery: fc.constantFrom('instant', 'rebate') }) // prettier-ignore

/** A key that is left out reads better than one that is undefined, and the parser wants it so. */
const clean = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T
const facts = fc.record({
  serial: fc.constantFrom('S1', 'S2', 'S3'),
  merchant: fc.constantFrom('M1', 'M2'),
  subMerchant: fc.constantFrom(undefined, 'S1'),
  merchantRegion: fc.constantFrom('440305', '440306', undefined),
  amountFen: fc.integer({ min: 1, max: 16 }),
  paymentMethod: fc.constantFrom('qr', 'swipe'),
  scheme: fc.constantFrom('visa', 'unionpay', undefined),
  cardProduct: fc.constantFrom('gold', 'platinum', 'world', undefined),
  facts: fc.constantFrom([], ['registered'], ['registered', 'first_use']),
  atMs: fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 47 }))
    .map(([day, half]) => Date.parse('2026-11-22T00:00:00+08:00') + day * 86_400_000 + half * 1_800_000),
})

/** The narrow offer with some of what it asks for taken away: pairs of which one often contains the other. */
const pairs = fc.tuple(rules, offers, fc.subarray(['weekdays', 'dates', 'daily', 'excludedDates', 'excludedWeekdays']), fc.subarray(['paymentMethods', 'schemes', 'cardProducts', 'regions', 'facts', 'amount']), fc.option(rules, { nil: undefined })) // prettier-ignore

/** The same payments for every pair: enough of them that many meet the conditions. */
const PAYMENTS = fc.sample(facts, { numRuns: 1_500, seed: 4 }).map((changed) => payment(clean(changed)))

/** Two drawn subsets may make no legal document: a weekday that is not left, a product wanted and excluded. */
function legal(json: object): Campaign | undefined {
  try {
    return parsed(json)
  } catch {
    return undefined
  }
}

const isBShadowed = (campaign: Campaign): boolean =>
  shadowWarnings({ campaign, offer: campaign.offers[1]!, at: 'offers[1]' }, rankedOffers(campaign)).length > 0

test('whoever is called shadowed never gets anything that the one in front would not', () => {
  let shadowed = 0
  let granted = 0
  fc.assert(
    fc.property(pairs, ([rule, offer, hoursOut, out, other]) => {
      const wide = structuredClone(other === undefined ? rule : { ...rule, benefit: other.benefit })
      for (const key of hoursOut) delete (wide.window as Record<string, unknown>)[key]
      for (const key of out) delete (wide.conditions as Record<string, unknown>)[key]
      const campaign = legal(clean(document([A(wide, offer), B(rule, offer)], { budget: { count: 9_999 } })))
      if (campaign === undefined || !isBShadowed(campaign)) return
      shadowed++
      const [front, behind] = [compiled(campaign, 'A'), compiled(campaign, 'B')]
      for (const one of PAYMENTS) {
        if (givenLive(behind, one) === 0) continue
        granted++
        expect(givenLive(front, one)).toBeGreaterThan(0)
      }
    }),
    { numRuns: 1_500, seed: 4 },
  )
  expect(shadowed).toBeGreaterThan(100)
  expect(granted).toBeGreaterThan(500)
})
