import type { Campaign, CardGroup, FeeSchedule, Offer } from '@lijian/contracts'
import { createHmac } from 'node:crypto'
import type { PaymentFacts } from '../index'

/**
 * The rules a second time: slow, obvious, straight from the text of the design, with BigInt for money and the wall clock read as text. It shares
 * nothing with the evaluator but the documents, so that a mistake has to be made twice to stay unseen.
 */
export interface Reference {
  /** `offer code: reason` of all that gave nothing, sorted. */
  refused: string[]
  /** Best first. */
  granted: { code: string; discount: number; funders: [string, number][]; counters: string[] }[]
}

interface World {
  campaigns: Campaign[]
  groups: CardGroup[]
  version: number
  key: Buffer
}

export function evaluateSlowly(
  world: World,
  kind: 'amount' | 'fee',
  pay: PaymentFacts,
  payable: number,
  fees?: FeeSchedule,
): Reference {
  const refused: string[] = []
  const granted: (Reference['granted'][number] & { priority: number; campaign: string })[] = []
  for (const campaign of world.campaigns)
    for (const offer of campaign.offers) {
      if (offer.kind !== kind) continue
      const answer = reasonOf(world, campaign, offer, pay) ?? gives(world, offer, pay, payable, fees)
      const missing = limitsOf(campaign, offer).find(({ per }) =>
        per.some((dimension) => valueOf(dimension, pay) === undefined),
      )
      if (typeof answer === 'string') refused.push(`${offer.code}: ${answer}`)
      else if (missing !== undefined) refused.push(`${offer.code}: limit_key_missing`)
      else {
        const funders = split(campaign, answer)
        const counters = countersOf(campaign, offer, pay, funders)
        granted.push({
          code: offer.code,
          discount: answer,
          funders,
          counters,
          priority: offer.priority ?? 0,
          campaign: campaign.code,
        })
      }
    }
  granted.sort(
    (a, b) =>
      b.priority - a.priority ||
      b.discount - a.discount ||
      (`${a.code} ${a.campaign}` < `${b.code} ${b.campaign}` ? -1 : 1),
  )
  return {
    refused: refused.sort(),
    granted: granted.map(({ code, discount, funders, counters }) => ({ code, discount, funders, counters })),
  }
}

