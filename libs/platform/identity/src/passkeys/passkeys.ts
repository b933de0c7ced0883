import { LijianError } from '@lijian/contracts/system'
import type { PasskeyAnswer, PasskeyAssertion, PasskeyList, PasskeyRegistration } from '@lijian/contracts/people'
import { inTransaction } from '@lijian/database'
// Types alone: the library is loaded when somebody uses a passkey.
import type { AuthenticatorTransport, VerifiedAuthenticationResponse } from '@simplewebauthn/server'
import type { Pool, PoolClient } from 'pg'
import type { Browser, SessionPerson, Sessions } from '../persons/sessions'

interface PasskeyOptions {
  sessions: Sessions
  /** Where browsers reach us: passkeys belong to its host. */
  origin: string
}

const CHALLENGE_SECONDS = 300
/** Open to anybody, so that there is an end to it. */
const CHALLENGES_MAX = 10_000
/** Of one person. */
const AT_ONCE = 10
const REFUSED = 'The passkey is unknown here, or what it has signed is not what was asked: begin again'

interface Row {
  id: string
  person: string
  name: string
  public_key: Buffer
  counter: string
  transports: AuthenticatorTransport[]
  made_at: Date
  last_used_at: Date | null
}

/**
 * Passkeys (WebAuthn). The authenticator verifies its user, by a finger or a PIN: what it has and what it knows or is are two factors, so a
 * session by a passkey is strong.
 */
export class Passkeys {
  constructor(
    private readonly pool: Pool,
    private readonly options: PasskeyOptions,
  ) {}

  /** What `navigator.credentials.create` takes. Throws LijianError state_conflict. */
  async beginRegistration(person: SessionPerson) {
    if (person.isProvided)
      throw new LijianError('state_conflict', 'Your second factor is the one of the identity provider')
    const there = await this.of(person.id)
    if (there.length >= AT_ONCE) throw new LijianError('state_conflict', `You have ${AT_ONCE} passkeys: remove one`)
    const { generateRegistrationOptions } = await import('@simplewebauthn/server')
    const asked = await generateRegistrationOptions({
      rpName: 'Lijian',
      rpID: this.host,
      userName: person.login,
      userDisplayName: person.name,
      userID: new TextEncoder().encode(person.id),
      attestationType: 'none',
      excludeCredentials: there.map(({ id, transports }) => ({ id, transports })),
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    await this.keep(asked.challenge, person.session)
    return asked
  }

  /** Throws LijianError invalid_request, state_conflict. */
  async register(person: SessionPerson, { name, response }: PasskeyRegistration): Promise<PasskeyAnswer> {
    const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response,
      ...this.expected(person.session),
      requireUserVerification: true,
    }).catch(() => ({ verified: false, registrationInfo: undefined }))
    if (!verified || registrationInfo === undefined)
      throw new LijianError('invalid_request', 'response: expected what the browser has made of these options, once')
    const { id, publicKey, counter } = registrationInfo.credential
    const { rows } = await this.pool.query<Row>(
      `INSERT INTO passkey (id, person, name, public_key, counter, transports) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT DO NOTHING RETURNING *`,
      [id, person.id, name, Buffer.from(publicKey), counter, response.response.transports ?? []],
    )
    if (rows[0] === undefined) throw new LijianError('state_conflict', 'This passkey is registered already')
    return answerOf(rows[0])
  }

  async list(person: string): Promise<PasskeyList> {
    return { passkeys: (await this.of(person)).map(answerOf) }
  }

  /** Ends the other sessions. Throws LijianError not_found, state_conflict: it is the only second factor. */
  remove(person: SessionPerson, id: string): Promise<PasskeyList> {
    return inTransaction(this.pool, async (db) => {
      // Two at once wait here, so that one is left.
      await db.query('SELECT FROM person WHERE id = $1 FOR UPDATE', [person.id])
      const { rows } = await db.query<{ others: boolean }>(
        `SELECT EXISTS (SELECT FROM passkey WHERE person = $1 AND id <> $2)
           OR EXISTS (SELECT FROM person_totp WHERE person = $1 AND confirmed_at IS NOT NULL) AS others`,
        [person.id, id],
      )
      const removed = await db.query('DELETE FROM passkey WHERE id = $1 AND person = $2', [id, person.id])
      if (removed.rowCount === 0) throw new LijianError('not_found', `You have no passkey ${id}`)
      if (!rows[0]!.others)
        throw new LijianError('state_conflict', 'It is your only second factor: add another one first')
      await this.options.sessions.endOthers(db, person.id, person.session, 'a passkey was removed')
      return { passkeys: (await this.of(person.id, db)).map(answerOf) }
    })
  }

