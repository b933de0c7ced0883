import { parseCampaign } from './campaign-parse'
import example from '../examples/campaign.example.json'

type Edit = (document: any) => void

/** The example of the design with one thing changed. */
function edited(edit: Edit): unknown {
  const document = structuredClone(example)
  edit(document)
  return document
}

function errorsOf(document: unknown) {
  const parsed = parseCampaign(document)
  return parsed.ok ? [] : parsed.errors
}

const benefit =
  (value: unknown): Edit =>
  (d) =>
    (d.offers[0].rule.benefit = value)
const conditions =
  (value: unknown): Edit =>
  (d) =>
    (d.offers[0].rule.conditions = value)
const window =
  (value: unknown): Edit =>
  (d) =>
    (d.offers[0].rule.window = value)
const limits =
  (value: unknown): Edit =>
  (d) =>
    (d.offers[0].rule.limits = value)
const fee =
  (value: unknown): Edit =>
  (d) => {
    d.offers[0].kind = 'fee'
    d.offers[0].rule.benefit = value
  }

test('the example document of the design is accepted as it stands', () => {
  expect(parseCampaign(example)).toEqual({ ok: true, campaign: example })
})

test('a document without what is optional is accepted, and its currency is CNY', () => {
  const least = {
    code: 'A',
    name: 'a',
    timeZone: 'Asia/Shanghai',
    from: '2026-01-01',
    paymentMode: 'prepay',
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    offers: [{ code: 'A1', name: 'a', kind: 'fee', rule: { benefit: { type: 'waive' } } }],
  }
  expect(parseCampaign(least)).toEqual({ ok: true, campaign: { ...least, currency: 'CNY' } })
})

test.each`
  _case                                     | edit
  ${'an offer that ends with the campaign'} | ${window({ from: '2026-10-01', to: '2026-12-31' })}
  ${'an offer of one day'}                  | ${window({ from: '2026-10-01', to: '2026-10-01' })}
  ${'an open-ended campaign'}               | ${(d: any) => delete d.to}
  ${'a leap day'}                           | ${(d: any) => ((d.to = '2028-02-29'), (d.offers[0].rule.window.to = '2028-02-29'))}
  ${'24:00 as an end'}                      | ${window({ daily: [['10:00', '24:00']] })}
  ${'a draw with one value'}                | ${benefit({ type: 'reduce', tiers: [{ atLeast: 0, off: { min: 5, max: 5 } }] })}
  ${'a draw of percentages'}                | ${benefit({ type: 'percent', tiers: [{ atLeast: 0, payPpm: { min: 800_000, max: 950_000 } }] })}
  ${'8.5折 from the first fen'}             | ${benefit({ type: 'percent', tiers: [{ atLeast: 0, payPpm: 850_000 }], cap: 5000, minPayable: 0 })}
  ${'999,999 ppm of the price'}             | ${benefit({ type: 'percent', tiers: [{ atLeast: 0, payPpm: 999_999 }] })}
  ${'9元洗车'}                              | ${benefit({ type: 'fixedPrice', price: 900, upTo: 901 })}
  ${'an amount of one value'}               | ${conditions({ amount: { min: 5, max: 5 } })}
  ${'a fee rate'}                           | ${fee({ type: 'rate', ppm: 3800, min: 1, max: 1 })}
  ${'per twice with another period'}        | ${limits([{ per: ['card'], period: 'day', count: 1 }, { per: ['card'], period: 'week', count: 2 }])}
  ${'the same limit for offer, campaign'}   | ${limits([{ per: ['customer'], period: 'day', count: 1 }])}
`('accepted: $_case', ({ edit }) => expect(errorsOf(edited(edit))).toEqual([]))

