import { Pool } from 'pg'
import { until } from '@lijian/testing'
import { campaign, merchant } from './testing/documents'
import { Page } from './testing/page'
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

const request = (scopes: string[], more: object = {}) => ({ name: 'laptop', scopes, expiresInDays: 30, ...more })
const by = (token: string) => (method: string, path: string, body?: unknown) =>
  api.ask('nobody', method, path, body, { authorization: `Bearer ${token}` })
async function tokenOf(page: Page, scopes: string[]) {
  const made = await page.ask('POST', '/v1/me/tokens', request(scopes))
  expect(made).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' } })
  const { id, token } = made.body as { id: string; token: string }
  return { id, token, ask: by(token) }
}
test('a token is shown once, does what its person may do, and stands for its person', async () => {
  const page = await Page.of(api, 'token.one', ['operator'])
  const me = (await page.ask('GET', '/v1/me')).body
  const { id, token, ask } = await tokenOf(page, ['merchants', 'read', 'read'])
  expect(token).toMatch(new RegExp(`^lj_${id}_[A-Za-z0-9_-]{43}$`))
  expect((await ask('GET', '/v1/me')).body).toEqual({
    ...{ kind: 'person', id: me.id, login: 'token.one', name: 'Zhang San', branch: 'head-office' },
    ...{
      roles: ['operator'],
      language: 'zh-CN',
      scopes: ['read.marketing', 'read.transactions', 'merchants'],
      token: id,
    },
  })
  expect((await ask('PUT', '/v1/merchants/M0001', merchant)).status).toBe(200)
  expect(await ask('PUT', '/v1/partners/CCB', { name: 'CCB' })).toMatchObject({
    status: 403,
    body: { code: 'forbidden' },
  })
  await until(async () => (await tokens(page))[0]!.lastUsedAt !== undefined)
  const listed = await page.ask('GET', '/v1/me/tokens')
  expect(listed.text).not.toContain(token.slice(-20))
  expect(listed.body).toMatchObject({ tokens: [{ id, name: 'laptop', scopes: ['merchants', 'read'] }] })
})
const tokens = async (page: Page) =>
  (await page.ask('GET', '/v1/me/tokens')).body.tokens as { id: string; lastUsedAt?: string; revokedAt?: string }[]

test('whoever makes a campaign by a token has made it, and approves it by no other way', async () => {
  const page = await Page.of(api, 'token.maker', ['operator'])
  await pool.query(
    `INSERT INTO role VALUES ('both', 'both', '兼', '{campaigns.make,campaigns.check,merchants,partners,card-groups,read}')`,
  )
  await pool.query(`UPDATE person SET roles = '{both}' WHERE login = 'token.maker'`)
  const { ask } = await tokenOf(page, ['campaigns.make', 'campaigns.check', 'merchants', 'partners', 'card-groups'])
  await ask('PUT', '/v1/merchants/M0001', merchant)
  await ask('PUT', '/v1/partners/CCB', { name: 'CCB' })
  await ask('PUT', '/v1/card-groups/VIP', { code: 'VIP', name: 'VIP', bins: ['622166'] })
  expect((await ask('PUT', '/v1/campaigns/CCB', campaign())).status).toBe(200)
  const seen = { hash: (await page.ask('GET', '/v1/campaigns/CCB')).body['hash'] }
  expect(await ask('POST', '/v1/campaigns/CCB/approve', seen)).toMatchObject({
    status: 403,
    body: { code: 'step_up', detail: expect.stringContaining('token') },
  })
  expect(await page.ask('POST', '/v1/campaigns/CCB/approve', seen)).toMatchObject({
    status: 403,
    body: { code: 'maker_is_checker' },
  })
  const { rows } = await pool.query(`SELECT maker FROM campaign_version WHERE code = 'CCB'`)
  expect(rows).toEqual([{ maker: (await page.ask('GET', '/v1/me')).body.id }])
})

test.each`
  _case                          | body                                                       | path
  ${'rights of another role'}    | ${request(['campaigns.check'])}                            | ${'scopes'}
  ${'payments'}                  | ${request(['transactions'])}                               | ${'scopes'}
  ${'no scope'}                  | ${request([])}                                             | ${'scopes'}
  ${'longer than ninety days'}   | ${request(['read'], { expiresInDays: 91 })}                | ${'expiresInDays'}
  ${'no day'}                    | ${request(['read'], { expiresInDays: 0 })}                 | ${'expiresInDays'}
  ${'a card number as its name'} | ${request(['read'], { name: 'card 6222021234567890128' })} | ${'name'}
`('a token with $_case is not made', async ({ body, path }) => {
  const page = await Page.of(api, `bad${Math.random().toString(36).slice(2)}`, ['operator'])
  await pool.query(`INSERT INTO role VALUES ('pays', 'p', 'p', '{transactions,read}') ON CONFLICT DO NOTHING`)
  if ((body as { scopes: string[] }).scopes.includes('transactions'))
    await pool.query(`UPDATE person SET roles = '{pays}' WHERE id = $1`, [(await page.ask('GET', '/v1/me')).body.id])
  expect(await page.ask('POST', '/v1/me/tokens', body)).toMatchObject({
    status: 400,
    body: { errors: [{ path: expect.stringContaining(path as string) }] },
  })
})

