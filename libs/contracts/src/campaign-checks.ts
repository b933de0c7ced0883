import { benefitErrors } from './campaign-checks-benefit'
import { campaignWindowErrors, offerWindowErrors } from './campaign-checks-window'
import { DIMENSIONS } from './campaign'
import type { FieldError } from './errors'
import { found } from './field-errors'
import { list, object, text, whole } from './loose'
import { isTimeZone } from './time-zone'

/**
 * What a shape cannot say: sums, order, duplicates, dates inside dates. The checks read the raw document and pass over what has the wrong
 * shape (the schema reports that), so that one round of corrections is enough.
 */
export function crossErrors(json: unknown): FieldError[] {
  const campaign = object(json)
  const offers = list(campaign.offers).map(object)
  return [
    ...timeZoneErrors(campaign.timeZone),
    ...campaignWindowErrors(campaign),
    ...funderErrors(campaign.funders),
    ...amountOrCountErrors(campaign.budget, 'budget'),
    ...limitErrors(campaign.limits, 'limits'),
    ...duplicateErrors(
      offers.map((offer) => text(offer.code)),
      (i) => `offers[${i}].code`,
    ),
    ...offers.flatMap((offer, i) => offerErrors(campaign, offer, `offers[${i}]`)),
  ]
}

function offerErrors(campaign: Record<string, unknown>, offer: Record<string, unknown>, at: string): FieldError[] {
  const rule = object(offer.rule)
  return [
    ...amountOrCountErrors(offer.budget, `${at}.budget`),
    ...offerWindowErrors(campaign, object(rule.window), `${at}.rule.window`),
    ...rangeErrors(object(rule.conditions).amount, `${at}.rule.conditions.amount`),
    ...benefitErrors(object(rule.benefit), `${at}.rule.benefit`),
    ...limitErrors(rule.limits, `${at}.rule.limits`),
  ]
}

function timeZoneErrors(zone: unknown): FieldError[] {
  if (typeof zone !== 'string' || zone === '' || isTimeZone(zone)) return []
  return [{ path: 'timeZone', message: `expected a time zone such as "Asia/Shanghai", found ${found(zone)}` }]
}

function funderErrors(funders: unknown): FieldError[] {
  if (!Array.isArray(funders) || funders.length === 0) return []
  const entries = funders.map(object)
  const errors = duplicateErrors(
    entries.map((entry) => text(entry.partner)),
    (i) => `funders[${i}].partner`,
  )
  const shares = entries.map((entry) => whole(entry.sharePpm))
  if (shares.every((share) => share !== undefined)) {
    const sum = shares.reduce((whole, share) => whole + share, 0)
    if (sum !== 1_000_000)
      errors.push({ path: 'funders', message: `expected shares that sum to 1000000 ppm, found a sum of ${sum}` })
  }
  return errors
}

/** A limit is known by its id, else by its owner, per, period, measure and offers; the order of lists says nothing. */
function limitErrors(limits: unknown, at: string): FieldError[] {
  const entries = list(limits).map(object)
  const names = entries.map((limit) => {
    if ('id' in limit) return typeof limit.id === 'string' ? `id ${limit.id}` : undefined
    if (!Array.isArray(limit.per) || typeof limit.period !== 'string') return undefined
    const per = list(limit.per)
    const parts = [
      `per ${DIMENSIONS.filter((dimension) => per.includes(dimension)).join(' + ') || 'all'}`,
      limit.period,
      ...(limit.measure === 'gross' ? ['gross'] : []),
      ...(Array.isArray(limit.offers) ? [`offers ${limit.offers.map(String).sort().join(' + ')}`] : []),
    ]
    return parts.join(', ')
  })
  return [
    ...entries.flatMap((limit, i) => [
      ...amountOrCountErrors(limit, `${at}[${i}]`),
      ...duplicateErrors(list(limit.per).map(text), (j) => `${at}[${i}].per[${j}]`),
    ]),
    ...duplicateErrors(names, (i) => `${at}[${i}]`),
  ]
}

function amountOrCountErrors(holder: unknown, path: string): FieldError[] {
  if (typeof holder !== 'object' || holder === null || Array.isArray(holder)) return []
  if ('amount' in holder || 'count' in holder) return []
  return [{ path, message: 'expected "amount" or "count" or both, found neither' }]
}

function rangeErrors(range: unknown, path: string): FieldError[] {
  const { min, max } = object(range)
  const least = whole(min)
  const most = whole(max)
  if (least === undefined || most === undefined || least <= most) return []
  return [{ path: `${path}.max`, message: `expected at least min (${least}), found ${most}` }]
}

function duplicateErrors(values: readonly (string | undefined)[], pathOf: (i: number) => string): FieldError[] {
  const first = new Map<string, number>()
  const errors: FieldError[] = []
  values.forEach((value, i) => {
    if (value === undefined) return
    const earlier = first.get(value)
    if (earlier === undefined) first.set(value, i)
    else errors.push({ path: pathOf(i), message: `expected it once, found "${value}" already at ${pathOf(earlier)}` })
  })
  return errors
}
