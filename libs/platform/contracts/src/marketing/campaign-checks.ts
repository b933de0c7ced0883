import { OFFERS_MAX } from './campaign'
import { benefitErrors } from './campaign-checks-benefit'
import { campaignWindowErrors, offerWindowErrors } from './campaign-checks-window'
import { conditionErrors } from './campaign-checks-conditions'
import { limitErrors } from './campaign-checks-limits'
import type { FieldError } from '../system/errors'
import { found } from '../system/field-errors'
import { list, object, text, whole } from '../system/loose'
import { amountOrCountErrors, duplicateErrors } from './campaign-checks-shared'
import { isTimeZone } from '../system/time-zone'

/**
 * What a shape cannot say: sums, order, duplicates, dates inside dates. The checks read the raw document and pass over what has the wrong
 * shape (the schema reports that), so that one round of corrections is enough.
 */
export function crossErrors(json: unknown): FieldError[] {
  const campaign = object(json)
  // The schema refuses the others.
  const offers = list(campaign.offers).slice(0, OFFERS_MAX).map(object)
  return [
    ...timeZoneErrors(campaign.timeZone),
    ...campaignWindowErrors(campaign),
    ...funderErrors(campaign.funders, 'funders'),
    ...amountOrCountErrors(campaign.budget, 'budget'),
    ...limitErrors(campaign.limits, 'limits', offers),
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
    ...conditionErrors(object(rule.conditions), `${at}.rule.conditions`),
    ...benefitErrors(object(rule.benefit), `${at}.rule.benefit`),
    ...limitErrors(rule.limits, `${at}.rule.limits`, [offer]),
    ...funderErrors(offer.funders, `${at}.funders`),
    ...rebateErrors(campaign, offer, at),
  ]
}

function timeZoneErrors(zone: unknown): FieldError[] {
  if (typeof zone !== 'string' || zone === '' || isTimeZone(zone)) return []
  return [{ path: 'timeZone', message: `expected a time zone such as "Asia/Shanghai", found ${found(zone)}` }]
}

function funderErrors(funders: unknown, at: string): FieldError[] {
  if (!Array.isArray(funders) || funders.length === 0) return []
  const entries = funders.map(object)
  const errors = duplicateErrors(
    entries.map((entry) => text(entry.partner)),
    (i) => `${at}[${i}].partner`,
  )
  const shares = entries.map((entry) => whole(entry.sharePpm))
  if (shares.every((share) => share !== undefined)) {
    const sum = shares.reduce((whole, share) => whole + share, 0)
    if (sum !== 1_000_000)
      errors.push({ path: at, message: `expected shares that sum to 1000000 ppm, found a sum of ${sum}` })
  }
  return errors
}

function rebateErrors(campaign: Record<string, unknown>, offer: Record<string, unknown>, at: string): FieldError[] {
  const errors: FieldError[] = []
  if (offer.delivery === 'rebate' && offer.kind === 'fee')
    errors.push({ path: `${at}.delivery`, message: 'expected "instant" (a fee offer has no rebate), found "rebate"' })
  if (offer.delivery !== 'rebate')
    for (const key of ['rebateAfterDays', 'rebateFrom'])
      if (key in offer)
        errors.push({
          path: `${at}.${key}`,
          message: `expected delivery "rebate" beside it, found ${found(offer.delivery)}`,
        })
  const { to } = object(object(offer.rule).window)
  if (offer.rebateFrom === 'end' && campaign.to === undefined && to === undefined)
    errors.push({ path: `${at}.rebateFrom`, message: 'expected an offer with a last day ("to"), found an open end' })
  return errors
}

function rangeErrors(range: unknown, path: string): FieldError[] {
  const { min, max } = object(range)
  const least = whole(min)
  const most = whole(max)
  if (least === undefined || most === undefined || least <= most) return []
  return [{ path: `${path}.max`, message: `expected at least min (${least}), found ${most}` }]
}
