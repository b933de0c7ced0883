import { z } from 'zod'
import { campaignShape } from './campaign'
import { ERRORS, type ErrorCode } from './errors'
import { code } from './primitives'
import { documentWarning } from './warning'

const instantText = z.string().describe('instant with offset')
const name = z.string().min(1).max(200)
const version = z.int().min(1)

/** A failed request (RFC 9457); `code` is a key of the catalogue of errors. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    detail: z.string(),
    do: z.string().describe('what the caller can do about it'),
    retryable: z.boolean().describe('whether sending the same again can help'),
    instance: z.string().describe('id of the request, as in the logs'),
    state: z.string().optional(),
    left: z.int().optional().describe('what can still be refunded, in fen'),
    errors: z.array(z.object({ path: z.string(), message: z.string(), messageZh: z.string().optional() })).optional(),
  })
  .describe('problem details')
export type Problem = z.infer<typeof problem>

/** Where a list goes on: `after` of the next request; absent = that was all. */
const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const pageLimit = z.coerce.number().int().min(1).max(500).default(50)
export const pageQuery = z.strictObject({ after: z.string().max(128).optional(), limit: pageLimit })
export type PageQuery = z.infer<typeof pageQuery>

/** What is suspended of a campaign: all of it (`CODE`) or one offer (`CODE/OFFER`). */
export const SUSPENSION_STATES = ['active', 'suspended', 'resume_requested'] as const
export const suspensionAnswer = z.object({
  ref: z.string(),
  state: z.enum(SUSPENSION_STATES).describe('resume_requested: still suspended until somebody else resumes too'),
  suspendedAt: instantText.optional(),
})
export type SuspensionAnswer = z.infer<typeof suspensionAnswer>

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
  document: campaignShape,
})
export type CampaignAnswer = z.infer<typeof campaignAnswer>

export const campaignLine = campaignAnswer.omit({ document: true, warnings: true })
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

export const cardGroupAnswer = z.object({
  code: z.string(),
  name: z.string().optional(),
  bins: z.array(z.string()),
  cardCount: z.int().describe('card tokens in the group; the tokens themselves are not shown'),
  updatedAt: instantText,
})
export type CardGroupAnswer = z.infer<typeof cardGroupAnswer>

export const customerGroupAnswer = z.object({
  code: z.string(),
  name: z.string().optional(),
  customerCount: z.int().describe('customers in the group; they are not shown'),
  updatedAt: instantText,
})
export type CustomerGroupAnswer = z.infer<typeof customerGroupAnswer>

/** What an API key may do. */
export const SCOPES = [
  'transactions',
  'campaigns.make',
  'campaigns.check',
  'merchants',
  'routing',
  'card-groups',
  'partners',
  'funding.make',
  'funding.check',
  'cases',
  'reconciliation',
  'finance',
  'read',
  'admin',
] as const
export const scope = z.enum(SCOPES)
export type Scope = z.infer<typeof scope>

export const clientRequest = z.strictObject({
  name,
  webhookUrl: z
    .url({ protocol: /^https?$/, error: 'expected an http or https address' })
    .max(2000)
    .optional(),
  webhookSecret: z
    .string()
    .min(16)
    .max(256)
    .optional()
    .describe('signs notifications; absent = the stored one stays. Never shown'),
  ratePerSecond: z.int().min(1).max(10_000_000).optional(),
  deadlineMs: z.int().min(1).max(60_000).optional(),
})
export type ClientRequest = z.infer<typeof clientRequest>
export const clientAnswer = z.object({
  code: z.string(),
  name: z.string(),
  webhookUrl: z.string().optional(),
  hasWebhookSecret: z.boolean(),
  ratePerSecond: z.int().optional(),
  deadlineMs: z.int().optional(),
})
export type ClientAnswer = z.infer<typeof clientAnswer>

export const apiKeyRequest = z.strictObject({ client: code, name, scopes: z.array(scope).min(1).max(SCOPES.length) })
export type ApiKeyRequest = z.infer<typeof apiKeyRequest>
export const apiKeyAnswer = z.object({
  id: z.string(),
  client: z.string(),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: instantText,
  revokedAt: instantText.optional(),
})
export type ApiKeyAnswer = z.infer<typeof apiKeyAnswer>
export const apiKeyMade = apiKeyAnswer.extend({ key: z.string().describe('shown this once; only its hash is stored') })
export type ApiKeyMade = z.infer<typeof apiKeyMade>
export const apiKeyPage = z.object({ keys: z.array(apiKeyAnswer), next })
export type ApiKeyPage = z.infer<typeof apiKeyPage>
