import { epochDay } from '@lijian/calendar'
import { regionPrefix, type Campaign, type Offer } from '@lijian/contracts/marketing'
import type { GroupMatchers } from './groups'
import type { CompiledConditions, DailyRange } from './types'

const WHOLE_DAY = 24 * 60

/** Conditions as they are tested: dates as day numbers, clock times as minutes, lists as sets. */
export function compileConditions(campaign: Campaign, offer: Offer, groups: GroupMatchers): CompiledConditions {
  const window = offer.rule.window ?? {}
  const conditions = offer.rule.conditions ?? {}
  const to = window.to ?? campaign.to
  return {
    fromDay: epochDay(window.from ?? campaign.from),
    toDay: to === undefined ? Infinity : epochDay(to),
    daily: rangesOf(window.daily),
    weekdays: bits(window.weekdays ?? [1, 2, 3, 4, 5, 6, 7]) & ~bits(window.excludedWeekdays ?? []),
    excludedDays: setOf(window.excludedDates?.map(epochDay)),
    onlyDays: setOf(window.dates?.map(epochDay)),
    dayTypes: setOf<string>(window.dayTypes),
    merchants: setOf(offer.merchants),
    subMerchants: setOf(offer.subMerchants),
    merchantGroups: offer.merchantGroups?.map(groups.merchant),
    paymentMethods: setOf(conditions.paymentMethods),
    cardTypes: setOf<string>(conditions.cardTypes),
    cardProducts: setOf(conditions.cardProducts),
    excludedCardProducts: setOf(conditions.excludedCardProducts),
    cardRegions: setOf<string>(conditions.cardRegions),
    schemes: setOf(conditions.schemes),
    issuers: setOf(conditions.issuers),
    pinFree: conditions.pinFree,
    binGroups: conditions.binGroups?.map(groups.card),
    terminals: setOf(conditions.terminals),
    mccs: setOf(conditions.mccs),
    countries: setOf(conditions.countries),
    excludedCountries: setOf(conditions.excludedCountries),
    regions: conditions.regions?.map(regionPrefix),
    blacklists: conditions.cardBlacklists?.map(groups.card),
    whitelists: conditions.cardWhitelists?.map(groups.card),
    customerGroups: conditions.customerGroups?.map(groups.customer),
    facts: conditions.facts,
    minFen: conditions.amount?.min ?? 0,
    maxFen: conditions.amount?.max ?? Infinity,
  }
}

function rangesOf(daily: readonly (readonly [string, string])[] | undefined): DailyRange[] | undefined {
  const ranges = daily?.map(([from, to]) => ({ from: minuteOf(from), to: minuteOf(to) }))
  return ranges?.some(({ from, to }) => from === 0 && to === WHOLE_DAY) ? undefined : ranges
}

export function minuteOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))
}

function bits(weekdays: readonly number[]): number {
  return weekdays.reduce((mask, weekday) => mask | (1 << weekday), 0)
}

function setOf<T>(values: readonly T[] | undefined): ReadonlySet<T> | undefined {
  return values === undefined ? undefined : new Set(values)
}
