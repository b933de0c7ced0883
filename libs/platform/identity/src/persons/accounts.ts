import { LijianError } from '@lijian/contracts/system'
import type { EnrolmentRequest, PasswordRequest, SignInRequest, TotpAnswer } from '@lijian/contracts/people'
import { inTransaction } from '@lijian/database'
import type { Sealer } from '@lijian/privacy'
import type { Pool, PoolClient } from 'pg'
import { randomId } from '../new-key'
import { hashOfEnrolment } from './enrolments'
import { EARLIER_KEPT, hashOfPassword, isNobodysPassword, isPassword, wrongWithPassword } from './passwords'
import type { Browser, SessionPerson, Sessions } from './sessions'
import { countTry, forgetTries } from './sign-in-failures'
import { newTotp, stepOf, totpPlace } from './totp'

interface AccountOptions {
  sessions: Sessions
  /** Of the secrets of second factors. */
  sealer: Pick<Sealer, 'seal' | 'open'>
  nowMs: () => number
  /** See wrongWithPassword. */
  breachedPasswords?: string | undefined
}

/** Each hash takes a processor for 10 ms and 19 MiB. */
const HASHES_AT_ONCE = 8
const WRONG = 'Login or password is wrong'

/** Local accounts: password and authenticator. */
export class Accounts {
  private hashing = 0

  constructor(
    private readonly pool: Pool,
    private readonly options: AccountOptions,
  ) {}

  /** The cookie's text. Throws LijianError unauthenticated, second_factor, too_many_requests. */
  async signIn({ login, password, code }: SignInRequest, browser: Browser): Promise<string> {
    return this.bounded(async () => {
      await countTry(this.pool, login)
      const account = await readAccount(this.pool, login)
      const isRight =
        account === undefined ? await isNobodysPassword(password) : await isPassword(password, account.hash)
      if (account === undefined || !isRight) throw new LijianError('unauthenticated', WRONG)
      if (!account.hasTotp) {
        if (account.hasPasskey) throw new LijianError('second_factor', 'Sign in by your passkey')
        await forgetTries(this.pool, login)
        return this.begin(account.id, browser, false)
      }
      // Counted as a try: a right password makes no end of wrong codes.
      if (code === undefined) throw new LijianError('second_factor')
      return inTransaction(this.pool, async (db) => {
        await this.useCode(db, account.id, code)
        await forgetTries(db, login)
        return this.options.sessions.begin(db, account.id, browser, true)
      })
    })
  }

  /** With the second factor of an account that has one. The cookie's text, a new one. */
  async stepUp(person: SessionPerson, code: string, browser: Browser): Promise<string> {
    await countTry(this.pool, person.login)
    return inTransaction(this.pool, async (db) => {
      await this.useCode(db, person.id, code)
      await forgetTries(db, person.login)
      return this.options.sessions.renew(db, person.session, browser)
    })
  }

  /** Ends all other sessions. Throws LijianError unauthenticated, invalid_request. */
  async changePassword(person: SessionPerson, { password, newPassword }: PasswordRequest): Promise<void> {
    await this.bounded(async () => {
      await countTry(this.pool, person.login)
      const account = await readAccount(this.pool, person.login)
      if (account === undefined || !(await isPassword(password, account.hash)))
        throw new LijianError('forbidden', 'The password in force is another one')
      await forgetTries(this.pool, person.login)
      await this.mustBeGood('newPassword', newPassword, person)
      for (const earlier of [account.hash, ...account.earlier])
        if (await isPassword(newPassword, earlier))
          throw refusedPassword('newPassword', `expected one that is none of your last ${EARLIER_KEPT}`)
      const hash = await hashOfPassword(newPassword)
      await inTransaction(this.pool, async (db) => {
        const { rowCount } = await db.query(
          `UPDATE person_password SET hash = $2, earlier = ($3::text[])[1:${EARLIER_KEPT - 1}], must_change = false, changed_at = now()
           WHERE person = $1 AND hash = $4`,
          [person.id, hash, [account.hash, ...account.earlier], account.hash],
        )
        // Of two at once.
        if (rowCount === 0) throw new LijianError('version_conflict', 'The password was changed in between')
        await this.options.sessions.endOthers(db, person.id, person.session, 'the password was changed')
      })
    })
  }

  /** A new secret, in force once its first code has been sent. An account that has one keeps it until then. */
  async beginTotp(person: SessionPerson): Promise<TotpAnswer> {
    if (person.isProvided)
      throw new LijianError('state_conflict', 'Your second factor is the one of the identity provider')
    mustBeFirstOrStrong(person)
    const { secret, uri } = newTotp(person.login)
    const sealed = this.options.sealer.seal(secret, totpPlace(person.id))
    const { rowCount } = await this.pool.query(
      `INSERT INTO person_totp (person, secret) VALUES ($1, $2)
       ON CONFLICT (person) DO UPDATE SET secret = $2, last_step = 0 WHERE person_totp.confirmed_at IS NULL`,
      [person.id, sealed],
    )
    if (rowCount === 0)
      throw new LijianError('state_conflict', 'This account has an authenticator; two administrators can reset it')
    return { secret, uri }
  }

  /** The session goes on under a new cookie, and is strong. */
  async confirmTotp(person: SessionPerson, code: string, browser: Browser): Promise<string> {
    mustBeFirstOrStrong(person)
    await countTry(this.pool, person.login)
    return inTransaction(this.pool, async (db) => {
      await this.useCode(db, person.id, code, { first: true })
      await forgetTries(db, person.login)
      await this.options.sessions.endOthers(db, person.id, person.session, 'an authenticator was added')
      return this.options.sessions.renew(db, person.session, browser)
    })
  }

