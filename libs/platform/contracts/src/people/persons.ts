import { z } from 'zod'
import { noCard } from '../system/card-number'
import { instantText } from '../system/page'
import { lineText, plainLine } from '../system/text'
import { scope } from './clients'

/** What a person signs in with; stored in lower case, so that two people cannot be told apart by case alone. */
export const login = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._@-]{1,63}$/,
    'expected 2 to 64 of a-z 0-9 . _ @ - , beginning with a letter or digit, such as "li.na"',
  )
  .refine(...noCard)

/** Of a form: any text that is not too long. Whether it is good enough is asked when it is set. */
const typedPassword = lineText.min(1).max(200)
const oneTimeCode = z.string().regex(/^[0-9]{6}$/, 'expected the six digits that the authenticator shows')

export const signInRequest = z.strictObject({
  login,
  password: typedPassword,
  code: oneTimeCode.optional().describe('of the authenticator; needed once the account has one'),
})
export type SignInRequest = z.infer<typeof signInRequest>

export const passwordRequest = z.strictObject({
  password: typedPassword.describe('the one that is in force'),
  newPassword: typedPassword.describe('12 characters or more, with letters and others; none of the last four'),
})
export type PasswordRequest = z.infer<typeof passwordRequest>

export const codeRequest = z.strictObject({ code: oneTimeCode })
export type CodeRequest = z.infer<typeof codeRequest>

export const enrolmentRequest = z.strictObject({
  enrolment: lineText.min(1).max(100).describe('the code that you were given: for one person, once'),
  login,
  name: plainLine
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('needed with a code of ./lijian keys enrol; others have one'),
  password: typedPassword.describe('12 characters or more, with letters and others'),
})
export type EnrolmentRequest = z.infer<typeof enrolmentRequest>

/** What a person has to do before anything else is open. */
export const RESTRICTIONS = ['password', 'second_factor'] as const
export type Restriction = (typeof RESTRICTIONS)[number]

export const meAnswer = z.object({
  kind: z.enum(['person', 'key']),
  id: z.string().describe('of the person, or of the key: what stands as maker and checker'),
  login: z.string().optional(),
  name: z.string(),
  branch: z.string().optional(),
  roles: z.array(z.string()).optional(),
  language: z.enum(['zh-CN', 'en']).optional(),
  client: z.string().optional().describe('of a key'),
  token: z.string().optional().describe('id of the token that asks for its person'),
  scopes: z.array(scope).describe('what may be done now'),
  must: z
    .enum(RESTRICTIONS)
    .optional()
    .describe('set a password of your own, or add an authenticator: nothing else is open before'),
  strongUntil: instantText.optional().describe('until then a second factor need not be shown again'),
  sessionEndsAt: instantText.optional(),
})
export type MeAnswer = z.infer<typeof meAnswer>

export const totpAnswer = z.object({
  secret: z.string().describe('base32, for typing'),
  uri: z.string().describe('otpauth address, for a QR code'),
})
export type TotpAnswer = z.infer<typeof totpAnswer>

export const sessionAnswer = z.object({
  id: z.string(),
  current: z.boolean(),
  startedAt: instantText,
  seenAt: instantText,
  endsAt: instantText,
  address: z.string(),
  agent: z.string().describe('the browser, as it names itself'),
})
export const sessionList = z.object({ sessions: z.array(sessionAnswer) })
export type SessionList = z.infer<typeof sessionList>
