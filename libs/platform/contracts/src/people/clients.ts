import { z } from 'zod'
import { instantText, next } from '../system/page'
import { code } from '../system/primitives'
import { lineCheck, lineText, plainLine } from '../system/text'

const name = plainLine.min(1).max(200)

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
    .check(lineCheck)
    .optional(),
  webhookSecret: lineText
    .min(16)
    .max(256)
    .optional()
    .describe('signs notifications; absent = the stored one stays, and a new address gets a new one'),
  ratePerSecond: z.int().min(1).max(10_000_000).optional(),
  deadlineMs: z.int().min(1).max(60_000).optional(),
  mayOmitPaid: z
    .boolean()
    .optional()
    .describe('a success without "paid" means what was told; absent = false: it is refused with paid_required'),
  serialsMayLookLikeCards: z
    .boolean()
    .optional()
    .describe(
      'serials, terminals and the like pass for card numbers by chance; absent = false: such a one is refused, for it is kept as it is',
    ),
})
export type ClientRequest = z.infer<typeof clientRequest>
export const clientAnswer = z.object({
  code: z.string(),
  name: z.string(),
  webhookUrl: z.string().optional(),
  hasWebhookSecret: z.boolean(),
  webhookSecret: z.string().optional().describe('made for a new address, and shown this once'),
  webhookSecretSince: instantText.optional(),
  webhookSecretBeforeUntil: instantText.optional().describe('until then the secret before signs too'),
  ratePerSecond: z.int().optional(),
  deadlineMs: z.int().optional(),
  mayOmitPaid: z.boolean().describe('a success of this client may leave "paid" out'),
  serialsMayLookLikeCards: z.boolean().describe('what it numbers itself is not looked at for card numbers'),
})
export type ClientAnswer = z.infer<typeof clientAnswer>

export const webhookRotationRequest = z.strictObject({
  serial: code.describe("the rotation's own: sent again it is answered with the same secret"),
  overlapHours: z.int().min(0).max(720).optional().describe('how long the secret before signs too; absent = 24'),
})
export type WebhookRotationRequest = z.infer<typeof webhookRotationRequest>
export const webhookRotationAnswer = z.object({
  serial: z.string(),
  secret: z.string().describe('stored sealed; read it now'),
  since: instantText,
  beforeUntil: instantText.optional(),
})
export type WebhookRotationAnswer = z.infer<typeof webhookRotationAnswer>

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
