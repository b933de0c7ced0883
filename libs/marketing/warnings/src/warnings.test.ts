import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { document, offerDocument, placesOf, warningsOf } from './testing/documents'

const reduce = (tiers: object[], more: object = {}) => ({ benefit: { type: 'reduce', tiers, ...more } })
const percent = (tiers: object[], more: object = {}) => ({ benefit: { type: 'percent', tiers, ...more } })
const price = (more: object) => ({ benefit: { type: 'fixedPrice', ...more } })
const amounts = (amount: object) => ({ conditions: { amount } })
const T1 = { atLeast: 10_000, off: 1_500 }
const T2 = { atLeast: 20_000, off: 3_000 }
const B = 'offers[0].rule.benefit'
const one = (rule: object, changed: object = {}, campaign: object = {}) =>
  document([offerDocument('A', rule, changed)], campaign)

test('a plain document has none', () => expect(placesOf(document())).toEqual([]))

test.each`
  _case                                       | rule                                                                                                     | expected
  ${'a maximum below the second tier'}        | ${{ ...reduce([T1, T2]), ...amounts({ max: 19_999 }) }}                                                  | ${[`tier_never_chosen at ${B}.tiers[1]`]}
  ${'a maximum that just reaches it'}         | ${{ ...reduce([T1, T2]), ...amounts({ max: 20_000 }) }}                                                  | ${[]}
  ${'a minimum that leaves out the first'}    | ${{ ...reduce([T1, T2]), ...amounts({ min: 20_000 }) }}                                                  | ${[`tier_never_chosen at ${B}.tiers[0]`]}
  ${'a minimum one fen lower'}                | ${{ ...reduce([T1, T2]), ...amounts({ min: 19_999 }) }}                                                  | ${[]}
  ${'a maximum below every threshold'}        | ${{ ...reduce([T1]), ...amounts({ max: 9_999 }) }}                                                       | ${[`offer_never_gives at ${B}`]}
  ${'a price above the maximum'}              | ${{ ...price({ price: 900 }), ...amounts({ max: 900 }) }}                                                | ${[`offer_never_gives at ${B}`]}
  ${'a price one fen below it'}               | ${{ ...price({ price: 900 }), ...amounts({ max: 901 }) }}                                                | ${[]}
  ${'upTo below the minimum'}                 | ${{ ...price({ price: 900, upTo: 1_000 }), ...amounts({ min: 1_001 }) }}                                 | ${[`offer_never_gives at ${B}`]}
  ${'a minPayable above the maximum'}         | ${{ ...reduce([T1], { minPayable: 20_000 }), ...amounts({ max: 20_000 }) }}                              | ${[`offer_never_gives at ${B}`]}
  ${'all of it is paid'}                      | ${percent([{ atLeast: 0, payPpm: 1_000_000 }])}                                                          | ${[`offer_never_gives at ${B}`]}
  ${'all of it is paid in one tier'}          | ${percent([{ atLeast: 0, payPpm: 900_000 }, { atLeast: 100, payPpm: 1_000_000 }])}                       | ${[`tier_gives_nothing at ${B}.tiers[1]`]}
  ${'a tier like the one below'}              | ${reduce([T1, { atLeast: 20_000, off: 1_500 }])}                                                         | ${[`tier_adds_nothing at ${B}.tiers[1]`]}
  ${'a tier one fen better'}                  | ${reduce([T1, { atLeast: 20_000, off: 1_501 }])}                                                         | ${[]}
  ${'both tiers at the cap'}                  | ${percent([{ atLeast: 10_000, payPpm: 900_000 }, { atLeast: 50_000, payPpm: 800_000 }], { cap: 5_000 })} | ${[`tier_adds_nothing at ${B}.tiers[1]`]}
  ${'one of them not yet'}                    | ${percent([{ atLeast: 10_000, payPpm: 900_000 }, { atLeast: 50_000, payPpm: 800_000 }], { cap: 5_001 })} | ${[]}
  ${'a higher tier gives less'}               | ${reduce([{ atLeast: 10_000, off: 1_500 }, { atLeast: 20_000, off: 1_499 }])}                            | ${[`tier_gives_less at ${B}.tiers[1]`]}
  ${'10 each 100, then 15 off 250'}           | ${reduce([{ atLeast: 10_000, off: 1_000, every: true }, { atLeast: 25_000, off: 1_500 }])}               | ${[`tier_gives_less at ${B}.tiers[1]`]}
  ${'10 each 100, then 20 off 250'}           | ${reduce([{ atLeast: 10_000, off: 1_000, every: true }, { atLeast: 25_000, off: 2_000 }])}               | ${[]}
  ${'a draw with a lower mean'}               | ${reduce([T1, { atLeast: 20_000, off: { min: 500, max: 2_400, step: 100 } }])}                           | ${[`tier_gives_less at ${B}.tiers[1]`]}
  ${'a draw with the same mean'}              | ${reduce([T1, { atLeast: 20_000, off: { min: 500, max: 2_500, step: 100 } }])}                           | ${[]}
  ${'off is the whole threshold'}             | ${reduce([{ atLeast: 1_500, off: 1_500 }])}                                                              | ${[`discount_exceeds_payment at ${B}`]}
  ${'off one fen below it'}                   | ${reduce([{ atLeast: 1_501, off: 1_500 }])}                                                              | ${[]}
  ${'conditions.amount.min sees to it'}       | ${{ ...reduce([{ atLeast: 0, off: 1_500 }]), ...amounts({ min: 1_501 }) }}                               | ${[]}
  ${'a cap sees to it'}                       | ${reduce([{ atLeast: 2_000, off: { min: 100, max: 3_000 } }], { cap: 1_999 })}                           | ${[`cap_cuts_promise at ${B}.tiers[0]`]}
  ${'minPayable says so'}                     | ${reduce([{ atLeast: 0, off: 1_500 }], { minPayable: 1 })}                                               | ${[]}
  ${'10 off each 9'}                          | ${reduce([{ atLeast: 900, off: 1_000, every: true }])}                                                   | ${[`discount_exceeds_payment at ${B}`]}
  ${'nothing to pay'}                         | ${price({ price: 0 })}                                                                                   | ${[`discount_exceeds_payment at ${B}`]}
  ${'nothing to pay, and said so'}            | ${price({ price: 0, minPayable: 0 })}                                                                    | ${[]}
  ${'a cap above all that is given'}          | ${reduce([T1, T2], { cap: 3_001 })}                                                                      | ${[`cap_never_reached at ${B}.cap`]}
  ${'a cap that restates the most'}           | ${reduce([T1, T2], { cap: 3_000 })}                                                                      | ${[]}
  ${'a cap above the percentage of the most'} | ${{ ...percent([{ atLeast: 0, payPpm: 900_000 }], { cap: 1_001 }), ...amounts({ max: 10_000 }) }}        | ${[`cap_never_reached at ${B}.cap`]}
  ${'a draw that steps over its max'}         | ${reduce([{ atLeast: 10_000, off: { min: 100, max: 350, step: 100 } }])}                                 | ${[`draw_max_unreachable at ${B}.tiers[0].off.max`]}
  ${'a draw that reaches it'}                 | ${reduce([{ atLeast: 10_000, off: { min: 100, max: 300, step: 100 } }])}                                 | ${[]}
  ${'a layer that misses the default step'}   | ${percent([{ atLeast: 100, payPpm: { layers: [{ weight: 1, min: 500_000, max: 555_000 }] } }])}          | ${[`draw_max_unreachable at ${B}.tiers[0].payPpm.layers[0].max`]}
`('benefit: $_case', ({ rule, expected }) => expect(placesOf(one(rule))).toEqual(expected))

