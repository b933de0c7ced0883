import { REASONS, type Campaign, type Offer } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import { explain } from './explain'
import type { CatalogThen, PastDecision } from './types'

const FACTS: PaymentFacts = {
  client: 'T',
  serial: 'S1',
  merchant: 'M1',
  amountFen: 12_000,
  currency: 'CNY',
  paymentMethod: 'qr',
  memberOf: new Set(['card/BAD']),
  atMs: Date.parse('2026-11-25T01:30:00+08:00'),
}
const OFF = { type: 'reduce', tiers: [{ atLeast: 10_000, off: 1500 }] }

/** One campaign of one offer at M1, changed at whatever place a case is about. */
function then({ campaign = {}, offer = {}, rule = {}, state = {} }: Record<string, object>): CatalogThen {
  const one = {
    code: 'FOOD',
    name: '满100减15',
    kind: 'amount',
    merchants: ['M1'],
    rule: { benefit: OFF, ...rule },
    ...offer,
  }
  const document = {
    code: 'C',
    name: 'n',
    timeZone: 'Asia/Shanghai',
    from: '2026-01-01',
    to: '2026-12-31',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: [{ partner: 'CCB', sharePpm: 1_000_000 }],
    ...campaign,
    offers: [one as unknown as Offer, ...((campaign as { more?: Offer[] }).more ?? [])],
  } as Campaign
  return {
    snapshot: 's',
    groupOrder: ['amount', 'late'],
    drawKeyId: 'k',
    drawKey: Buffer.alloc(32),
    campaigns: [{ document, version: 3, approved: true, suspended: false, suspendedOffers: [], ...state }],
  }
}

const past = (facts: Partial<PaymentFacts> = {}, more: Partial<PastDecision> = {}): PastDecision => ({
  source: 'decision_log',
  facts: { ...FACTS, ...facts },
  fees: undefined,
  counters: undefined,
  suspended: [],
  others: [],
  answered: { offers: [] },
  ...more,
})
const whole = (conditions: object) => ({ rule: { conditions } })
const window = (given: object) => ({ rule: { window: given } })
const rival = (change: object): Record<string, object> => ({
  campaign: {
    more: [{ code: 'RIVAL', name: 'r', kind: 'amount', merchants: ['M1'], rule: { benefit: OFF }, ...change }],
  },
})
const limits = (limit: object) => ({ rule: { limits: [limit] } })
const CARD_COUNT = { per: ['card'], period: 'day', count: 2 }