  /** Uses up a one-time code; the cookie's text of the person who has it. Throws LijianError unauthenticated, invalid_request. */
  async enrol({ enrolment, login, name, password }: EnrolmentRequest, browser: Browser): Promise<string> {
    return this.bounded(async () => {
      await this.mustBeGood('password', password, { login, name: name ?? login })
      const hash = await hashOfPassword(password)
      return inTransaction(this.pool, async (db) => {
        const { rows } = await db.query<Enrolment>(
          `UPDATE enrolment SET used_at = now() WHERE hash = $1 AND used_at IS NULL AND expires_at > now()
           RETURNING roles, for_person AS "forPerson"`,
          [hashOfEnrolment(enrolment)],
        )
        if (rows[0] === undefined)
          throw new LijianError(
            'unauthenticated',
            'This code is unknown, used or too old: ./lijian keys enrol, or whoever proposed you, makes another',
          )
        const id = await personOf(db, rows[0], { login, name })
        await db.query('INSERT INTO person_password (person, hash) VALUES ($1, $2)', [id, hash])
        await db.query('UPDATE enrolment SET person = $2 WHERE hash = $1', [hashOfEnrolment(enrolment), id])
        return this.options.sessions.begin(db, id, browser, false)
      })
    })
  }

  private begin(person: string, browser: Browser, strong: boolean): Promise<string> {
    return inTransaction(this.pool, (db) => this.options.sessions.begin(db, person, browser, strong))
  }

  private async mustBeGood(path: string, password: string, about: { login: string; name: string }): Promise<void> {
    const wrong = await wrongWithPassword(password, about, this.options.breachedPasswords)
    if (wrong !== undefined) throw refusedPassword(path, wrong)
  }

  /** `first`: of a secret that is not in force yet; it is afterwards. */
  private async useCode(db: PoolClient, person: string, code: string, { first = false } = {}): Promise<void> {
    const { rows } = await db.query<{ secret: Buffer; last_step: string }>(
      `SELECT secret, last_step FROM person_totp WHERE person = $1 AND (confirmed_at IS NULL) = $2 FOR UPDATE`,
      [person, first],
    )
    const stored = rows[0]
    if (stored === undefined)
      throw new LijianError('state_conflict', first ? 'There is no new authenticator' : 'There is no authenticator')
    const secret = this.options.sealer.open(stored.secret, totpPlace(person))
    const step = stepOf(secret, code, this.options.nowMs(), Number(stored.last_step))
    if (step === undefined)
      throw new LijianError('second_factor', 'The code is wrong, or was used: wait for the next one')
    await db.query(
      'UPDATE person_totp SET last_step = $2, confirmed_at = coalesce(confirmed_at, now()) WHERE person = $1',
      [person, step],
    )
  }

  private async bounded<T>(work: () => Promise<T>): Promise<T> {
    if (this.hashing >= HASHES_AT_ONCE)
      throw new LijianError('too_many_requests', 'Too many people sign in at once: try again in a second')
    this.hashing++
    try {
      return await work()
    } finally {
      this.hashing--
    }
  }
}

/** Beside a passkey that is there another factor is added with it. Throws LijianError step_up. */
function mustBeFirstOrStrong({ must, strongUntilMs }: SessionPerson): void {
  if (must !== 'second_factor' && strongUntilMs === undefined) throw new LijianError('step_up')
}

const refusedPassword = (path: string, message: string) =>
  new LijianError('invalid_request', 'The password is not good enough', { errors: [{ path, message }] })

interface Account {
  id: string
  hash: string
  earlier: string[]
  hasTotp: boolean
  hasPasskey: boolean
}

async function readAccount(db: Pick<Pool, 'query'>, login: string): Promise<Account | undefined> {
  const { rows } = await db.query<Account>(
    `SELECT p.id, w.hash, w.earlier, EXISTS (SELECT FROM person_totp t WHERE t.person = p.id AND t.confirmed_at IS NOT NULL) AS "hasTotp",
       EXISTS (SELECT FROM passkey y WHERE y.person = p.id) AS "hasPasskey"
     FROM person p JOIN person_password w ON w.person = p.id WHERE p.login = $1 AND p.status = 'active'`,
    [login],
  )
  return rows[0]
}

interface Enrolment {
  roles: string[]
  /** Null: of an administrator, who is made by it. */
  forPerson: string | null
}

/** Whose password it will be. Throws LijianError unauthenticated, invalid_request, state_conflict. */
async function personOf(
  db: PoolClient,
  { roles, forPerson }: Enrolment,
  { login, name }: { login: string; name?: string | undefined },
): Promise<string> {
  if (forPerson === null) {
    if (name === undefined)
      throw new LijianError('invalid_request', 'name: expected the name of the new person', {
        errors: [{ path: 'name', message: 'expected a text' }],
      })
    return insertPerson(db, { login, name, roles })
  }
  const { rowCount } = await db.query(
    `SELECT FROM person WHERE id = $1 AND login = $2 AND status = 'active' FOR UPDATE`,
    [forPerson, login],
  )
  if (rowCount === 0) throw new LijianError('unauthenticated', 'This code is for another login')
  return forPerson
}

/** Throws LijianError state_conflict when the login is somebody else's. */
export async function insertPerson(
  db: Pick<Pool, 'query'>,
  { login, name, roles, branch = 'head-office' }: { login: string; name: string; roles: string[]; branch?: string },
): Promise<string> {
  const id = `p-${randomId(10)}`
  const { rowCount } = await db.query(
    'INSERT INTO person (id, login, name, branch, roles) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (login) DO NOTHING',
    [id, login, name, branch, roles],
  )
  if (rowCount === 0) throw new LijianError('state_conflict', `The login ${login} is taken`)
  return id
}