test.each`
  _case                                | changed                                                                                | rule                                                                     | expected
  ${'0 ppm off'}                       | ${{ kind: 'fee' }}                                                                     | ${{ benefit: { type: 'percentOff', ppm: 0 } }}                           | ${['offer_never_gives at offers[0].rule.benefit.ppm']}
  ${'exclusive on a fee offer'}        | ${{ kind: 'fee', exclusive: true }}                                                    | ${{ benefit: { type: 'waive' } }}                                        | ${['key_without_effect at offers[0].exclusive']}
  ${'base on a fee offer'}             | ${{ kind: 'fee', base: 'gross' }}                                                      | ${{ benefit: { type: 'waive' } }}                                        | ${['key_without_effect at offers[0].base']}
  ${'both on an amount offer'}         | ${{ exclusive: true, base: 'gross' }}                                                  | ${{}}                                                                    | ${[]}
  ${'minPayable on a rebate'}          | ${{ delivery: 'rebate' }}                                                              | ${reduce([T1], { minPayable: 1 })}                                       | ${['key_without_effect at offers[0].rule.benefit.minPayable']}
  ${'a rebate of the whole payment'}   | ${{ delivery: 'rebate' }}                                                              | ${reduce([{ atLeast: 1_500, off: 1_500 }])}                              | ${[]}
  ${'a rebate of more'}                | ${{ delivery: 'rebate' }}                                                              | ${reduce([{ atLeast: 1_499, off: 1_500 }])}                              | ${[`discount_exceeds_payment at ${B}`]}
  ${'a block no refund ever sets'}     | ${{}}                                                                                  | ${{ refund: { policy: 'none', block: 'day' } }}                          | ${['key_without_effect at offers[0].rule.refund.block']}
  ${'a block that a refund sets'}      | ${{}}                                                                                  | ${{ refund: { policy: 'keep', block: 'day' } }}                          | ${[]}
  ${'a count no refund ever restores'} | ${{}}                                                                                  | ${{ refund: { policy: 'none', restore: { count: true } } }}              | ${['key_without_effect at offers[0].rule.refund.restore.count']}
  ${'a white list that is black'}      | ${{}}                                                                                  | ${{ conditions: { cardWhitelists: ['G'], cardBlacklists: ['G', 'H'] } }} | ${['groups_exclude_each_other at offers[0].rule.conditions.cardWhitelists']}
  ${'a white list half of it black'}   | ${{}}                                                                                  | ${{ conditions: { binGroups: ['G', 'I'], cardBlacklists: ['G'] } }}      | ${[]}
  ${'a funder who bears nothing'}      | ${{ funders: [{ partner: 'A', sharePpm: 1_000_000 }, { partner: 'B', sharePpm: 0 }] }} | ${{}}                                                                    | ${['funder_without_share at offers[0].funders[1].sharePpm']}
`('offer: $_case', ({ changed, rule, expected }) => expect(placesOf(one(rule, changed))).toEqual(expected))

