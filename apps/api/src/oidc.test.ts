import { Pool } from 'pg'
import { OidcStage, PUBLIC, SECRET, START, type Browser } from './testing/oidc-stage'
import { testApi } from './testing/test-api'

let stage: OidcStage
let pool: Pool
beforeAll(async () => {
  stage = await OidcStage.open()
  pool = new Pool({ connectionString: stage.api.url, max: 2 })
  await pool.query(`INSERT INTO branch VALUES ('sz', '深圳', 'head-office')`)
})
afterAll(async () => {
  await pool.end()
  await stage.close()
})

test('a provider that is away is no reason to stop; the first sign-in makes the person, the next brings it up to date', async () => {
  expect((await stage.browser().signIn()).status).toBe(503)
  const sub = await stage.next({ groups: ['ops', 'risk', 'unknown'], claims: { branch: 'sz' } })
  const browser = stage.browser()
  const seen = await browser.signIn('/campaigns?state=draft')
  expect(seen).toMatchObject({ status: 302, location: `${PUBLIC}/campaigns?state=draft` })
  const first = (await browser.me()).body
  expect(first).toMatchObject({
    ...{ kind: 'person', login: `staff.${sub}`, name: '李娜', branch: 'sz', roles: ['operator', 'risk'] },
    scopes: expect.arrayContaining(['campaigns.make', 'routing']),
  })
  expect(first.must).toBeUndefined()
  expect(first.strongUntil).toBeUndefined()

  await stage.next({ sub, groups: ['checks'], claims: { name: '李娜(新)' } })
  const again = stage.browser()
  await again.signIn()
  expect((await again.me()).body).toMatchObject({ id: first.id, name: '李娜(新)', roles: ['reviewer'] })
  // What the provider gives counts for sessions that are there, too.
  expect((await browser.me()).body).toMatchObject({ roles: ['reviewer'] })
  expect(
    (await browser.get(`${PUBLIC}/v1/me/totp`, { method: 'POST', headers: { origin: stage.api.base } })).status,
  ).toBe(409)
})

test.each`
  _case                               | who                                         | why
  ${'no group of ours'}               | ${{ groups: ['others'] }}                   | ${/None of your groups/}
  ${'roles that exclude one another'} | ${{ groups: ['ops', 'checks'] }}            | ${/nobody is both operator and reviewer/}
  ${'no login'}                       | ${{ claims: { preferred_username: '李' } }} | ${/preferred_username is no login/}
  ${'a branch that is none'}          | ${{ claims: { branch: 'nowhere' } }}        | ${/branch is no branch of ours/}
`('whoever has $_case has no session', async ({ who, why }) => {
  await stage.next(who as Record<string, string[]>)
  const browser = stage.browser()
  const seen = await browser.signIn()
  expect(seen.status).toBe(403)
  expect((JSON.parse(seen.text) as { detail: string }).detail).toMatch(why as RegExp)
  expect(browser.session).toBeUndefined()
})

test('a login that is taken is not taken over; a disabled person stays outside', async () => {
  const sub = await stage.next()
  const browser = stage.browser()
  await browser.signIn()
  await stage.next({ claims: { preferred_username: `staff.${sub}` } })
  expect((await stage.browser().signIn()).status).toBe(409)
  await pool.query(`UPDATE person SET status = 'disabled' WHERE login = $1`, [`staff.${sub}`])
  expect((await browser.me()).status).toBe(401)
  await stage.next({ sub })
  expect((await stage.browser().signIn()).status).toBe(403)
})

test('two first sign-ins of one person at once make one person', async () => {
  const sub = await stage.next()
  const [one, two] = [stage.browser(), stage.browser()]
  const seen = await Promise.all([one.signIn(), two.signIn()])
  expect(seen.map(({ status }) => status)).toEqual([302, 302])
  const { rows } = await pool.query(`SELECT count(*)::int AS n FROM person WHERE login = $1`, [`staff.${sub}`])
  expect(rows).toEqual([{ n: 1 }])
})

