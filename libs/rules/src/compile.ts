import { epochDay, zoneClock } from '@lijian/calendar'
import { DIMENSIONS, type Budget, type Campaign, type CardGroup, type Limit, type Offer } from '@lijian/contracts'
import { createSecretKey, type KeyObject } from 'node:crypto'
import { cardGroupMatchers } from './card-groups'
import type { CardMatcher, Catalog, CatalogInput, CompiledConditions, CompiledLimit, CompiledOffer } from './types'

interface Workshop {
  matcher: (code: string) => CardMatcher
  drawKey: KeyObject
}

/** Makes every offer ready once; payments then find the offers of their merchant and those of every merchant. */
export function compileCatalog(input: CatalogInput): Catalog {
  const shop = workshop(input)
  const offers: CompiledOffer[] = []
  for (const { document, version, approved, suspended, suspendedOffers } of input.campaigns) {
    for (const offer of document.offers) {
      const stopped = suspended || suspendedOffers.includes(offer.code)
      offers.push(compile(document, offer, { version, approved, suspended: stopped }, shop))
    }
  }
  const live = offers.filter((offer) => offer.approved && !offer.suspended)
  const byMerchant = new Map<string, CompiledOffer[]>()
  for (const offer of live) {
    for (const merchant of offer.test.merchants ?? []) {
      const bound = byMerchant.get(merchant)
      if (bound === undefined) byMerchant.set(merchant, [offer])
      else bound.push(offer)
    }
  }
  return { offers, global: live.filter((offer) => offer.test.merchants === undefined), byMerchant }
}

/**
 * One offer of one document version, to test a granted offer again after payment: approval and suspension are not asked a second time.
 * Throws when the document has no such offer.
 */
export function compileOffer(
  document: Campaign,
  version: number,
  offerCode: string,
  { cardGroups, drawKey }: { cardGroups: readonly CardGroup[]; drawKey: Buffer },
): CompiledOffer {
  const offer = document.offers.find(({ code }) => code === offerCode)
  if (offer === undefined) throw new Error(`campaign ${document.code} version ${version} has no offer ${offerCode}`)
  return compile(document, offer, { version, approved: true, suspended: false }, workshop({ cardGroups, drawKey }))
}

function workshop({ cardGroups, drawKey }: { cardGroups: readonly CardGroup[]; drawKey: Buffer }): Workshop {
  return { matcher: cardGroupMatchers(cardGroups), drawKey: createSecretKey(drawKey) }
}

function compile(
  campaign: Campaign,
  offer: Offer,
  state: { version: number; approved: boolean; suspended: boolean },
  { matcher, drawKey }: Workshop,
): CompiledOffer {
  const offerOwner = `${campaign.code}/${offer.code}`
  return {
    campaign,
    offer,
    code: offer.code,
    kind: offer.kind,
    ...state,
    priority: offer.priority ?? 0,
    clock: zoneClock(campaign.timeZone),
    test: compileConditions(campaign, offer, matcher),
    limits: [
      ...(offer.rule.limits ?? []).map((limit) => compileLimit(offerOwner, limit)),
      ...(campaign.limits ?? []).map((limit) => compileLimit(campaign.code, limit)),
      ...compileBudget(offerOwner, offer.budget),
      ...compileBudget(campaign.code, campaign.budget),
    ],
    funderWeights: campaign.funders.map(({ sharePpm }) => sharePpm),
    drawKey,
  }
}

function compileConditions(
  campaign: Campaign,
  offer: Offer,
  matcher: (code: string) => CardMatcher,
): CompiledConditions {
  const window = offer.rule.window ?? {}
  const conditions = offer.rule.conditions ?? {}
  const to = window.to ?? campaign.to
  const [start, end] = window.daily?.[0] ?? ['00:00', '24:00']
  return {
    fromDay: epochDay(window.from ?? campaign.from),
    toDay: to === undefined ? Infinity : epochDay(to),
    fromMinute: minuteOf(start),
    toMinute: minuteOf(end),
    weekdays: bits(window.weekdays ?? [1, 2, 3, 4, 5, 6, 7]) & ~bits(window.excludedWeekdays ?? []),
    excludedDays: setOf(window.excludedDates?.map(epochDay)),
    merchants: setOf(offer.merchants),
    paymentMethods: setOf(conditions.paymentMethods),
    cardTypes: setOf<string>(conditions.cardTypes),
    cardRegions: setOf<string>(conditions.cardRegions),
    schemes: setOf(conditions.schemes),
    pinFree: conditions.pinFree,
    binGroups: conditions.binGroups?.map(matcher),
    blacklists: conditions.cardBlacklists?.map(matcher),
    whitelists: conditions.cardWhitelists?.map(matcher),
    minFen: conditions.amount?.min ?? 0,
    maxFen: conditions.amount?.max ?? Infinity,
  }
}

/** `per` is put into one fixed order, so that ["card","merchant"] and ["merchant","card"] are the same counter. */
function compileLimit(owner: string, limit: Limit): CompiledLimit {
  const per = DIMENSIONS.filter((dimension) => limit.per.includes(dimension))
  return {
    limitId: `${owner}#${per.join('+')}.${limit.period}`,
    kind: 'limit',
    per,
    period: limit.period,
    limitAmountFen: limit.amount ?? null,
    limitCount: limit.count ?? null,
    shared: per.every((dimension) => dimension === 'merchant'),
  }
}

function compileBudget(owner: string, budget: Budget | undefined): CompiledLimit[] {
  if (budget === undefined) return []
  const { amount, count } = budget
  return [
    {
      limitId: `${owner}#budget`,
      kind: 'budget',
      per: [],
      period: 'total',
      limitAmountFen: amount ?? null,
      limitCount: count ?? null,
      shared: true,
    },
  ]
}

function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

function bits(weekdays: readonly number[]): number {
  return weekdays.reduce((mask, weekday) => mask | (1 << weekday), 0)
}

function setOf<T>(values: readonly T[] | undefined): ReadonlySet<T> | undefined {
  return values === undefined ? undefined : new Set(values)
}
