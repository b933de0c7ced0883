import type { Campaign, Offer } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import { addDays, dayOf, dayTypeOf, wall, weekdayOf } from './reference-time'
import type { World } from './reference-world'

/** Every condition in the order of the reasons, and whether it fails. */
export function conditionsOf(
  world: World,
  campaign: Campaign,
  offer: Offer,
  pay: PaymentFacts,
): [string, boolean | undefined][] {
  const { merchants, subMerchants, merchantGroups, rule } = offer
  const { from = campaign.from, to = campaign.to, ...window } = rule.window ?? {}
  const { day, isOpen } = activityDay(campaign, window.daily, pay.atMs)
  const weekday = weekdayOf(day)
  const c = rule.conditions ?? {}
  const card = (codes: string[]) => inCardGroups(world, codes, pay)
  const customer = (codes: string[]) =>
    world.customerGroups.some(
      ({ code, customers }) =>
        codes.includes(code) && pay.customerToken !== undefined && customers.includes(pay.customerToken),
    )
  const base = pay.eligibleFen ?? pay.amountFen
  const lacks = (list: readonly string[] | undefined, value: string | undefined) => list && !list.includes(value!)
  return [
    ['currency', pay.currency !== campaign.currency],
    ['not_started', day < from],
    ['ended', to !== undefined && day > to],
    ['outside_hours', !isOpen],
    [
      'excluded_weekday',
      (window.weekdays && !window.weekdays.includes(weekday)) || window.excludedWeekdays?.includes(weekday),
    ],
    ['excluded_date', window.excludedDates?.includes(day) || (window.dates && !window.dates.includes(day))],
    ['excluded_date', window.dayTypes && !(window.dayTypes as string[]).includes(dayTypeOf(day))],
    [
      'merchant_not_bound',
      pay.merchantLeft ||
        ((merchants || subMerchants || merchantGroups) &&
          !merchants?.includes(pay.merchant) &&
          !subMerchants?.includes(pay.subMerchant!) &&
          !world.merchantGroups.some(
            (group) => merchantGroups?.includes(group.code) && group.merchants.includes(pay.merchant),
          )),
    ],
    ['payment_method', lacks(c.paymentMethods, pay.paymentMethod)],
    ['card_type', lacks(c.cardTypes, pay.cardType)],
    ['card_product', lacks(c.cardProducts, pay.cardProduct) || c.excludedCardProducts?.includes(pay.cardProduct!)],
    ['card_region', lacks(c.cardRegions, pay.cardRegion)],
    ['scheme', lacks(c.schemes, pay.scheme)],
    ['issuer', lacks(c.issuers, pay.issuer)],
    ['pin_free', c.pinFree !== undefined && c.pinFree !== pay.pinFree],
    ['bin', c.binGroups && !card(c.binGroups)],
    ['terminal', lacks(c.terminals, pay.terminal)],
    ['mcc', lacks(c.mccs, pay.merchantMcc)],
    ['country', lacks(c.countries, pay.merchantCountry) || c.excludedCountries?.includes(pay.merchantCountry!)],
    ['region', c.regions && !c.regions.some((region) => covers(region, pay.merchantRegion))],
    ['blacklisted', c.cardBlacklists && card(c.cardBlacklists)],
    ['not_whitelisted', c.cardWhitelists && !card(c.cardWhitelists)],
    ['customer_group', c.customerGroups && !customer(c.customerGroups)],
    ['facts_missing', c.facts && !c.facts.every((fact) => pay.facts?.includes(fact))],
    ['amount_below_minimum', c.amount?.min !== undefined && base < c.amount.min],
    ['amount_above_maximum', c.amount?.max !== undefined && base > c.amount.max],
  ]
}

/** The day on which the daily range that contains the instant began; without such a range, the campaign's day. */
function activityDay(campaign: Campaign, daily: readonly (readonly [string, string])[] | undefined, atMs: number) {
  const day = dayOf(campaign, atMs)
  if (daily === undefined) return { day, isOpen: true }
  const clock = wall(campaign.timeZone, atMs)[1].slice(0, 5)
  for (const [start, end] of daily) {
    if (start < end && clock >= start && clock < end) return { day, isOpen: true }
    if (start >= end && clock >= start) return { day, isOpen: true }
    if (start >= end && clock < end) return { day: addDays(day, -1), isOpen: true }
  }
  return { day, isOpen: false }
}

const inCardGroups = ({ cardGroups }: World, codes: string[], { cardDigits, cardToken }: PaymentFacts): boolean =>
  cardGroups.some(
    ({ code, bins, cards }) =>
      codes.includes(code) &&
      (bins.some((bin) => cardDigits?.startsWith(bin)) || cards.some((card) => card === cardToken)),
  )

/** 440300 covers 440305, 440000 covers both. */
function covers(region: string, merchants: string | undefined): boolean {
  if (merchants === undefined) return false
  const [province, city, district] = [region.slice(0, 2), region.slice(2, 4), region.slice(4, 6)]
  const is = (part: string, at: number) => part === '' || part === '00' || merchants.slice(at, at + 2) === part
  return merchants.startsWith(province) && is(city, 2) && is(district, 4)
}