test('a token is made with a fresh second factor only, by a person and by nothing else', async () => {
  const page = await Page.of(api, 'token.strong', ['operator'])
  const { ask } = await tokenOf(page, ['read'])
  expect(await ask('POST', '/v1/me/tokens', request(['read']))).toMatchObject({
    status: 403,
    body: { code: 'step_up' },
  })
  expect((await ask('POST', '/v1/me/totp')).status).toBe(403)
  expect((await ask('POST', '/v1/sessions/current/end')).status).toBe(403)
  expect((await ask('GET', '/v1/sessions')).body).toEqual({ sessions: [] })
  expect((await api.ask('maker', 'POST', '/v1/me/tokens', request(['read']))).status).toBe(403)
  expect((await api.ask('maker', 'GET', '/v1/me/tokens')).status).toBe(403)
  await pool.query(`UPDATE session SET strong_at = strong_at - interval '6 minutes' WHERE ended_at IS NULL`)
  expect(await page.ask('POST', '/v1/me/tokens', request(['read']))).toMatchObject({
    status: 403,
    body: { code: 'step_up' },
  })
})

test.each`
  _case                                 | sql                                                                  | status
  ${'the person is disabled'}           | ${`UPDATE person SET status = 'disabled' WHERE id = $1`}             | ${401}
  ${'the person has to set a password'} | ${`UPDATE person_password SET must_change = true WHERE person = $1`} | ${401}
  ${'the second factor was reset'}      | ${`DELETE FROM person_totp WHERE person = $1`}                       | ${401}
  ${'the role is taken away'}           | ${`UPDATE person SET roles = '{auditor}' WHERE id = $1`}             | ${403}
  ${'the token is over'}                | ${`UPDATE api_key SET expires_at = now() WHERE person = $1`}         | ${401}
`('$_case: the token opens nothing more, within a second', async ({ sql, status }) => {
  const page = await Page.of(api, `gone${Math.random().toString(36).slice(2)}`, ['operator'])
  const { ask } = await tokenOf(page, ['merchants'])
  expect((await ask('PUT', '/v1/merchants/M0001', merchant)).status).toBe(200)
  await pool.query(sql as string, [(await page.ask('GET', '/v1/me')).body.id])
  await until(async () => (await ask('PUT', '/v1/merchants/M0001', merchant)).status === status)
})

test('a token is revoked by its person, by itself and by an administrator; by nobody else; twice is once', async () => {
  const page = await Page.of(api, 'token.revoke', ['operator'])
  const stranger = await Page.of(api, 'token.stranger', ['operator'])
  const [one, two, three] = [
    await tokenOf(page, ['read']),
    await tokenOf(page, ['read']),
    await tokenOf(page, ['read']),
  ]
  expect((await stranger.ask('POST', `/v1/me/tokens/${one.id}/revoke`)).status).toBe(404)
  const revoked = await page.ask('POST', `/v1/me/tokens/${one.id}/revoke`)
  expect(revoked).toMatchObject({ status: 200, body: { id: one.id, revokedAt: expect.any(String) } })
  expect((await page.ask('POST', `/v1/me/tokens/${one.id}/revoke`)).body).toEqual(revoked.body)
  expect((await one.ask('GET', '/v1/campaigns')).status).toBe(401)
  expect((await two.ask('POST', '/v1/me/tokens/current/revoke')).body).toMatchObject({ id: two.id })
  expect((await two.ask('GET', '/v1/campaigns')).status).toBe(401)
  const listed = (await api.ask('maker', 'GET', '/v1/api-keys?limit=500')).body.keys as { id: string }[]
  expect(listed.find(({ id }) => id === three.id)).toMatchObject({ person: expect.stringMatching(/^p-/) })
  expect((await api.ask('maker', 'POST', `/v1/api-keys/${three.id}/revoke`)).status).toBe(200)
  expect((await three.ask('GET', '/v1/campaigns')).status).toBe(401)
})

test('tokens are listed page by page, each once; twenty are enough', async () => {
  const page = await Page.of(api, 'token.many', ['operator'])
  const made = await Promise.all(Array.from({ length: 22 }, () => page.ask('POST', '/v1/me/tokens', request(['read']))))
  expect(made.map(({ status }) => status).sort()).toEqual([...Array<number>(20).fill(201), 409, 409])
  const ids: string[] = []
  for (let after = ''; ;) {
    const { body } = await page.ask('GET', `/v1/me/tokens?limit=7${after && `&after=${after}`}`)
    const { tokens: some, next } = body as { tokens: { id: string }[]; next?: string }
    ids.push(...some.map(({ id }) => id))
    if (!next) break
    after = next
  }
  expect(ids).toHaveLength(20)
  expect(new Set(ids).size).toBe(20)
})
