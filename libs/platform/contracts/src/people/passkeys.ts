import { z } from 'zod'
import { instantText } from '../system/page'
import { plainLine } from '../system/text'

const bytes = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[A-Za-z0-9_-]+$/, 'expected base64url')
const id = bytes(1400)
export const passkeyParams = z.strictObject({ id })

const around = {
  id,
  rawId: id,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional(),
  clientExtensionResults: z
    .object({ credProps: z.strictObject({ rk: z.boolean().optional() }).optional() })
    .describe('others are left out'),
}
const transports = z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'])

/** `toJSON()` of what the browser has made. */
export const passkeyRegistration = z.strictObject({
  name: plainLine.trim().min(1).max(100).describe('by which you know it again'),
  response: z.strictObject({
    ...around,
    response: z.strictObject({
      clientDataJSON: bytes(4000),
      attestationObject: bytes(16_000),
      authenticatorData: bytes(8000).optional(),
      transports: z.array(transports).max(10).optional(),
      publicKeyAlgorithm: z.int().min(-100_000).max(100_000).optional(),
      publicKey: bytes(4000).optional(),
    }),
  }),
})
export type PasskeyRegistration = z.infer<typeof passkeyRegistration>

export const passkeyAssertion = z.strictObject({
  response: z.strictObject({
    ...around,
    response: z.strictObject({
      clientDataJSON: bytes(4000),
      authenticatorData: bytes(8000),
      signature: bytes(4000),
      userHandle: bytes(200).optional(),
    }),
  }),
})
export type PasskeyAssertion = z.infer<typeof passkeyAssertion>

/** For `PublicKeyCredential.parseCreationOptionsFromJSON` and `…parseRequestOptionsFromJSON`. */
export const passkeyOptions = z
  .looseObject({ challenge: z.string() })
  .describe(
    'what the browser takes: parseCreationOptionsFromJSON or parseRequestOptionsFromJSON of PublicKeyCredential',
  )

export const passkeyAnswer = z.object({
  id: z.string(),
  name: z.string(),
  madeAt: instantText,
  lastUsedAt: instantText.optional(),
})
export type PasskeyAnswer = z.infer<typeof passkeyAnswer>
export const passkeyList = z.object({ passkeys: z.array(passkeyAnswer) })
export type PasskeyList = z.infer<typeof passkeyList>
