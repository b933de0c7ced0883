import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { KeyList, onlyKey, Sealer } from '@lijian/privacy'
import { testDatabase, type TestDatabase } from '@lijian/testing'
import { TOTP, Secret } from 'otpauth'
import { Pool } from 'pg'
import { Accounts, insertPerson } from './accounts'
import { makeEnrolment } from './enrolments'
import { hashOfPassword, wrongWithPassword } from './passwords'
import { Sessions, type SessionPerson } from './sessions'

const sealer = new Sealer(new KeyList(onlyKey(randomBytes(32)), Date.now), () => randomBytes(12))
const browser = { address: '192.0.2.7', agent: 'Firefox' }
const PASSWORD = 'correct horse 42'

let database: TestDatabase
let pool: Pool
/** Who migrates: makes persons without two others. */
let owner: Pool
let nowMs = Date.now()
let sessions: Sessions
let accounts: Accounts
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.appUrl, max: 8 })
  owner = new Pool({ connectionString: database.url, max: 2 })
  sessions = new Sessions(pool, () => nowMs)
  accounts = new Accounts(pool, { sessions, sealer, nowMs: () => nowMs })
})
afterAll(async () => {
  await pool.end()
  await owner.end()
  await database.drop()
})

let made = 0
async function person(roles = ['operator']): Promise<{ id: string; login: string }> {
  const login = `li.na${++made}`
  const id = await insertPerson(owner, { login, name: 'Li Na', roles })
  await pool.query('INSERT INTO person_password (person, hash) VALUES ($1, $2)', [id, await hashOfPassword(PASSWORD)])
  return { id, login }
}
const codeOf = (secret: string, atMs = nowMs) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: atMs })
const found = async (token: string) => (await sessions.find(token)) as SessionPerson
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  )
const signIn = (login: string, password = PASSWORD, code?: string) =>
  accounts.signIn({ login, password, ...(code === undefined ? {} : { code }) }, browser)

/** Signs in and adds an authenticator. */
async function withTotp(login: string) {
  const weak = await found(await signIn(login))
  const { secret } = await accounts.beginTotp(weak)
  const token = await accounts.confirmTotp(weak, codeOf(secret), browser)
  return { secret, token }
}

test('a password opens nothing but the way to a second factor; with it the rights of the roles are open', async () => {
  const { login } = await person(['operator', 'risk'])
  const weak = await found(await signIn(login))
  expect(weak).toMatchObject({ login, must: 'second_factor', scopes: [], strongUntilMs: undefined })
  const { secret, uri } = await accounts.beginTotp(weak)
  expect(uri).toContain(secret)
  expect(await refusal(accounts.confirmTotp(weak, '000000', browser))).toBe('second_factor')
  const strong = await found(await accounts.confirmTotp(weak, codeOf(secret), browser))
  expect(strong.must).toBeUndefined()
  expect(strong.scopes).toEqual(expect.arrayContaining(['campaigns.make', 'routing', 'read.marketing', 'read.routing']))
  expect(strong.scopes).not.toContain('campaigns.check')
  expect(strong.strongUntilMs).toBeGreaterThan(nowMs)
  // The secret is not readable in the table, and is not given twice.
  const { rows } = await pool.query<{ secret: Buffer }>('SELECT secret FROM person_totp WHERE person = $1', [strong.id])
  expect(rows[0]!.secret.includes(secret)).toBe(false)
  expect(await refusal(accounts.beginTotp(strong))).toBe('state_conflict')
})

test('once there is an authenticator a password alone is refused, and a code is used once', async () => {
  const { login } = await person()
  const { secret } = await withTotp(login)
  nowMs += 30_000
  expect(await refusal(signIn(login))).toBe('second_factor')
  const code = codeOf(secret)
  const both = await Promise.all([refusal(signIn(login, PASSWORD, code)), refusal(signIn(login, PASSWORD, code))])
  expect(both.sort()).toEqual(['done', 'second_factor'])
  expect(await refusal(signIn(login, PASSWORD, codeOf(secret, nowMs - 300_000)))).toBe('second_factor')
})

