import type { Campaign, Offer } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { compileCatalog } from './compile'
import { screen, testOffer } from './conditions'
import type { Catalog, CompiledOffer, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, GROUPS, payment } from './testing/documents'

const catalogOf = (documents: readonly Campaign[]): Catalog =>
  compileCatalog({
    campaigns: documents.map((document) => ({
      document,
      version: 1,
      approved: true,
      suspended: false,
      suspendedOffers: [],
    })),
    cardGroups: GROUPS,
    drawKey: DRAW_KEY,
  })

const codes = (offers: readonly CompiledOffer[]): string[] => offers.map(({ code }) => code).sort()

/** What the index finds, before anything is tested. */
function found(documents: readonly Campaign[], facts: PaymentFacts): string[] {
  const offers: CompiledOffer[] = []
  catalogOf(documents).live.find(facts, offers)
  return codes(offers)
}

/** Mostly absent, so that offers of many conditions are met too. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })
const some = (...values: string[]) => seldom(fc.subarray(values, { minLength: 1 }))
const one = (...values: string[]) => fc.option(fc.constantFrom(...values), { nil: undefined })
const MERCHANTS = ['M1', 'M2', 'M3']
const SHOPS = ['S1', 'S2']
const AMOUNTS = [1, 2, 3, 4, 7, 8, 9_999, 10_000, 12_288, 3_000_000_000, 9_000_000_000]
const amounts = fc.constantFrom(...AMOUNTS)

const anyOffer = fc.record({
  merchants: some(...MERCHANTS),
  subMerchants: some(...SHOPS),
  merchantGroups: some('SOUTH', 'CHAIN', 'EMPTY'),
  from: fc.constantFrom('2026-10-01', '2026-10-02', '2026-11-23', '2026-11-25'),
  to: fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23', '2026-12-30', '2026-12-31'),
  paymentMethods: some('qr', 'swipe'),
  cardTypes: some('credit', 'debit'),
  cardRegions: some('domestic', 'overseas'),
  schemes: some('unionpay', 'visa'),
  issuers: some('CCB', 'ICBC'),
  cardProducts: some('platinum', 'gold'),
  pinFree: seldom(fc.boolean()),
  terminals: some('T1', 'T2'),
  mccs: some('5812', '5411'),
  countries: some('CN', 'JP'),
  regions: some('440300', '440305', '310000'),
  binGroups: some('CCB-CREDIT', 'MINE', 'OTHER', 'UNKNOWN'),
  min: seldom(amounts),
  max: seldom(amounts),
})
const anyFacts = fc.record({
  merchant: fc.constantFrom(...MERCHANTS, 'M4'),
  subMerchant: one(...SHOPS, 'S3'),
  paymentMethod: fc.constantFrom('qr', 'swipe', 'quick'),
  cardType: fc.constantFrom('credit' as const, 'debit' as const, 'prepaid' as const, undefined),
  cardRegion: fc.constantFrom('domestic' as const, 'overseas' as const, undefined),
  scheme: one('unionpay', 'visa', 'mastercard'),
  issuer: one('CCB', 'ICBC', 'ABC'),
  cardProduct: one('platinum', 'gold', 'other'),
  pinFree: fc.constantFrom(true, false, undefined),
  terminal: one('T1', 'T3'),
  merchantMcc: one('5812', '5411', '5311'),
  merchantCountry: one('CN', 'JP', 'US'),
  merchantRegion: one('440305', '440306', '310101'),
  cardDigits: one('622700', '62270012', '43674212', '436742', '9999'),
  cardToken: one('token-of-card-0001', 'token-of-card-0009', 'token-of-card-0002'),
  currency: fc.constantFrom('CNY', 'CNY', 'CNY', 'JPY'),
  amountFen: amounts,
  eligibleFen: fc.option(amounts, { nil: undefined }),
  memberOf: seldom(fc.constant(new Set(['card/CCB-CREDIT', 'merchant/CHAIN']))),
  merchantLeft: seldom(fc.constant(true as const)),
  atMs: fc
    .integer({ min: Date.parse('2026-11-20T00:00:00Z'), max: Date.parse('2026-11-27T00:00:00Z') })
    .map((ms) => Math.floor(ms / 60_000) * 60_000),
})

type AnyOffer = typeof anyOffer extends fc.Arbitrary<infer T> ? T : never

function offerOf(
  { merchants, subMerchants, merchantGroups, from, to, min, max, ...conditions }: AnyOffer,
  i: number,
): Offer {
  const window = from <= to ? { from, to } : { from }
  const amount = min !== undefined || max !== undefined ? { amount: { min, max } } : {}
  return amountOffer({ window, conditions: { ...conditions, ...amount } } as object, {
    code: `O${i}`,
    ...(merchants ? { merchants } : {}),
    ...(subMerchants ? { subMerchants } : {}),
    ...(merchantGroups ? { merchantGroups } : {}),
  })
}

test('the index hides no offer that the payment meets, and shows none twice', () => {
  let met = 0
  fc.assert(
    fc.property(
      // More than 32 open ones: bits of a second word.
      fc.array(anyOffer, { minLength: 1, maxLength: 90, size: 'max' }),
      fc.array(anyFacts, { minLength: 1, maxLength: 10 }),
      fc.constantFrom('CNY', 'JPY'),
      (all, payments, currency) => {
        const catalog = catalogOf([
          campaign(all.slice(0, 70).map(offerOf)),
          campaign(
            all.slice(70).map((offer, i) => offerOf(offer, 70 + i)),
            { code: 'C2', timeZone: 'Pacific/Kiritimati', currency },
          ),
        ])
        for (const changed of payments) {
          const facts = payment(changed as Partial<PaymentFacts>)
          const expected = catalog.offers.filter((offer) => testOffer(offer, facts) === undefined)
          expect(codes(screen(catalog, facts, false).passed)).toEqual(codes(expected))
          met += expected.length
        }
      },
    ),
    { numRuns: 60 },
  )
  expect(met).toBeGreaterThan(300)
})

/** A payment that the offer with this condition cannot get, and one that it may get. */
const NARROWED: [string, object, Partial<PaymentFacts>, Partial<PaymentFacts>][] = [
  ['another method', { paymentMethods: ['swipe'] }, {}, { paymentMethod: 'swipe' }],
  ['another issuer', { issuers: ['ICBC'] }, { issuer: 'CCB' }, { issuer: 'ICBC' }],
  ['an issuer that is not known', { issuers: ['ICBC'] }, {}, { issuer: 'ICBC' }],
  ['another card type', { cardTypes: ['debit'] }, {}, { cardType: 'debit' }],
  ['another MCC', { mccs: ['5411'] }, { merchantMcc: '5812' }, { merchantMcc: '5411' }],
  ['another card region', { cardRegions: ['overseas'] }, {}, { cardRegion: 'overseas' }],
  ['another scheme', { schemes: ['visa'] }, {}, { scheme: 'visa' }],
  ['another card product', { cardProducts: ['gold'] }, { cardProduct: 'other' }, { cardProduct: 'gold' }],
  ['with a PIN', { pinFree: true }, { pinFree: false }, { pinFree: true }],
  ['a PIN or not, nobody knows', { pinFree: false }, { pinFree: undefined }, { pinFree: false }],
  ['another terminal', { terminals: ['T1'] }, { terminal: 'T2' }, { terminal: 'T1' }],
  ['another country', { countries: ['JP'] }, { merchantCountry: 'CN' }, { merchantCountry: 'JP' }],
  ['another region', { regions: ['310000'] }, { merchantRegion: '440305' }, { merchantRegion: '310101' }],
  ['a region that is not known', { regions: ['310000'] }, {}, { merchantRegion: '310101' }],
  ['another card group', { binGroups: ['CCB-CREDIT'] }, { cardDigits: '9' }, {}],
  ['digits that are not known', { binGroups: ['CCB-CREDIT'] }, { cardDigits: undefined }, {}],
  ['a quarter below the least amount', { amount: { min: 16_384 } }, { amountFen: 16_383 }, { amountFen: 16_384 }],
  ['a quarter above the greatest', { amount: { max: 20_479 } }, { amountFen: 20_480 }, { amountFen: 20_479 }],
]