test.each`
  _case                       | edit                                                                                                                         | path                                         | message
  ${'shares sum to 999,999'}  | ${(d: any) => (d.funders[0].sharePpm = 699_999)}                                                                             | ${'funders'}                                 | ${'expected shares that sum to 1000000 ppm, found a sum of 999999'}
  ${'a funder twice'}         | ${(d: any) => (d.funders[1].partner = 'CCB')}                                                                                | ${'funders[1].partner'}                      | ${'expected it once, found "CCB" already at funders[0].partner'}
  ${'no such zone'}           | ${(d: any) => (d.timeZone = 'Asia/Shanghia')}                                                                                | ${'timeZone'}                                | ${'expected a time zone such as "Asia/Shanghai", found "Asia/Shanghia"'}
  ${'an offset as a zone'}    | ${(d: any) => (d.timeZone = '+08:00')}                                                                                       | ${'timeZone'}                                | ${'expected a time zone such as "Asia/Shanghai", found "+08:00"'}
  ${'30 February'}            | ${(d: any) => (d.offers[0].rule.window.excludedDates = ['2026-02-30'])}                                                      | ${'offers[0].rule.window.excludedDates[0]'}  | ${'expected a date such as "2026-10-01", found "2026-02-30"'}
  ${'29 February of no leap'} | ${(d: any) => (d.from = '2026-02-29')}                                                                                       | ${'from'}                                    | ${'expected a date such as "2026-10-01", found "2026-02-29"'}
  ${'ends before it begins'}  | ${(d: any) => ((d.to = '2026-09-30'), (d.offers[0].rule.window = {}))}                                                       | ${'to'}                                      | ${'expected on or after from (2026-10-01), found 2026-09-30'}
  ${'offer begins too early'} | ${window({ from: '2026-09-30' })}                                                                                            | ${'offers[0].rule.window.from'}              | ${'expected inside the campaign (2026-10-01 to 2026-12-31), found 2026-09-30'}
  ${'offer ends too late'}    | ${window({ to: '2027-01-01' })}                                                                                              | ${'offers[0].rule.window.to'}                | ${'expected inside the campaign (2026-10-01 to 2026-12-31), found 2027-01-01'}
  ${'offer begins too late'}  | ${window({ from: '2027-01-01' })}                                                                                            | ${'offers[0].rule.window.from'}              | ${'expected inside the campaign (2026-10-01 to 2026-12-31), found 2027-01-01'}
  ${'offer window reversed'}  | ${window({ from: '2026-10-02', to: '2026-10-01' })}                                                                          | ${'offers[0].rule.window.to'}                | ${'expected on or after from (2026-10-02), found 2026-10-01'}
  ${'an empty daily range'}   | ${window({ daily: [['10:00', '10:00']] })}                                                                                   | ${'offers[0].rule.window.daily[0]'}          | ${'expected an end after the start, found 10:00 to 10:00'}
  ${'no such clock time'}     | ${window({ daily: [['10:00', '24:01']] })}                                                                                   | ${'offers[0].rule.window.daily[0][1]'}       | ${'expected a clock time such as "09:30" or "24:00", found "24:01"'}
  ${'weekday 8'}              | ${window({ weekdays: [8] })}                                                                                                 | ${'offers[0].rule.window.weekdays[0]'}       | ${'expected at most 7, found 8'}
  ${'an offer code twice'}    | ${(d: any) => d.offers.push(structuredClone(d.offers[0]))}                                                                   | ${'offers[1].code'}                          | ${'expected it once, found "CCB-2026-Q4-FOOD" already at offers[0].code'}
  ${'a limit twice'}          | ${limits([{ per: ['merchant', 'card'], period: 'day', count: 1 }, { per: ['card', 'merchant'], period: 'day', amount: 9 }])} | ${'offers[0].rule.limits[1]'}                | ${'expected it once, found "per merchant + card, day" already at offers[0].rule.limits[0]'}
  ${'a dimension twice'}      | ${limits([{ per: ['card', 'card'], period: 'day', count: 1 }])}                                                              | ${'offers[0].rule.limits[0].per[1]'}         | ${'expected it once, found "card" already at offers[0].rule.limits[0].per[0]'}
  ${'a limit of nothing'}     | ${limits([{ per: ['card'], period: 'day' }])}                                                                                | ${'offers[0].rule.limits[0]'}                | ${'expected "amount" or "count" or both, found neither'}
  ${'a budget of nothing'}    | ${(d: any) => (d.offers[0].budget = {})}                                                                                     | ${'offers[0].budget'}                        | ${'expected "amount" or "count" or both, found neither'}
  ${'min above max'}          | ${conditions({ amount: { min: 6, max: 5 } })}                                                                                | ${'offers[0].rule.conditions.amount.max'}    | ${'expected at least min (6), found 5'}
  ${'tiers not ascending'}    | ${benefit({ type: 'reduce', tiers: [{ atLeast: 10, off: 1 }, { atLeast: 10, off: 2 }] })}                                    | ${'offers[0].rule.benefit.tiers[1].atLeast'} | ${'expected more than the tier before (10), found 10'}
  ${'a draw upside down'}     | ${benefit({ type: 'reduce', tiers: [{ atLeast: 10, off: { min: 6, max: 5 } }] })}                                            | ${'offers[0].rule.benefit.tiers[0].off.max'} | ${'expected at least min (6), found 5'}
  ${'upTo at the price'}      | ${benefit({ type: 'fixedPrice', price: 900, upTo: 900 })}                                                                    | ${'offers[0].rule.benefit.upTo'}             | ${'expected more than price (900), found 900'}
  ${'fee min above max'}      | ${fee({ type: 'rate', ppm: 1, min: 3, max: 2 })}                                                                             | ${'offers[0].rule.benefit.max'}              | ${'expected at least min (3), found 2'}
  ${'no merchants at all'}    | ${(d: any) => (d.offers[0].merchants = [])}                                                                                  | ${'offers[0].merchants'}                     | ${'expected at least 1 entries, found a list of 0'}
  ${'fen with a fraction'}    | ${benefit({ type: 'reduce', tiers: [{ atLeast: 10, off: 1.5 }] })}                                                           | ${'offers[0].rule.benefit.tiers[0].off'}     | ${'expected a whole number or an object, found 1.5'}
  ${'an amount as a text'}    | ${(d: any) => (d.budget.amount = '1')}                                                                                       | ${'budget.amount'}                           | ${'expected a whole number, found "1"'}
  ${'another kind'}           | ${(d: any) => (d.offers[0].kind = 'cash')}                                                                                   | ${'offers[0].kind'}                          | ${'expected one of "amount", "fee", found "cash"'}
  ${'a fee benefit on money'} | ${benefit({ type: 'waive' })}                                                                                                | ${'offers[0].rule.benefit.type'}             | ${'expected one of "reduce", "percent", "fixedPrice", found "waive"'}
  ${'another card type'}      | ${conditions({ cardTypes: ['gold'] })}                                                                                       | ${'offers[0].rule.conditions.cardTypes[0]'}  | ${'expected one of "credit", "debit", "prepaid", "quasi_credit", found "gold"'}
  ${'a missing key'}          | ${(d: any) => delete d.paymentMode}                                                                                          | ${'paymentMode'}                             | ${'expected one of "prepay", "postpay", found nothing'}
  ${'a cap on a fee'}         | ${fee({ type: 'waive', cap: 5 })}                                                                                            | ${'offers[0].rule.benefit.cap'}              | ${'unknown key "cap"'}
  ${'a key nobody knows'}     | ${(d: any) => (d.offers[0].priorty = 1)}                                                                                     | ${'offers[0].priorty'}                       | ${'unknown key "priorty"'}
`('refused: $_case', ({ edit, path, message }) => expect(errorsOf(edited(edit))).toEqual([{ path, message }]))

