import { z } from 'zod'
import { storedBacktest } from './backtest'
import { campaignShape } from './campaign'
import { instantText, next, wordQuery } from '../system/page'
import { code } from '../system/primitives'
import { plainLine } from '../system/text'
import { change, hash } from '../people/proposal'
import { suspensionAnswer } from '../people/suspension'
import { campaignOrigin } from './rule-template'
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
  branch: z.string().optional().describe('branch that it belongs to'),
  copiedFrom: z
    .object({ campaign: z.string(), version })
    .optional()
    .describe('the version of which its first one is a copy'),
  proposal: z.int().optional().describe('what waits for a second person: this version, in GET /v1/approvals'),
  hash: z.string().optional().describe('of what would change: send it with the approval'),
  suspensions: z.array(suspensionAnswer),
  warnings: z.array(documentWarning).optional().describe('of the document just stored or approved; absent: none'),
  promise: storedBacktest
    .omit({ campaign: true, version: true, isPromise: true })
    .optional()
    .describe('the back-test that whoever approves this version goes by; absent: none was kept in time'),
  origin: campaignOrigin.optional().describe('the template that this version was made from; absent: none'),
  document: campaignShape,
})
export type CampaignAnswer = z.infer<typeof campaignAnswer>

/** A sub-activity as a list shows it. */
export const offerLine = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(['amount', 'fee']),
  state: z
    .enum(['approved', 'new', 'changed', 'removed'])
    .describe('approved: the live version has it as the newest; removed: the live version alone has it'),
  suspended: z.boolean().describe('itself or its campaign'),
})
export type OfferLine = z.infer<typeof offerLine>

export const campaignLine = campaignAnswer
  .omit({ document: true, warnings: true, promise: true, origin: true, proposal: true, hash: true })
  .extend({
    from: z.string().describe('of the newest version'),
    to: z.string().optional(),
    live: z.boolean().describe('payments may meet it now: a live version, within its dates, not suspended'),
    offers: z.array(offerLine).optional().describe('only where they are asked for'),
  })
export type CampaignLine = z.infer<typeof campaignLine>
export const campaignPage = z.object({ campaigns: z.array(campaignLine), next })
export type CampaignPage = z.infer<typeof campaignPage>

const flagText = z.enum(['true', 'false'])

/** GET /v1/campaigns: what is given narrows the list. */
export const campaignQuery = wordQuery.extend({
  state: z
    .enum(['not_approved', 'approved', 'suspended'])
    .optional()
    .describe('of the newest version; suspended: the campaign or an offer of it'),
  merchant: code
    .optional()
    .describe('an offer of the newest or the live version names it, or is open at every merchant'),
  partner: code.optional().describe('funds it'),
  branch: code.optional().describe('this branch and those below'),
  live: flagText.optional().describe('whether payments may meet it now'),
  offers: flagText.optional().describe('true: each line has its offers with their state; then a page has at most 50'),
})
export type CampaignQuery = z.infer<typeof campaignQuery>

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
export const approveRequest = z.strictObject({ hash, version: version.optional() })
export type ApproveRequest = z.infer<typeof approveRequest>

/** Body of POST /v1/campaigns/{code}/copy. */
export const copyRequest = z.strictObject({
  code: code.describe('of the new campaign'),
  name: plainLine.min(1).max(200).optional().describe("absent: the original's"),
  version: version.max(2_147_483_647).optional().describe('absent: the newest'),
})
export type CopyRequest = z.infer<typeof copyRequest>

/** GET /v1/campaigns/{code}/compare. */
export const compareQuery = z.strictObject({
  from: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('version before; absent: the live one'),
  to: z.coerce.number().int().min(1).max(2_147_483_647).optional().describe('version after; absent: the newest'),
})
export type CompareQuery = z.infer<typeof compareQuery>

export const documentChange = z.object({
  path: z.string().describe('of the document; what has a code or an id is named by it: offers[FOOD].rule.benefit.cap'),
  before: z.unknown().optional().describe('absent: it was not there. Of a list of words: those that were removed'),
  after: z.unknown().optional().describe('absent: it is gone. Of a list of words: those that were added'),
  removed: z.int().optional().describe('words of a list; before shows the first 100'),
  added: z.int().optional().describe('words of a list; after shows the first 100'),
})
export type DocumentChange = z.infer<typeof documentChange>

export const compareAnswer = z.object({
  campaign: z.string(),
  from: version.optional().describe('absent: nothing is live yet, all of it is new'),
  to: version,
  changes: z.array(documentChange),
  words: z.array(change).describe('the same as whoever approves reads it, in business words; at most 500'),
  isCut: z.boolean().describe('there are more than are shown'),
})
export type CompareAnswer = z.infer<typeof compareAnswer>