test('a login that is nobody’s and a wrong password are told the same; ten tries lock both', async () => {
  const { login } = await person()
  const unlock = () => pool.query(`UPDATE sign_in_failure SET locked_until = now()`)
  for (const one of [login, 'nobody.here']) {
    const told: (string | undefined)[] = []
    for (let n = 0; n < 10; n++) {
      await unlock()
      told.push(await refusal(signIn(one, 'wrong password 1')))
    }
    expect(new Set(told)).toEqual(new Set(['unauthenticated']))
    expect(await refusal(signIn(one))).toBe('too_many_requests')
  }
  await pool.query(`UPDATE sign_in_failure SET locked_until = now() - interval '1 second'`)
  expect(await refusal(signIn(login))).toBe('done')
})

test('of many wrong tries at once not more are looked at than one after the other', async () => {
  const { login } = await person()
  const told = await Promise.all(Array.from({ length: 8 }, () => refusal(signIn(login, 'wrong password 1'))))
  expect(told.filter((code) => code === 'unauthenticated')).toHaveLength(4)
  expect(told.filter((code) => code === 'too_many_requests')).toHaveLength(4)
})

test('wrong codes count like wrong passwords, and a right password between them makes no end of it', async () => {
  const { login } = await person()
  await withTotp(login)
  const told: (string | undefined)[] = []
  for (let n = 0; n < 6; n++) {
    told.push(await refusal(signIn(login, PASSWORD, '000000')), await refusal(signIn(login)))
  }
  expect(told).toContain('too_many_requests')
})

test('a new password ends the other sessions; none of the last four comes again; of two at once one is taken', async () => {
  const { login } = await person()
  const { token } = await withTotp(login)
  const other = await sessions.inTransaction(async (db) => sessions.begin(db, (await found(token)).id, browser, true))
  const me = await found(token)
  expect(await refusal(accounts.changePassword(me, { password: 'wrong', newPassword: 'another horse 43' }))).toBe(
    'forbidden',
  )
  expect(await refusal(accounts.changePassword(me, { password: PASSWORD, newPassword: 'short 1' }))).toBe(
    'invalid_request',
  )
  expect(await refusal(accounts.changePassword(me, { password: PASSWORD, newPassword: PASSWORD }))).toBe(
    'invalid_request',
  )
  const change = (from: string, to: string) => refusal(accounts.changePassword(me, { password: from, newPassword: to }))
  const both = await Promise.all([change(PASSWORD, 'another horse 43'), change(PASSWORD, 'another horse 44')])
  expect(both.sort()).toEqual(expect.arrayContaining(['done']))
  expect(both.filter((told) => told === 'done')).toHaveLength(1)
  expect(await sessions.find(other)).toBeUndefined()
  expect(await sessions.find(token)).toBeDefined()
})

test('a session ends after fifteen idle minutes, after eight hours, with its person, and when it is ended; background requests keep none alive', async () => {
  const { id, login } = await person()
  const begin = async () => (await withAge(id)).token
  const withAge = (of: string) =>
    sessions.inTransaction(async (db) => ({ token: await sessions.begin(db, of, browser, true) }))
  const age = (sql: string) => pool.query(`UPDATE session SET ${sql} WHERE person = $1 AND ended_at IS NULL`, [id])

  let token = await begin()
  await age(`seen_at = now() - interval '14 minutes'`)
  expect(await sessions.find(token, { background: true })).toBeDefined()
  await age(`seen_at = seen_at - interval '2 minutes'`)
  expect(await sessions.find(token)).toBeUndefined()

  token = await begin()
  await age(`seen_at = now() - interval '14 minutes'`)
  expect(await sessions.find(token)).toBeDefined()
  await age(`seen_at = seen_at - interval '2 minutes'`)
  expect(await sessions.find(token)).toBeDefined()
  await age(`ends_at = now()`)
  expect(await sessions.find(token)).toBeUndefined()

  token = await begin()
  const session = await found(token)
  const stranger = await person()
  expect(await refusal(sessions.end(stranger.id, session.session))).toBe('not_found')
  await sessions.end(id, session.session)
  expect(await sessions.find(token)).toBeUndefined()

  token = await begin()
  await pool.query(`UPDATE person SET status = 'disabled' WHERE id = $1`, [id])
  expect(await sessions.find(token)).toBeUndefined()
  expect(await refusal(signIn(login))).toBe('unauthenticated')
})