test.each`
  _case                             | edit
  ${'a max no step reaches'}        | ${benefit({ type: 'reduce', tiers: [{ atLeast: 10, off: { min: 1500, max: 3500, step: 300 } }] })}
  ${'a draw that may give nothing'} | ${benefit({ type: 'percent', tiers: [{ atLeast: 10, payPpm: { min: 990_000, max: 1_000_000 } }] })}
  ${'two daily ranges'}             | ${window({ daily: [['07:00', '09:00'], ['12:00', '14:00']] })}
  ${'a range past midnight'}        | ${window({ daily: [['22:00', '02:00']] })}
  ${'layers'}                       | ${benefit({ type: 'reduce', tiers: [{ atLeast: 1, off: { layers: [{ weight: 1, min: 1, max: 2 }] } }] })}
  ${'every'}                        | ${benefit({ type: 'reduce', tiers: [{ atLeast: 100, off: 5, every: true }] })}
  ${'per user and sub-merchant'}    | ${limits([{ per: ['user', 'subMerchant'], period: 'day', count: 1 }])}
  ${'the same limit with ids'}      | ${limits([{ id: 'A', per: ['card'], period: 'day', count: 1 }, { id: 'B', per: ['card'], period: 'day', count: 2 }])}
  ${'the same limit, gross'}        | ${limits([{ per: ['card'], period: 'day', count: 1 }, { per: ['card'], period: 'day', amount: 2, measure: 'gross' }])}
  ${'a fee-free allowance'}         | ${(d: any) => (fee({ type: 'waive' })(d), limits([{ per: ['card'], period: 'month', amount: 9, measure: 'gross', onShort: 'clip' }])(d))}
  ${'restore and block'}            | ${(d: any) => (d.offers[0].rule.refund = { restore: { count: 'fullRefundOnly' }, block: 'campaign' })}
  ${'a rebate from the end'}        | ${(d: any) => Object.assign(d.offers[0], { delivery: 'rebate', rebateFrom: 'end', rebateAfterDays: 30 })}
  ${'MCC and regions'}              | ${conditions({ mccs: ['5812'], regions: ['440300', '44'], issuers: ['CCB'], facts: ['registered'] })}
  ${'holidays'}                     | ${window({ dayTypes: ['holiday', 'weekend'] })}
  ${'the address of the schema'}    | ${(d: any) => (d.$schema = '../schema/campaign.schema.json')}
`('accepted too: $_case', ({ edit }) => expect(errorsOf(edited(edit))).toEqual([]))

