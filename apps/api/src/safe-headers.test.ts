import { Client } from 'pg'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const SAFE = { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'x-frame-options': 'DENY' }

test.each(['/v1/partners', '/v1/transactions/NONE', '/nowhere', '/v1/partners?limit=x', '/health/live'])(
  'nobody keeps, frames or guesses the type of %s',
  async (path) => {
    const { headers } = await api.ask('maker', 'GET', path)
    expect(headers).toMatchObject({ ...SAFE, 'cache-control': 'no-store' })
    expect(headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'")
    expect(headers).not.toHaveProperty('strict-transport-security')
  },
)

test('a refusal without a key has them too; behind TLS the browser is told to stay there', async () => {
  const { status, headers } = await api.ask('nobody', 'GET', '/v1/partners', undefined, {
    'x-forwarded-proto': 'https',
  })
  expect(status).toBe(401)
  expect(headers).toMatchObject({ ...SAFE, 'cache-control': 'no-store' })
  expect(headers['strict-transport-security']).toBe('max-age=31536000')
})

test.each(['/openapi.json', '/docs/', '/schemas/campaign.json'])(
  '%s may be kept, and is framed by nobody',
  async (path) => {
    const { status, headers } = await api.ask('operator', 'GET', path)
    expect(status).toBe(200)
    expect(headers).toMatchObject(SAFE)
    expect(headers['content-security-policy']).toContain('frame-ancestors')
    expect(headers['cache-control'] ?? '').not.toContain('no-store')
  },
)

test('a key that is revoked in the database itself, without a word to anybody, opens nothing after 15 s', async () => {
  const made = { client: 'system', name: 'by hand', scopes: ['read'] }
  const { id, key } = (await api.ask('maker', 'POST', '/v1/api-keys', made)).body as { id: string; key: string }
  const ask = async () =>
    (await fetch(`${api.base}/v1/partners`, { headers: { authorization: `Bearer ${key}` } })).status
  expect(await ask()).toBe(200)
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  await sql.query('UPDATE api_key SET revoked_at = now() WHERE id = $1', [id])
  await sql.end()
  // The limit of the test ends a wait that lasts.
  while ((await ask()) !== 401) await new Promise((resolve) => setTimeout(resolve, 250))
})
