import { CALENDAR_YEARS } from '@lijian/calendar'
import { DAY_TYPE_YEARS, type Campaign, type Offer } from '@lijian/contracts/marketing'
import { compileCatalog, compileOffer } from './compile'
import { rank, refusalsAfterGrant } from './rank'
import { screen, testOffer } from './conditions'
import type { CatalogCampaign, PaymentFacts } from './types'
import { amountOffer, campaign, DRAW_KEY, GROUPS, outcome, payment, price } from './testing/documents'

const withWindow = (window: object, changed: Partial<Campaign> = {}) => campaign([amountOffer({ window })], changed)
const withConditions = (conditions: object) => campaign([amountOffer({ conditions })])
const at = (instant: string) => payment({ atMs: Date.parse(instant) })

test.each`
  _case                                | window                                      | instant                            | expected
  ${'the moment before the first day'} | ${{}}                                       | ${'2026-09-30T23:59:59.999+08:00'} | ${'not_started'}
  ${'the first moment'}                | ${{}}                                       | ${'2026-10-01T00:00:00+08:00'}     | ${1500}
  ${'the last moment'}                 | ${{}}                                       | ${'2026-12-31T23:59:59.999+08:00'} | ${1500}
  ${'the moment after'}                | ${{}}                                       | ${'2027-01-01T00:00:00+08:00'}     | ${'ended'}
  ${'days are those of the campaign'}  | ${{}}                                       | ${'2026-09-30T16:00:00Z'}          | ${1500}
  ${'an own first day, before'}        | ${{ from: '2026-11-23' }}                   | ${'2026-11-22T23:59:59+08:00'}     | ${'not_started'}
  ${'an own first day'}                | ${{ from: '2026-11-23' }}                   | ${'2026-11-23T00:00:00+08:00'}     | ${1500}
  ${'an own last day'}                 | ${{ to: '2026-11-23' }}                     | ${'2026-11-23T23:59:59+08:00'}     | ${1500}
  ${'after an own last day'}           | ${{ to: '2026-11-23' }}                     | ${'2026-11-24T00:00:00+08:00'}     | ${'ended'}
  ${'09:59'}                           | ${{ daily: [['10:00', '22:00']] }}          | ${'2026-11-23T09:59:59.999+08:00'} | ${'outside_hours'}
  ${'10:00'}                           | ${{ daily: [['10:00', '22:00']] }}          | ${'2026-11-23T10:00:00+08:00'}     | ${1500}
  ${'21:59'}                           | ${{ daily: [['10:00', '22:00']] }}          | ${'2026-11-23T21:59:59.999+08:00'} | ${1500}
  ${'22:00'}                           | ${{ daily: [['10:00', '22:00']] }}          | ${'2026-11-23T22:00:00+08:00'}     | ${'outside_hours'}
  ${'the end of the day, as 24:00'}    | ${{ daily: [['10:00', '24:00']] }}          | ${'2026-11-23T23:59:59.999+08:00'} | ${1500}
  ${'a Sunday among working days'}     | ${{ weekdays: [1, 2, 3, 4, 5] }}            | ${'2026-11-22T12:00:00+08:00'}     | ${'excluded_weekday'}
  ${'a Monday among working days'}     | ${{ weekdays: [1, 2, 3, 4, 5] }}            | ${'2026-11-23T12:00:00+08:00'}     | ${1500}
  ${'an excluded Sunday'}              | ${{ excludedWeekdays: [7] }}                | ${'2026-11-22T12:00:00+08:00'}     | ${'excluded_weekday'}
  ${'excluded wins'}                   | ${{ weekdays: [7], excludedWeekdays: [7] }} | ${'2026-11-22T12:00:00+08:00'}     | ${'excluded_weekday'}
  ${'the day of singles'}              | ${{ excludedDates: ['2026-11-11'] }}        | ${'2026-11-11T00:00:00+08:00'}     | ${'excluded_date'}
  ${'the day after it'}                | ${{ excludedDates: ['2026-11-11'] }}        | ${'2026-11-12T00:00:00+08:00'}     | ${1500}
`('window: $_case', ({ window, instant, expected }) => expect(outcome(withWindow(window), at(instant))).toBe(expected))

test('an open end stays open', () => {
  const open = withWindow({}, { to: undefined })
  expect(outcome(open, at('2099-12-31T12:00:00+08:00'))).toBe(1500)
})

