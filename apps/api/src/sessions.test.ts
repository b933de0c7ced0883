import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeEnrolment } from '@lijian/identity'
import { Pool } from 'pg'
import { campaign, merchant } from './testing/documents'
import { Page, PASSWORD } from './testing/page'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let pool: Pool
beforeAll(async () => {
  api = await testApi()
  pool = new Pool({ connectionString: api.url, max: 2 })
})
afterAll(async () => {
  await pool.end()
  await api.stop()
})

test('from a code of enrolment to work: nothing is open before there is an authenticator', async () => {
  const page = new Page(api)
  const { code } = await makeEnrolment(pool, ['operator'])
  const enrol = { enrolment: code, login: 'zhang.san', name: 'Zhang San', password: PASSWORD }
  const weak = await page.ask('POST', '/v1/enrolments', { ...enrol, password: 'too short' })
  expect(weak).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'password', message: expect.stringContaining('12 characters') }] },
  })
  const enrolled = await page.ask('POST', '/v1/enrolments', enrol)
  expect(enrolled).toMatchObject({ status: 201, body: { login: 'zhang.san', must: 'second_factor', scopes: [] } })
  expect(enrolled.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax/)
  expect((await new Page(api).ask('POST', '/v1/enrolments', { ...enrol, login: 'other' })).status).toBe(401)

  const early = await page.ask('GET', '/v1/campaigns')
  expect(early).toMatchObject({ status: 403, body: { detail: expect.stringContaining('/v1/me/totp') } })
  page.secret = ((await page.ask('POST', '/v1/me/totp')).body as { secret: string }).secret
  const before = page.cookie
  const confirmed = await page.ask('POST', '/v1/me/totp/confirm', { code: page.code() })
  expect(confirmed.body).toMatchObject({ scopes: expect.arrayContaining(['campaigns.make']) })
  expect(confirmed.body.must).toBeUndefined()
  expect(page.cookie).not.toBe(before)
  expect((await page.ask('GET', '/v1/campaigns')).status).toBe(200)
  expect((await api.ask('nobody', 'GET', '/v1/me', undefined, { cookie: before })).status).toBe(401)
})

