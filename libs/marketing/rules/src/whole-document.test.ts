import type { Campaign, Offer } from '@lijian/contracts/marketing'
import { compileCatalog, compileOffer } from './compile'
import { memberships, testOffer } from './conditions'
import { rank } from './rank'
import type { CompiledOffer, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, feeOffer, GROUPS, payment, price } from './testing/documents'

const CUSTOMER_GROUPS = [{ code: 'INVITED', customers: ['customer-1'] }]
const of = { cardGroups: GROUPS, customerGroups: CUSTOMER_GROUPS, drawKey: DRAW_KEY }
const compiled = (document: Campaign): CompiledOffer => compileOffer(document, 7, document.offers[0]!.code, of)
const reason = (document: Campaign, changed: Partial<PaymentFacts>) => testOffer(compiled(document), payment(changed))

test.each`
  _case                                         | window                                                 | instant                        | expected
  ${'past midnight, before it opens'}           | ${{ daily: [['22:00', '02:00']] }}                     | ${'2026-11-23T21:59:59+08:00'} | ${'outside_hours'}
  ${'past midnight, the first minute'}          | ${{ daily: [['22:00', '02:00']] }}                     | ${'2026-11-23T22:00:00+08:00'} | ${undefined}
  ${'past midnight, the last minute'}           | ${{ daily: [['22:00', '02:00']] }}                     | ${'2026-11-24T01:59:59+08:00'} | ${undefined}
  ${'past midnight, the minute after'}          | ${{ daily: [['22:00', '02:00']] }}                     | ${'2026-11-24T02:00:00+08:00'} | ${'outside_hours'}
  ${'the night after the last day still is it'} | ${{ to: '2026-11-23', daily: [['22:00', '02:00']] }}   | ${'2026-11-24T01:00:00+08:00'} | ${undefined}
  ${'the night before the first day is not'}    | ${{ from: '2026-11-23', daily: [['22:00', '02:00']] }} | ${'2026-11-23T01:00:00+08:00'} | ${'not_started'}
  ${'Monday night, at one on Tuesday'}          | ${{ weekdays: [1], daily: [['22:00', '02:00']] }}      | ${'2026-11-24T01:00:00+08:00'} | ${undefined}
  ${'Tuesday evening is not Monday night'}      | ${{ weekdays: [1], daily: [['22:00', '02:00']] }}      | ${'2026-11-24T22:00:00+08:00'} | ${'excluded_weekday'}
  ${'between two ranges'}                       | ${{ daily: [['07:00', '09:00'], ['17:00', '20:00']] }} | ${'2026-11-23T12:00:00+08:00'} | ${'outside_hours'}
  ${'in the first of two'}                      | ${{ daily: [['07:00', '09:00'], ['17:00', '20:00']] }} | ${'2026-11-23T08:00:00+08:00'} | ${undefined}
  ${'in the second of two'}                     | ${{ daily: [['07:00', '09:00'], ['17:00', '20:00']] }} | ${'2026-11-23T17:00:00+08:00'} | ${undefined}
  ${'the whole day in one of them'}             | ${{ daily: [['00:00', '24:00'], ['07:00', '09:00']] }} | ${'2026-11-23T12:00:00+08:00'} | ${undefined}
  ${'from midnight to noon is not all day'}     | ${{ daily: [['00:00', '12:00']] }}                     | ${'2026-11-23T12:00:00+08:00'} | ${'outside_hours'}
  ${'one of the dates'}                         | ${{ dates: ['2026-11-23', '2026-12-01'] }}             | ${'2026-11-23T12:00:00+08:00'} | ${undefined}
  ${'none of the dates'}                        | ${{ dates: ['2026-11-22', '2026-12-01'] }}             | ${'2026-11-23T12:00:00+08:00'} | ${'excluded_date'}
  ${'a working day'}                            | ${{ dayTypes: ['workday'] }}                           | ${'2026-11-23T12:00:00+08:00'} | ${undefined}
  ${'no weekend'}                               | ${{ dayTypes: ['weekend', 'holiday'] }}                | ${'2026-11-23T12:00:00+08:00'} | ${'excluded_date'}
  ${'the national day'}                         | ${{ dayTypes: ['holiday'] }}                           | ${'2026-10-01T12:00:00+08:00'} | ${undefined}
`('window: $_case', ({ window, instant, expected }) =>
  expect(reason(campaign([amountOffer({ window })]), { atMs: Date.parse(instant) })).toBe(expected),
)

test('a day that begins in the evening: its date, its weekday and the day of its limits', () => {
  const limits = [{ per: [] as [], period: 'day' as const, count: 1 }]
  const document = campaign([amountOffer({ window: { dates: ['2026-11-24'] }, limits })], { dayStart: '20:00' })
  const before = payment({ atMs: Date.parse('2026-11-23T19:59:59+08:00') })
  const after = payment({ atMs: Date.parse('2026-11-23T20:00:00+08:00') })
  const offer = compiled(document)
  expect([testOffer(offer, before), testOffer(offer, after)]).toEqual(['excluded_date', undefined])
  expect(rank([offer], after, price(10_000), false).candidates[0]!.charges[0]!.periodStart).toBe('2026-11-24')
})

