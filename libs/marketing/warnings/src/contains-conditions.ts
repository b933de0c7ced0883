import { FLAG_FACTS, regionPrefix, type FlagFact, type Offer } from '@lijian/contracts/marketing'

type Conditions = NonNullable<Offer['rule']['conditions']>

/** Of these lists one value is enough. */
const LISTS = [
  'paymentMethods',
  'cardTypes',
  'cardProducts',
  'cardRegions',
  'schemes',
  'issuers',
  'binGroups',
  'terminals',
  'mccs',
  'countries',
  'cardWhitelists',
  'customerGroups',
] as const

/** A key with what makes the wide offer's condition hold wherever the narrow one's does. */
export interface Contained {
  key: string
  because: string
}

/**
 * Whether every payment that meets the narrow offer's merchants and conditions (but for the amount) meets the wide one's too: the keys that the
 * wide one states, each with its reason; undefined where one is not proven.
 */
export function containsConditions(wide: Offer, narrow: Offer): Contained[] | undefined {
  const [w, n] = [wide.rule.conditions ?? {}, narrow.rule.conditions ?? {}]
  return allOf([
    ...merchants(wide, narrow),
    ...LISTS.map((key) => list(key, w[key], n[key])),
    regions(w.regions, n.regions),
    ...FLAG_FACTS.map((key) => flag(key, w, n)),
    excluded('excludedCardProducts', w.excludedCardProducts, n.excludedCardProducts, n.cardProducts),
    excluded('excludedCountries', w.excludedCountries, n.excludedCountries, n.countries),
    excluded('cardBlacklists', w.cardBlacklists, n.cardBlacklists),
    facts(w, n),
  ])
}

type Answer = Contained | 'nothing asked' | 'not proven'

function allOf(answers: readonly Answer[]): Contained[] | undefined {
  return answers.includes('not proven') ? undefined : answers.filter((answer) => typeof answer !== 'string')
}

const proven = (holds: boolean, key: string, because: string): Answer => (holds ? { key, because } : 'not proven')

const isSubset = (inner: readonly string[], outer: readonly string[]): boolean => {
  const set = new Set(outer)
  return inner.every((value) => set.has(value))
}

function list(key: string, wide: readonly string[] | undefined, narrow: readonly string[] | undefined): Answer {
  if (wide === undefined) return 'nothing asked'
  return proven(narrow !== undefined && isSubset(narrow, wide), key, 'each of its values is listed')
}

const PLACES = ['merchants', 'subMerchants', 'merchantGroups'] as const

/** One match is enough, of merchants, subMerchants and merchantGroups together: each list of the narrow one lies in the same list of the wide one. */
function merchants(wide: Offer, narrow: Offer): Answer[] {
  if (PLACES.every((key) => wide[key] === undefined)) return []
  if (PLACES.every((key) => narrow[key] === undefined)) return ['not proven']
  return PLACES.map((key) =>
    narrow[key] === undefined
      ? 'nothing asked'
      : proven(isSubset(narrow[key], wide[key] ?? []), key, 'each of its values is listed'),
  )
}

/** A code covers its subdivisions. */
function regions(wide: readonly string[] | undefined, narrow: readonly string[] | undefined): Answer {
  if (wide === undefined) return 'nothing asked'
  const prefixes = wide.map(regionPrefix)
  const covered = narrow?.every((code) => prefixes.some((prefix) => regionPrefix(code).startsWith(prefix))) ?? false
  return proven(covered, 'regions', 'each of its regions lies in one that is listed')
}

function flag(key: FlagFact, wide: Conditions, narrow: Conditions): Answer {
  if (wide[key] === undefined) return 'nothing asked'
  return proven(wide[key] === narrow[key], key, 'the same')
}

/** What the wide one excludes the narrow one excludes too, or does not list. */
function excluded(
  key: string,
  wide: readonly string[] | undefined,
  narrow: readonly string[] | undefined,
  wanted?: readonly string[],
): Answer {
  if (wide === undefined) return 'nothing asked'
  const both = wide.every((code) => narrow?.includes(code) === true || (wanted !== undefined && !wanted.includes(code)))
  return proven(both, key, 'it excludes the same, or does not list it')
}

/** Of facts all must be stated. */
function facts(wide: Conditions, narrow: Conditions): Answer {
  if (wide.facts === undefined) return 'nothing asked'
  return proven(isSubset(wide.facts, narrow.facts ?? []), 'facts', 'it asks for the same and perhaps more')
}
