import { z } from 'zod'
import { AMOUNT_FEN_MAX, code, isoDate, positiveFen } from '../system/primitives'
import { lineText, plainLine, plainWords } from '../system/text'
import { PROPOSAL_STATES } from './proposal'

const instantText = z.string().describe('instant with offset')
const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const id = z.string().regex(/^[0-9]{1,15}$/, 'expected a number')
const words = plainWords.trim().min(1).max(500)

export const CASE_STATES = ['open', 'closed'] as const
export const RESOLUTIONS = ['accept', 'grant', 'adjust', 'write_off'] as const
export type ResolutionKind = (typeof RESOLUTIONS)[number]

/** What went wrong with money. Of what was found by matching: ours and theirs, and what the difference is in cash. */
export const caseAnswer = z.object({
  id: z.int(),
  kind: z.string().describe('its class: unfunded, paid_mismatch, marketing_missing, over, short …'),
  client: z.string(),
  serial: z.string(),
  merchant: z.string().optional(),
  currency: z.string().describe('of every amount in it, which is in its minor unit'),
  amount: z.int().optional(),
  discount: z.int().optional(),
  paid: z.int().optional(),
  source: z.string().optional().describe('whose file says otherwise'),
  businessDate: z.string().optional(),
  ourState: z.string().optional(),
  ours: z.int().optional(),
  theirs: z.int().optional(),
  cash: z.int().optional().describe('money in hand less what the books say'),
  file: z.int().optional().describe('import whose line says so'),
  line: z.int().optional(),
  evidence: z.string().optional(),
  state: z.enum(CASE_STATES),
  owner: z.string().optional(),
  openedAt: instantText,
  ageSeconds: z.int(),
  remindedAt: instantText.optional(),
  resolution: z.enum(RESOLUTIONS).optional(),
  resolvedBy: z.int().optional().describe('proposal that two people have made and approved'),
  closedAt: instantText.optional(),
  reopened: z.int().optional().describe('how often'),
})
export type CaseAnswer = z.infer<typeof caseAnswer>
export const casePage = z.object({ cases: z.array(caseAnswer), next })
export type CasePage = z.infer<typeof casePage>

export const caseQuery = z.strictObject({
  state: z.enum(CASE_STATES).optional(),
  kind: lineText.max(64).optional(),
  owner: lineText.max(200).optional().describe('"-": nobody has it'),
  client: lineText.max(64).optional(),
  serial: lineText.max(128).optional(),
  merchant: lineText.max(64).optional(),
  source: lineText.max(64).optional(),
  businessDate: isoDate.optional(),
  olderThanDays: z.coerce.number().int().min(0).max(3650).optional(),
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type CaseQuery = z.infer<typeof caseQuery>

export const caseOwnerRequest = z.strictObject({
  owner: plainLine.trim().min(1).max(200).nullable().describe('who looks after it; null: nobody'),
})
export type CaseOwnerRequest = z.infer<typeof caseOwnerRequest>
export const caseReopenRequest = z.strictObject({ reason: words })
export type CaseReopenRequest = z.infer<typeof caseReopenRequest>

const account = lineText.min(1).max(160).describe('an account of the chart: docs/reference/postings.md')
const common = {
  reason: words.describe('why this is right'),
  evidence: plainLine.trim().min(1).max(300).optional().describe('where the evidence is kept'),
}
const signedFen = z
  .int()
  .min(-AMOUNT_FEN_MAX)
  .max(AMOUNT_FEN_MAX)
  .refine((fen) => fen !== 0, 'expected an amount that is not 0')

/** How a case is to end. Whoever proposes it is not who approves it. */
export const resolutionRequest = z.discriminatedUnion('resolution', [
  z.strictObject({
    resolution: z.literal('accept').describe('it stands as it is; money over, short or unplaced goes to suspense'),
    ...common,
  }),
  z.strictObject({
    resolution: z.literal('grant').describe('unfunded: the funder bears it after the fact'),
    consent: plainLine.trim().min(1).max(300).describe("reference of the funder's consent"),
    ...common,
  }),
  z.strictObject({
    resolution: z.literal('adjust').describe('from one account to another'),
    debit: account,
    credit: account,
    amount: positiveFen,
    ...common,
  }),
  z.strictObject({
    resolution: z.literal('write_off'),
    account,
    amount: signedFen.describe('above 0: a loss, credited to the account; below: a gain, debited to it'),
    ...common,
  }),
])
export type ResolutionRequest = z.infer<typeof resolutionRequest>

/** Approval and rejection name what was shown by its hash. */
export const decisionRequest = z.strictObject({
  hash: z.string().regex(/^[0-9a-f]{64}$/, 'expected the hash that was shown'),
})
export const rejectionRequest = decisionRequest.extend({ reason: words })

export const resolutionAnswer = z.object({
  id: z.int().describe('of the proposal'),
  case: z.int(),
  state: z.enum(PROPOSAL_STATES),
  hash: z.string().describe('send it with the approval'),
  maker: z.string(),
  madeAt: instantText,
  checker: z.string().optional(),
  checkedAt: instantText.optional(),
  rejectedBecause: z.string().optional(),
  body: resolutionRequest,
})
export type ResolutionAnswer = z.infer<typeof resolutionAnswer>
export const caseWithResolutions = caseAnswer.extend({ resolutions: z.array(resolutionAnswer) })
export type CaseWithResolutions = z.infer<typeof caseWithResolutions>

export const caseParams = z.strictObject({ id })
export const resolutionParams = z.strictObject({ id, resolution: id })
export const layoutParams = z.strictObject({ code })