interface Case {
  reason: string
  world: Record<string, object>
  facts?: Partial<PaymentFacts>
  more?: Partial<PastDecision>
  says: string
}
const CASES: Case[] = [
  { reason: 'not_approved', world: { state: { approved: false } }, says: 'version 3 was not approved' },
  { reason: 'suspended', world: { state: { suspendedOffers: ['FOOD'] } }, says: 'it was suspended' },
  { reason: 'suspended', world: {}, more: { suspended: ['C/FOOD'] }, says: 'it was suspended' },
  { reason: 'currency', world: { campaign: { currency: 'USD' } }, says: 'the currency was CNY, the offer takes USD' },
  { reason: 'not_started', world: window({ from: '2026-12-01' }), says: 'the day was 2026-11-25, the offer starts on 2026-12-01' },
  { reason: 'ended', world: window({ to: '2026-11-24' }), says: 'the day was 2026-11-25, the offer ended on 2026-11-24' },
  // 01:30 belongs to the evening before.
  { reason: 'ended', world: window({ daily: [['22:00', '02:00']], to: '2026-11-23' }), says: 'the day was 2026-11-24, the offer ended on 2026-11-23' },
  { reason: 'outside_hours', world: window({ daily: [['10:00', '22:00']] }), says: 'the payment was at 2026-11-25 01:30 (Asia/Shanghai), the offer is open 10:00–22:00' },
  { reason: 'excluded_weekday', world: window({ weekdays: [6, 7] }), says: '2026-11-25 was a Wednesday, the offer is open on Saturday, Sunday' },
  { reason: 'excluded_date', world: window({ excludedDates: ['2026-11-25'] }), says: '2026-11-25 is excluded' },
  { reason: 'excluded_date', world: window({ dates: ['2026-11-11', '2026-11-26'] }), says: 'the day was 2026-11-25, the offer is for 2026-11-11, 2026-11-26 only' },
  { reason: 'excluded_date', world: window({ dayTypes: ['holiday'] }), says: '2026-11-25 is a workday, the offer is for holiday' },
  { reason: 'payment_method', world: whole({ paymentMethods: ['swipe', 'quickpass'] }), says: 'the payment method was qr, the offer takes swipe, quickpass' },
  { reason: 'card_type', world: whole({ cardTypes: ['credit'] }), says: 'the card type was not known, the offer takes credit' },
  { reason: 'card_product', world: whole({ excludedCardProducts: ['gold'] }), facts: { cardProduct: 'gold' }, says: 'the card product was gold, the offer excludes gold' },
  { reason: 'card_region', world: whole({ cardRegions: ['overseas'] }), facts: { cardRegion: 'domestic' }, says: 'the card region was domestic, the offer takes overseas' },
  { reason: 'scheme', world: whole({ schemes: ['visa'] }), facts: { scheme: 'unionpay' }, says: 'the scheme was unionpay, the offer takes visa' },
  { reason: 'issuer', world: whole({ issuers: ['CCB'] }), facts: { issuer: 'ICBC' }, says: 'the issuer was ICBC, the offer takes CCB' },
  { reason: 'pin_free', world: whole({ pinFree: true }), facts: { pinFree: false }, says: 'the small-amount PIN-free flag was false, the offer takes true' },
  { reason: 'bin', world: whole({ binGroups: ['CCB-CREDIT'] }), says: 'the card is in none of the BIN groups CCB-CREDIT' },
  { reason: 'terminal', world: whole({ terminals: ['T1'] }), facts: { terminal: 'T2' }, says: 'the terminal was T2, the offer takes T1' },
  { reason: 'mcc', world: whole({ mccs: ['5812'] }), facts: { merchantMcc: '5411' }, says: "the merchant's MCC was 5411, the offer takes 5812" },
  { reason: 'country', world: whole({ excludedCountries: ['MO'] }), facts: { merchantCountry: 'MO' }, says: "the merchant's country was MO, the offer excludes MO" },
  { reason: 'region', world: whole({ regions: ['440300'] }), facts: { merchantRegion: '310101' }, says: "the merchant's region was 310101, the offer takes 4403" },
  { reason: 'blacklisted', world: whole({ cardBlacklists: ['BAD', 'WORSE'] }), says: 'the card is on the blacklist BAD' },
  { reason: 'not_whitelisted', world: whole({ cardWhitelists: ['VIP'] }), says: 'the card is on none of the whitelists VIP' },
  { reason: 'customer_group', world: whole({ customerGroups: ['INVITED'] }), says: 'the customer is in none of the groups INVITED' },
  { reason: 'facts_missing', world: whole({ facts: ['registered', 'first_use'] }), facts: { facts: ['registered'] }, says: 'the payment stated registered, the offer needs all of registered, first_use' },
  { reason: 'blocked_after_refund', world: { rule: { refund: { block: 'day' } } }, facts: { cardToken: 'c' }, more: { counters: { 'C/FOOD#block|card:c|2026-11-25': [0, 0, 0, 1] } }, says: 'a refund has closed it to this card or person' },
  { reason: 'amount_below_minimum', world: { campaign: { currency: 'JPY' } }, facts: { currency: 'JPY', amountFen: 9_999 }, says: 'the payment was 9,999, the offer needs at least 10,000' },
  { reason: 'amount_below_minimum', world: {}, facts: { amountFen: 9_999 }, says: 'the payment was 99.99, the offer needs at least 100.00' },
  { reason: 'amount_below_minimum', world: {}, facts: { eligibleFen: 9_000 }, says: 'the eligible part was 90.00, the offer needs at least 100.00' },
  { reason: 'amount_below_minimum', world: whole({ amount: { min: 20_000 } }), says: 'the payment was 120.00, the offer needs at least 200.00' },
  { reason: 'amount_below_minimum', world: { ...rival({ rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 3000 }] } } }), offer: { group: 'late' } }, says: 'what earlier offers left was 90.00, the offer needs at least 100.00' },
  { reason: 'amount_above_maximum', world: whole({ amount: { max: 10_000 } }), says: 'the payment was 120.00, the offer takes at most 100.00' },
  { reason: 'amount_above_maximum', world: { rule: { benefit: { type: 'fixedPrice', price: 990, upTo: 5000 } } }, says: 'the payment was 120.00, the offer takes at most 50.00' },
  { reason: 'exclusive', world: { ...rival({}), offer: { group: 'late', exclusive: true } }, says: 'it is exclusive, and RIVAL was granted before' },
  { reason: 'exclusive', world: { ...rival({ exclusive: true }), offer: { group: 'late' }, rule: { benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] } } }, says: 'RIVAL was granted before, and it is exclusive' },
  { reason: 'no_benefit', world: { rule: { benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 1_000_000 }] } } }, says: 'it would have given nothing on this payment' },
  { reason: 'not_best', world: rival({ priority: 5 }), says: 'RIVAL of the same group was granted: its priority 5 is above 0' },
  { reason: 'not_best', world: rival({ rule: { benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 2000 }] } } }), says: 'RIVAL of the same group was granted: it gives 20.00, this one 15.00' },
  { reason: 'not_best', world: rival({ code: 'A' }), says: 'A of the same group was granted: of equal ones the first by code is taken' },
  { reason: 'limit_key_missing', world: limits(CARD_COUNT), says: 'the limit C/FOOD#card.day counts by something that the payment does not carry' },
  { reason: 'limit_exhausted', world: limits(CARD_COUNT), facts: { cardToken: 'c' }, more: { counters: { 'C/FOOD#card.day|c|2026-11-25': [1500, 1, 1500, 1] } }, says: 'the limit C/FOOD#card.day had no room: 1 used and 1 held of 2 uses, until 2026-11-26 00:00 (Asia/Shanghai)' },
  { reason: 'limit_exhausted', world: limits({ per: ['user'], period: 'total', count: 1 }), facts: { identities: { device: 'd', phone: 'p' } }, more: { counters: { 'C/FOOD#user.total|device:d|total': [], 'C/FOOD#user.total|phone:p|total': [0, 0, 1500, 1] } }, says: 'the limit C/FOOD#user.total (by phone) had no room: 1 used and 0 held of 1 uses' },
  { reason: 'budget_exhausted', world: { campaign: { budget: { amount: 100_000 } } }, more: { counters: { 'C#budget||total': [500, 1, 98_500, 9] } }, says: 'the limit C#budget had no room: 985.00 used and 5.00 held of 1,000.00' },
  { reason: 'funds_exhausted', world: { campaign: { paymentMode: 'prepay' } }, more: { counters: { '@funds/CCB||total': [0, 0, 5000, 0, 6000, null] } }, says: 'the limit @funds/CCB had no room: 50.00 used and 0.00 held of 60.00' },
] // prettier-ignore

