import { z } from 'zod'
import { instantText, next, pageQuery } from '../system/page'
import { limitUsage } from './campaign-usage'

export const ACTIVITY_STATES = ['live', 'not_started', 'ended', 'suspended', 'waits'] as const

export const merchantActivityQuery = pageQuery.extend({
  after: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}\/[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      'expected what "next" of the page before said',
    )
    .optional(),
  state: z.enum(ACTIVITY_STATES).optional(),
})
export type MerchantActivityQuery = z.infer<typeof merchantActivityQuery>

export const merchantActivity = z.object({
  campaign: z.string(),
  campaignName: z.string(),
  offer: z.string(),
  offerName: z.string(),
  kind: z.enum(['amount', 'fee']),
  state: z.enum(ACTIVITY_STATES).describe('waits: no version was approved yet'),
  from: z.string(),
  to: z.string().optional().describe('absent: it never ends'),
  by: z.enum(['merchant', 'group', 'sub_merchant', 'everyone']).describe('what binds the merchant'),
  groups: z.array(z.string()).optional().describe('groups of the offer that the merchant is in'),
  limits: z.array(limitUsage).describe('what is left: budgets and limits, of limits per merchant its own counter'),
})
export type MerchantActivity = z.infer<typeof merchantActivity>

export const merchantActivityPage = z.object({
  merchant: z.string(),
  hasLeft: z.boolean().describe('true: none of them holds, whatever its state'),
  asOf: instantText,
  activities: z.array(merchantActivity),
  next,
})
export type MerchantActivityPage = z.infer<typeof merchantActivityPage>