test('the address of the schema is no part of the document', () => {
  const parsed = parseCampaign({ ...example, $schema: 'x' })
  expect(parsed).toEqual({ ok: true, campaign: example })
})

test.each`
  _case                          | edit                                                                                                            | path                                                   | message
  ${'24:00 as a start'}          | ${window({ daily: [['24:00', '02:00']] })}                                                                      | ${'offers[0].rule.window.daily[0]'}                    | ${'expected an end after the start, found 24:00 to 02:00'}
  ${'dayStart, past midnight'}   | ${(d: any) => ((d.dayStart = '23:00'), window({ daily: [['22:00', '02:00']] })(d))}                             | ${'offers[0].rule.window.daily[0]'}                    | ${'expected no range past midnight beside dayStart, found 22:00 to 02:00'}
  ${'a date outside the window'} | ${window({ from: '2026-11-01', dates: ['2026-10-31'] })}                                                        | ${'offers[0].rule.window.dates[0]'}                    | ${'expected inside the window (2026-11-01 to 2026-12-31), found 2026-10-31'}
  ${'holidays of 2027'}          | ${(d: any) => ((d.to = '2027-01-01'), window({ dayTypes: ['holiday'] })(d))}                                    | ${'offers[0].rule.window.dayTypes'}                    | ${'expected a window in the years of the holiday calendar (2018 to 2026), found 2026-10-01 to 2027-01-01'}
  ${'a layer upside down'}       | ${benefit({ type: 'reduce', tiers: [{ atLeast: 1, off: { layers: [{ weight: 1, min: 3, max: 2 }] } }] })}       | ${'offers[0].rule.benefit.tiers[0].off.layers[0].max'} | ${'expected at least min (3), found 2'}
  ${'every 0'}                   | ${benefit({ type: 'reduce', tiers: [{ atLeast: 0, off: 5, every: true }] })}                                    | ${'offers[0].rule.benefit.tiers[0].every'}             | ${'expected atLeast above 0 beside every, found 0'}
  ${'an id twice'}               | ${limits([{ id: 'A', per: ['card'], period: 'day', count: 1 }, { id: 'A', per: [], period: 'day', count: 2 }])} | ${'offers[0].rule.limits[1]'}                          | ${'expected it once, found "id A" already at offers[0].rule.limits[0]'}
  ${'clip without an amount'}    | ${limits([{ per: ['card'], period: 'day', count: 1, onShort: 'clip' }])}                                        | ${'offers[0].rule.limits[0].onShort'}                  | ${'expected "amount" beside "clip", found a count alone'}
  ${'clip gross on money'}       | ${limits([{ per: ['card'], period: 'day', amount: 1, measure: 'gross', onShort: 'clip' }])}                     | ${'offers[0].rule.limits[0].onShort'}                  | ${'expected "clip" with measure "gross" on fee offers only, found an amount offer'}
  ${'a stranger shares a limit'} | ${(d: any) => (d.limits[0].offers = ['OTHER'])}                                                                 | ${'limits[0].offers[0]'}                               | ${'expected an offer of this campaign, found "OTHER"'}
  ${'own shares of 999,999'}     | ${(d: any) => (d.offers[0].funders = [{ partner: 'CCB', sharePpm: 999_999 }])}                                  | ${'offers[0].funders'}                                 | ${'expected shares that sum to 1000000 ppm, found a sum of 999999'}
  ${'days without a rebate'}     | ${(d: any) => (d.offers[0].rebateAfterDays = 7)}                                                                | ${'offers[0].rebateAfterDays'}                         | ${'expected delivery "rebate" beside it, found nothing'}
  ${'a fee rebate'}              | ${(d: any) => (fee({ type: 'waive' })(d), (d.offers[0].delivery = 'rebate'))}                                   | ${'offers[0].delivery'}                                | ${'expected "instant" (a fee offer has no rebate), found "rebate"'}
  ${'an MCC nobody has'}         | ${conditions({ mccs: ['0001'] })}                                                                               | ${'offers[0].rule.conditions.mccs[0]'}                 | ${'expected a merchant category code that exists, found "0001"'}
  ${'a region nobody has'}       | ${conditions({ regions: ['449900'] })}                                                                          | ${'offers[0].rule.conditions.regions[0]'}              | ${'expected a GB/T 2260 code that exists, found "449900"'}
  ${'wanted and excluded'}       | ${conditions({ cardProducts: ['gold'], excludedCardProducts: ['gold'] })}                                       | ${'offers[0].rule.conditions.excludedCardProducts[0]'} | ${'expected it not among "cardProducts" too, found "gold"'}
`('refused too: $_case', ({ edit, path, message }) => expect(errorsOf(edited(edit))).toEqual([{ path, message }]))