test('stepping up gives another cookie, the old one opens nothing, and the session ends when it would have', async () => {
  const { login } = await person()
  const { secret, token } = await withTotp(login)
  nowMs += 6 * 60_000
  const before = await found(token)
  expect(before.strongUntilMs).toBeUndefined()
  const next = await accounts.stepUp(before, codeOf(secret), browser)
  expect(await sessions.find(token)).toBeUndefined()
  const after = await found(next)
  expect(after.endsAtMs).toBe(before.endsAtMs)
  expect(after.session).not.toBe(before.session)
})

test('a person has five sessions at most: the one that was idle longest ends', async () => {
  const { id } = await person()
  const tokens: string[] = []
  for (let n = 0; n < 7; n++) tokens.push(await sessions.inTransaction((db) => sessions.begin(db, id, browser, false)))
  const there = await Promise.all(tokens.map((token) => sessions.find(token)))
  expect(there.filter(Boolean)).toHaveLength(5)
  const list = await sessions.list(id, there.find(Boolean)!.session)
  expect(list.sessions).toHaveLength(5)
  expect(list.sessions.filter(({ current }) => current)).toHaveLength(1)
})

test('a code of enrolment makes one person, of two that use it at once too; an old one makes nobody', async () => {
  const { code } = await makeEnrolment(owner, ['administrator'])
  const enrol = (login: string, enrolment = code) =>
    accounts.enrol({ enrolment, login, name: 'Zhang San', password: 'a long enough 1' }, browser)
  const told = await Promise.all([refusal(enrol('admin.one')), refusal(enrol('admin.two'))])
  expect(told.sort()).toEqual(['done', 'unauthenticated'])
  const { rows } = await pool.query(`SELECT roles FROM person WHERE login LIKE 'admin.%'`)
  expect(rows).toEqual([{ roles: ['administrator'] }])
  const old = await makeEnrolment(owner, ['administrator'])
  await owner.query(`UPDATE enrolment SET expires_at = now() WHERE used_at IS NULL`)
  expect(await refusal(enrol('admin.late', old.code))).toBe('unauthenticated')
  // A login that is taken leaves the code as it was.
  const good = await makeEnrolment(owner, ['administrator'])
  const { login } = await person()
  expect(await refusal(enrol(login, good.code))).toBe('state_conflict')
  expect(await refusal(enrol('admin.good', good.code))).toBe('done')
})

test.each([
  [['operator', 'reviewer'], /nobody is both operator and reviewer/],
  [['administrator', 'finance-checker'], /moves no money/],
  [['auditor', 'risk'], /audits changes nothing/],
  [['boss'], /found "boss"; expected some of administrator, auditor/],
  [[], /found none/],
])('roles that nobody may hold get no code: %j', async (roles, why) => {
  await expect(makeEnrolment(owner, roles)).rejects.toThrow(why)
})

describe('a password', () => {
  const about = { login: 'li.na', name: 'Li Na' }
  test.each`
    password                       | wrong
    ${'short 1'}                   | ${/12 characters/}
    ${'onlylettershere'}           | ${/letters and others/}
    ${'123456789012'}              | ${/letters and others/}
    ${'aaaa1111aaaa1111'}          | ${/different/}
    ${'my name is li na'}          | ${/without your name/}
    ${'xx-li.na-2026-xx'}          | ${/without your name/}
    ${'correct horse 42'}          | ${undefined}
    ${'一二三四五六七八九十十一1'} | ${undefined}
  `('$password', async ({ password, wrong }) => {
    const told = await wrongWithPassword(password as string, about)
    if (wrong === undefined) expect(told).toBeUndefined()
    else expect(told).toMatch(wrong as RegExp)
  })

  test('that stands in a list of stolen ones is refused, wherever it stands', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'lijian-breached-'))
    const { createHash } = await import('node:crypto')
    const stolen = Array.from({ length: 50 }, (_, n) => `stolen horse ${n}`)
    const sha1 = (text: string) => createHash('sha1').update(text).digest('hex').toUpperCase()
    const file = join(dir, 'sha1.txt')
    for (const width of [40, 12]) {
      writeFileSync(
        file,
        `${stolen
          .map((one) => sha1(one).slice(0, width))
          .sort()
          .join('\n')}\n`,
      )
      for (const one of stolen) expect(await wrongWithPassword(one, about, file)).toMatch(/stolen/)
      expect(await wrongWithPassword('correct horse 42', about, file)).toBeUndefined()
    }
    writeFileSync(file, '')
    expect(await wrongWithPassword('correct horse 42', about, file)).toBeUndefined()
    await rm(dir, { recursive: true })
  })
})
