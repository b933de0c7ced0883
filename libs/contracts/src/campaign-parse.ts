import type { z } from 'zod'
import { campaignShape, type Campaign } from './campaign'
import { crossErrors } from './campaign-checks'
import { isLaterKey, isLaterValue, notYetSupported } from './campaign-later'
import type { FieldError } from './errors'
import { fieldErrors, pathText, valueAt } from './field-errors'
import { isObject, list, object } from './loose'

export type ParsedCampaign = { ok: true; campaign: Campaign } | { ok: false; errors: FieldError[] }

/**
 * A campaign document at the border: the parsed campaign, or every error at once, each with its path, what was expected and what was found.
 * A key that the design knows and this release does not compute is "not yet supported"; any other is an "unknown key".
 */
export function parseCampaign(json: unknown): ParsedCampaign {
  const parsed = campaignShape.safeParse(json)
  const errors = [...(parsed.success ? [] : shapeErrors(json, parsed.error.issues)), ...crossErrors(json)]
  if (parsed.success && errors.length === 0) return { ok: true, campaign: parsed.data }
  return { ok: false, errors: once(errors) }
}

function shapeErrors(json: unknown, issues: readonly z.core.$ZodIssue[]): FieldError[] {
  const options = {
    showFound: true,
    ofUnknownKey: (parent: readonly PropertyKey[], key: string) =>
      isLaterKey(pathText(parent), key) ? notYetSupported(`"${key}"`) : `unknown key "${key}"`,
  }
  const later = issues.filter(({ path }) => isLaterValue(pathText(path), valueAt(json, path)))
  const errors = fieldErrors(
    issues.filter((issue) => !later.includes(issue)),
    json,
    options,
  )
  for (const { path } of later)
    errors.push({ path: pathText(path), message: notYetSupported(`"${String(valueAt(json, path))}"`) })
  return [...withoutMissingOfLayers(errors), ...behindUnknownKind(json)]
}

/** A draw of layers has no min and max of its own: saying that they are missing would mislead. */
function withoutMissingOfLayers(errors: FieldError[]): FieldError[] {
  const layered = errors.filter(
    ({ path, message }) => path.endsWith('.layers') && message === notYetSupported('"layers"'),
  )
  const draws = layered.map(({ path }) => path.slice(0, -'.layers'.length))
  return errors.filter(
    ({ path, message }) =>
      !draws.some((draw) => path === `${draw}.min` || path === `${draw}.max`) || !message.endsWith('nothing'),
  )
}

const FEE_TYPES = ['waive', 'rate', 'percentOff', 'fixed']

/** Without a kind the schema cannot look into an offer, so it is read a second time as the kind that its benefit has. */
function behindUnknownKind(json: unknown): FieldError[] {
  const offers = list(object(json).offers)
  const unknown = offers.map((offer) => isObject(offer) && offer.kind !== 'amount' && offer.kind !== 'fee')
  if (!unknown.includes(true)) return []
  const guessed = offers.map((offer, i) => {
    if (!unknown[i]) return offer
    const { type } = object(object(object(offer).rule).benefit)
    return { ...object(offer), kind: FEE_TYPES.includes(String(type)) ? 'fee' : 'amount' }
  })
  const again = { ...object(json), offers: guessed }
  const parsed = campaignShape.safeParse(again)
  return parsed.success ? [] : shapeErrors(again, parsed.error.issues)
}

function once(errors: FieldError[]): FieldError[] {
  const seen = new Set<string>()
  return errors.filter(({ path, message }) => {
    const key = `${path}\n${message}`
    return seen.has(key) ? false : seen.add(key) !== undefined
  })
}