test.each`
  _case                                  | window                                                                     | expected
  ${'no Monday in three days'}           | ${{ from: '2026-10-02', to: '2026-10-04', weekdays: [1] }}                 | ${['window_never_open at offers[0].rule.window']}
  ${'a Friday among them'}               | ${{ from: '2026-10-02', to: '2026-10-04', weekdays: [5] }}                 | ${[]}
  ${'every day excluded'}                | ${{ from: '2026-10-02', to: '2026-10-02', excludedDates: ['2026-10-02'] }} | ${['window_never_open at offers[0].rule.window']}
  ${'workdays in the golden week'}       | ${{ from: '2026-10-01', to: '2026-10-07', dayTypes: ['workday'] }}         | ${['window_never_open at offers[0].rule.window']}
  ${'holidays in the golden week'}       | ${{ from: '2026-10-01', to: '2026-10-07', dayTypes: ['holiday'] }}         | ${[]}
  ${'a date on a closed weekday'}        | ${{ dates: ['2026-11-11', '2026-11-14'], weekdays: [1, 2, 3, 4, 5] }}      | ${['date_never_open at offers[0].rule.window.dates[1]']}
  ${'a date excluded again'}             | ${{ dates: ['2026-11-11', '2026-11-12'], excludedDates: ['2026-11-11'] }}  | ${['date_never_open at offers[0].rule.window.dates[0]']}
  ${'an excluded date of last year'}     | ${{ excludedDates: ['2025-11-11', '2026-11-11'] }}                         | ${['excluded_date_outside at offers[0].rule.window.excludedDates[0]']}
  ${'the last day excluded'}             | ${{ excludedDates: ['2026-12-31'] }}                                       | ${[]}
  ${'hours that overlap'}                | ${{ daily: [['10:00', '14:00'], ['13:59', '20:00']] }}                     | ${['daily_overlap at offers[0].rule.window.daily[1]']}
  ${'hours that meet'}                   | ${{ daily: [['10:00', '14:00'], ['14:00', '20:00']] }}                     | ${[]}
  ${'hours that overlap past midnight'}  | ${{ daily: [['22:00', '02:00'], ['01:59', '03:00']] }}                     | ${['daily_overlap at offers[0].rule.window.daily[1]']}
  ${'a night that ends as the day does'} | ${{ daily: [['22:00', '00:00'], ['00:00', '03:00']] }}                     | ${[]}
`('window: $_case', ({ window, expected }) => expect(placesOf(one({ window }))).toEqual(expected))

