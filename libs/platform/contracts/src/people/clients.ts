import { z } from 'zod'
import { instantText, next } from '../system/page'
import { code } from '../system/primitives'
import { lineCheck, lineText, plainLine } from '../system/text'

const name = plainLine.min(1).max(200)

/** What of the records is read, area by area. */
export const READ_AREAS = [
  'read.marketing',
  'read.transactions',
  'read.money',
  'read.clearing',
  'read.routing',
  'read.audit',
  'read.people',
] as const
export type ReadArea = (typeof READ_AREAS)[number]

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
  ...READ_AREAS,
  'admin',
] as const
export const scope = z.enum(SCOPES)
export type Scope = z.infer<typeof scope>

/** What `read` opened before areas had scopes: every area but persons and their keys. */
const READ_IMPLIES: readonly Scope[] = READ_AREAS.filter((area) => area !== 'read.people')

/** What scopes open: themselves, and the areas that `read` stands for. */
export const openedBy = (scopes: readonly Scope[]): Scope[] =>
  scopes.includes('read') ? [...new Set([...scopes, ...READ_IMPLIES])] : [...scopes]

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
  merchants: z
    .array(code)
    .min(1)
    .max(200)
    .optional()
    .describe('its payments are at these merchants; absent, and no "merchantGroups": at every merchant'),
  merchantGroups: z
    .array(code)
    .min(1)
    .max(50)
    .optional()
    .describe('its payments are at the members of these groups too'),
  openHoldsMax: z
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe(
      'offers that it may hold at once: a payment beyond is answered no_offer, with the reason open_holds; absent = as many as come',
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
  merchants: z
    .array(z.string())
    .optional()
    .describe('its payments are at these merchants; absent as below: at every one'),
  merchantGroups: z.array(z.string()).optional().describe('and at the members of these groups'),
  openHoldsMax: z.int().optional().describe('offers that it may hold at once'),
})
export type ClientAnswer = z.infer<typeof clientAnswer>
export const clientPage = z.object({
  clients: z.array(clientAnswer.omit({ webhookSecret: true }).extend({ keys: z.int().describe('that are valid') })),
  next,
})
export type ClientPage = z.infer<typeof clientPage>

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
  client: z.string().optional().describe('absent: it is the token of a person'),
  person: z.string().optional().describe('whose token it is'),
  name: z.string(),
  scopes: z.array(scope),
  createdAt: instantText,
  expiresAt: instantText.optional(),
  lastUsedAt: instantText.optional().describe('of a token, to the minute'),
  revokedAt: instantText.optional(),
})
export type ApiKeyAnswer = z.infer<typeof apiKeyAnswer>
export const apiKeyMade = apiKeyAnswer.extend({ key: z.string().describe('shown this once; only its hash is stored') })
export type ApiKeyMade = z.infer<typeof apiKeyMade>
export const apiKeyPage = z.object({ keys: z.array(apiKeyAnswer), next })
export type ApiKeyPage = z.infer<typeof apiKeyPage>