test.each(NARROWED)('%s: the offer is not even looked at, alone or among many', (_, conditions, out, within) => {
  const offer = amountOffer({ conditions: conditions as never }, { code: 'ASKED' })
  const others = Array.from({ length: 40 }, (__, i) => amountOffer({}, { code: `OTHER-${10 + i}`, merchants: ['M9'] }))
  for (const merchants of [undefined, ['M0001']]) {
    const document = campaign([...others, { ...offer, ...(merchants ? { merchants } : {}) } as Offer])
    expect(found([document], payment(out))).toEqual([])
    expect(found([document], payment(within))).toEqual(['ASKED'])
  }
})

test.each`
  _case                      | from            | to              | expected
  ${'ended three days ago'}  | ${'2026-10-01'} | ${'2026-11-20'} | ${[]}
  ${'begins in three days'}  | ${'2026-11-26'} | ${'2026-12-31'} | ${[]}
  ${'ended two days ago'}    | ${'2026-10-01'} | ${'2026-11-21'} | ${['O1']}
  ${'begins in two days'}    | ${'2026-11-25'} | ${'2026-12-31'} | ${['O1']}
  ${'today is the only day'} | ${'2026-11-23'} | ${'2026-11-23'} | ${['O1']}
`(
  'what is over or to come costs nothing: $_case',
  ({ from, to, expected }: { from: string; to: string; expected: string[] }) =>
    expect(found([campaign([amountOffer()], { from, to })], payment())).toEqual(expected),
)

