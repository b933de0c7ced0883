import { z } from 'zod'
import { fee, grantedOffer } from './answer'
import { transactionRequest } from './payment'
import { code } from '../system/primitives'
import { refusal } from './reasons'

const DOCUMENTS_MAX = 50

/**
 * Body of POST /v1/evaluations: what one payment would get, against what is live and documents that are not. The documents are looked into
 * by `parseCampaign`, as those of PUT /v1/campaigns/{code} are.
 */
export const evaluationRequest = z.strictObject({
  payment: transactionRequest.describe(
    'body of POST /v1/transactions; "at" of any year; holdSeconds and deadlineMs change nothing',
  ),
  campaigns: z
    .array(z.looseObject({}))
    .max(DOCUMENTS_MAX)
    .optional()
    .describe(
      'campaign documents (/schemas/campaign.json): approved and not suspended, each instead of the live one of its code',
    ),
  drafts: z
    .array(code)
    .max(DOCUMENTS_MAX)
    .optional()
    .describe(
      'campaigns of which the newest stored version counts, approved and not suspended, instead of the live one',
    ),
  only: z.boolean().optional().describe('true: nothing but these campaigns and drafts'),
})
export type EvaluationRequest = z.infer<typeof evaluationRequest>

/** One counter as it stands before this payment, with the words of a limit reason; amounts in fen. */
export const counterSeen = z.object({
  limit: z.string(),
  limitAmount: z.int().optional().describe('absent: the limit has no amount'),
  usedAmount: z.int(),
  heldAmount: z.int(),
  limitCount: z.int().optional().describe('absent: the limit has no count'),
  usedCount: z.int(),
  heldCount: z.int(),
  until: z.string().optional().describe('when the period ends; absent: never'),
})
export type CounterSeen = z.infer<typeof counterSeen>

/** An offer whose counters were asked: the granted ones, and those that a counter refused. */
export const consideredOffer = z.object({
  campaign: z.string(),
  version: z.int().describe('of the document; of one that is not stored, the version it would get'),
  offer: z.string(),
  counters: z.array(counterSeen),
})
export type ConsideredOffer = z.infer<typeof consideredOffer>

/** What POST /v1/transactions would answer now with ?explain=true; nothing is held, so there is no marketingSerial and no holdExpiresAt. */
export const evaluationAnswer = z.object({
  serial: z.string(),
  state: z.enum(['held', 'no_offer']).describe('held: an offer would be'),
  amount: z.int(),
  discount: z.int(),
  payable: z.int(),
  rebate: z.int().optional(),
  offers: z.array(grantedOffer),
  fee,
  reasons: z.array(refusal).describe('why each other offer would not be given'),
  considered: z.array(consideredOffer),
})
export type EvaluationAnswer = z.infer<typeof evaluationAnswer>
