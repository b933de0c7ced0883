import { Client } from 'pg'
import { campaign, payment } from './testing/documents'
import { testApi, type Answer, type TestApi, type Who } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

test.each`
  _case                                        | who          | method    | path                           | body             | status
  ${'nobody asks'}                             | ${'nobody'}  | ${'POST'} | ${'/v1/transactions'}          | ${payment('A1')} | ${401}
  ${'nobody manages'}                          | ${'nobody'}  | ${'PUT'}  | ${'/v1/campaigns/CCB'}         | ${campaign()}    | ${401}
  ${'a transaction system asks'}               | ${'system'}  | ${'POST'} | ${'/v1/transactions'}          | ${payment('A1')} | ${200}
  ${'a maker asks about no payment'}           | ${'maker'}   | ${'POST'} | ${'/v1/transactions'}          | ${payment('A2')} | ${403}
  ${'a transaction system makes no campaign'}  | ${'system'}  | ${'PUT'}  | ${'/v1/campaigns/CCB'}         | ${campaign()}    | ${403}
  ${'nor does a checker'}                      | ${'checker'} | ${'PUT'}  | ${'/v1/campaigns/CCB'}         | ${campaign()}    | ${403}
  ${'a maker approves nothing'}                | ${'maker'}   | ${'POST'} | ${'/v1/campaigns/CCB/approve'} | ${undefined}     | ${403}
  ${'a transaction system reads no campaigns'} | ${'system'}  | ${'GET'}  | ${'/v1/campaigns'}             | ${undefined}     | ${403}
  ${'a checker reads them'}                    | ${'checker'} | ${'GET'}  | ${'/v1/campaigns'}             | ${undefined}     | ${200}
  ${'a transaction system tries nothing out'}  | ${'system'}  | ${'POST'} | ${'/v1/evaluations'}           | ${{}}            | ${403}
  ${'a checker enters no receipt'}             | ${'checker'} | ${'POST'} | ${'/v1/partners/CCB/receipts'} | ${{}}            | ${403}
  ${'a transaction system approves nothing'}   | ${'system'}  | ${'POST'} | ${'/v1/proposals/1/approve'}   | ${{}}            | ${403}
  ${'a transaction system reads no cases'}     | ${'system'}  | ${'GET'}  | ${'/v1/cases'}                 | ${undefined}     | ${403}
  ${'a checker makes no keys'}                 | ${'checker'} | ${'GET'}  | ${'/v1/api-keys'}              | ${undefined}     | ${403}
  ${'health is for everybody'}                 | ${'nobody'}  | ${'GET'}  | ${'/health/live'}              | ${undefined}     | ${200}
`('$_case: $status', async ({ who, method, path, body, status }) => {
  const answer = await api.ask(who as Who, method as string, path as string, body)
  expect(answer.status).toBe(status)
  if (status === 401) expect(answer.body).toMatchObject({ code: 'unauthenticated' })
  if (status === 403) expect(answer.body).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('scope') })
})

test.each`
  _case                          | header
  ${'a key that nobody made'}    | ${'Bearer lj_abcdefgh2345_c2VjcmV0'}
  ${'another scheme'}            | ${'Basic bGo6c2VjcmV0'}
  ${'no key'}                    | ${'Bearer '}
  ${'the name of a scheme only'} | ${'Bearer'}
`('$_case opens nothing', async ({ header }) => {
  const answer = await api.ask('nobody', 'GET', '/v1/campaigns', undefined, { authorization: header as string })
  expect(answer.status).toBe(401)
})

test('a key is asked for before the body is read', async () => {
  const answer = await api.ask('nobody', 'POST', '/v1/transactions', '{ not json')
  expect(answer.status).toBe(401)
})

test('a key is shown once, works at once, and opens nothing after it was revoked', async () => {
  const request = { client: 'system', name: 'second key', scopes: ['transactions'] }
  const made = await api.ask('maker', 'POST', '/v1/api-keys', request)
  expect(made).toMatchObject({ status: 201, body: { client: 'system', name: 'second key', scopes: ['transactions'] } })
  const { id, key } = made.body as { id: string; key: string }
  expect(key).toMatch(new RegExp(`^lj_${id}_[A-Za-z0-9_-]{43}$`))
  const withKey = () => api.ask('nobody', 'POST', '/v1/transactions', payment('A3'), { authorization: `Bearer ${key}` })
  expect((await withKey()).status).toBe(200)

  const listed = await api.ask('maker', 'GET', '/v1/api-keys?limit=500')
  expect(listed.body).toMatchObject({ keys: expect.arrayContaining([expect.objectContaining({ id })]) })
  expect(listed.text).not.toContain(key.slice(-20))

  expect((await api.ask('maker', 'POST', `/v1/api-keys/${id}/revoke`)).body).toMatchObject({
    id,
    revokedAt: expect.stringMatching(/^20/),
  })
  expect((await withKey()).status).toBe(401)
  expect((await api.ask('maker', 'POST', `/v1/api-keys/${id}/revoke`)).status).toBe(200)
})

