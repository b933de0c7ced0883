import { z } from 'zod'
import { noCard } from '../system/card-number'
import { instantText, next, pageQuery } from '../system/page'
import { AMOUNT_FEN_MAX, code, instant } from '../system/primitives'
import { lineText, plainLine } from '../system/text'
import { APPROVAL_KIND_NAMES } from './approval-kinds'
import { apiKeyMade, SCOPES, scope } from './clients'
import { login } from './persons'
import { plainReason, proposalAnswer } from './proposal'

const name = plainLine.trim().min(1).max(200)
/** A proposal is stored before anybody looks whether the role exists. */
const roleCode = code.refine(...noCard)
const roles = z.array(roleCode).min(1).max(20)
const language = z.enum(['zh-CN', 'en'])
const personId = code.refine(...noCard)
export const PERSON_STATES = ['active', 'disabled'] as const

export const branchRequest = z.strictObject({
  name,
  parent: code.optional().describe('the branch above; absent: head-office, which is above all others'),
})
export type BranchRequest = z.infer<typeof branchRequest>
const branchAnswer = z.object({ code: z.string(), name: z.string(), parent: z.string().optional() })
export type BranchAnswer = z.infer<typeof branchAnswer>
export const branchPage = z.object({ branches: z.array(branchAnswer), next })
export type BranchPage = z.infer<typeof branchPage>

export const roleRequest = z.strictObject({
  name,
  nameZh: name,
  scopes: z.array(scope).min(1).max(SCOPES.length).describe('never "transactions": persons send no payments'),
  conflicts: z
    .array(z.strictObject({ role: roleCode, why: name }))
    .max(100)
    .optional()
    .describe('roles that nobody holds beside this one; absent: as it stands'),
})
export type RoleRequest = z.infer<typeof roleRequest>
const roleAnswer = z.object({
  code: z.string(),
  name: z.string(),
  nameZh: z.string(),
  scopes: z.array(scope),
  conflicts: z.array(z.object({ role: z.string(), why: z.string() })),
})
export type RoleAnswer = z.infer<typeof roleAnswer>
export const rolePage = z.object({ roles: z.array(roleAnswer), next })
export type RolePage = z.infer<typeof rolePage>

export const personRequest = z.strictObject({ login, name, branch: code, roles, language: language.optional() })
export type PersonRequest = z.infer<typeof personRequest>
export const personChange = z.strictObject({ name, branch: code, roles, status: z.enum(PERSON_STATES), language })
export type PersonChange = z.infer<typeof personChange>
const personLine = z.object({
  id: z.string(),
  login: z.string(),
  name: z.string(),
  branch: z.string(),
  roles: z.array(z.string()),
  status: z.enum(PERSON_STATES),
  language,
})
export type PersonLine = z.infer<typeof personLine>
export const personPage = z.object({ persons: z.array(personLine), next })
export type PersonPage = z.infer<typeof personPage>
export const personQuery = pageQuery.extend({
  q: lineText.max(100).optional().describe('the beginning of the login, or a part of the name'),
  branch: code.optional().describe('of this branch and below'),
  role: code.optional(),
  status: z.enum(PERSON_STATES).optional(),
})
export type PersonQuery = z.infer<typeof personQuery>

export const personAnswer = personLine.extend({
  rights: z
    .array(
      z.object({
        scope,
        roles: z.array(z.string()).describe('roles of this person that give it'),
        delegations: z
          .array(z.object({ id: z.int(), absent: z.string(), until: instantText }))
          .describe('whom this person stands in for now: it decides with their right'),
      }),
    )
    .describe('what this person may do now, and why'),
  hasPassword: z.boolean(),
  hasAuthenticator: z.boolean(),
})
export type PersonAnswer = z.infer<typeof personAnswer>
export const personParams = z.strictObject({ id: personId })

/** With 202: what is made of it waits for another person. */
export const apiKeyWaiting = apiKeyMade
  .pick({ id: true, client: true, name: true, scopes: true, key: true })
  .extend({ proposal: proposalAnswer.describe('until it is approved the key opens nothing') })
export type ApiKeyWaiting = z.infer<typeof apiKeyWaiting>

export const clientWaiting = z.object({
  webhookSecret: z
    .string()
    .optional()
    .describe('made for the address, and shown to its maker; it signs nothing before the approval'),
  proposal: proposalAnswer,
})
export type ClientWaiting = z.infer<typeof clientWaiting>
export const webhookRotationWaiting = z.object({
  serial: z.string(),
  secret: z.string().describe('shown to its maker; it signs nothing before the approval'),
  proposal: proposalAnswer,
})
export type WebhookRotationWaiting = z.infer<typeof webhookRotationWaiting>

export const recoveryRequest = z.strictObject({ reason: plainReason })
export type RecoveryRequest = z.infer<typeof recoveryRequest>
export const enrolmentMade = z.object({
  person: z.string(),
  login: z.string(),
  enrolment: z.string().describe('shown this once: POST /v1/enrolments takes it, with this login'),
  expiresAt: instantText,
})
export type EnrolmentMade = z.infer<typeof enrolmentMade>

export const delegationRequest = z
  .strictObject({ standsIn: personId.describe('id of the person'), from: instant, until: instant })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
    path: ['until'],
    error: 'expected an end after the start',
  })
export type DelegationRequest = z.infer<typeof delegationRequest>
const delegationAnswer = z.object({
  id: z.int(),
  absent: z.string(),
  standsIn: z.string(),
  from: instantText,
  until: instantText,
  proposal: z.int().describe('by which it was approved'),
  endedAt: instantText.optional(),
})
export type DelegationAnswer = z.infer<typeof delegationAnswer>
export const delegationPage = z.object({ delegations: z.array(delegationAnswer), next })
export type DelegationPage = z.infer<typeof delegationPage>

/** `any` stands for every kind that has no rows of its own. */
export const POLICY_KINDS = ['any', ...APPROVAL_KIND_NAMES] as const
const policyRow = z.strictObject({
  fromFen: z.int().min(0).max(AMOUNT_FEN_MAX).describe('from this amount on; 0: from the beginning'),
  approvers: z.int().min(1).max(2),
  otherBranch: z.boolean().describe('approvers are of another branch than the maker'),
  roles: roles.optional().describe('one of these, beside the right of the kind; absent: the right is enough'),
  expiresAfterHours: z.int().min(1).max(8784),
})
export const approvalPolicyRequest = z.strictObject({
  policies: z
    .array(policyRow)
    .max(20)
    .refine((rows) => new Set(rows.map(({ fromFen }) => fromFen)).size === rows.length, 'expected each once')
    .describe('none: the kind is decided as "any"'),
})
export type ApprovalPolicyRequest = z.infer<typeof approvalPolicyRequest>
const approvalPolicyAnswer = z.object({ kind: z.enum(POLICY_KINDS), policies: z.array(policyRow) })
export type ApprovalPolicyAnswer = z.infer<typeof approvalPolicyAnswer>
export const approvalPolicyPage = z.object({ kinds: z.array(approvalPolicyAnswer), next })
export type ApprovalPolicyPage = z.infer<typeof approvalPolicyPage>
export const policyParams = z.strictObject({ kind: z.enum(POLICY_KINDS) })
