import { gunzipSync } from 'node:zlib'
import { request } from 'node:http'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
})
afterAll(() => api.stop())

const INSIDE = ['/health/ready', '/metrics', '/openapi.json', '/docs', '/docs/', '/docs/json', '/schemas/campaign.json']

test.each(INSIDE)('%s is answered inside and is no address of the door', async (path) => {
  expect((await api.ask('operator', 'GET', path)).status).toBe(200)
  expect((await api.ask('nobody', 'GET', path)).status).toBe(404)
})

/** Bytes as they come: fetch would unpack them. */
function raw(
  path: string,
  headers: Record<string, string>,
): Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: Buffer }> {
  return new Promise((resolve, reject) => {
    request(api.inside + path, { headers }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(parts) }),
      )
    })
      .on('error', reject)
      .end()
  })
}

test.each(['/openapi.json', '/docs/json', '/schemas/campaign.json'])(
  '%s is made once: it has a name, is sent once to who keeps it, and small to who unpacks it',
  async (path) => {
    const plain = await raw(path, {})
    const zipped = await raw(path, { 'accept-encoding': 'br, gzip' })
    expect(zipped.headers['content-encoding']).toBe('gzip')
    expect(zipped.body.length).toBeLessThan(plain.body.length / 2)
    expect(gunzipSync(zipped.body)).toEqual(plain.body)
    expect((await raw(path, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined()
    for (const { headers } of [plain, zipped]) {
      const again = await raw(path, {
        'if-none-match': String(headers['etag']),
        ...(headers['content-encoding'] ? { 'accept-encoding': 'gzip' } : {}),
      })
      expect({ status: again.status, length: again.body.length }).toEqual({ status: 304, length: 0 })
    }
    expect((await raw(path, { 'if-none-match': '"another"' })).status).toBe(200)
  },
)

test('what the page tries goes on to the door, which asks for the key', async () => {
  expect((await api.ask('operator', 'GET', '/v1/campaigns')).status).toBe(401)
  const reply = await fetch(`${api.inside}/v1/campaigns`, { headers: { authorization: `Bearer ${api.keys.maker}` } })
  expect(reply.status).toBe(200)
})

test('strangers make no series of metrics by touching addresses', async () => {
  await api.ask('maker', 'GET', '/v1/campaigns')
  for (const path of ['/v1/campaigns', '/v1/partners', '/v1/nowhere', '/nowhere']) await api.ask('nobody', 'GET', path)
  await api.ask('nobody', 'POST', '/v1/transfers', {})
  const { text } = await api.ask('operator', 'GET', '/metrics')
  const routes = [...text.matchAll(/http_request_duration_seconds_count\{.*route="([^"]*)"/g)].map(([, route]) => route)
  expect(new Set(routes)).toEqual(new Set(['/v1/campaigns', 'refused']))
})