  /** What `navigator.credentials.get` takes; `person`: to step up, with one of its own. */
  async beginUse(person?: SessionPerson) {
    const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
    const asked = await generateAuthenticationOptions({
      rpID: this.host,
      userVerification: 'required',
      allowCredentials:
        person === undefined ? [] : (await this.of(person.id)).map(({ id, transports }) => ({ id, transports })),
    })
    await this.keep(asked.challenge, person?.session)
    return asked
  }

  /** The cookie's text of a strong session. Throws LijianError unauthenticated. */
  async signIn(assertion: PasskeyAssertion, browser: Browser): Promise<string> {
    const passkey = await this.used(assertion, undefined)
    return inTransaction(this.pool, async (db) => {
      await this.note(db, passkey)
      return this.options.sessions.begin(db, passkey.person, browser, true)
    })
  }

  /** The cookie's text, a new one. Throws LijianError unauthenticated. */
  async stepUp(person: SessionPerson, assertion: PasskeyAssertion, browser: Browser): Promise<string> {
    const passkey = await this.used(assertion, person.session)
    if (passkey.person !== person.id) throw new LijianError('unauthenticated', REFUSED)
    return inTransaction(this.pool, async (db) => {
      await this.note(db, passkey)
      return this.options.sessions.renew(db, person.session, browser)
    })
  }

  /** Whose it is, once what it has signed is right. */
  private async used({ response }: PasskeyAssertion, session: string | undefined) {
    const { rows } = await this.pool.query<Row>(
      `SELECT y.* FROM passkey y JOIN person p ON p.id = y.person WHERE y.id = $1 AND p.status = 'active'`,
      [response.id],
    )
    const stored = rows[0]
    if (stored === undefined) throw new LijianError('unauthenticated', REFUSED)
    const { userHandle } = response.response
    if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== stored.person)
      throw new LijianError('unauthenticated', REFUSED)
    const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
    const { id, public_key, counter, transports } = stored
    const told: VerifiedAuthenticationResponse | undefined = await verifyAuthenticationResponse({
      response,
      ...this.expected(session),
      requireUserVerification: true,
      credential: { id, publicKey: new Uint8Array(public_key), counter: Number(counter), transports },
    }).catch(() => undefined)
    if (told?.verified !== true) throw new LijianError('unauthenticated', REFUSED)
    return { id, person: stored.person, before: counter, counter: told.authenticationInfo.newCounter }
  }

  /** Of two at once with one counter, which two copies of a key are, one is refused. */
  private async note(db: PoolClient, { id, before, counter }: { id: string; before: string; counter: number }) {
    const { rowCount } = await db.query(
      'UPDATE passkey SET counter = $2, last_used_at = now() WHERE id = $1 AND (counter = $3 OR $2 = 0)',
      [id, counter, before],
    )
    if (rowCount === 0) throw new LijianError('unauthenticated', REFUSED)
  }

  private expected(session: string | undefined) {
    return {
      expectedOrigin: this.options.origin,
      expectedRPID: this.host,
      // Whether it is right or not, a challenge is used up by the look at it.
      expectedChallenge: async (challenge: string) => {
        const { rowCount } = await this.pool.query(
          `DELETE FROM passkey_challenge WHERE challenge = $1 AND session IS NOT DISTINCT FROM $2 AND made_at > now() - interval '1 second' * $3`,
          [challenge, session, CHALLENGE_SECONDS],
        )
        return rowCount === 1
      },
    }
  }

  private async keep(challenge: string, session: string | undefined): Promise<void> {
    await this.pool.query(`DELETE FROM passkey_challenge WHERE made_at < now() - interval '1 second' * $1`, [
      CHALLENGE_SECONDS,
    ])
    const { rowCount } = await this.pool.query(
      'INSERT INTO passkey_challenge (challenge, session) SELECT $1, $2 WHERE (SELECT count(*) FROM passkey_challenge) < $3',
      [challenge, session, CHALLENGES_MAX],
    )
    if (rowCount === 0)
      throw new LijianError('too_many_requests', 'Too many people sign in at once: try again in a minute')
  }

  private async of(person: string, db: Pick<Pool, 'query'> = this.pool): Promise<Row[]> {
    const { rows } = await db.query<Row>('SELECT * FROM passkey WHERE person = $1 ORDER BY made_at, id', [person])
    return rows
  }

  private get host(): string {
    return new URL(this.options.origin).hostname
  }
}

const answerOf = ({ id, name, made_at, last_used_at }: Row): PasskeyAnswer => ({
  id,
  name,
  madeAt: made_at.toISOString(),
  lastUsedAt: last_used_at?.toISOString(),
})
