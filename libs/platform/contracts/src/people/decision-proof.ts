import { z } from 'zod'
import { acknowledgementRequest } from '../finance/clearing'
import { disputeRequest } from '../finance/cycle'
import { explanationRequest } from '../routing/card-usage'
import { hash, plainReason } from './proposal'

const id = z.int().min(1).max(Number.MAX_SAFE_INTEGER)
const verdict = { decision: z.enum(['approve', 'reject']), reason: plainReason.optional() }

/** An update of a flow that decides something, by flow and name: what it decides about, and its argument without the proof. */
const BY_UPDATE = {
  'partner-funding.decide': z.strictObject({ hash, ...verdict }),
  'partner-cycle.confirm': z.strictObject({}),
  'partner-cycle.dispute': disputeRequest,
  'card-usage-case.explain': explanationRequest,
  'card-usage-case.decide': z.strictObject({ ...verdict, keepSuspended: z.boolean().optional() }),
  'clearing-day.acknowledge': acknowledgementRequest,
}
export type DecidingUpdate = keyof typeof BY_UPDATE

const of = <Name extends DecidingUpdate>(update: Name, subject: string) =>
  z.strictObject({
    update: z.literal(update),
    subject: id.describe(subject),
    argument: BY_UPDATE[update].describe('as the update gets it, without "proof"'),
  })
export const decisionProofRequest = z.discriminatedUnion('update', [
  of('partner-funding.decide', 'id of the proposal'),
  of('partner-cycle.confirm', 'id of the statement'),
  of('partner-cycle.dispute', 'id of the statement'),
  of('card-usage-case.explain', 'id of the case'),
  of('card-usage-case.decide', 'id of the case'),
  of('clearing-day.acknowledge', 'id of the file'),
])
export type DecisionProofRequest = z.infer<typeof decisionProofRequest>

export const decisionProofAnswer = z.object({
  proof: z.string().describe('send it as "proof" in the argument of the update: it decides this once'),
  expiresAt: z.string(),
})
export type DecisionProofAnswer = z.infer<typeof decisionProofAnswer>
