import { campaignShape, type Campaign } from './campaign'
import type { FieldError } from './errors'

export type ParsedCampaign = { ok: true; campaign: Campaign } | { ok: false; errors: FieldError[] }

export function parseCampaign(json: unknown): ParsedCampaign {
  const parsed = campaignShape.safeParse(json)
  if (parsed.success) return { ok: true, campaign: parsed.data }
  return { ok: false, errors: parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message })) }
}
