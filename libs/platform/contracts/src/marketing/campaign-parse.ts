import type { z } from 'zod'
import { campaignShape, type Campaign } from './campaign'
import { crossErrors } from './campaign-checks'
import { toldFaults, type FieldError } from '../system/errors'
import { fieldErrors } from '../system/field-errors'
import { isObject, list, object } from '../system/loose'

export type ParsedCampaign = { ok: true; campaign: Campaign } | { ok: false; errors: FieldError[] }

/**
 * A campaign document at the border: the parsed campaign, or its errors at once, each with its path, what was expected and what was found.
 * `$schema` is for editors and is no part of the document.
 */
export function parseCampaign(json: unknown): ParsedCampaign {
  const parsed = campaignShape.safeParse(json)
  const errors = [...(parsed.success ? [] : shapeErrors(json, parsed.error.issues)), ...crossErrors(json)]
  if (parsed.success && errors.length === 0) {
    const { $schema: _, ...campaign } = parsed.data
    return { ok: true, campaign }
  }
  return { ok: false, errors: toldFaults(once(errors)) }
}

function shapeErrors(json: unknown, issues: readonly z.core.$ZodIssue[]): FieldError[] {
  return [...fieldErrors(issues, json, { showFound: true }), ...behindUnknownKind(json)]
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
