import { dayTypeOf, weekdayOf } from '@lijian/calendar'
import type { Reason } from '@lijian/contracts/marketing'
import { isMember } from './groups'
import type {
  Catalog,
  CompiledConditions,
  CompiledOffer,
  DailyRange,
  GroupMatcher,
  PaymentFacts,
  Screening,
} from './types'

/** What thresholds, `conditions.amount` and benefits look at: the eligible part when the request names one, else the gross amount. */
export function baseFen(facts: PaymentFacts): number {
  return facts.eligibleFen ?? facts.amountFen
}

/**
 * The first condition that the payment fails, in the order of REASONS (that order is the contract), or undefined when all hold.
 * A fact that a condition needs and the payment does not carry fails that condition; an exclusion excludes only what is known.
 */
export function testOffer(offer: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (!offer.approved) return 'not_approved'
  if (offer.suspended) return 'suspended'
  if (facts.currency !== offer.campaign.currency) return 'currency'
  return testWindow(offer, facts) ?? testMerchant(offer, facts) ?? testPayment(offer, facts) ?? testAmount(offer, facts)
}

/** The same for an offer that the index found: live, and bound to this merchant or to none. */
export function testLive(offer: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (facts.currency !== offer.campaign.currency) return 'currency'
  return testWindow(offer, facts) ?? testPayment(offer, facts) ?? testAmount(offer, facts)
}

/** The range that contains this minute; ranges past midnight contain minutes on both sides of it. */
function rangeAt(daily: readonly DailyRange[] | undefined, minute: number): DailyRange | undefined {
  if (daily === undefined) return undefined
  for (const range of daily)
    if (range.from < range.to ? minute >= range.from && minute < range.to : minute >= range.from || minute < range.to)
      return range
  return undefined
}

/** The activity day of an instant is the day on which the range that contains it began (DESIGN §3, "window"). */
const dayIn = (range: DailyRange | undefined, today: number, minute: number): number =>
  range !== undefined && range.from >= range.to && minute < range.to ? today - 1 : today

/** Days since 1970-01-01: what the offer's dates, weekdays and exclusions look at. */
export function activityDayOf({ test, clock }: CompiledOffer, atMs: number): number {
  const { activityDay, minute } = clock.at(atMs)
  return dayIn(rangeAt(test.daily, minute), activityDay, minute)
}

function testWindow({ test, clock }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  const { activityDay, minute } = clock.at(facts.atMs)
  const range = rangeAt(test.daily, minute)
  const day = dayIn(range, activityDay, minute)
  const isOpen = test.daily === undefined || range !== undefined
  if (day < test.fromDay) return 'not_started'
  if (day > test.toDay) return 'ended'
  if (!isOpen) return 'outside_hours'
  if ((test.weekdays & (1 << weekdayOf(day))) === 0) return 'excluded_weekday'
  if (test.excludedDays?.has(day) === true) return 'excluded_date'
  if (test.onlyDays?.has(day) === false) return 'excluded_date'
  if (test.dayTypes?.has(dayTypeOf(day)) === false) return 'excluded_date'
  return undefined
}

/** Whether the offer says where it holds; one that does not holds everywhere. */
export const namesPlaces = ({ test }: CompiledOffer): boolean =>
  test.merchants !== undefined || test.subMerchants !== undefined || test.merchantGroups !== undefined

/** One match is enough: the merchant, a group that it is in, or the shop under it. */
export function isBound({ test }: CompiledOffer, facts: PaymentFacts): boolean {
  const { merchant, subMerchant } = facts
  if (test.merchants?.has(merchant) === true) return true
  if (subMerchant !== undefined && test.subMerchants?.has(subMerchant) === true) return true
  return test.merchantGroups !== undefined && inAny(test.merchantGroups, facts)
}

/** A merchant that has left takes part in nothing. */
const testMerchant = (offer: CompiledOffer, facts: PaymentFacts): Reason | undefined =>
  facts.merchantLeft !== true && (!namesPlaces(offer) || isBound(offer, facts)) ? undefined : 'merchant_not_bound'

function testPayment({ test }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (lacks(test.paymentMethods, facts.paymentMethod)) return 'payment_method'
  if (lacks(test.cardTypes, facts.cardType)) return 'card_type'
  if (lacks(test.cardProducts, facts.cardProduct) || has(test.excludedCardProducts, facts.cardProduct))
    return 'card_product'
  if (lacks(test.cardRegions, facts.cardRegion)) return 'card_region'
  if (lacks(test.schemes, facts.scheme)) return 'scheme'
  if (lacks(test.issuers, facts.issuer)) return 'issuer'
  if (test.pinFree !== undefined && facts.pinFree !== test.pinFree) return 'pin_free'
  if (test.binGroups !== undefined && !inAny(test.binGroups, facts)) return 'bin'
  if (lacks(test.terminals, facts.terminal)) return 'terminal'
  if (lacks(test.mccs, facts.merchantMcc)) return 'mcc'
  if (lacks(test.countries, facts.merchantCountry) || has(test.excludedCountries, facts.merchantCountry))
    return 'country'
  if (test.regions !== undefined && !isWithin(test.regions, facts.merchantRegion)) return 'region'
  if (test.blacklists !== undefined && inAny(test.blacklists, facts)) return 'blacklisted'
  if (test.whitelists !== undefined && !inAny(test.whitelists, facts)) return 'not_whitelisted'
  if (test.customerGroups !== undefined && !inAny(test.customerGroups, facts)) return 'customer_group'
  if (test.facts !== undefined && !statesAll(test.facts, facts.facts)) return 'facts_missing'
  return undefined
}