test('a key for a client that does not exist is not made', async () => {
  const answer = await api.ask('maker', 'POST', '/v1/api-keys', { client: 'NONE', name: 'x', scopes: ['read'] })
  expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
})

test('keys are listed page by page, each once', async () => {
  const ids: string[] = []
  for (let after = ''; ;) {
    const { body } = await api.ask('maker', 'GET', `/v1/api-keys?limit=2${after && `&after=${after}`}`)
    const { keys, next } = body as { keys: { id: string }[]; next?: string }
    ids.push(...keys.map(({ id }) => id))
    if (!next) break
    after = next
  }
  expect(ids.length).toBeGreaterThanOrEqual(4)
  expect(new Set(ids).size).toBe(ids.length)
})

test('a client asks so often a second and is then told to wait; others are not concerned', async () => {
  await api.ask('maker', 'PUT', '/v1/clients/other', { name: 'other', ratePerSecond: 3 })
  const ask = () => api.ask('other', 'GET', '/v1/transactions/NONE')
  const answers = await Promise.all(Array.from({ length: 20 }, ask))
  expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(3)
  expect(answers.find(({ status }) => status === 429)).toMatchObject({
    body: { code: 'too_many_requests', retryable: true },
    headers: { 'retry-after': '1' },
  })
  expect((await api.ask('system', 'GET', '/v1/transactions/NONE')).status).toBe(404)
})

const HOOK = 'https://core.example/hook'
const stored = async (code: string) => {
  const db = new Client({ connectionString: api.url })
  await db.connect()
  const { rows } = await db.query<Record<string, unknown>>('SELECT to_jsonb(c) AS row FROM client c WHERE code = $1', [
    code,
  ])
  await db.end()
  return JSON.stringify(rows[0])
}

test("a webhook's secret is kept by a PUT without it, and one that was given is never shown", async () => {
  const put = (body: object) => api.ask('maker', 'PUT', '/v1/clients/acquiring', body)
  const given = { name: 'A', webhookUrl: HOOK, webhookSecret: 'sixteen-characters' }
  const answers = [
    await api.approved('maker', 'PUT', '/v1/clients/acquiring', given),
    await put({ ...given, name: 'B' }),
    await api.ask('maker', 'GET', '/v1/clients/acquiring'),
  ]
  for (const { text } of answers) expect(text).not.toContain('sixteen')
  expect(await stored('acquiring')).not.toContain('sixteen')
  expect(answers[2]!.body).toEqual({
    code: 'acquiring',
    name: 'B',
    webhookUrl: HOOK,
    hasWebhookSecret: true,
    webhookSecretSince: expect.stringMatching(/Z$/),
    mayOmitPaid: false,
    serialsMayLookLikeCards: false,
  })
  expect(answers.map(({ status }) => status)).toEqual([202, 200, 200])
  await api.approved('maker', 'PUT', '/v1/clients/acquiring', { name: 'B' })
  const off = await put({ name: 'B' })
  expect(off.body).toMatchObject({ hasWebhookSecret: false })
  expect(off.body).not.toHaveProperty('webhookSecretSince')
})

test('a new address has a new secret, shown once; the secret of the address before is refused and signs nothing more', async () => {
  const put = (body: object) => api.ask('maker', 'PUT', '/v1/clients/moving', body)
  const approved = (body: object) => api.approved('maker', 'PUT', '/v1/clients/moving', body)
  const made = await approved({ name: 'A', webhookUrl: HOOK })
  const secret = made.body['webhookSecret'] as string
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(await stored('moving')).not.toContain(secret)
  expect((await put({ name: 'A', webhookUrl: HOOK })).body).not.toHaveProperty('webhookSecret')
  expect((await api.ask('maker', 'GET', '/v1/clients/moving')).body).not.toHaveProperty('webhookSecret')
  expect(await put({ name: 'A', webhookUrl: `${HOOK}/2`, webhookSecret: secret })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'webhookSecret' }] },
  })
  const moved = await approved({ name: 'A', webhookUrl: `${HOOK}/2` })
  expect(moved.body['webhookSecret']).toMatch(/^whsec_/)
  expect(moved.body['webhookSecret']).not.toBe(secret)
  const now = (await api.ask('maker', 'GET', '/v1/clients/moving')).body
  expect(now).toMatchObject({ webhookUrl: `${HOOK}/2`, hasWebhookSecret: true })
  expect(now).not.toHaveProperty('webhookSecretBeforeUntil')
})

