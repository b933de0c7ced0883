import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startApi, type RunningApi } from '@lijian/api'
import { loadConfig } from '@lijian/config'
import { Accounts, makeEnrolment, Sessions } from '@lijian/identity'
import { KeyList, Sealer } from '@lijian/privacy'
import { createLogger } from '@lijian/telemetry'
import { sourceExecArgv, testDatabase } from '@lijian/testing'
import { randomBytes } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { Pool } from 'pg'
import { keyFor } from '../to-server'
import { loginCommand, logoutCommand } from './command'
import { storedToken, tokensFile } from './tokens'

/** The commands against a real API; a script types at the terminal. */
const PASSWORD = 'correct horse 42'
const browser = { address: '192.0.2.7', agent: 'test' }
let database: Awaited<ReturnType<typeof testDatabase>>
let pool: Pool
let api: RunningApi
let base: string
let home: string
let said: string[]

beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 2 })
  home = mkdtempSync(join(tmpdir(), 'lijian-login-'))
  process.env['XDG_CONFIG_HOME'] = home
  const config = loadConfig({
    DATABASE_URL: database.appUrl,
    TEMPORAL_ADDRESS: '127.0.0.1:1',
    LIJIAN_DATA_DIR: home,
    LIJIAN_TOKEN_KEY: randomBytes(32).toString('hex'),
    LIJIAN_DRAW_KEY: randomBytes(32).toString('hex'),
    LIJIAN_ACCOUNT_KEY: randomBytes(32).toString('hex'),
  })
  api = await startApi(config, createLogger({ service: 'test', level: 'error' }), Date.now, sourceExecArgv)
  base = await api.app.listen({ host: '127.0.0.1', port: 0 })
  sealer = new Sealer(new KeyList(config.accountKeys, Date.now), () => randomBytes(12))
})
afterAll(async () => {
  await api.close()
  await pool.end()
  await database.drop()
  await rm(home, { recursive: true })
})
beforeEach(() => {
  said = []
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0)
})
afterEach(() => jest.restoreAllMocks())

let sealer: Sealer
/** Somebody with an authenticator; the code that it shows in the next half minute. */
async function person(login: string, roles: string[], { withTotp = true } = {}): Promise<string> {
  const sessions = new Sessions(pool)
  const accounts = new Accounts(pool, { sessions, sealer, nowMs: Date.now })
  const { code } = await makeEnrolment(pool, roles)
  const enrolled = await accounts.enrol({ enrolment: code, login, name: 'Li Na', password: PASSWORD }, browser)
  if (!withTotp) return ''
  const me = (await sessions.find(enrolled))!
  const { secret } = await accounts.beginTotp(me)
  const totp = new TOTP({ secret: Secret.fromBase32(secret) })
  await accounts.confirmTotp(me, totp.generate(), browser)
  return totp.generate({ timestamp: Date.now() + 30_000 })
}

const typing = (answers: string[], { isThere = true, input = '' } = {}) => ({
  isThere,
  ask: () => Promise.resolve(answers.shift() ?? ''),
  read: () => Promise.resolve(input),
})
const run = (command: ReturnType<typeof loginCommand>, ...words: string[]) =>
  command.exitOverride().parseAsync(words, { from: 'user' })
const login = (answers: string[], ...words: string[]) =>
  run(
    loginCommand(() => typing(answers)),
    '--url',
    base,
    ...words,
  )
const me = async (token: string) =>
  (await fetch(`${base}/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status

test('login makes a token that the other commands use; a second login revokes the first; logout revokes and forgets', async () => {
  const code = await person('li.na', ['operator'])
  await login(['li.na', PASSWORD, code])
  const first = storedToken(base)!
  expect(said.join('')).toMatch(/as li\.na: .*merchants/)
  expect(said.join('')).not.toContain(first.token)
  expect(statSync(tokensFile()).mode & 0o777).toBe(0o600)
  expect(keyFor(base)).toBe(first.token)
  expect(keyFor(base.replace('127.0.0.1', 'localhost'))).toBe(first.token)
  expect(await me(first.token)).toBe(200)
  const { rows } = await pool.query(`SELECT count(*)::int AS n FROM session WHERE ended_at IS NULL AND agent = 'node'`)
  expect(rows).toEqual([{ n: 0 }])

  await pool.query('UPDATE person_totp SET last_step = 0')
  await login([PASSWORD, code], '--login', 'li.na', '--scope', 'read', '--days', '1')
  const second = storedToken(base)!
  expect(await me(first.token)).toBe(401)
  const { rows: kept } = await pool.query(
    'SELECT scopes, expires_at - now() < $2 AS short FROM api_key WHERE id = $1',
    [second.id, '1 day'],
  )
  expect(kept).toEqual([{ scopes: ['read'], short: true }])

  await run(logoutCommand(), '--url', base)
  expect(await me(second.token)).toBe(401)
  expect(readFileSync(tokensFile(), 'utf8')).toBe('{}\n')
  await expect(run(logoutCommand(), '--url', base)).rejects.toThrow(/nobody is signed in/)
})

test('a token that was made elsewhere is taken from standard input; the key of a client and other texts are not', async () => {
  const code = await person('wang.wu', ['auditor'])
  await login(['wang.wu', PASSWORD, code])
  const { token } = storedToken(base)!
  const give = (input: string) =>
    run(
      loginCommand(() => typing([], { isThere: false, input })),
      '--url',
      base,
      '--with-token',
    )
  await give(`${token}\n`)
  expect(await me(token)).toBe(200)
  expect(storedToken(base)).toMatchObject({ token, login: 'wang.wu' })
  await expect(give('lj_abc')).rejects.toThrow(/expected a token/)
  await expect(give(token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).rejects.toThrow(/No valid API key/)
  expect(storedToken(base)).toMatchObject({ token })
})

test.each`
  _case                        | answers                           | words                                 | why
  ${'a wrong password'}        | ${['zhao.liu', 'wrong horse 42']} | ${[]}                                 | ${/Login or password is wrong/}
  ${'no digits as code'}       | ${['zhao.liu', PASSWORD, 'abc']}  | ${[]}                                 | ${/six digits/}
  ${'a right of another role'} | ${['zhao.liu', PASSWORD, 'CODE']} | ${['--scope', 'admin']}               | ${/no more rights than its person; scopes/}
  ${'a password in clear'}     | ${['zhao.liu', PASSWORD]}         | ${['--url', 'http://lijian.example']} | ${/expected https/}
`('$_case stores nothing', async ({ answers, words, why }) => {
  await rm(tokensFile(), { force: true })
  await pool.query(`DELETE FROM sign_in_failure`)
  code ??= await person('zhao.liu', ['operator'])
  await pool.query('UPDATE person_totp SET last_step = 0')
  const typed = (answers as string[]).map((answer) => (answer === 'CODE' ? code! : answer))
  await expect(login(typed, ...(words as string[]))).rejects.toThrow(why as RegExp)
  expect(storedToken(base)).toBeUndefined()
})
let code: string | undefined

test('whoever has no authenticator yet is told so, and nothing asks where nobody types', async () => {
  await person('sun.ba', ['operator'], { withTotp: false })
  await expect(login(['sun.ba', PASSWORD])).rejects.toThrow(/add an authenticator first/)
  const silent = run(
    loginCommand(() => typing([], { isThere: false })),
    '--url',
    base,
  )
  await expect(silent).rejects.toThrow(/no terminal/)
})