describe('a second factor', () => {
  const makeToken = (browser: Browser) =>
    browser.get(`${PUBLIC}/v1/me/tokens`, {
      method: 'POST',
      headers: { origin: stage.api.base, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'laptop', scopes: ['read'], expiresInDays: 1 }),
    })
  const stepUp = (browser: Browser) => browser.follow(`${PUBLIC}${START}/step-up?back=/approvals`)

  test.each([[{ amr: ['pwd', 'otp'] }], [{ acr: 'mfa' }]])('%j at sign-in is strong', async (how) => {
    await stage.next(how)
    const browser = stage.browser()
    await browser.signIn()
    expect((await makeToken(browser)).status).toBe(201)
  })

  test('is asked for anew by stepping up, under another cookie; the session ends when it would have', async () => {
    const sub = await stage.next({ amr: ['pwd'] })
    const browser = stage.browser()
    await browser.signIn()
    const before = await browser.me()
    const cookie = browser.session
    expect(await makeToken(browser)).toMatchObject({ status: 403, text: expect.stringContaining('step_up') })
    await stage.next({ sub, amr: ['pwd', 'otp'] })
    const asked = await browser.get(`${PUBLIC}${START}/step-up`)
    expect(asked.location).toMatch(/max_age=0&prompt=login&acr_values=mfa/)
    expect(await stepUp(browser)).toMatchObject({ status: 302, location: `${PUBLIC}/approvals` })
    expect((await makeToken(browser)).status).toBe(201)
    expect((await browser.me()).body).toMatchObject({ id: before.body.id, sessionEndsAt: before.body.sessionEndsAt })
    expect((await stage.api.ask('nobody', 'GET', '/v1/me', undefined, { cookie: `lijian=${cookie}` })).status).toBe(401)
  })

  test.each`
    _case                            | who
    ${'one factor again'}            | ${{ amr: ['pwd'] }}
    ${'an authentication of before'} | ${{ amr: ['otp'], tamper: { auth_time: 1_700_000_000 } }}
    ${'nobody says when'}            | ${{ amr: ['otp'], tamper: { auth_time: null } }}
  `('$_case is not strong', async ({ who }) => {
    const sub = await stage.next({ amr: ['pwd'] })
    const browser = stage.browser()
    await browser.signIn()
    await stage.next({ sub, ...(who as object) })
    expect((await stepUp(browser)).status).toBe(403)
    expect((await makeToken(browser)).status).toBe(403)
  })

  test('of somebody else changes nothing', async () => {
    await stage.next({ amr: ['pwd'] })
    const browser = stage.browser()
    await browser.signIn()
    const before = await browser.me()
    await stage.next({ amr: ['otp'] })
    browser.jar.delete(stage.issuer)
    expect((await stepUp(browser)).status).toBe(403)
    expect(await browser.me()).toEqual(before)
  })

  test('is stepped up to by whoever has a session', async () => {
    expect((await stage.browser().get(`${PUBLIC}${START}/step-up`)).status).toBe(401)
  })
})

describe('refused', () => {
  test.each([
    '//evil.example',
    '/\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/a b',
    '',
    '/\t/evil',
  ])('a way back to %j', async (back) => {
    const seen = await stage.browser().get(`${PUBLIC}${START}?back=${encodeURIComponent(back)}`)
    expect(seen).toMatchObject({ status: 400, location: null })
  })

  /** Up to the callback, which is not asked. */
  async function atCallback(browser: Browser): Promise<string> {
    await stage.next()
    return (await browser.follow(`${PUBLIC}${START}`, '/v1/sessions/oidc/callback')).location!
  }
  const changed = (url: string, put: Record<string, string>) => {
    const address = new URL(url)
    for (const [name, value] of Object.entries(put)) address.searchParams.set(name, value)
    return address.href
  }

  test('a code a second time, and one in another browser', async () => {
    const browser = stage.browser()
    const callback = await atCallback(browser)
    expect((await stage.browser().get(callback)).status).toBe(401)
    expect((await browser.get(callback)).status).toBe(302)
    expect((await browser.get(callback)).status).toBe(401)
    expect((await browser.me()).status).toBe(200)
  })

  test('states that are mixed up: of another tab, of nobody', async () => {
    const browser = stage.browser()
    const [one, two] = [await atCallback(browser), await atCallback(browser)]
    const state = new URL(two).searchParams.get('state')!
    // The code of one attempt with the state of another: its verifier is another one.
    expect((await browser.get(changed(one, { state }))).status).toBe(401)
    const three = await atCallback(browser)
    expect((await browser.get(changed(three, { state: 'made-up' }))).status).toBe(401)
    expect(browser.session).toBeUndefined()
    expect((await browser.get(three)).status).toBe(302)
  })

  test('another issuer in the address, and an attempt that is too old', async () => {
    const browser = stage.browser()
    expect((await browser.get(changed(await atCallback(browser), { iss: 'https://evil.example' }))).status).toBe(401)
    const late = await atCallback(browser)
    await pool.query(`UPDATE oidc_attempt SET made_at = now() - interval '11 minutes'`)
    expect((await browser.get(late)).status).toBe(401)
  })

  test.each`
    _case               | tamper
    ${'another nonce'}  | ${{ nonce: 'another' }}
    ${'another issuer'} | ${{ iss: 'https://evil.example' }}
    ${'another client'} | ${{ aud: 'others' }}
    ${'no signature'}   | ${{ alg: 'none' }}
    ${'an end before'}  | ${{ exp: 1_700_000_000 }}
    ${'a foreign key'}  | ${{ foreignKey: true }}
  `('a token with $_case', async ({ tamper }) => {
    const foreign = (tamper as { foreignKey?: true }).foreignKey
    await stage.next({ tamper: foreign === undefined ? (tamper as object) : { foreignKey: stage.foreignKey } })
    const browser = stage.browser()
    expect((await browser.signIn()).status).toBe(401)
    expect(browser.session).toBeUndefined()
  })
})

test('local sign-in is switched off', async () => {
  const other = await testApi({ ...stage.api.config, databaseUrl: stage.api.config.databaseUrl, localSignIn: 'off' })
  try {
    const signIn = await other.ask('nobody', 'POST', '/v1/sessions', { login: 'li.na', password: 'x' })
    expect(signIn).toMatchObject({ status: 403, body: { detail: expect.stringContaining('/v1/sessions/oidc') } })
    const { body } = { body: { enrolment: 'x', login: 'li.na', name: 'x', password: 'x' } }
    expect((await other.ask('nobody', 'POST', '/v1/enrolments', body)).status).toBe(403)
  } finally {
    await other.stop()
  }
})

test('no code, token or secret stands in a log', () => {
  const logs = stage.api.logs.join('\n')
  expect(logs).toMatch(/signed nobody in/)
  for (const secret of [SECRET, 'code=', 'eyJ']) expect(logs).not.toContain(secret)
})
