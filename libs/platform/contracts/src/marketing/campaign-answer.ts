import { z } from 'zod'
import { storedBacktest } from './backtest'
import { campaignShape } from './campaign'
import { instantText, next } from '../system/page'
import { suspensionAnswer } from '../people/suspension'
import { documentWarning } from './warning'

const version = z.int().min(1)

export const campaignAnswer = z.object({
  code: z.string(),
  name: z.string(),
  version: version.describe('version of the document shown'),
  state: z.enum(['not_approved', 'approved']).describe('of that version'),
  latestVersion: version,
  liveVersion: version.optional().describe('the version that payments meet; absent: none was approved yet'),
  maker: z.string().describe('API key that sent this version'),
  checker: z.string().optional(),
  createdAt: instantText,
  approvedAt: instantText.optional(),
  suspensions: z.array(suspensionAnswer),
  warnings: z.array(documentWarning).optional().describe('of the document just stored or approved; absent: none'),
  promise: storedBacktest
    .omit({ campaign: true, version: true, isPromise: true })
    .optional()
    .describe('the back-test that whoever approves this version goes by; absent: none was kept in time'),
  document: campaignShape,
})
export type CampaignAnswer = z.infer<typeof campaignAnswer>

export const campaignLine = campaignAnswer.omit({ document: true, warnings: true, promise: true })
export type CampaignLine = z.infer<typeof campaignLine>
export const campaignPage = z.object({ campaigns: z.array(campaignLine), next })
export type CampaignPage = z.infer<typeof campaignPage>

/** How POST /v1/campaigns/check reckons days and cost. */
export const checkQuery = z.strictObject({
  minDays: z.coerce
    .number()
    .int()
    .min(1)
    .max(36_600)
    .optional()
    .describe('a budget should last this many days; default 7'),
  paymentsPerDay: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000_000)
    .optional()
    .describe('payments a day that an offer gives something to; without it nothing is said about days'),
})
export type CheckQuery = z.infer<typeof checkQuery>

/** Answer of POST /v1/campaigns/check: the document is valid. */
export const checkAnswer = z.object({
  code: z.string(),
  name: z.string(),
  offers: z.int(),
  warnings: z.array(documentWarning).describe('empty: nothing is odd; info: figures'),
})
export type CheckAnswer = z.infer<typeof checkAnswer>

/** Body of …/approve: the version the checker has looked at; absent = the newest. */
export const approveRequest = z.strictObject({ version: version.optional() })
export type ApproveRequest = z.infer<typeof approveRequest>
