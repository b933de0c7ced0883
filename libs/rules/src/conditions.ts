import type { Reason } from '@lijian/contracts'
import type { CardMatcher, Catalog, CompiledOffer, PaymentFacts, Screening } from './types'

/** What thresholds, `conditions.amount` and benefits look at: the eligible part when the request names one, else the gross amount. */
export function baseFen(facts: PaymentFacts): number {
  return facts.eligibleFen ?? facts.amountFen
}

/**
 * The first condition that the payment fails, in the order of REASONS (that order is the contract), or undefined when all hold.
 * A fact that a condition needs and the payment does not carry fails that condition.
 */
export function testOffer(offer: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (!offer.approved) return 'not_approved'
  if (offer.suspended) return 'suspended'
  if (facts.currency !== offer.campaign.currency) return 'currency'
  return testWindow(offer, facts) ?? testMerchant(offer, facts) ?? testPayment(offer, facts)
}

/** The same for an offer that the index found: live, and bound to this merchant or to none. */
function testLive(offer: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (facts.currency !== offer.campaign.currency) return 'currency'
  return testWindow(offer, facts) ?? testPayment(offer, facts)
}

function testWindow({ test, clock }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  const { day, minute, weekday } = clock.at(facts.atMs)
  if (day < test.fromDay) return 'not_started'
  if (day > test.toDay) return 'ended'
  if (minute < test.fromMinute || minute >= test.toMinute) return 'outside_hours'
  if ((test.weekdays & (1 << weekday)) === 0) return 'excluded_weekday'
  if (test.excludedDays?.has(day) === true) return 'excluded_date'
  return undefined
}

function testMerchant({ test }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  return lacks(test.merchants, facts.merchant) ? 'merchant_not_bound' : undefined
}

function testPayment({ test }: CompiledOffer, facts: PaymentFacts): Reason | undefined {
  if (lacks(test.paymentMethods, facts.paymentMethod)) return 'payment_method'
  if (lacks(test.cardTypes, facts.cardType)) return 'card_type'
  if (lacks(test.cardRegions, facts.cardRegion)) return 'card_region'
  if (lacks(test.schemes, facts.scheme)) return 'scheme'
  if (test.pinFree !== undefined && facts.pinFree !== test.pinFree) return 'pin_free'
  if (test.binGroups !== undefined && !inAny(test.binGroups, facts)) return 'bin'
  if (test.blacklists !== undefined && inAny(test.blacklists, facts)) return 'blacklisted'
  if (test.whitelists !== undefined && !inAny(test.whitelists, facts)) return 'not_whitelisted'
  const base = baseFen(facts)
  if (base < test.minFen) return 'amount_below_minimum'
  if (base > test.maxFen) return 'amount_above_maximum'
  return undefined
}

function lacks(allowed: ReadonlySet<string> | undefined, value: string | undefined): boolean {
  return allowed !== undefined && (value === undefined || !allowed.has(value))
}

function inAny(groups: readonly CardMatcher[], facts: PaymentFacts): boolean {
  for (const group of groups) if (group.matches(facts.cardDigits, facts.cardToken)) return true
  return false
}

/** The offers whose conditions the payment meets. When explaining, every offer of the catalog stands in exactly one of the two lists. */
export function screen(catalog: Catalog, facts: PaymentFacts, explain: boolean): Screening {
  const passed: CompiledOffer[] = []
  if (!explain) {
    screenInto(passed, catalog.byMerchant.get(facts.merchant), facts)
    screenInto(passed, catalog.global, facts)
    return { passed, refused: [] }
  }
  const refused: Screening['refused'] = []
  for (const offer of catalog.offers) {
    const reason = testOffer(offer, facts)
    if (reason === undefined) passed.push(offer)
    else refused.push({ offer: offer.code, reason })
  }
  return { passed, refused }
}

function screenInto(passed: CompiledOffer[], offers: readonly CompiledOffer[] | undefined, facts: PaymentFacts): void {
  if (offers === undefined) return
  for (const offer of offers) if (testLive(offer, facts) === undefined) passed.push(offer)
}
