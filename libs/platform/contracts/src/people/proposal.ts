import { z } from 'zod'
import { noCard } from '../system/card-number'
import { plainWords } from '../system/text'

export const evidence = z
  .string()
  .regex(/^[\x21-\x7e]{1,200}$/, 'expected 1 to 200 printable characters without spaces')
  .refine(...noCard)
  .describe('reference of the file that shows it')
/** Free words of a person: they are shown in many places, so long numbers have no room in them. */
export const plainReason = plainWords
  .min(1)
  .max(500)
  .regex(/^(?![\s\S]*[0-9]{8})/, 'expected words without account, card or phone numbers')

export const PROPOSAL_STATES = ['proposed', 'approved', 'rejected', 'withdrawn'] as const
export const proposalAnswer = z.object({
  id: z.int(),
  kind: z.string(),
  subject: z.string().describe('what it is about: a partner, an account'),
  body: z.record(z.string(), z.unknown()).describe('as it was entered, and what the checker must know beside it'),
  hash: z.string().describe('send it with the approval: it stands for what you were shown'),
  version: z.int(),
  state: z.enum(PROPOSAL_STATES),
  maker: z.string(),
  madeAt: z.string(),
  checker: z.string().optional(),
  checkedAt: z.string().optional(),
  reason: z.string().optional(),
})
export type ProposalAnswer = z.infer<typeof proposalAnswer>
export const proposalPage = z.object({
  proposals: z.array(proposalAnswer),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export const hash = z.string().regex(/^[0-9a-f]{64}$/, 'expected the "hash" of the proposal as you were shown it')
export const approveProposal = z.strictObject({ hash })
export const rejectProposal = z.strictObject({ hash, reason: plainReason })