test('what a layer lacks is said of the layer, not of the draw', () => {
  const off = { layers: [{ min: 1, max: 2 }] }
  expect(errorsOf(edited(benefit({ type: 'reduce', tiers: [{ atLeast: 1, off }] })))).toEqual([
    { path: 'offers[0].rule.benefit.tiers[0].off.layers[0].weight', message: 'expected a whole number, found nothing' },
  ])
})

test('a word of one place is unknown in another', () => {
  expect(errorsOf(edited((d) => (d.exclusive = true)))).toEqual([
    { path: 'exclusive', message: 'unknown key "exclusive"' },
  ])
})

test('every fault of a document is named at once, whatever its kind', () => {
  const document = edited((d) => {
    d.timeZone = 'Mars/Olympus'
    d.funders[0].sharePpm = 1
    d.colour = 'red'
    d.offers[0].kind = 'amonut'
    d.offers[0].rule.window.to = '2027-02-29'
    d.offers[0].rule.benefit.tiers[1].atLeast = 10_000
    d.offers[0].rule.limits[3].per = ['card']
    d.offers[0].rule.limits[3].period = 'fortnight'
  })
  expect(
    errorsOf(document)
      .map(({ path }) => path)
      .sort(),
  ).toEqual([
    'colour',
    'funders',
    'offers[0].kind',
    'offers[0].rule.benefit.tiers[1].atLeast',
    'offers[0].rule.limits[3].period',
    'offers[0].rule.window.to',
    'timeZone',
  ])
})

test.each([[undefined], [null], [7], ['{}'], [[]]])('%p is not a document', (json) => {
  const parsed = parseCampaign(json)
  expect(parsed).toMatchObject({ ok: false, errors: [{ path: '' }] })
})

test('offers that are no objects are reported, each by itself', () => {
  expect(errorsOf(edited((d) => (d.offers = [1, null])))).toEqual([
    { path: 'offers[0]', message: 'expected an object, found 1' },
    { path: 'offers[1]', message: 'expected an object, found null' },
  ])
})
