import type { Campaign, CardGroup, Limit, Merchant, Offer } from '@lijian/contracts/marketing'
import { Random } from './random'

export const MERCHANT_COUNT = 100_000
export const OFFER_COUNT = 1_000
const OFFERS_PER_CAMPAIGN = 10
/** One offer in twenty is open to every merchant, and so is looked at for every payment. */
const OPEN_EVERY = 20
const MERCHANTS_PER_OFFER = 200
/** Merchants from here on have no offer of their own. */
const BOUND_MERCHANTS = 90_000
const CARD_GROUPS = 40
export const UNLIMITED_FEN = 1_000_000_000_000
export const UNLIMITED_COUNT = 1_000_000_000

export const METHODS = ['swipe', 'qr', 'quickpass', 'quick', 'apple_pay'] as const
export const CARD_TYPES = ['credit', 'debit', 'prepaid', 'quasi_credit'] as const
export const SCHEMES = ['unionpay', 'visa', 'mastercard'] as const

export const merchantId = (n: number): string => `M${String(n).padStart(6, '0')}`
export const groupBin = (group: number, n: number): string => String(400_000 + group * 1_000 + n * 7)

/** Merchants 0–99 have only the hot offer, 100–199 only the one whose campaign budget is small: nothing else muddies their figures. */
export const HOT = { campaign: 'B000', offer: 'B000-HOT', merchants: [0, 99] as const }
export const FULL = { campaign: 'B001', offer: 'B001-FULL', merchants: [100, 199] as const, holdsMax: 2_000 }
const FREE_MERCHANT = 200
/** Merchants of the capture bench: they have no other offer. */
export const CAPTURE = { campaign: 'CAP', from: BOUND_MERCHANTS, count: 1_000 }

export interface Documents {
  campaigns: Campaign[]
  cardGroups: CardGroup[]
}

const reduce = (atLeast: number, off: number) => ({ type: 'reduce' as const, tiers: [{ atLeast, off }] })
const range = ([from, to]: readonly [number, number]) =>
  Array.from({ length: to - from + 1 }, (_, i) => merchantId(from + i))

/**
 * Six counters per payment: three that every payment meets (campaign budget, offer budget, offer per week) and three
 * that are new for each card (per month, per merchant and month, in total).
 */
function hotOffer(code: string, merchants: readonly [number, number]): Offer {
  return {
    code,
    name: '满100减15',
    kind: 'amount',
    budget: { amount: UNLIMITED_FEN, count: UNLIMITED_COUNT },
    merchants: range(merchants),
    rule: {
      conditions: { paymentMethods: ['qr'] },
      benefit: reduce(10_000, 1_500),
      limits: [
        { per: [], period: 'week', count: UNLIMITED_COUNT },
        { per: ['card'], period: 'month', count: 5 },
        { per: ['merchant', 'card'], period: 'month', amount: 1_000_000 },
        { per: ['card'], period: 'total', count: 100 },
      ],
    },
  }
}

function benefit(random: Random): Offer['rule']['benefit'] {
  const atLeast = 1_000 * random.int(10, 30)
  const kind = random.next()
  if (kind < 0.6) {
    const tiers = Array.from({ length: random.int(1, 3) }, (_, i) => ({
      atLeast: atLeast * (i + 1),
      off: random.chance(0.1) ? { min: 100, max: 800, step: 100 } : 500 * (i + 1),
    }))
    return { type: 'reduce', tiers }
  }
  if (kind < 0.9) return { type: 'percent', tiers: [{ atLeast, payPpm: 850_000 }], cap: 5_000 }
  return { type: 'fixedPrice', price: atLeast }
}

function limits(random: Random): Limit[] {
  const all: Limit[] = [
    { per: ['card'], period: 'day', count: 1 },
    { per: ['card'], period: 'month', amount: 20_000 },
    { per: ['merchant'], period: 'month', amount: 1_000_000 },
    { per: [], period: 'week', count: 10_000 },
  ]
  return random.some(all, 1)
}