test('days too far away to be looked at are left unsaid', () => {
  const closed = (to: string) =>
    one({ window: { weekdays: [1], excludedDates: ['2036-10-06'] } }, {}, { from: '2036-10-06', to })
  expect(placesOf(closed('2036-10-12'))).toEqual(['window_never_open at offers[0].rule.window'])
  const far = { weekdays: [1], dayTypes: undefined, dates: ['9999-12-28'] }
  expect(placesOf(one({ window: far }, {}, { to: undefined }))).toEqual([
    'date_never_open at offers[0].rule.window.dates[0]',
  ])
})

test.each`
  _case                                    | rule                                                                        | changed              | unless
  ${'a price up to less than the minimum'} | ${{ ...price({ price: 900, upTo: 1_000 }), ...amounts({ min: 1_001 }) }}    | ${{}}                | ${['loweredBefore']}
  ${'on the gross base nothing lowers it'} | ${{ ...price({ price: 900, upTo: 1_000 }), ...amounts({ min: 1_001 }) }}    | ${{ base: 'gross' }} | ${[]}
  ${'a minPayable above the maximum'}      | ${{ ...reduce([T1], { minPayable: 20_000 }), ...amounts({ max: 20_000 }) }} | ${{}}                | ${['eligibleAmount']}
  ${'a maximum below every threshold'}     | ${{ ...reduce([T1]), ...amounts({ max: 9_999 }) }}                          | ${{}}                | ${[]}
`('an offer that never gives says what it leaves out: $_case', ({ rule, changed, unless }) => {
  expect(warningsOf(one(rule, changed))).toMatchObject([{ code: 'offer_never_gives', proof: { unless } }])
})

test('what earlier groups may have lowered is not claimed', () => {
  // On a net base below 200.00 the first tier promises more than the cap's second tier ever does.
  const tiers = [
    { atLeast: 10_000, off: 3_000 },
    { atLeast: 20_000, off: 2_000 },
  ]
  const rule = { ...reduce(tiers, { cap: 2_500 }), ...amounts({ min: 20_000 }) }
  expect(placesOf(one(rule)).filter((place) => place.startsWith('cap_never_reached'))).toEqual([])
  expect(placesOf(one(rule, { base: 'gross' }))).toContain(`cap_never_reached at ${B}.cap`)
  // A gross discount is cut to what is left to pay, and then fits a limit below it.
  const limits = [{ per: ['card'], period: 'day', amount: 1_499 }]
  expect(placesOf(one({ limits }, { base: 'gross' }))).toEqual([])
})

test('an open end outlives the calendar', () => {
  const open = (window: object) => one({ window }, {}, { to: undefined })
  expect(warningsOf(open({ dayTypes: ['workday'] }))).toMatchObject([
    { code: 'calendar_ends', proof: { calendarTo: 2026, openDaysAWeekAfter: 5 } },
  ])
  expect(placesOf(open({ weekdays: [1] }))).toEqual([])
})

