import { isIP } from 'node:net'
import {
  Accounts,
  OidcSignIn,
  Passkeys,
  PersonalTokens,
  SavedViews,
  Sessions,
  type OidcOptions,
} from '@lijian/identity'
import type { Sealer } from '@lijian/privacy'
import type { Logger } from '@lijian/telemetry'
import type { Pool } from 'pg'
import type { ApiConfig } from './api-config'
import { SessionCookie } from './session-cookie'

export const OIDC_CALLBACK = '/v1/sessions/oidc/callback'

interface Around {
  pool: Pool
  sealer: Sealer
  nowMs: () => number
  log: Logger
}

/** How persons sign in here. */
export function openPersons(config: ApiConfig, { pool, sealer, nowMs, log }: Around) {
  const sessions = new Sessions(pool, nowMs)
  const accounts = new Accounts(pool, { sessions, sealer, nowMs, breachedPasswords: config.breachedPasswords })
  const isSecure = config.profile !== 'dev'
  const oidc = oidcOptions(config, log)
  const { publicUrl: origin } = config
  return {
    sessions,
    accounts,
    tokens: new PersonalTokens(pool),
    views: new SavedViews(pool),
    isLocalOpen: config.localSignIn !== 'off',
    oidc: oidc && new OidcSignIn(pool, sessions, oidc),
    // A number is no host that a passkey may belong to.
    passkeys:
      origin === undefined || isIP(new URL(origin).hostname) !== 0
        ? undefined
        : new Passkeys(pool, { sessions, origin }),
    cookie: new SessionCookie(isSecure),
    attemptCookie: new SessionCookie(isSecure, '-attempt'),
  }
}

function oidcOptions(config: ApiConfig, log: Logger): OidcOptions | undefined {
  const { oidcIssuer: issuer, oidcClientId: clientId, publicUrl } = config
  if (issuer === undefined || clientId === undefined || publicUrl === undefined) return undefined
  return {
    issuer,
    clientId,
    clientSecret: config.oidcClientSecret,
    scope: config.oidcScope ?? 'openid profile',
    redirectUri: `${publicUrl}${OIDC_CALLBACK}`,
    loginClaim: config.oidcLoginClaim ?? 'preferred_username',
    groupsClaim: config.oidcGroupsClaim ?? 'groups',
    branchClaim: config.oidcBranchClaim,
    roles: config.oidcRoles ?? [],
    strongAcr: config.oidcStrongAcr ?? [],
    strongAmr: config.oidcStrongAmr ?? [],
    onTrouble: (why) => log.warn({ why }, 'the identity provider has signed nobody in'),
  }
}
