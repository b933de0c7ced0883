import { LijianError } from '@lijian/contracts/system'
// Types alone: the library is loaded when somebody signs in.
import type { Configuration } from 'openid-client'
import type { Claims, OidcOptions } from './options'

/** Clocks differ. */
const TOLERANCE_SECONDS = 10
const ANSWERS_WITHIN_SECONDS = 10
/** An authentication is no older than a session may get. */
const MAX_AGE_SECONDS = 8 * 3600

export interface Asking {
  state: string
  nonce: string
  verifier: string
  /** The person has to authenticate now, with a second factor. */
  isStepUp: boolean
}

/** The identity provider over openid-client. Metadata is read at the first sign-in, so that no payment waits for it. */
export class Provider {
  private configuration: Promise<Configuration> | undefined

  constructor(readonly options: OidcOptions) {}

  /** Random texts of one sign-in. */
  async begin(isStepUp: boolean): Promise<Asking> {
    const { randomNonce, randomPKCECodeVerifier, randomState } = await import('openid-client')
    return { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), isStepUp }
  }

  /** Where the browser goes. Throws LijianError unavailable. */
  async address({ state, nonce, verifier, isStepUp }: Asking): Promise<URL> {
    const { buildAuthorizationUrl, calculatePKCECodeChallenge } = await import('openid-client')
    const { redirectUri, scope, strongAcr } = this.options
    return buildAuthorizationUrl(await this.discovered(), {
      redirect_uri: redirectUri,
      scope,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      // With it the provider says when the person has authenticated.
      max_age: isStepUp ? '0' : String(MAX_AGE_SECONDS),
      ...(isStepUp ? { prompt: 'login' } : {}),
      ...(isStepUp && strongAcr.length > 0 ? { acr_values: strongAcr.join(' ') } : {}),
    })
  }

  /** Who came back with this query. Throws LijianError unauthenticated, unavailable. */
  async claims(query: URLSearchParams, { state, nonce, verifier }: Omit<Asking, 'isStepUp'>): Promise<Claims> {
    const { authorizationCodeGrant, fetchUserInfo } = await import('openid-client')
    const configuration = await this.discovered()
    const address = new URL(this.options.redirectUri)
    address.search = query.toString()
    try {
      const tokens = await authorizationCodeGrant(configuration, address, {
        pkceCodeVerifier: verifier,
        expectedNonce: nonce,
        expectedState: state,
        idTokenExpected: true,
      })
      const claims: Claims = { ...tokens.claims()! }
      const { loginClaim, groupsClaim } = this.options
      if (loginClaim in claims && groupsClaim in claims) return claims
      // Many providers keep what is long out of the token. What the token says stands.
      if (configuration.serverMetadata().userinfo_endpoint === undefined) return claims
      return { ...(await fetchUserInfo(configuration, tokens.access_token, String(claims['sub']))), ...claims }
    } catch (error) {
      throw this.refusalOf(error, 'unauthenticated')
    }
  }

  /** Throws LijianError unavailable. */
  async metadata(): Promise<{ issuer: string; jwksUri: string }> {
    const { issuer, jwks_uri } = (await this.discovered()).serverMetadata()
    if (jwks_uri === undefined) throw new LijianError('unavailable', 'The identity provider names no keys')
    return { issuer, jwksUri: jwks_uri }
  }

  private discovered(): Promise<Configuration> {
    this.configuration ??= this.discover().catch((error: unknown) => {
      // The next one asks again.
      this.configuration = undefined
      throw this.refusalOf(error, 'unavailable')
    })
    return this.configuration
  }

  private async discover(): Promise<Configuration> {
    const oidc = await import('openid-client')
    const { issuer, clientId, clientSecret } = this.options
    const found = await oidc.discovery(
      new URL(issuer),
      clientId,
      { [oidc.clockTolerance]: TOLERANCE_SECONDS },
      clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret),
      {
        timeout: ANSWERS_WITHIN_SECONDS,
        // The configuration takes http for this machine only.
        execute: new URL(issuer).protocol === 'http:' ? [oidc.allowInsecureRequests] : [],
      },
    )
    // Also where TLS would do: the token is what everything rests on.
    oidc.enableNonRepudiationChecks(found)
    return found
  }

  /** Nothing of what the provider or the browser sent is repeated to the browser. */
  private refusalOf(error: unknown, code: 'unavailable' | 'unauthenticated'): LijianError {
    const { name, message, code: of } = error as Error & { code?: string }
    this.options.onTrouble(`${name}${of === undefined ? '' : ` ${of}`}: ${message}`)
    return code === 'unavailable' || of === 'OAUTH_TIMEOUT' || (error instanceof TypeError && of === undefined)
      ? new LijianError('unavailable', 'The identity provider does not answer: try again in a minute')
      : new LijianError('unauthenticated', 'The identity provider has not signed you in: begin again')
  }
}
