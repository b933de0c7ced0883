import { z } from 'zod'
import { instantText, next } from '../system/page'
import { isoDate } from '../system/primitives'
import { lineText } from '../system/text'

export const AUDIT_ACTS = ['insert', 'update', 'delete', 'sign_in', 'refusal', 'read'] as const
export const AUDIT_RESULTS = ['done', 'refused'] as const

const id = lineText.min(1).max(200)

export const auditQuery = z.strictObject({
  from: isoDate.optional().describe('business date'),
  to: isoDate.optional().describe('business date, included'),
  actor: id.optional().describe('id of the API key or person that asked'),
  person: id.optional(),
  branch: id.optional(),
  operation: id.optional().describe('operationId of the API, or the activity of the worker'),
  act: z.enum(AUDIT_ACTS).optional(),
  subjectKind: id.optional().describe('campaign_version, partner, proposal, api_key …'),
  subject: id.optional(),
  request: id.optional().describe('what a problem document calls "instance"'),
  result: z.enum(AUDIT_RESULTS).optional(),
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/, 'expected a number')
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type AuditQuery = z.infer<typeof auditQuery>

const hash = z.string().optional().describe('SHA-256 of the row, everything in it included')

export const auditEvent = z.object({
  id: z.int(),
  at: instantText,
  businessDate: z.string(),
  actor: z.string().describe('id of the API key or person; "database/…": nobody asked, or not over the API'),
  person: z.string().optional(),
  branch: z.string().optional(),
  session: z.string().optional(),
  address: z.string().optional(),
  request: z.string().optional(),
  via: z.string().describe('the login of the database that wrote'),
  operation: z.string(),
  act: z.enum(AUDIT_ACTS),
  subject: z.object({ kind: z.string(), id: z.string().describe('"*": more than 100 rows at once') }),
  result: z.enum(AUDIT_RESULTS),
  beforeHash: hash,
  afterHash: hash,
  diff: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('by field: before and after, "***" for what is sensitive; of other acts what else there is to say'),
  sealed: z.boolean().describe('it stands in the chain: a change of it would be found'),
})
export type AuditEvent = z.infer<typeof auditEvent>

export const auditPage = z.object({ events: z.array(auditEvent), next })
export type AuditPage = z.infer<typeof auditPage>