test('two persons make and approve a campaign; neither may do both, and the approval asks for a fresh second factor', async () => {
  const maker = await Page.of(api, 'li.si', ['operator'])
  const checker = await Page.of(api, 'wang.wu', ['reviewer'])
  await maker.ask('PUT', '/v1/merchants/M0001', merchant)
  await maker.ask('PUT', '/v1/partners/CCB', { name: 'CCB' })
  await maker.ask('PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  expect((await maker.ask('PUT', '/v1/campaigns/CCB', campaign())).status).toBe(200)
  const seen = { hash: (await checker.ask('GET', '/v1/campaigns/CCB')).body['hash'] }
  expect((await maker.ask('POST', '/v1/campaigns/CCB/approve', seen)).status).toBe(403)
  await pool.query(`UPDATE session SET strong_at = strong_at - interval '6 minutes' WHERE ended_at IS NULL`)
  expect(await checker.ask('POST', '/v1/campaigns/CCB/approve', seen)).toMatchObject({
    status: 403,
    body: { code: 'step_up' },
  })
  // A code is used once: the one of the next half minute is as good.
  const stepped = await checker.ask('POST', '/v1/sessions/current/step-up', { code: checker.code(Date.now() + 30_000) })
  expect(stepped.body).toMatchObject({ strongUntil: expect.any(String) })
  expect((await checker.ask('POST', '/v1/campaigns/CCB/approve', seen)).status).toBe(200)
  const { rows } = await pool.query(`SELECT maker, checker FROM campaign_version WHERE code = 'CCB'`)
  const me = async (page: Page) => (await page.ask('GET', '/v1/me')).body.id
  expect(rows).toEqual([{ maker: await me(maker), checker: await me(checker) }])
})

test.each`
  _case                               | headers                                | status
  ${'our own page'}                   | ${{ 'sec-fetch-site': 'same-origin' }} | ${200}
  ${'the address bar'}                | ${{ 'sec-fetch-site': 'none' }}        | ${200}
  ${'another site'}                   | ${{ 'sec-fetch-site': 'cross-site' }}  | ${403}
  ${'another host of the same site'}  | ${{ 'sec-fetch-site': 'same-site' }}   | ${403}
  ${'an old browser, another origin'} | ${{ origin: 'https://evil.example' }}  | ${403}
  ${'an origin that is none'}         | ${{ origin: 'null' }}                  | ${403}
  ${'neither header'}                 | ${{}}                                  | ${403}
`('a write with the cookie from $_case: $status', async ({ headers, status }) => {
  const page = await Page.of(api, `csrf${Math.random().toString(36).slice(2)}`, ['operator'])
  const answer = await page.ask('PUT', '/v1/merchants/M0001', merchant, headers as Record<string, string>)
  expect(answer.status).toBe(status)
  if (status === 403) expect(answer.body.code).toBe('foreign_page')
  expect((await page.ask('GET', '/v1/me', undefined, headers as Record<string, string>)).status).toBe(200)
})

test('an old browser writes from our own origin', async () => {
  const page = await Page.of(api, 'old.browser', ['operator'])
  const answer = await page.ask('PUT', '/v1/merchants/M0001', merchant, { origin: api.base })
  expect(answer.status).toBe(200)
})

test('signing out, here and elsewhere; a stranger’s session is not found; a key has none', async () => {
  const page = await Page.of(api, 'zhao.liu', ['auditor'])
  const second = new Page(api)
  second.secret = page.secret
  const signIn = { login: 'zhao.liu', password: PASSWORD }
  expect(await second.ask('POST', '/v1/sessions', signIn)).toMatchObject({
    status: 401,
    body: { code: 'second_factor' },
  })
  expect((await second.ask('POST', '/v1/sessions', { ...signIn, code: page.code(Date.now() + 30_000) })).status).toBe(
    201,
  )
  const listed = (await page.ask('GET', '/v1/sessions')).body as { sessions: { id: string; current: boolean }[] }
  const other = listed.sessions.find(({ current }) => !current)!
  expect(listed.sessions).toHaveLength(2)
  const stranger = await Page.of(api, 'qian.qi', ['auditor'])
  expect((await stranger.ask('POST', `/v1/sessions/${other.id}/end`)).status).toBe(404)
  expect((await page.ask('POST', `/v1/sessions/${other.id}/end`)).status).toBe(200)
  expect((await second.ask('GET', '/v1/me')).status).toBe(401)
  expect((await page.ask('POST', '/v1/sessions/current/end')).headers['set-cookie']).toMatch(/Max-Age=0/)
  expect((await api.ask('maker', 'POST', '/v1/sessions/current/end')).status).toBe(403)
  expect((await api.ask('maker', 'GET', '/v1/me')).body).toMatchObject({ kind: 'key', client: 'people' })
})

test('whoever must set a password has an authenticator already: what is left to do is read anew', async () => {
  const page = await Page.of(api, 'zhou.jiu', ['auditor'])
  await pool.query(
    `UPDATE person_password SET must_change = true WHERE person = (SELECT id FROM person WHERE login = 'zhou.jiu')`,
  )
  expect((await page.ask('GET', '/v1/me')).body).toMatchObject({ must: 'password', scopes: [] })
  const changed = await page.ask('POST', '/v1/me/password', { password: PASSWORD, newPassword: 'another horse 43' })
  expect(changed).toMatchObject({ status: 200, body: { scopes: expect.arrayContaining(['read.audit', 'read.money']) } })
  expect(changed.body.must).toBeUndefined()
})

test('a role that is taken away counts at the next request; a person sends no payments', async () => {
  const page = await Page.of(api, 'sun.ba', ['operator'])
  await pool.query(`UPDATE person SET roles = '{auditor}' WHERE login = 'sun.ba'`)
  expect((await page.ask('PUT', '/v1/merchants/M0001', merchant)).status).toBe(403)
  await pool.query(`INSERT INTO role VALUES ('everything', 'e', 'e', '{transactions,read}')`)
  await pool.query(`UPDATE person SET roles = '{everything}' WHERE login = 'sun.ba'`)
  expect((await page.ask('POST', '/v1/transactions', {})).status).toBe(401)
  expect((await page.ask('GET', '/v1/campaigns')).status).toBe(200)
})

test('no password and no code of enrolment is repeated or logged', async () => {
  const secret = 'my secret horse 77'
  const page = new Page(api)
  for (const body of [
    { login: 'nobody.here', password: secret },
    { login: secret, password: secret },
    { login: 'nobody.here', password: secret, code: secret, more: secret },
  ])
    expect((await page.ask('POST', '/v1/sessions', body)).text).not.toContain(secret)
  expect(api.logs.join('\n')).not.toContain(secret)
})

interface Described {
  paths: Record<string, Record<string, { 'x-scopes'?: string[] }>>
}

test('what a person may read is read with a session, also one payment, one route and its refunds', async () => {
  const auditor = await Page.of(api, 'zhou.ba', ['auditor'])
  const { paths } = JSON.parse(readFileSync(join(__dirname, '..', 'openapi.json'), 'utf8')) as Described
  const readable = Object.entries(paths).filter(([, { get }]) =>
    get?.['x-scopes']?.some((scope) => scope.startsWith('read')),
  )
  expect(readable.length).toBeGreaterThan(50)
  const refused: string[] = []
  for (const [path] of readable) {
    const { status } = await auditor.ask('GET', path.replaceAll(/\{\w+\}/g, '1'))
    if (status === 401 || status === 403) refused.push(`${path} ${status}`)
  }
  expect(refused).toEqual([])
})
