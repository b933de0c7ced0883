import { LijianError } from '@lijian/contracts/system'
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose'

/** With a public key of the provider: neither `none` nor a secret that we know as well. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519']
const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const TOLERANCE_SECONDS = 60
const AGE_SECONDS_MAX = 300

export interface LoggedOut {
  jti: string
  subject: string | undefined
  /** Of the provider; absent: all of the person. */
  session: string | undefined
}

/** Reads logout tokens (OpenID Connect Back-Channel Logout 1.0 §2.6). */
export class LogoutTokens {
  private keys: ReturnType<typeof createRemoteJWKSet> | undefined

  /** Throws LijianError invalid_request. */
  async read(token: string, by: { issuer: string; audience: string; jwksUri: string }): Promise<LoggedOut> {
    this.keys ??= createRemoteJWKSet(new URL(by.jwksUri), { timeoutDuration: 10_000 })
    let payload: JWTPayload
    try {
      ;({ payload } = await jwtVerify(token, this.keys, {
        issuer: by.issuer,
        audience: by.audience,
        algorithms: ALGORITHMS,
        clockTolerance: TOLERANCE_SECONDS,
        maxTokenAge: AGE_SECONDS_MAX,
        requiredClaims: ['iat', 'jti', 'events'],
      }))
    } catch {
      throw refused()
    }
    const { jti, sub, sid, events, nonce } = payload
    const isLogout =
      typeof events === 'object' && events !== null && isObject((events as Record<string, unknown>)[EVENT])
    if (!isLogout || nonce !== undefined || typeof jti !== 'string' || jti.length > 255) throw refused()
    const session = typeof sid === 'string' ? sid : undefined
    if (sub === undefined && session === undefined) throw refused()
    return { jti, subject: sub, session }
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const refused = () =>
  new LijianError('invalid_request', 'logout_token: expected a logout token of our identity provider')