const L = (per: string[], period: string, more: object) => ({ per, period, ...more })
test.each`
  _case                                                 | limits                                                                              | budget                     | expected
  ${'a card may have more than the budget'}             | ${[L(['card'], 'total', { amount: 100_000_001 })]}                                  | ${undefined}               | ${['limit_never_reached at offers[0].rule.limits[0].amount']}
  ${'just the budget'}                                  | ${[L(['card'], 'total', { amount: 100_000_000 })]}                                  | ${undefined}               | ${[]}
  ${'more uses than the offer has'}                     | ${[L(['user'], 'month', { count: 6 })]}                                             | ${{ count: 5 }}            | ${['limit_never_reached at offers[0].rule.limits[0].count']}
  ${'as many'}                                          | ${[L(['user'], 'month', { count: 5 })]}                                             | ${{ count: 5 }}            | ${[]}
  ${'a budget above the campaign budget'}               | ${[]}                                                                               | ${{ amount: 100_000_001 }} | ${['limit_never_reached at offers[0].budget.amount']}
  ${'three a day, two in all'}                          | ${[L(['card'], 'day', { count: 3 }), L(['card'], 'total', { count: 2 })]}           | ${undefined}               | ${['limit_never_reached at offers[0].rule.limits[0].count']}
  ${'three a week, two a month: a week may lie in two'} | ${[L(['card'], 'week', { count: 3 }), L(['card'], 'month', { count: 2 })]}          | ${undefined}               | ${[]}
  ${'three a day, two a month'}                         | ${[L(['card'], 'day', { count: 3 }), L(['card'], 'month', { count: 2 })]}           | ${undefined}               | ${['limit_never_reached at offers[0].rule.limits[0].count']}
  ${'of another key'}                                   | ${[L(['card'], 'day', { count: 3 }), L(['customer'], 'day', { count: 2 })]}         | ${undefined}               | ${[]}
  ${'per card and merchant, above per card'}            | ${[L(['card', 'merchant'], 'day', { count: 3 }), L(['card'], 'day', { count: 2 })]} | ${undefined}               | ${['limit_never_reached at offers[0].rule.limits[0].count']}
  ${'gross amounts are no discounts'}                   | ${[L(['card'], 'day', { amount: 200_000_000, measure: 'gross' })]}                  | ${undefined}               | ${[]}
  ${'less than one discount'}                           | ${[L(['card'], 'day', { amount: 1_499 })]}                                          | ${undefined}               | ${['limit_below_discount at offers[0].rule.limits[0].amount']}
  ${'one discount'}                                     | ${[L(['card'], 'day', { amount: 1_500 })]}                                          | ${undefined}               | ${[]}
  ${'less, but cut to it'}                              | ${[L(['card'], 'day', { amount: 1_499, onShort: 'clip' })]}                         | ${undefined}               | ${[]}
  ${'a budget of less than one discount'}               | ${[]}                                                                               | ${{ amount: 1_499 }}       | ${['limit_below_discount at offers[0].budget.amount']}
  ${'less gross than the threshold'}                    | ${[L(['card'], 'day', { amount: 9_999, measure: 'gross' })]}                        | ${undefined}               | ${['limit_below_discount at offers[0].rule.limits[0].amount']}
`('limits: $_case', ({ limits, budget, expected }) => expect(placesOf(one({ limits }, { budget }))).toEqual(expected))

test('a limit that only the higher tier cannot fit into names it', () => {
  const limits = [{ per: ['card'], period: 'day', amount: 2_999 }]
  expect(warningsOf(one({ ...reduce([T1, T2]), limits }))).toMatchObject([
    { code: 'limit_below_discount', proof: { refused: [{ tier: 1, leastFen: 3_000, atAmountFen: 20_000 }], of: 2 } },
  ])
})

