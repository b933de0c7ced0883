import { createHash, timingSafeEqual } from 'node:crypto'
import type { Config } from '@lijian/config'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/** Who sends this `Authorization` header, by name; undefined: nobody who may decode. */
export type WhoAsks = (authorization: string | undefined) => Promise<string | undefined>

type Settings = Pick<Config, 'codecBearers' | 'codecJwksUrl' | 'codecIssuer' | 'codecAudience'>

const digest = (text: string) => createHash('sha256').update(text).digest()

/**
 * Bearers of the configuration, and access tokens of the identity provider, which the Temporal UI forwards. Undefined: neither is set, which only
 * development does, over loopback.
 */
export function bearersOf({ codecBearers, codecJwksUrl, codecIssuer, codecAudience }: Settings): WhoAsks | undefined {
  if (codecBearers === undefined && codecJwksUrl === undefined) return undefined
  const named = [...(codecBearers ?? [])].map(([token, name]) => ({ hash: digest(token), name }))
  const jwks = codecJwksUrl === undefined ? undefined : createRemoteJWKSet(new URL(codecJwksUrl))
  return async (authorization) => {
    const [, token] = /^Bearer (\S{1,8192})$/i.exec(authorization ?? '') ?? []
    if (token === undefined) return undefined
    const hash = digest(token)
    // Each is compared: how long it takes tells nothing.
    const known = named.filter((one) => timingSafeEqual(one.hash, hash))
    if (known[0] !== undefined || jwks === undefined) return known[0]?.name
    try {
      const { payload } = await jwtVerify(token, jwks, { issuer: codecIssuer!, audience: codecAudience! })
      return payload.sub
    } catch {
      return undefined
    }
  }
}