test.each`
  _case                              | conditions                                   | changed                                        | expected
  ${'an issuer'}                     | ${{ issuers: ['CCB', 'ICBC'] }}              | ${{ issuer: 'ICBC' }}                          | ${undefined}
  ${'another issuer'}                | ${{ issuers: ['CCB'] }}                      | ${{ issuer: 'ICBC' }}                          | ${'issuer'}
  ${'a card product'}                | ${{ cardProducts: ['gold'] }}                | ${{ cardProduct: 'gold' }}                     | ${undefined}
  ${'another card product'}          | ${{ cardProducts: ['gold'] }}                | ${{ cardProduct: 'platinum' }}                 | ${'card_product'}
  ${'an excluded card product'}      | ${{ excludedCardProducts: ['gold'] }}        | ${{ cardProduct: 'gold' }}                     | ${'card_product'}
  ${'another than the excluded'}     | ${{ excludedCardProducts: ['gold'] }}        | ${{ cardProduct: 'platinum' }}                 | ${undefined}
  ${'nobody knows: not excluded'}    | ${{ excludedCardProducts: ['gold'] }}        | ${{}}                                          | ${undefined}
  ${'a terminal'}                    | ${{ terminals: ['T1'] }}                     | ${{ terminal: 'T1' }}                          | ${undefined}
  ${'another terminal'}              | ${{ terminals: ['T1'] }}                     | ${{ terminal: 'T2' }}                          | ${'terminal'}
  ${'an MCC'}                        | ${{ mccs: ['5812'] }}                        | ${{ merchantMcc: '5812' }}                     | ${undefined}
  ${'another MCC'}                   | ${{ mccs: ['5812'] }}                        | ${{ merchantMcc: '5411' }}                     | ${'mcc'}
  ${'a country'}                     | ${{ countries: ['CN'] }}                     | ${{ merchantCountry: 'CN' }}                   | ${undefined}
  ${'another country'}               | ${{ countries: ['CN'] }}                     | ${{ merchantCountry: 'JP' }}                   | ${'country'}
  ${'an excluded country'}           | ${{ excludedCountries: ['CN'] }}             | ${{ merchantCountry: 'CN' }}                   | ${'country'}
  ${'another than the excluded one'} | ${{ excludedCountries: ['CN'] }}             | ${{ merchantCountry: 'JP' }}                   | ${undefined}
  ${'a district of the city'}        | ${{ regions: ['440300'] }}                   | ${{ merchantRegion: '440305' }}                | ${undefined}
  ${'a district of another city'}    | ${{ regions: ['440300', '310000'] }}         | ${{ merchantRegion: '440106' }}                | ${'region'}
  ${'the city of a district'}        | ${{ regions: ['440305'] }}                   | ${{ merchantRegion: '440300' }}                | ${'region'}
  ${'a region that nobody knows'}    | ${{ regions: ['440300'] }}                   | ${{}}                                          | ${'region'}
  ${'an invited customer'}           | ${{ customerGroups: ['NOBODY', 'INVITED'] }} | ${{}}                                          | ${undefined}
  ${'a customer not invited'}        | ${{ customerGroups: ['INVITED'] }}           | ${{ customerToken: 'customer-2' }}             | ${'customer_group'}
  ${'no customer'}                   | ${{ customerGroups: ['INVITED'] }}           | ${{ customerToken: undefined }}                | ${'customer_group'}
  ${'both facts'}                    | ${{ facts: ['registered', 'first_use'] }}    | ${{ facts: ['first_use', 'x', 'registered'] }} | ${undefined}
  ${'one of two facts'}              | ${{ facts: ['registered', 'first_use'] }}    | ${{ facts: ['registered'] }}                   | ${'facts_missing'}
  ${'nothing stated'}                | ${{ facts: ['registered'] }}                 | ${{}}                                          | ${'facts_missing'}
  ${'a prefix of another length'}    | ${{ binGroups: ['CCB-CREDIT'] }}             | ${{ cardDigits: '4367421' }}                   | ${'bin'}
`('conditions: $_case', ({ conditions, changed, expected }) =>
  expect(reason(campaign([amountOffer({ conditions })]), changed)).toBe(expected),
)

test('prefixes of a group may stand in any order', () => {
  const cardGroups = [{ code: 'ANY-ORDER', bins: ['43674212', '6227', '9'], cards: [] }]
  const document = campaign([amountOffer({ conditions: { binGroups: ['ANY-ORDER'] } })])
  const offer = compileOffer(document, 7, 'O1', { cardGroups, drawKey: DRAW_KEY })
  const digits = ['9', '6227', '43674212', '622', '4367421']
  expect(digits.map((cardDigits) => testOffer(offer, payment({ cardDigits })))).toEqual([
    undefined,
    undefined,
    undefined,
    'bin',
    'bin',
  ])
})

test('a shop under a merchant is enough, and only the named one', () => {
  const document = campaign([amountOffer({}, { merchants: ['M9'], subMerchants: ['S1'] })])
  expect(reason(document, { subMerchant: 'S1' })).toBeUndefined()
  expect(reason(document, { subMerchant: 'S2' })).toBe('merchant_not_bound')
  expect(reason(document, {})).toBe('merchant_not_bound')
  expect(reason(document, { merchant: 'M9' })).toBeUndefined()
})