/** An offer such as banks publish: some hold at few merchants, some need a card of one bank, most have hours or days. */
function ordinaryOffer(code: string, n: number, random: Random, { openEvery, merchantsPerOffer }: Shape): Offer {
  const isOpen = n % openEvery === openEvery - 1
  const merchants = Array.from({ length: merchantsPerOffer }, () =>
    merchantId(random.int(FREE_MERCHANT, BOUND_MERCHANTS - 1)),
  )
  const common = {
    code,
    name: `优惠 ${code}`,
    priority: random.int(0, 3),
    budget: { amount: 100_000_000 },
    ...(isOpen ? {} : { merchants: [...new Set(merchants)] }),
  }
  const rule = {
    window: {
      ...(random.chance(0.3) ? { daily: [['06:00', '23:00'] as [string, string]] } : {}),
      ...(random.chance(0.2) ? { weekdays: [1, 2, 3, 4, 5] } : {}),
      ...(random.chance(0.1) ? { excludedDates: ['2026-11-11', '2026-12-12'] } : {}),
    },
    conditions: {
      paymentMethods: random.some(METHODS, 1),
      ...(random.chance(0.4) ? { cardTypes: random.some(CARD_TYPES, 2) } : {}),
      ...(random.chance(0.3) ? { schemes: random.some(SCHEMES, 1) } : {}),
      // Open to every merchant, but for the bank's own cards.
      ...(isOpen || random.chance(0.3) ? { binGroups: [`G${random.int(0, CARD_GROUPS - 1)}`] } : {}),
      ...(random.chance(0.5) ? { amount: { min: 10_000 } } : {}),
    },
    limits: limits(random),
  }
  if (random.chance(0.1)) return { ...common, kind: 'fee', rule: { ...rule, benefit: { type: 'waive' } } }
  return { ...common, kind: 'amount', rule: { ...rule, benefit: benefit(random) } } as Offer
}

export interface Shape {
  offerCount: number
  /** One offer in so many is open to every merchant; 1: all. */
  openEvery: number
  merchantsPerOffer: number
}

/** 100 campaigns of ten offers, all open-ended, so that a bench means the same next year. */
export function documents(shape: Partial<Shape> = {}): Documents {
  const whole = { offerCount: OFFER_COUNT, openEvery: OPEN_EVERY, merchantsPerOffer: MERCHANTS_PER_OFFER, ...shape }
  const random = new Random(1)
  const campaigns = Array.from({ length: whole.offerCount / OFFERS_PER_CAMPAIGN }, (_, c): Campaign => {
    const code = `B${String(c).padStart(3, '0')}`
    const offers = Array.from({ length: OFFERS_PER_CAMPAIGN }, (_, o) =>
      ordinaryOffer(`${code}-${o}`, c * OFFERS_PER_CAMPAIGN + o, random, whole),
    )
    if (code === HOT.campaign) offers[0] = hotOffer(HOT.offer, HOT.merchants)
    if (code === FULL.campaign) offers[0] = hotOffer(FULL.offer, FULL.merchants)
    return {
      code,
      name: `活动 ${code}`,
      timeZone: 'Asia/Shanghai',
      from: '2020-01-01',
      currency: 'CNY',
      paymentMode: 'postpay',
      funders: [
        { partner: `P${c % 20}`, sharePpm: 700_000 },
        { partner: '@merchant', sharePpm: 300_000 },
      ],
      budget: { amount: UNLIMITED_FEN, count: code === FULL.campaign ? FULL.holdsMax : UNLIMITED_COUNT },
      offers,
    }
  })
  const cardGroups = Array.from({ length: CARD_GROUPS }, (_, g): CardGroup => ({
    code: `G${g}`,
    bins: Array.from({ length: 30 }, (_, n) => groupBin(g, n)),
    cards: [],
  }))
  return { campaigns, cardGroups }
}

/**
 * An offer per merchant, each with funders of its own, so that captures meet one merchant's and one funder's accounts, or a thousand of each; the
 * counters are the same for all: the campaign's budget, and three that are new for each card.
 */
export function captureCampaign(): Campaign {
  const bears = (partner: string) => [
    { partner, sharePpm: 700_000 },
    { partner: `${partner}-CITY`, sharePpm: 300_000 },
  ]
  return {
    code: CAPTURE.campaign,
    name: '记账',
    timeZone: 'Asia/Shanghai',
    from: '2020-01-01',
    currency: 'CNY',
    paymentMode: 'postpay',
    funders: bears('F'),
    budget: { amount: UNLIMITED_FEN, count: UNLIMITED_COUNT },
    offers: Array.from({ length: CAPTURE.count }, (_, i) => {
      const { budget: _budget, ...offer } = hotOffer(`CAP-${i}`, [CAPTURE.from + i, CAPTURE.from + i])
      const limits = offer.rule.limits!.filter(({ per }) => per.length > 0)
      return { ...offer, funders: bears(`F${i}`), rule: { ...offer.rule, limits } } as Offer
    }),
  }
}

export function merchant(n: number): Merchant {
  return {
    id: merchantId(n),
    name: `商户 ${n}`,
    mcc: '5812',
    region: '440305',
    country: 'CN',
    fees: { default: { ppm: 6_000 }, debit: { ppm: 5_000, max: 2_000 }, methods: { qr: { default: { ppm: 3_800 } } } },
    status: 'active',
  }
}
