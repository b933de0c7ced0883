import { createHash, randomBytes } from 'node:crypto'
import { LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool, PoolClient } from 'pg'
import type { Browser, SessionPerson, Sessions } from '../persons/sessions'
import { LogoutTokens } from './logout-token'
import type { Claims, OidcOptions } from './options'
import { providedPerson } from './provided-person'
import { Provider } from './provider'

/** How long somebody may take at the provider. */
const ATTEMPT_SECONDS = 600
/** Open to anybody, so that there is an end to it. */
const ATTEMPTS_MAX = 10_000
/** A provider whose clock is behind ours. */
const TOLERANCE_SECONDS = 10
const BROWSER = /^[A-Za-z0-9_-]{43}$/

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

interface Begun {
  /** Where the browser goes. */
  address: string
  /** What its cookie holds until it comes back. */
  browser: string
}

interface Attempt {
  nonce: string
  verifier: string
  back: string
  session: string | null
  made_at: Date
}

/** Signing in at the identity provider: authorization code with PKCE, state and nonce; sessions are ours. */
export class OidcSignIn {
  private readonly provider: Provider
  private readonly logoutTokens = new LogoutTokens()

  constructor(
    private readonly pool: Pool,
    private readonly sessions: Sessions,
    private readonly options: OidcOptions,
  ) {
    this.provider = new Provider(options)
  }

  /** `browser`: of an earlier attempt, so that two tabs do not end one another. Throws LijianError unavailable, too_many_requests. */
  begin(back: string, browser: string | undefined): Promise<Begun> {
    return this.attempt(back, browser, undefined)
  }

  /** The person authenticates anew, with a second factor. */
  stepUp(person: SessionPerson, back: string, browser: string | undefined): Promise<Begun> {
    return this.attempt(back, browser, person.session)
  }

  private async attempt(back: string, kept: string | undefined, session: string | undefined): Promise<Begun> {
    const asking = await this.provider.begin(session !== undefined)
    const address = await this.provider.address(asking)
    const browser = kept !== undefined && BROWSER.test(kept) ? kept : randomBytes(32).toString('base64url')
    await this.pool.query(`DELETE FROM oidc_attempt WHERE made_at < now() - interval '1 second' * $1`, [
      ATTEMPT_SECONDS,
    ])
    const { rowCount } = await this.pool.query(
      `INSERT INTO oidc_attempt (state, browser, nonce, verifier, back, session)
       SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM oidc_attempt) < $7`,
      [asking.state, hashOf(browser), asking.nonce, asking.verifier, back, session, ATTEMPTS_MAX],
    )
    if (rowCount === 0)
      throw new LijianError('too_many_requests', 'Too many people sign in at once: try again in a minute')
    return { address: address.href, browser }
  }

  /**
   * The browser came back: the cookie's text of its session, and where it goes. Whatever happens, the attempt is over. Throws LijianError
   * unauthenticated, forbidden, step_up, unavailable.
   */
  async finish(
    query: URLSearchParams,
    browser: string | undefined,
    about: Browser,
  ): Promise<{ token: string; back: string }> {
    const state = query.get('state') ?? ''
    const attempt = await this.take(state, browser)
    if (attempt === undefined)
      throw new LijianError('unauthenticated', 'This sign-in is over, or was begun in another browser: begin again')
    const claims = await this.provider.claims(query, { ...attempt, state })
    const strongAt = strongSince(claims, this.options)
    const token = await inTransaction(this.pool, async (db) => {
      const person = await providedPerson(db, claims, this.options)
      const { session } = attempt
      if (session !== null) return this.steppedUp(db, { ...attempt, session }, person, strongAt, about)
      const began = await this.sessions.begin(db, person, about, false)
      await this.sessions.fromProvider(db, began, {
        issuer: this.options.issuer,
        providerSession: typeof claims['sid'] === 'string' ? claims['sid'] : undefined,
        strongAt,
      })
      return began
    })
    return { token, back: attempt.back }
  }

  private async steppedUp(
    db: PoolClient,
    attempt: Attempt & { session: string },
    person: string,
    strongAt: Date | undefined,
    about: Browser,
  ): Promise<string> {
    const { rows } = await db.query<{ person: string }>('SELECT person FROM session WHERE id = $1', [attempt.session])
    if (rows[0]?.person !== person)
      throw new LijianError('forbidden', 'Somebody else has authenticated: sign out, and sign in again')
    // A provider may pass over what was asked of it.
    if (strongAt === undefined || strongAt.getTime() < attempt.made_at.getTime() - TOLERANCE_SECONDS * 1000)
      throw new LijianError(
        'step_up',
        'The identity provider does not say that you have shown a second factor just now',
      )
    return this.sessions.renew(db, attempt.session, about)
  }

  private async take(state: string, browser: string | undefined): Promise<Attempt | undefined> {
    if (browser === undefined || !BROWSER.test(browser)) return undefined
    const { rows } = await this.pool.query<Attempt>(
      `DELETE FROM oidc_attempt WHERE state = $1 AND browser = $2 AND made_at > now() - interval '1 second' * $3
       RETURNING nonce, verifier, back, session, made_at`,
      [state, hashOf(browser), ATTEMPT_SECONDS],
    )
    return rows[0]
  }

  /** The provider says that somebody has signed out, or was thrown out, there. Throws LijianError invalid_request, unavailable. */
  async logout(token: string): Promise<void> {
    const { jwksUri } = await this.provider.metadata()
    const { issuer, clientId } = this.options
    const { jti, subject, session } = await this.logoutTokens.read(token, { issuer, audience: clientId, jwksUri })
    await inTransaction(this.pool, async (db) => {
      const { rowCount } = await db.query(
        'INSERT INTO oidc_logout (issuer, jti) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [issuer, jti],
      )
      // Taken before: what it said was done.
      if (rowCount === 0) return
      await db.query(
        `UPDATE session SET ended_at = now(), ended_because = 'signed out at the identity provider'
         WHERE ended_at IS NULL AND issuer = $1 AND ($2::text IS NULL OR provider_session = $2)
           AND ($3::text IS NULL OR person = (SELECT person FROM person_identity WHERE issuer = $1 AND subject = $3))`,
        [issuer, session, subject],
      )
    })
  }
}

/** When a second factor was shown; undefined: none was, or nobody says when. */
function strongSince(claims: Claims, { strongAcr, strongAmr }: OidcOptions): Date | undefined {
  const { acr, amr, auth_time: at } = claims
  const isStrong =
    (typeof acr === 'string' && strongAcr.includes(acr)) ||
    (Array.isArray(amr) && amr.some((one) => strongAmr.includes(one as string)))
  return isStrong && typeof at === 'number' && Number.isSafeInteger(at) ? new Date(at * 1000) : undefined
}
