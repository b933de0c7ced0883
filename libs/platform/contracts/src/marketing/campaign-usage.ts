import { z } from 'zod'
import { instantText } from '../system/page'
import { code } from '../system/primitives'
import { DIMENSIONS, PERIODS } from './campaign'

/** One measure of one counter. */
const taken = z.object({
  limit: z.int().optional().describe('of the version; absent: this measure has none'),
  used: z.int(),
  held: z.int().describe('of payments that have no result yet; it comes back when they fail or expire'),
  over: z.int().describe('what was told late and took room without asking'),
  left: z.int().optional().describe('limit - used - held - over, not below 0'),
})

export const limitUsage = z.object({
  limit: z.string().describe('its id, as reasons and warnings name it'),
  kind: z.enum(['limit', 'budget']),
  offers: z.array(z.string()).optional().describe('that take from it; absent: every offer of the campaign'),
  per: z.array(z.enum(DIMENSIONS)).describe('[]: one counter; else one for each merchant, card …'),
  period: z.enum(PERIODS),
  from: z.string().optional().describe('first day of the period that runs; absent: it never ends'),
  until: instantText.optional(),
  measure: z.enum(['discount', 'gross']).describe('what amount counts'),
  amount: taken.optional().describe('in the minor unit; of the one counter, or of the one that was asked for'),
  count: taken.optional(),
  nextHoldEndsAt: instantText
    .optional()
    .describe(
      'when the next hold gives back what it has; absent: nothing is held, or it is not among the newest payments',
    ),
  keys: z
    .object({
      keys: z.int().describe('merchants, cards … that have taken something in this period'),
      full: z.int().describe('of them: nothing is left'),
      isAtLeast: z.boolean().describe('there are more than are counted'),
      asOf: instantText,
    })
    .optional()
    .describe('of a limit per something'),
})
export type LimitUsage = z.infer<typeof limitUsage>

/** Answer of GET /v1/campaigns/{code}/usage. */
export const campaignUsage = z.object({
  campaign: z.string(),
  name: z.string(),
  version: z.int().describe('whose limits these are: the live one, else the newest'),
  live: z.boolean().describe('that version was approved'),
  currency: z.string(),
  asOf: instantText,
  limits: z.array(limitUsage),
})
export type CampaignUsage = z.infer<typeof campaignUsage>

export const usageQuery = z.strictObject({
  merchant: code.optional().describe("limits per merchant show this one's counter too"),
})
export type UsageQuery = z.infer<typeof usageQuery>
