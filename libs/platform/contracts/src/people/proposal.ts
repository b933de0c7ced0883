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

export const PROPOSAL_STATES = ['proposed', 'approved', 'rejected', 'withdrawn', 'expired'] as const
export const change = z.object({
  path: z.string(),
  field: z.object({ en: z.string(), zh: z.string() }),
  before: z.string().nullable().describe('as it reads: amounts in yuan, rates in per cent; null: there was none'),
  after: z.string().nullable(),
})
export const proposalAnswer = z.object({
  id: z.int(),
  kind: z.string(),
  title: z.object({ en: z.string(), zh: z.string() }).describe('what the kind is called'),
  subject: z.string().describe('what it is about: a partner, a campaign, a case'),
  before: z.unknown().describe('what it changes from; null: nothing stands there'),
  body: z
    .record(z.string(), z.unknown())
    .describe('what it changes to: as it was entered, and what the checker must know beside it'),
  changes: z.array(change).describe('what differs, in business words; at most 500'),
  isCut: z.boolean().optional().describe('in a list: before, body and most changes are left out; read it by its id'),
  hash: z
    .string()
    .describe(
      'send it with the approval: SHA-256 (hex) of the canonical JSON of [kind, subject, before, body], what you were shown',
    ),
  version: z.int(),
  state: z.enum(PROPOSAL_STATES),
  branch: z.string(),
  amountFen: z.int().optional(),
  maker: z.string().describe('the key or person that has made it'),
  makerPerson: z.string().optional().describe('the person behind the key'),
  madeAt: z.string(),
  needs: z.int().describe('so many others approve it'),
  approvals: z.int().describe('so many have'),
  expiresAt: z.string().optional(),
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