test.each`
  _case                                     | changed                                                                                | expected
  ${'no budget'}                            | ${{ budget: undefined }}                                                               | ${['no_bound at budget']}
  ${'a limit over all payments'}            | ${{ budget: undefined, limits: [{ per: [], period: 'day', count: 5 }] }}               | ${[]}
  ${'a limit per card alone'}               | ${{ budget: undefined, limits: [{ per: ['card'], period: 'day', count: 5 }] }}         | ${['no_bound at budget']}
  ${'a prepaid balance'}                    | ${{ budget: undefined, paymentMode: 'prepay' }}                                        | ${[]}
  ${'prepaid by nobody'}                    | ${{ paymentMode: 'prepay', funders: [{ partner: '@merchant', sharePpm: 1_000_000 }] }} | ${['key_without_effect at paymentMode']}
  ${'collected at an end that never comes'} | ${{ to: undefined, fundingCycle: 'end' }}                                              | ${['cycle_never_ends at fundingCycle']}
  ${'collected at the end'}                 | ${{ fundingCycle: 'end' }}                                                             | ${[]}
  ${'a shared limit above the budget'}      | ${{ limits: [{ per: ['card'], period: 'day', count: 100_001 }] }}                      | ${['limit_never_reached at limits[0].count']}
  ${'below it'}                             | ${{ limits: [{ per: ['card'], period: 'day', count: 100_000 }] }}                      | ${[]}
`('campaign: $_case', ({ changed, expected }) => expect(placesOf(document(undefined, changed))).toEqual(expected))

test('a limit for some offers is no bound for the others', () => {
  const some = { id: 'X', per: ['card'], period: 'day', count: 5, offers: ['A'] }
  const all = { id: 'Y', per: ['card', 'merchant'], period: 'day', count: 6 }
  const two = [offerDocument('A'), offerDocument('B', {}, { group: 'other' })]
  expect(placesOf(document(two, { limits: [some, all] }))).toEqual([])
  expect(
    placesOf(
      document(two, {
        limits: [
          { ...some, offers: ['A', 'B'] },
          { ...all, offers: ['A'] },
        ],
      }),
    ),
  ).toEqual(['limit_never_reached at limits[1].count'])
})

test('codes that are on no list are named once, with what they may have been meant to be', () => {
  const conditions = { paymentMethods: ['qr', 'swpie'], facts: ['registred'], issuers: ['CCB', 'BOCOM'] }
  const both = [offerDocument('A', { conditions }), offerDocument('B', { conditions }, { group: 'other' })]
  expect(warningsOf(document(both))).toMatchObject([
    {
      code: 'unlisted_code',
      path: 'offers[0].rule.conditions.paymentMethods[1]',
      message: 'payment method "swpie" is not a listed one: check the spelling ("swipe"?) or have it listed.',
      proof: { near: 'swipe', paths: [expect.any(String), 'offers[1].rule.conditions.paymentMethods[1]'] },
    },
    { proof: { code: 'BOCOM', list: 'issuers' } },
    { proof: { code: 'registred', near: 'registered' } },
  ])
  const codes = { paymentMethods: ['qr', 'swpie'], facts: ['registred'], issuers: ['CCB', 'BOCOM'] }
  expect(warningsOf(document(both), { codes })).toEqual([])
})

test('what a payment institution would list as issuers is what the BIN table fills in', () => {
  const table = readFileSync(join(__dirname, '../../../platform/privacy/data/cn_bin_merged.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
  const issuers = [...new Set(table.slice(1).map((line) => line.split(',')[3]!))].filter((code) => code !== '')
  expect(placesOf(one({ conditions: { issuers } }))).toEqual([])
  expect(placesOf(one({ conditions: { issuers: [...issuers, 'NOBANK'] } }))).toHaveLength(1)
})

test('the examples of the project have one odd thing among them, and it is so', () => {
  const folder = join(__dirname, '../../../../campaigns')
  const campaigns = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')))
    .filter((json) => 'offers' in json)
  expect(campaigns.length).toBeGreaterThan(9)
  expect(campaigns.flatMap((json) => placesOf(json).map((place) => `${json.code}: ${place}`))).toEqual([
    'CCB-FURNITURE: cycle_never_ends at fundingCycle',
  ])
})