/** Conditions that want one of some values of one fact; `testPayment` tests them, an index finds offers by them, an explanation names them. */
export const VALUE_CONDITIONS: readonly ValueCondition[] = [
  { reason: 'payment_method', fact: (facts) => facts.paymentMethod, allowed: (test) => test.paymentMethods },
  { reason: 'issuer', fact: (facts) => facts.issuer, allowed: (test) => test.issuers },
  { reason: 'card_type', fact: (facts) => facts.cardType, allowed: (test) => test.cardTypes },
  { reason: 'mcc', fact: (facts) => facts.merchantMcc, allowed: (test) => test.mccs },
  { reason: 'card_region', fact: (facts) => facts.cardRegion, allowed: (test) => test.cardRegions },
  { reason: 'scheme', fact: (facts) => facts.scheme, allowed: (test) => test.schemes },
  {
    reason: 'card_product',
    fact: (facts) => facts.cardProduct,
    allowed: (test) => test.cardProducts,
    excluded: (test) => test.excludedCardProducts,
  },
  {
    reason: 'pin_free',
    fact: ({ pinFree }) => (pinFree === undefined ? undefined : String(pinFree)),
    allowed: ({ pinFree }) => (pinFree === undefined ? undefined : [String(pinFree)]),
  },
  { reason: 'terminal', fact: (facts) => facts.terminal, allowed: (test) => test.terminals },
  {
    reason: 'country',
    fact: (facts) => facts.merchantCountry,
    allowed: (test) => test.countries,
    excluded: (test) => test.excludedCountries,
  },
]
export type ValueReason =
  | 'payment_method'
  | 'issuer'
  | 'card_type'
  | 'mcc'
  | 'card_region'
  | 'scheme'
  | 'card_product'
  | 'pin_free'
  | 'terminal'
  | 'country'
export interface ValueCondition {
  reason: ValueReason
  fact: (facts: PaymentFacts) => string | undefined
  allowed: (test: CompiledConditions) => Iterable<string> | undefined
  excluded?: (test: CompiledConditions) => ReadonlySet<string> | undefined
}

/** Both ends inclusive, on the base before any group. */
function testAmount({ test }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  const base = baseFen(facts)
  if (base < test.minFen) return 'amount_below_minimum'
  if (base > test.maxFen) return 'amount_above_maximum'
  return undefined
}

function lacks(allowed: ReadonlySet<string> | undefined, value: string | undefined): boolean {
  return allowed !== undefined && (value === undefined || !allowed.has(value))
}

function has(excluded: ReadonlySet<string> | undefined, value: string | undefined): boolean {
  return excluded !== undefined && value !== undefined && excluded.has(value)
}

function inAny(groups: readonly GroupMatcher[], facts: PaymentFacts): boolean {
  for (const group of groups) if (isMember(group, facts)) return true
  return false
}

function isWithin(prefixes: readonly string[], region: string | undefined): boolean {
  if (region === undefined) return false
  for (const prefix of prefixes) if (region.startsWith(prefix)) return true
  return false
}

function statesAll(wanted: readonly string[], stated: readonly string[] | undefined): boolean {
  if (stated === undefined) return false
  for (const fact of wanted) if (!stated.includes(fact)) return false
  return true
}

/** The offers whose conditions the payment meets. When explaining, every offer of the catalog stands in exactly one of the two lists. */
export function screen(catalog: Catalog, facts: PaymentFacts, explain: boolean): Screening {
  return explain ? screenAll(catalog.offers, facts) : { passed: passedOf(catalog, facts), refused: [] }
}

/** What the index finds for one payment; valid until the next call. */
const found: CompiledOffer[] = []

function passedOf(catalog: Catalog, facts: PaymentFacts): CompiledOffer[] {
  found.length = 0
  catalog.live.find(facts, found)
  let kept = 0
  for (let i = 0; i < found.length; i++) if (testLive(found[i]!, facts) === undefined) found[kept++] = found[i]!
  return kept === 0 ? [] : found.slice(0, kept)
}

/** Every one of these offers, with the first condition that fails. */
export function screenAll(offers: readonly CompiledOffer[], facts: PaymentFacts): Screening {
  const screening: Screening = { passed: [], refused: [] }
  for (const offer of offers) {
    const reason = testOffer(offer, facts)
    if (reason === undefined) screening.passed.push(offer)
    else if (offer.block !== undefined && isAfterBlock(reason))
      screening.refused.push({ offer: offer.code, reason, blockable: offer })
    else screening.refused.push({ offer: offer.code, reason })
  }
  return screening
}

/** A block after a refund stands before these in the order of the reasons. */
const isAfterBlock = (reason: Reason): boolean => reason === 'amount_below_minimum' || reason === 'amount_above_maximum'

/** Keys of the groups that these offers ask about and to which merchant, card or customer belong. */
export function memberships(offers: readonly CompiledOffer[], facts: PaymentFacts): string[] {
  const keys = new Set<string>()
  for (const { test } of offers)
    for (const groups of [test.merchantGroups, test.binGroups, test.blacklists, test.whitelists, test.customerGroups])
      for (const group of groups ?? []) if (!keys.has(group.key) && isMember(group, facts)) keys.add(group.key)
  return [...keys]
}