test.each(CASES)('$reason: $says', ({ reason, world, facts, more, says }) => {
  const { offers, text } = explain(past(facts, more), then(world), undefined)
  const food = offers.find(({ code }) => code === 'FOOD')!
  expect(food).toMatchObject({ outcome: 'refused', reason })
  const line = `FOOD (满100减15), version 3: not given, ${says} [${reason}]`
  expect(food.text.map(({ en }) => en)).toEqual([line])
  expect(text.map(({ en }) => en)).toContain(line)
  // In Chinese it is another sentence, not the same one.
  expect(food.text[0]!['zh-CN']).toMatch(/^FOOD \(满100减15\),版本 3:未享受,.*[\u4e00-\u9fff]/)
  expect(food.text[0]!['zh-CN']).not.toContain(says)
})

test('every reason that an offer can be refused for has its sentence', () => {
  const told = new Set(CASES.map(({ reason }) => reason))
  // An offer that names other merchants is not looked at; the last three are not about offers.
  expect(REASONS.filter((reason) => !told.has(reason))).toEqual([
    'merchant_not_bound',
    'open_holds',
    'deadline',
    'unavailable',
  ])
})

test('what did not wait for the limits is left undecided, and says so', () => {
  const { verdict, because, offers, text } = explain(past({}, { because: 'deadline' }), then({}), undefined)
  expect({ verdict, because }).toEqual({ verdict: 'not_recomputed', because: 'deadline' })
  expect(offers).toMatchObject([{ outcome: 'undecided' }])
  expect(text.at(-1)!.en).toContain('did not answer within the deadline')
})