test('the groups a decision has asked about are kept, and stand in for their members when it is run again', () => {
  const conditions = {
    binGroups: ['CCB-CREDIT', 'OTHER'],
    cardBlacklists: ['OTHER'],
    cardWhitelists: ['MINE'],
    customerGroups: ['INVITED'],
  }
  const offer = compiled(campaign([amountOffer({ conditions })]))
  const plain = compiled(campaign([amountOffer()]))
  expect(memberships([plain, offer, offer], payment())).toEqual(['card/CCB-CREDIT', 'card/MINE', 'customer/INVITED'])
  expect(memberships([plain], payment())).toEqual([])
  const later = payment({ cardDigits: '622', cardToken: 'another', customerToken: undefined })
  const memberOf = (...keys: string[]) => testOffer(offer, { ...later, memberOf: new Set(keys) })
  expect(testOffer(offer, later)).toBe('bin')
  expect(memberOf('card/CCB-CREDIT', 'card/MINE', 'customer/INVITED')).toBeUndefined()
  expect(memberOf('card/CCB-CREDIT', 'card/MINE')).toBe('customer_group')
  expect(memberOf('card/CCB-CREDIT', 'customer/INVITED')).toBe('not_whitelisted')
  expect(memberOf('card/OTHER', 'card/MINE', 'customer/INVITED')).toBe('blacklisted')
})

const catalogOf = (documents: Campaign[], groupOrder?: string[]) =>
  compileCatalog({
    campaigns: documents.map((document) => ({
      document,
      version: 7,
      approved: true,
      suspended: false,
      suspendedOffers: [],
    })),
    ...of,
    groupOrder,
  })

test('groups: amount groups as the setting has them, the others by code, then the fee groups', () => {
  const amount = (code: string, group?: string): Offer => amountOffer({}, { code, ...(group ? { group } : {}) })
  const fee = (code: string, group?: string): Offer =>
    feeOffer({ type: 'waive' }, { code, ...(group ? { group } : {}) })
  const offers = [
    fee('F-B', 'b'),
    amount('B', 'b'),
    fee('F'),
    amount('PLAIN'),
    amount('Z', 'z'),
    amount('C', 'c'),
    amount('B2', 'b'),
  ]
  const order = (groupOrder?: string[]) =>
    [...catalogOf([campaign(offers)], groupOrder).offers]
      .sort((x, y) => x.groupRank - y.groupRank || (x.code < y.code ? -1 : 1))
      .map(({ code, groupRank }) => `${groupRank} ${code}`)
  const fees = ['4 F-B', '5 F']
  expect(order()).toEqual(['0 PLAIN', '1 B', '1 B2', '2 C', '3 Z', ...fees])
  expect(order(['z', 'unknown', 'c'])).toEqual(['0 Z', '1 C', '2 PLAIN', '3 B', '3 B2', ...fees])
})

test('what an offer says of itself, and what is said for it', () => {
  const plain = compiled(campaign([amountOffer()]))
  expect(plain).toMatchObject({ group: 'amount', gross: false, exclusive: false, delivery: 'instant', priority: 0 })
  const rebate = compiled(
    campaign([amountOffer({}, { group: 'g', base: 'gross', exclusive: true, delivery: 'rebate' } as Partial<Offer>)]),
  )
  expect(rebate).toMatchObject({ group: 'g', gross: true, exclusive: true, delivery: 'rebate' })
  const fee = compiled(
    campaign([feeOffer({ type: 'waive' }, { exclusive: true, delivery: 'rebate' } as Partial<Offer>)]),
  )
  expect(fee).toMatchObject({ group: 'fee', exclusive: false, delivery: 'instant' })
})

test('of equal offers the code decides, then the campaign, whatever the order of the documents', () => {
  const all = ['A', 'B', 'C'].flatMap((code) =>
    ['C2', 'C1'].map((owner) => compiled(campaign([amountOffer({}, { code })], { code: owner }))),
  )
  const names = (offers: CompiledOffer[]) =>
    rank(offers, payment(), price(10_000), false).candidates.map(({ offer }) => `${offer.code} ${offer.campaign.code}`)
  const expected = ['A C1', 'A C2', 'B C1', 'B C2', 'C C1', 'C C2']
  expect(names(all)).toEqual(expected)
  expect(names([...all].reverse())).toEqual(expected)
  expect(names([all[3]!, all[5]!, all[0]!, all[2]!, all[4]!, all[1]!])).toEqual(expected)
})

test('without explaining nothing is written down', () => {
  const limits = [{ per: ['terminal' as const], period: 'day' as const, count: 1 }]
  const offers = [compiled(campaign([amountOffer({}, { code: 'A' })])), compiled(campaign([amountOffer({ limits })]))]
  expect(rank(offers, payment({ amountFen: 9_999 }), price(9_999), false).refused).toEqual([])
  expect(rank(offers, payment(), price(10_000), false).refused).toEqual([])
})
