import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scope } from '@lijian/contracts/people'
import { REPORTS } from '@lijian/reports'
import { BYTES, ByHand, SHA256 } from './testing/report-files'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
let byHand: ByHand
beforeAll(async () => {
  api = await testApi()
  byHand = new ByHand(api)
})
afterAll(async () => {
  await byHand.sql.end()
  await api.stop()
})

let merchants = 0
const request = (kind = 'merchant') => ({
  kind,
  parameters: { from: '2026-11-01', to: '2026-11-01', merchant: `M${merchants++}` },
  format: 'csv',
})
const asked = async () => (await api.ask('finance', 'POST', '/v1/report-runs', request())).body['id'] as number
async function made(fileName?: string): Promise<number> {
  const id = await asked()
  await byHand.finish(id, fileName)
  return id
}
const link = async (id: number, who: 'finance' | 'maker' = 'finance') => {
  const { status, body } = await api.ask(who, 'POST', `/v1/report-runs/${id}/links`)
  expect(status).toBe(200)
  return body as { path: string; expiresAt: string }
}
const accesses = async (run: number) => {
  const { rows } = await byHand.sql.query<{ act: string; name: string }>(
    'SELECT act, k.name FROM report_access a JOIN api_key k ON k.id = a.actor WHERE run = $1 ORDER BY a.id',
    [run],
  )
  return rows.map(({ act, name }) => `${act} ${name}`)
}
const OPENS_NOTHING = { status: 404, body: { code: 'not_found', detail: expect.stringContaining('opens nothing') } }

describe('a link', () => {
  test('opens the file once, with all that a browser and a person must know; both are recorded', async () => {
    const id = await made()
    const { path, expiresAt } = await link(id)
    expect(path).toMatch(/^\/v1\/report-files\/[A-Za-z0-9_-]{43}$/)
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(5 * 60_000)
    const file = await api.ask('finance', 'GET', path)
    expect(file.status).toBe(200)
    expect(file.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-length': String(BYTES.length),
      'content-disposition': `attachment; filename="report-${id}.csv"; filename*=UTF-8''%E5%95%86%E6%88%B7%E6%8A%A5%E8%A1%A8%20%27A%27%20${id}.csv`,
      'x-content-sha256': SHA256,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'content-security-policy': 'sandbox',
    })
    expect(Buffer.from(`\uFEFF${file.text}`)).toEqual(BYTES)
    expect(await api.ask('finance', 'GET', path)).toMatchObject(OPENS_NOTHING)
    expect(await accesses(id)).toEqual(['link finance', 'download finance'])
  })

  test('is of one key: another key is told what everybody else is told, and the link stays whole', async () => {
    const id = await made()
    const { path } = await link(id)
    expect(await api.ask('maker', 'GET', path)).toMatchObject(OPENS_NOTHING)
    expect((await api.ask('system', 'GET', path)).status).toBe(403)
    expect((await api.ask('nobody', 'GET', path)).status).toBe(401)
    expect((await api.ask('finance', 'GET', path)).status).toBe(200)
    expect((await api.ask('maker', 'GET', (await link(id, 'maker')).path)).status).toBe(200)
    expect(await accesses(id)).toEqual(['link finance', 'download finance', 'link maker', 'download maker'])
  })

  test.each([2, 20])('opens for exactly one of %s at once', async (times) => {
    const id = await made()
    const { path } = await link(id)
    const answers = await Promise.all(Array.from({ length: times }, () => api.ask('finance', 'GET', path)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: times - 1 }, () => 404)])
    expect(await accesses(id)).toEqual(['link finance', 'download finance'])
  })

  test('that is older than five minutes, or never was, opens nothing', async () => {
    const id = await made()
    const { path } = await link(id)
    await byHand.sql.query(`UPDATE report_link SET expires_at = now() - interval '1 ms' WHERE run = $1`, [id])
    expect(await api.ask('finance', 'GET', path)).toMatchObject(OPENS_NOTHING)
    expect(await api.ask('finance', 'GET', `/v1/report-files/${'A'.repeat(43)}`)).toMatchObject(OPENS_NOTHING)
    for (const none of ['x', `${'A'.repeat(42)}%27`, '..%2F..%2Fetc'])
      expect((await api.ask('finance', 'GET', `/v1/report-files/${none}`)).status).toBe(400)
    expect(await accesses(id)).toEqual(['link finance'])
  })

  test('is kept as a hash: who reads the database opens nothing', async () => {
    const token = (await link(await made())).path.split('/').at(-1)!
    const { rows } = await byHand.sql.query<{ row: string }>('SELECT report_link::text AS row FROM report_link')
    expect(rows.length).toBeGreaterThan(0)
    for (const secret of [token, Buffer.from(token, 'base64url').toString('hex')])
      expect(JSON.stringify(rows)).not.toContain(secret)
    expect(api.logs.join('')).not.toContain(token)
  })

  test('is not used up by a question about the file', async () => {
    const { path } = await link(await made())
    const headers = { authorization: `Bearer ${api.keys.finance}` }
    expect((await fetch(api.base + path, { method: 'HEAD', headers })).status).toBe(405)
    expect((await api.ask('finance', 'GET', path)).status).toBe(200)
  })

  test('is only made to what is done; to a file that is gone it says why', async () => {
    const id = await asked()
    const ask = () => api.ask('finance', 'POST', `/v1/report-runs/${id}/links`)
    expect(await ask()).toMatchObject({ status: 409, body: { code: 'state_conflict', state: 'queued' } })
    expect((await api.ask('finance', 'POST', '/v1/report-runs/999999/links')).status).toBe(404)
    await byHand.finish(id)
    const { path } = await link(id)
    await byHand.sql.query(`UPDATE report_run SET state = 'expired' WHERE id = $1`, [id])
    expect(await api.ask('finance', 'GET', path)).toMatchObject(OPENS_NOTHING)
    expect(await ask()).toMatchObject({ status: 409, body: { state: 'expired' } })
  })

  test('whose file is missing is answered so, opens nothing and is not used up: no download is recorded', async () => {
    const id = await made()
    const { path } = await link(id)
    const file = join(api.config.dataDir, 'reports', `${id}.1`)
    await rename(file, `${file}.away`)
    const answers = await Promise.all([1, 2, 3].map(() => api.ask('finance', 'GET', path)))
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 404, body: { detail: expect.stringContaining('LIJIAN_REPORT_DIR') } })
    expect(await accesses(id)).toEqual(['link finance'])
    await rename(`${file}.away`, file)
    expect((await api.ask('finance', 'GET', path)).status).toBe(200)
    expect(await api.ask('finance', 'GET', path)).toMatchObject(OPENS_NOTHING)
    expect(await accesses(id)).toEqual(['link finance', 'download finance'])
  })

  test('names no header: a file name of line breaks and quotes stays inside its own', async () => {
    const { path } = await link(await made('a"\r\nx-evil: 1\r\n(*)\u202E.csv'))
    const { status, headers } = await api.ask('finance', 'GET', path)
    expect([status, headers['x-evil']]).toEqual([200, undefined])
    expect(headers['content-disposition']).toMatch(
      /filename\*=UTF-8''a%22%0D%0Ax-evil%3A%201%0D%0A%28%2A%29%E2%80%AE\.csv$/,
    )
  })
})