test.each`
  _case                                   | conditions                               | changed                                            | expected
  ${'the smallest amount'}                | ${{ amount: { min: 10_000 } }}           | ${{ amountFen: 10_000 }}                           | ${1500}
  ${'one fen below'}                      | ${{ amount: { min: 10_001 } }}           | ${{ amountFen: 10_000 }}                           | ${'amount_below_minimum'}
  ${'the largest amount'}                 | ${{ amount: { max: 10_000 } }}           | ${{ amountFen: 10_000 }}                           | ${1500}
  ${'one fen above'}                      | ${{ amount: { max: 10_000 } }}           | ${{ amountFen: 10_001 }}                           | ${'amount_above_maximum'}
  ${'the eligible part is what counts'}   | ${{ amount: { max: 10_000 } }}           | ${{ amountFen: 30_000, eligibleFen: 10_000 }}      | ${1500}
  ${'one of the methods'}                 | ${{ paymentMethods: ['swipe', 'qr'] }}   | ${{}}                                              | ${1500}
  ${'another method'}                     | ${{ paymentMethods: ['swipe'] }}         | ${{}}                                              | ${'payment_method'}
  ${'another card type'}                  | ${{ cardTypes: ['debit'] }}              | ${{}}                                              | ${'card_type'}
  ${'quasi_credit is not credit here'}    | ${{ cardTypes: ['credit'] }}             | ${{ cardType: 'quasi_credit' }}                    | ${'card_type'}
  ${'a card type that is not known'}      | ${{ cardTypes: ['credit'] }}             | ${{ cardType: undefined }}                         | ${'card_type'}
  ${'a region that is not known'}         | ${{ cardRegions: ['domestic'] }}         | ${{ cardRegion: undefined }}                       | ${'card_region'}
  ${'a scheme that is not known'}         | ${{ schemes: ['unionpay'] }}             | ${{ scheme: undefined }}                           | ${'scheme'}
  ${'pin-free'}                           | ${{ pinFree: true }}                     | ${{ pinFree: true }}                               | ${1500}
  ${'pin-free asked, PIN entered'}        | ${{ pinFree: true }}                     | ${{ pinFree: false }}                              | ${'pin_free'}
  ${'PIN asked, pin-free'}                | ${{ pinFree: false }}                    | ${{ pinFree: true }}                               | ${'pin_free'}
  ${'PIN asked, PIN entered'}             | ${{ pinFree: false }}                    | ${{ pinFree: false }}                              | ${1500}
  ${'pin-free is not known'}              | ${{ pinFree: false }}                    | ${{ pinFree: undefined }}                          | ${'pin_free'}
  ${'six digits of the BIN'}              | ${{ binGroups: ['CCB-CREDIT'] }}         | ${{ cardDigits: '622700' }}                        | ${1500}
  ${'five of its six digits'}             | ${{ binGroups: ['CCB-CREDIT'] }}         | ${{ cardDigits: '62270' }}                         | ${'bin'}
  ${'eight digits where eight are asked'} | ${{ binGroups: ['CCB-CREDIT'] }}         | ${{ cardDigits: '43674212' }}                      | ${1500}
  ${'six digits where eight are asked'}   | ${{ binGroups: ['CCB-CREDIT'] }}         | ${{ cardDigits: '436742' }}                        | ${'bin'}
  ${'another BIN'}                        | ${{ binGroups: ['CCB-CREDIT'] }}         | ${{ cardDigits: '622701999999' }}                  | ${'bin'}
  ${'no digits, but the token'}           | ${{ binGroups: ['CCB-CREDIT', 'MINE'] }} | ${{ cardDigits: undefined }}                       | ${1500}
  ${'no card at all for a BIN group'}     | ${{ binGroups: ['MINE'] }}               | ${{ cardDigits: undefined, cardToken: undefined }} | ${'bin'}
  ${'a group that nobody has stored'}     | ${{ binGroups: ['NOBODY'] }}             | ${{}}                                              | ${'bin'}
  ${'blacklisted by token'}               | ${{ cardBlacklists: ['OTHER', 'MINE'] }} | ${{}}                                              | ${'blacklisted'}
  ${'blacklisted by BIN'}                 | ${{ cardBlacklists: ['CCB-CREDIT'] }}    | ${{}}                                              | ${'blacklisted'}
  ${'on another blacklist'}               | ${{ cardBlacklists: ['OTHER'] }}         | ${{}}                                              | ${1500}
  ${'no card is on no blacklist'}         | ${{ cardBlacklists: ['MINE'] }}          | ${{ cardDigits: undefined, cardToken: undefined }} | ${1500}
  ${'whitelisted'}                        | ${{ cardWhitelists: ['OTHER', 'MINE'] }} | ${{}}                                              | ${1500}
  ${'on another whitelist'}               | ${{ cardWhitelists: ['OTHER'] }}         | ${{}}                                              | ${'not_whitelisted'}
  ${'no card is on no whitelist'}         | ${{ cardWhitelists: ['MINE'] }}          | ${{ cardDigits: undefined, cardToken: undefined }} | ${'not_whitelisted'}
`('conditions: $_case', ({ conditions, changed, expected }) =>
  expect(outcome(withConditions(conditions), payment({ amountFen: 10_000, ...changed }))).toBe(expected),
)