test('offers of other merchants are not looked at, nor those of another currency', () => {
  const offers = [
    amountOffer({}, { code: 'MERCHANT', merchants: ['M0001'] }),
    amountOffer({}, { code: 'SHOP', subMerchants: ['S1'] }),
    amountOffer({}, { code: 'BOTH', merchants: ['M0001'], subMerchants: ['S1'] }),
    amountOffer({}, { code: 'EITHER', merchants: ['M0002'], subMerchants: ['S1', 'S2'] }),
    amountOffer({}, { code: 'ALL' }),
  ]
  const documents = [campaign(offers), campaign([amountOffer({}, { code: 'YEN' })], { code: 'C2', currency: 'JPY' })]
  expect(found(documents, payment())).toEqual(['ALL', 'BOTH', 'MERCHANT'])
  expect(found(documents, payment({ subMerchant: 'S1' }))).toEqual(['ALL', 'BOTH', 'EITHER', 'MERCHANT', 'SHOP'])
  expect(found(documents, payment({ merchant: 'M0003', subMerchant: 'S2' }))).toEqual(['ALL', 'EITHER'])
  expect(found(documents, payment({ merchant: 'M0003' }))).toEqual(['ALL'])
  expect(found(documents.slice(0, 1), payment({ merchant: 'M0003', currency: 'JPY' }))).toEqual([])
  const { live } = catalogOf(documents)
  expect(codes(live.bound(payment()))).toEqual(['BOTH', 'MERCHANT'])
  expect(codes(live.bound(payment({ subMerchant: 'S1' })))).toEqual(['BOTH', 'EITHER', 'MERCHANT', 'SHOP'])
  expect(codes(live.bound(payment({ merchant: 'M0003', subMerchant: 'S2' })))).toEqual(['EITHER'])
  expect(live.bound(payment({ merchant: 'M0003', subMerchant: 'S3' }))).toEqual([])
  // Whatever else they ask for: they are bound to it.
  expect(codes(live.bound(payment({ currency: 'JPY' })))).toEqual(['BOTH', 'MERCHANT'])
})

test('a card in several groups may get the offers of each', () => {
  const groups = [
    { code: 'SHORT', bins: ['6227'], cards: [] },
    { code: 'LONG', bins: ['62270012', '9'], cards: [] },
    { code: 'SAME', bins: ['6227', '8'], cards: [] },
    { code: 'TOO-LONG', bins: ['6227001234567'], cards: [] },
  ]
  const offers = groups.map(({ code }) => amountOffer({ conditions: { binGroups: [code] } }, { code }))
  const input = { document: campaign(offers), version: 1, approved: true, suspended: false, suspendedOffers: [] }
  const { live } = compileCatalog({ campaigns: [input], cardGroups: groups, drawKey: DRAW_KEY })
  const cards = (cardDigits: string): string[] => {
    const offersFound: CompiledOffer[] = []
    live.find(payment({ cardDigits }), offersFound)
    return codes(offersFound)
  }
  expect(cards('622700123456')).toEqual(['LONG', 'SAME', 'SHORT'])
  expect(cards('6227')).toEqual(['SAME', 'SHORT'])
  expect(cards('9')).toEqual(['LONG'])
  expect(cards('622')).toEqual([])
  // Whoever is named by token, or was in a group when the decision was made, is tested one by one.
  const named = campaign([amountOffer({ conditions: { binGroups: ['OTHER'] } })])
  expect(found([named], payment({ cardDigits: undefined }))).toEqual(['O1'])
  const before = campaign([amountOffer({ conditions: { binGroups: ['CCB-CREDIT'] } })])
  expect(found([before], payment({ cardDigits: '9', memberOf: new Set() }))).toEqual(['O1'])
})
