import { z } from 'zod'
import { code } from '../system/primitives'
import { APPROVAL_KIND_NAMES } from './approval-kinds'
import { PROPOSAL_STATES, proposalAnswer } from './proposal'

const approvalKind = z.enum(APPROVAL_KIND_NAMES)

export const approvalQuery = z.strictObject({
  state: z.enum(PROPOSAL_STATES).optional().describe('absent: every state'),
  mine: z
    .enum(['made', 'waiting'])
    .optional()
    .describe('made: what the one who asks has proposed; waiting: what the one who asks may decide'),
  kind: approvalKind.optional(),
  branch: code.optional().describe('of this branch and below'),
  subject: z
    .string()
    .min(1)
    .max(300)
    .regex(/^[\x21-\x7e]+$/, 'expected printable characters without spaces')
    .optional(),
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type ApprovalQuery = z.infer<typeof approvalQuery>

/** Why one may not decide; the reason is shown beside the button that does not work. */
export const MAY_NOT = ['own', 'machine', 'scope', 'role', 'branch', 'approved', 'ended'] as const
export const approvalLine = proposalAnswer.extend({
  may: z.object({ decide: z.boolean(), not: z.enum(MAY_NOT).optional(), onBehalfOf: z.string().optional() }),
})
export const approvalPage = z.object({
  approvals: z.array(approvalLine),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type ApprovalPage = z.infer<typeof approvalPage>
export type ApprovalLine = z.infer<typeof approvalLine>

export const approvalCounts = z.object({
  waiting: z.int().describe('what the one who asks may decide'),
  made: z.int().describe('what the one who asks has proposed and nobody has decided'),
  byKind: z.array(z.object({ kind: approvalKind, waiting: z.int() })),
})
export type ApprovalCounts = z.infer<typeof approvalCounts>