/** Every reason this part can give, in precedence order, with the edit that causes it. The facts stay the same. */
type Case = { state: Omit<CatalogCampaign, 'document'>; document: Campaign; offer: Offer & { rule: any } }
const CAUSES: [string, (c: Case) => unknown][] = [
  ['not_approved', (c) => (c.state.approved = false)],
  ['suspended', (c) => (c.state.suspendedOffers = ['O1'])],
  ['currency', (c) => (c.document.currency = 'USD')],
  ['not_started', (c) => (c.offer.rule.window.from = '2026-12-01')],
  ['ended', (c) => (c.offer.rule.window.to = '2026-10-15')],
  ['outside_hours', (c) => (c.offer.rule.window.daily = [['00:00', '01:00']])],
  ['excluded_weekday', (c) => (c.offer.rule.window.weekdays = [7])],
  ['excluded_date', (c) => (c.offer.rule.window.excludedDates = ['2026-11-23'])],
  ['merchant_not_bound', (c) => (c.offer.merchants = ['M9'])],
  ['payment_method', (c) => (c.offer.rule.conditions.paymentMethods = ['swipe'])],
  ['card_type', (c) => (c.offer.rule.conditions.cardTypes = ['debit'])],
  ['card_region', (c) => (c.offer.rule.conditions.cardRegions = ['overseas'])],
  ['scheme', (c) => (c.offer.rule.conditions.schemes = ['visa'])],
  ['pin_free', (c) => (c.offer.rule.conditions.pinFree = true)],
  ['bin', (c) => (c.offer.rule.conditions.binGroups = ['OTHER'])],
  ['blacklisted', (c) => (c.offer.rule.conditions.cardBlacklists = ['MINE'])],
  ['not_whitelisted', (c) => (c.offer.rule.conditions.cardWhitelists = ['OTHER'])],
  ['amount_below_minimum', (c) => (c.offer.rule.conditions.amount.min = 10_001)],
  ['amount_above_maximum', (c) => (c.offer.rule.conditions.amount.max = 9_999)],
  ['no_benefit', (c) => (c.offer.rule.benefit.minPayable = 10_000)],
  ['limit_key_missing', (c) => (c.offer.rule.limits = [{ per: ['terminal'], period: 'day', count: 1 }])],
]

function reasonAfter(causes: ((c: Case) => unknown)[]): string | undefined {
  const offer = amountOffer({ window: {}, conditions: { amount: {} } })
  const document = campaign([offer])
  const state = { version: 7, approved: true, suspended: false, suspendedOffers: [] as string[] }
  for (const cause of causes) cause({ state, document, offer })
  const catalog = compileCatalog({ campaigns: [{ document, ...state }], cardGroups: GROUPS, drawKey: DRAW_KEY })
  const { passed, refused } = screen(catalog, payment(), true)
  const ranking = rank(passed, payment(), price(10_000), true)
  return [...refused, ...refusalsAfterGrant(ranking, undefined)][0]?.reason
}

test('nothing is wrong with the offer that the causes are added to', () => expect(reasonAfter([])).toBeUndefined())

test.each(CAUSES)('%s alone', (reason, cause) => expect(reasonAfter([cause])).toBe(reason))

const neighbours = CAUSES.slice(1).map(([later, cause], i) => [CAUSES[i]![0], later, CAUSES[i]![1], cause] as const)
test.each(neighbours)('%s comes before %s', (first, _later, firstCause, laterCause) =>
  expect(reasonAfter([laterCause, firstCause])).toBe(first),
)

test('a suspended campaign suspends all its offers', () => {
  expect(reasonAfter([(c) => (c.state.suspended = true)])).toBe('suspended')
})

test('without explaining, only the offers of the merchant and of all merchants are met, and nothing is written down', () => {
  const bound = amountOffer({}, { code: 'BOUND', merchants: ['M0001', 'M0002'] })
  const elsewhere = amountOffer({}, { code: 'ELSEWHERE', merchants: ['M0002'] })
  const everywhere = amountOffer({}, { code: 'EVERYWHERE' })
  const stopped = amountOffer({}, { code: 'STOPPED', merchants: ['M0001'] })
  const document = campaign([everywhere, elsewhere, bound, stopped])
  const state = { version: 1, approved: true, suspended: false, suspendedOffers: ['STOPPED'] }
  const catalog = compileCatalog({ campaigns: [{ document, ...state }], cardGroups: [], drawKey: DRAW_KEY })
  const quick = screen(catalog, payment(), false)
  expect(quick.passed.map(({ code }) => code).sort()).toEqual(['BOUND', 'EVERYWHERE'])
  expect(quick.refused).toEqual([])
  const explained = screen(catalog, payment(), true)
  expect(explained.passed.map(({ code }) => code)).toEqual(['EVERYWHERE', 'BOUND'])
  expect(explained.refused).toEqual([
    { offer: 'ELSEWHERE', reason: 'merchant_not_bound' },
    { offer: 'STOPPED', reason: 'suspended' },
  ])
})

test('a granted offer is tested again with what became known after payment', () => {
  const document = withConditions({ cardTypes: ['credit'] })
  const offer = compileOffer(document, 7, 'O1', { cardGroups: GROUPS, drawKey: DRAW_KEY })
  const again = (changed: Partial<PaymentFacts>) => testOffer(offer, payment(changed))
  expect(again({})).toBeUndefined()
  expect(again({ cardType: 'debit' })).toBe('card_type')
  expect(() => compileOffer(document, 7, 'O2', { cardGroups: [], drawKey: DRAW_KEY })).toThrow('has no offer O2')
})

test('documents may ask for holidays in the years in which they are known', () =>
  expect(DAY_TYPE_YEARS).toEqual(CALENDAR_YEARS))
