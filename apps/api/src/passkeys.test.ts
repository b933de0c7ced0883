import { Pool } from 'pg'
import { Page, PASSWORD } from './testing/page'
import { SoftwarePasskey } from './testing/software-passkey'
import { testApi, type Answer, type TestApi } from './testing/test-api'

const ORIGIN = 'http://localhost:8080'
let api: TestApi
let pool: Pool
beforeAll(async () => {
  api = await testApi({ publicUrl: ORIGIN })
  pool = new Pool({ connectionString: api.url, max: 2 })
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

const options = async (page: Page, path: string) => {
  const { status, body, headers } = await page.ask('POST', `${path}/options`)
  expect({ status, cache: headers['cache-control'] }).toEqual({ status: 200, cache: 'no-store' })
  return body as never
}
async function registered(login: string) {
  const page = await Page.of(api, login, ['operator'])
  const passkey = new SoftwarePasskey(ORIGIN)
  const response = passkey.create(await options(page, '/v1/me/passkeys'))
  const added = await page.ask('POST', '/v1/me/passkeys', { name: 'phone', response })
  expect(added).toMatchObject({ status: 201, body: { id: passkey.id.toString('base64url'), name: 'phone' } })
  return { page, passkey, login, id: added.body.id as string }
}
type How = Parameters<SoftwarePasskey['get']>[1]
async function signIn(passkey: SoftwarePasskey, how?: How): Promise<{ page: Page; answer: Answer }> {
  const page = new Page(api)
  const response = passkey.get(await options(page, '/v1/sessions/passkey'), how)
  return { page, answer: await page.ask('POST', '/v1/sessions/passkey', { response }) }
}
const weaken = (login: string) =>
  pool.query(
    `UPDATE session SET strong_at = strong_at - interval '6 minutes' WHERE person = (SELECT id FROM person WHERE login = $1)`,
    [login],
  )

test('a passkey signs in without a password, is both factors, and steps up', async () => {
  const { passkey, login } = await registered('passkey.one')
  const { page, answer } = await signIn(passkey)
  expect(answer).toMatchObject({ status: 201, body: { login, strongUntil: expect.any(String) } })
  expect(answer.body.must).toBeUndefined()
  expect((await page.ask('GET', '/v1/campaigns')).status).toBe(200)
  await weaken(login)
  expect(await page.ask('POST', '/v1/me/passkeys/options')).toMatchObject({ status: 403, body: { code: 'step_up' } })
  const before = page.cookie
  const response = passkey.get(await options(page, '/v1/sessions/current/step-up/passkey'))
  expect(await page.ask('POST', '/v1/sessions/current/step-up/passkey', { response })).toMatchObject({
    status: 200,
    body: { login, strongUntil: expect.any(String) },
  })
  expect((await api.ask('nobody', 'GET', '/v1/me', undefined, { cookie: before })).status).toBe(401)
  const listed = await page.ask('GET', '/v1/me/passkeys')
  expect(listed.body).toMatchObject({ passkeys: [{ name: 'phone', lastUsedAt: expect.any(String) }] })
})

test.each`
  _case                | how
  ${'another page'}    | ${{ origin: 'https://evil.example' }}
  ${'another host'}    | ${{ rpId: 'evil.example' }}
  ${'nobody verified'} | ${{ isVerified: false }}
  ${'a registration'}  | ${{ type: 'webauthn.create' }}
`('what a passkey has signed for $_case opens nothing', async ({ how }) => {
  const { passkey } = await registered(`bad${Math.random().toString(36).slice(2)}`)
  const { page, answer } = await signIn(passkey, how as How)
  expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated' } })
  expect(page.cookie).toBe('')
  expect((await signIn(passkey)).answer.status).toBe(201)
})

test('a challenge is signed once, in its place, and not for ever', async () => {
  const { passkey, page, login } = await registered('passkey.once')
  const there = new Page(api)
  const response = passkey.get(await options(there, '/v1/sessions/passkey'))
  const both = await Promise.all([1, 2].map(() => new Page(api).ask('POST', '/v1/sessions/passkey', { response })))
  expect(both.map(({ status }) => status).sort()).toEqual([201, 401])
  // One to sign in is none to step up, and the other way round.
  const toSignIn = passkey.get(await options(there, '/v1/sessions/passkey'))
  expect((await page.ask('POST', '/v1/sessions/current/step-up/passkey', { response: toSignIn })).status).toBe(401)
  const toStepUp = passkey.get(await options(page, '/v1/sessions/current/step-up/passkey'))
  expect((await there.ask('POST', '/v1/sessions/passkey', { response: toStepUp })).status).toBe(401)
  const late = passkey.get(await options(there, '/v1/sessions/passkey'))
  await pool.query(`UPDATE passkey_challenge SET made_at = now() - interval '6 minutes'`)
  expect((await there.ask('POST', '/v1/sessions/passkey', { response: late })).status).toBe(401)
  const made = passkey.get({ challenge: 'bWFkZSB1cA', rpId: 'localhost' })
  expect((await there.ask('POST', '/v1/sessions/passkey', { response: made })).status).toBe(401)
  await pool.query(`UPDATE person SET status = 'disabled' WHERE login = $1`, [login])
  expect((await signIn(passkey)).answer.status).toBe(401)
})

test('a counter that goes back is a copy; somebody else’s passkey steps nobody up', async () => {
  const { passkey } = await registered('passkey.copy')
  expect((await signIn(passkey)).answer.status).toBe(201)
  passkey.counter -= 1
  expect((await signIn(passkey)).answer.status).toBe(401)
  const stranger = await registered('passkey.stranger')
  const response = passkey.get(await options(stranger.page, '/v1/sessions/current/step-up/passkey'))
  expect((await stranger.page.ask('POST', '/v1/sessions/current/step-up/passkey', { response })).status).toBe(401)
})

test('a passkey is registered with a fresh second factor, once; and by what the browser has made of these options', async () => {
  const { page, passkey, login } = await registered('passkey.register')
  const asked = await options(page, '/v1/me/passkeys')
  expect(asked).toMatchObject({ excludeCredentials: [{ id: passkey.id.toString('base64url') }] })
  const again = await page.ask('POST', '/v1/me/passkeys', { name: 'again', response: passkey.create(asked) })
  expect(again).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  const other = new SoftwarePasskey(ORIGIN)
  const made = other.create(await options(page, '/v1/me/passkeys'), { origin: 'https://evil.example' })
  expect((await page.ask('POST', '/v1/me/passkeys', { name: 'evil', response: made })).status).toBe(400)
  const right = other.create(await options(page, '/v1/me/passkeys'))
  const stranger = await Page.of(api, 'passkey.thief', ['operator'])
  expect((await stranger.ask('POST', '/v1/me/passkeys', { name: 'theirs', response: right })).status).toBe(400)
  await weaken(login)
  expect((await page.ask('POST', '/v1/me/passkeys', { name: 'late', response: right })).status).toBe(403)
})

test('one is removed; the only second factor is not; a password alone opens nothing beside a passkey', async () => {
  const { page, passkey, id, login } = await registered('passkey.remove')
  const other = (await signIn(passkey)).page
  await pool.query('DELETE FROM person_totp WHERE person = (SELECT id FROM person WHERE login = $1)', [login])
  expect(await page.ask('POST', `/v1/me/passkeys/${id}/remove`)).toMatchObject({ status: 409 })
  const password = await new Page(api).ask('POST', '/v1/sessions', { login, password: PASSWORD })
  expect(password).toMatchObject({ status: 401, body: { code: 'second_factor' } })
  await weaken(login)
  expect((await page.ask('POST', '/v1/me/totp')).status).toBe(403)
  const response = passkey.get(await options(page, '/v1/sessions/current/step-up/passkey'))
  await page.ask('POST', '/v1/sessions/current/step-up/passkey', { response })
  page.secret = ((await page.ask('POST', '/v1/me/totp')).body as { secret: string }).secret
  expect((await page.ask('POST', '/v1/me/totp/confirm', { code: page.code() })).status).toBe(200)
  expect((await page.ask('POST', `/v1/me/passkeys/${id}/remove`)).body).toEqual({ passkeys: [] })
  expect((await other.ask('GET', '/v1/me')).status).toBe(401)
  expect((await signIn(passkey)).answer.status).toBe(401)
  expect((await page.ask('POST', `/v1/me/passkeys/${id}/remove`)).status).toBe(404)
})

test('without an address of ours there are none', async () => {
  for (const publicUrl of [undefined, 'http://127.0.0.1:8080']) {
    const other = await testApi({ publicUrl })
    expect((await other.ask('nobody', 'POST', '/v1/sessions/passkey/options')).status).toBe(404)
    await other.stop()
  }
})