describe('each kind has its scopes', () => {
  const keys = new Map<Scope, string>()
  const as = (scope: Scope, method: string, path: string, body?: unknown) =>
    api.ask('nobody', method, path, body, { authorization: `Bearer ${keys.get(scope)}` })
  const ALL: Scope[] = ['finance', 'read', 'read.money', 'admin', 'transactions', 'campaigns.make', 'routing']
  beforeAll(async () => {
    for (const scope of ALL) {
      const body = { client: 'people', name: scope, scopes: [scope] }
      keys.set(scope, (await api.ask('maker', 'POST', '/v1/api-keys', body)).body['key'] as string)
    }
    // One run of each kind there is, done.
    for (const { kind } of REPORTS)
      await byHand.sql.query(
        `INSERT INTO report_run (kind, parameters, format, language, encoding, request_hash, data_version, requested_by, state, finished_at,
           rows_count, bytes, sha256, file_name, snapshot, expires_at)
         VALUES ($1, '{"from":"2026-11-01","to":"2026-11-01"}', 'csv', 'zh', 'utf-8', $1, $1, 'k', 'done', now(), 1, 1, $2, 'x.csv', 'x',
           now() + interval '1 day')`,
        [kind, 'ab'.repeat(32)],
      )
  })

  test.each(ALL)('%s sees and opens its kinds, and no other', async (scope) => {
    // `read` stands for every area but that of persons and keys.
    const opens = (one: Scope) =>
      one === scope || (scope === 'read' && one.startsWith('read.') && one !== 'read.people')
    const mine = REPORTS.filter(({ scopes }) => scopes.some(opens)).map(({ kind }) => kind)
    const listed = await as(scope, 'GET', '/v1/reports')
    const runs = await as(scope, 'GET', `/v1/report-runs?sha256=${'ab'.repeat(32)}`)
    if (mine.length === 0) {
      expect([listed.status, runs.status]).toEqual([403, 403])
    } else {
      expect((listed.body['reports'] as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([...mine].sort())
      expect((runs.body['runs'] as { kind: string }[]).map(({ kind }) => kind).sort()).toEqual([...mine].sort())
    }
    for (const { kind } of REPORTS) {
      const { rows } = await byHand.sql.query<{ id: number }>(
        'SELECT id::int FROM report_run WHERE request_hash = $1',
        [kind],
      )
      const id = rows[0]!.id
      const statuses = await Promise.all([
        as(scope, 'GET', `/v1/reports/${kind}?from=2026-11-01&to=2026-11-01`),
        as(scope, 'POST', '/v1/report-runs', {
          kind,
          parameters: { from: '2026-11-01', to: '2026-11-01', source: 'x' },
        }),
        as(scope, 'GET', `/v1/report-runs/${id}`),
        as(scope, 'POST', `/v1/report-runs/${id}/cancel`),
        as(scope, 'POST', `/v1/report-runs/${id}/links`),
      ]).then((answers) => answers.map(({ status }) => status === 403))
      expect([kind, ...statuses]).toEqual([kind, ...statuses.map(() => !mine.includes(kind))])
    }
  })
})