/** '2026-11-23 12:00:00' on the wall of the zone. */
const wall = (zone: string, atMs: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(atMs)

function reasonOf(world: World, campaign: Campaign, { merchants, rule }: Offer, pay: PaymentFacts): string | undefined {
  const [today, clock] = wall(campaign.timeZone, pay.atMs).split(' ') as [string, string]
  const weekday = new Date(today).getUTCDay() || 7
  const { from = campaign.from, to = campaign.to, daily, weekdays, excludedWeekdays, excludedDates } = rule.window ?? {}
  const c = rule.conditions ?? {}
  const inGroups = (codes: string[]) =>
    world.groups.some(
      ({ code, bins, cards }) =>
        codes.includes(code) &&
        (bins.some((bin) => pay.cardDigits?.startsWith(bin)) || cards.some((card) => card === pay.cardToken)),
    )
  const base = pay.eligibleFen ?? pay.amountFen
  const failing: [string, boolean | undefined][] = [
    ['currency', pay.currency !== campaign.currency],
    ['not_started', today < from],
    ['ended', to !== undefined && today > to],
    ['outside_hours', daily && (clock < daily[0]![0] || clock >= `${daily[0]![1]}:00`)],
    ['excluded_weekday', (weekdays && !weekdays.includes(weekday)) || excludedWeekdays?.includes(weekday)],
    ['excluded_date', excludedDates?.includes(today)],
    ['merchant_not_bound', merchants && !merchants.includes(pay.merchant)],
    ['payment_method', c.paymentMethods && !c.paymentMethods.includes(pay.paymentMethod)],
    ['card_type', c.cardTypes && !c.cardTypes.includes(pay.cardType!)],
    ['card_region', c.cardRegions && !c.cardRegions.includes(pay.cardRegion!)],
    ['scheme', c.schemes && !c.schemes.includes(pay.scheme!)],
    ['pin_free', c.pinFree !== undefined && c.pinFree !== pay.pinFree],
    ['bin', c.binGroups && !inGroups(c.binGroups)],
    ['blacklisted', c.cardBlacklists && inGroups(c.cardBlacklists)],
    ['not_whitelisted', c.cardWhitelists && !inGroups(c.cardWhitelists)],
    ['amount_below_minimum', c.amount?.min !== undefined && base < c.amount.min],
    ['amount_above_maximum', c.amount?.max !== undefined && base > c.amount.max],
  ]
  return failing.find(([, fails]) => fails === true)?.[0]
}

function gives(world: World, offer: Offer, pay: PaymentFacts, payable: number, fees?: FeeSchedule): number | string {
  const benefit = offer.rule.benefit
  const base = pay.eligibleFen ?? pay.amountFen
  const draw = (value: number | { min: number; max: number; step?: number }, step: number): number => {
    if (typeof value === 'number') return value
    const values: number[] = []
    for (let v = value.min; v <= value.max; v += value.step ?? step) values.push(v)
    const hex = createHmac('sha256', world.key)
      .update(JSON.stringify([pay.client, pay.serial, offer.code, world.version]))
      .digest('hex')
    return values[Number((BigInt(`0x${hex.slice(16, 32)}`) * BigInt(values.length)) / 2n ** 64n)]!
  }
  let discount: number
  switch (benefit.type) {
    case 'reduce': {
      const tier = benefit.tiers.filter(({ atLeast }) => base >= atLeast).at(-1)
      if (!tier) return 'amount_below_minimum'
      discount = draw(tier.off, 1)
      break
    }
    case 'percent': {
      const tier = benefit.tiers.filter(({ atLeast }) => base >= atLeast).at(-1)
      if (!tier) return 'amount_below_minimum'
      discount = Number((BigInt(base) * BigInt(1_000_000 - draw(tier.payPpm, 10_000))) / 1_000_000n)
      break
    }
    case 'fixedPrice':
      if (base <= benefit.price) return 'amount_below_minimum'
      if (benefit.upTo !== undefined && base > benefit.upTo) return 'amount_above_maximum'
      discount = base - benefit.price
      break
    default: {
      const fee = feeOf(fees, pay, payable)
      const rate = benefit.type === 'rate' ? clamp(halfUp(payable, benefit.ppm), benefit) : 0
      const part = benefit.type === 'percentOff' ? halfUp(fee, 1_000_000 - benefit.ppm) : 0
      const after = { waive: 0, rate, percentOff: part, fixed: benefit.type === 'fixed' ? benefit.amount : 0 }[
        benefit.type
      ]
      return fee - after > 0 ? fee - after : 'no_benefit'
    }
  }
  discount = Math.min(discount, benefit.cap ?? Infinity, base, payable - (benefit.minPayable ?? 1))
  return discount > 0 ? discount : 'no_benefit'
}

const halfUp = (fen: number, ppm: number) => Number((BigInt(fen) * BigInt(ppm) * 2n + 1_000_000n) / 2_000_000n)
const clamp = (fen: number, { min = 0, max = Infinity }: { min?: number; max?: number }) =>
  Math.min(Math.max(fen, min), max)

function feeOf(fees: FeeSchedule | undefined, { paymentMethod, cardType }: PaymentFacts, payable: number): number {
  const ofMethod = fees?.methods?.[paymentMethod]
  const types = cardType === 'quasi_credit' ? (['quasi_credit', 'credit'] as const) : cardType ? [cardType] : []
  const entry = [
    ...types.map((t) => ofMethod?.[t]),
    ofMethod?.default,
    ...types.map((t) => fees?.[t]),
    fees?.default,
  ].find((e) => e)
  return entry ? clamp(halfUp(payable, entry.ppm), entry) : 0
}

/** One fen at a time to whoever is furthest below his exact share. */
function split({ funders }: Campaign, discount: number): [string, number][] {
  const parts = funders.map(({ sharePpm }) => Math.floor((discount * sharePpm) / 1_000_000))
  while (parts.reduce((a, b) => a + b, 0) < discount) {
    const short = funders.map(({ sharePpm }, i) => discount * sharePpm - parts[i]! * 1_000_000)
    parts[short.indexOf(Math.max(...short))]! += 1
  }
  return funders.map(({ partner }, i) => [partner, parts[i]!])
}

const valueOf = (dimension: string, { merchant, cardToken, customerToken, terminal }: PaymentFacts) =>
  ({ merchant, card: cardToken, customer: customerToken, terminal })[dimension]

const limitsOf = (campaign: Campaign, offer: Offer) => [
  ...(offer.rule.limits ?? []).map((limit) => ({ ...limit, owner: `${campaign.code}/${offer.code}` })),
  ...(campaign.limits ?? []).map((limit) => ({ ...limit, owner: campaign.code })),
]

function countersOf(campaign: Campaign, offer: Offer, pay: PaymentFacts, funders: [string, number][]): string[] {
  const [today] = wall(campaign.timeZone, pay.atMs).split(' ') as [string]
  const month = today.slice(0, 8)
  const sinceMonday = (new Date(today).getUTCDay() + 6) % 7
  const start = {
    total: 'total',
    day: today,
    week: new Date(Date.parse(today) - sinceMonday * 86_400_000).toISOString().slice(0, 10),
    month: `${month}01`,
    quarter: `${today.slice(0, 5)}${{ 0: '01', 1: '04', 2: '07', 3: '10' }[Math.floor((Number(today.slice(5, 7)) - 1) / 3)]}-01`,
    year: `${today.slice(0, 4)}-01-01`,
  }
  const counters = limitsOf(campaign, offer).map(({ owner, per, period }) => {
    const sorted = ['merchant', 'card', 'customer', 'terminal'].filter((d) => (per as string[]).includes(d))
    return `${owner}#${sorted.join('+')}.${period}|${sorted.map((d) => valueOf(d, pay)).join(',')}|${start[period]}`
  })
  if (offer.budget) counters.push(`${campaign.code}/${offer.code}#budget||total`)
  if (campaign.budget) counters.push(`${campaign.code}#budget||total`)
  const funds = funders.filter(
    ([partner, share]) => campaign.paymentMode === 'prepay' && partner !== '@merchant' && share > 0,
  )
  return [...counters, ...funds.map(([partner, share]) => `@funds/${partner}||total ${share}`)]
}
