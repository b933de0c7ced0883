import { Secret, TOTP } from 'otpauth'

/** RFC 6238 as every authenticator knows it: SHA-1, six digits, thirty seconds. */
const FORM = { algorithm: 'SHA1', digits: 6, period: 30, issuer: 'Lijian' } as const
/** One step before and after: clocks differ. */
const WINDOW = 1

export interface NewTotp {
  secret: string
  uri: string
}

export function newTotp(login: string): NewTotp {
  const totp = new TOTP({ ...FORM, label: login, secret: new Secret({ size: 20 }) })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** The step whose code this is; undefined: of none that may be used now. A step is used once: `after` is the last one. */
export function stepOf(secret: string, code: string, nowMs: number, after: number): number | undefined {
  const totp = new TOTP({ ...FORM, secret: Secret.fromBase32(secret) })
  const delta = totp.validate({ token: code, timestamp: nowMs, window: WINDOW })
  if (delta === null) return undefined
  const step = Math.floor(nowMs / (FORM.period * 1000)) + delta
  return step > after ? step : undefined
}

/** Where the sealed secret of a person stands. */
export const totpPlace = (person: string): string => `person/${person}/totp`