test('a rotation that is sent twice, also at once to two processes, is one new secret', async () => {
  const other = await testApi({ ...api.config, tokenKeys: api.config.tokenKeys, databaseUrl: api.url })
  try {
    await api.approved('maker', 'PUT', '/v1/clients/turning', { name: 'A', webhookUrl: HOOK })
    const rotate = (serial: string, on = api, body: object = {}) =>
      on.ask('nobody', 'POST', '/v1/clients/turning/webhook-secret', { serial, ...body }, { authorization: `Bearer ${api.keys.maker}` }) // prettier-ignore
    const all = () => Promise.all([api, other, api, other].map((on) => rotate('R1', on)))
    const approve = async ({ body }: Answer) => {
      const { id, hash } = body['proposal'] as { id: number; hash: string }
      expect((await api.ask('admin2', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(200)
    }
    const waiting = await all()
    expect(waiting.map(({ status }) => status)).toEqual([202, 202, 202, 202])
    expect(new Set(waiting.map(({ text }) => text)).size).toBe(1)
    expect(waiting[0]!.headers['cache-control']).toBe('no-store')
    await approve(waiting[0]!)
    const answers = await all()
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]!.headers['cache-control']).toBe('no-store')
    expect(answers[0]!.body['secret']).toBe(waiting[0]!.body['secret'])
    // Nobody but its maker is shown it.
    expect((await api.ask('admin2', 'POST', '/v1/clients/turning/webhook-secret', { serial: 'R1' })).status).toBe(403)
    const { since, beforeUntil } = answers[0]!.body as Record<string, string>
    expect(Date.parse(beforeUntil!) - Date.parse(since!)).toBe(24 * 3_600_000)
    await approve(await rotate('R2', api, { overlapHours: 0 }))
    expect((await rotate('R2', api, { overlapHours: 0 })).body).not.toHaveProperty('beforeUntil')
    expect(await rotate('R1')).toMatchObject({ status: 409, body: { code: 'serial_reused' } })
    expect((await rotate('R3', api, { overlapHours: 721 })).status).toBe(400)
    expect((await rotate('R\u0000')).status).toBe(400)
    expect((await api.ask('checker', 'POST', '/v1/clients/turning/webhook-secret', { serial: 'R4' })).status).toBe(403)
    await api.approved('maker', 'PUT', '/v1/clients/turning', { name: 'A' })
    expect((await rotate('R5')).status).toBe(409)
    expect((await api.ask('maker', 'POST', '/v1/clients/nobody/webhook-secret', { serial: 'R1' })).status).toBe(404)
  } finally {
    await other.stop()
  }
})

test('the page to read about the API comes from here, scripts included', async () => {
  const page = await api.ask('operator', 'GET', '/docs/')
  expect(page.status).toBe(200)
  expect(page.text).toContain('swagger-ui-bundle.js')
  expect(page.text).not.toMatch(/(src|href)="https?:/)
  expect((await api.ask('operator', 'GET', '/docs/static/swagger-ui-bundle.js')).status).toBe(200)
})

describe('the webhook of a client', () => {
  const at = (n: number) => ({ name: 'two', webhookUrl: `${HOOK}/two/${n}` })
  twoPeopleTests(
    () => api,
    () => ({
      people: ['maker', 'admin2'],
      async propose(n) {
        const { status, body } = await api.ask('maker', 'PUT', '/v1/clients/two', at(n))
        expect(status).toBe(202)
        return body['proposal'] as never
      },
      standing: async () => (await api.ask('maker', 'GET', '/v1/clients/two')).body['webhookUrl'],
      changeBehind: (sql) =>
        sql.query(`UPDATE client SET webhook_url = 'https://elsewhere.example' WHERE code = 'two'`),
    }),
  )

  test('no secret stands in the proposal, and another person who asks the same is not shown the one that waits', async () => {
    const mine = await api.ask('maker', 'PUT', '/v1/clients/third', at(1))
    const secret = mine.body['webhookSecret'] as string
    expect(secret).toMatch(/^whsec_/)
    const { id } = mine.body['proposal'] as { id: number }
    const seen = await api.ask('admin2', 'GET', `/v1/proposals/${id}`)
    expect(seen.text).not.toContain(secret)
    expect(seen.body).toMatchObject({ kind: 'client', body: { webhookSecret: 'new' } })
    expect((await api.ask('admin2', 'PUT', '/v1/clients/third', at(1))).text).not.toContain(secret)
    // What needs nobody else.
    expect((await api.ask('maker', 'PUT', '/v1/clients/fourth', { name: 'x', ratePerSecond: 5 })).status).toBe(200)
  })
})
