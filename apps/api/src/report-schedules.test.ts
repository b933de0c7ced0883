import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  const reportTargets = join(await mkdtemp(join(tmpdir(), 'lijian-targets-')), 'targets.json')
  await writeFile(reportTargets, JSON.stringify({ archive: { kind: 'folder' } }))
  api = await testApi({ reportTargets })
})
afterAll(() => api.stop())

const daily = { kind: 'merchant', range: 'yesterday', at: '07:30', when: { every: 'day' }, deliverTo: ['archive'] }
const put = (code: string, changed: object = {}, who: 'finance' | 'system' | 'nobody' = 'finance') =>
  api.ask(who, 'PUT', `/v1/report-schedules/${code}`, { ...daily, ...changed })
const errorsOf = async (changed: object) => {
  const { status, body } = await put('WRONG', changed)
  return [
    status,
    (body['errors'] as { path: string; message: string }[])?.map(({ path, message }) => `${path}: ${message}`),
  ]
}

test('stored, read, listed, stored again, ended twice, begun again', async () => {
  const first = await put('CCB', { parameters: { partner: 'CCB' } })
  expect(first).toMatchObject({ status: 200, body: { code: 'CCB', format: 'xlsx', active: true, at: '07:30' } })
  expect(await put('CCB', { parameters: { partner: 'CCB' } })).toMatchObject({ status: 200, text: first.text })
  expect((await api.ask('finance', 'GET', '/v1/report-schedules/CCB')).text).toBe(first.text)
  expect((await api.ask('finance', 'GET', '/v1/report-schedules')).body['schedules']).toEqual([first.body])
  const ended = await api.ask('finance', 'POST', '/v1/report-schedules/CCB/end')
  expect(ended.body).toMatchObject({ active: false, at: '07:30', parameters: { partner: 'CCB' } })
  expect((await api.ask('finance', 'POST', '/v1/report-schedules/CCB/end')).text).toBe(ended.text)
  expect((await put('CCB')).body).toMatchObject({ active: true, parameters: {} })
})

test('what is odd is refused with its place, and nothing is stored', async () => {
  expect(await errorsOf({ parameters: { from: '2026-01-01' } })).toEqual([400, [expect.stringMatching(/^parameters/)]])
  expect(await errorsOf({ parameters: { source: 'bank' } })).toEqual([
    400,
    ['parameters.source: not expected: a report merchant does not take it'],
  ])
  expect(await errorsOf({ section: 'moon' })).toEqual([400, [expect.stringMatching(/^section: expected one of/)]])
  expect(await errorsOf({ at: '24:00' })).toEqual([400, ['at: expected a time of day from 00:00 to 23:59']])
  expect(await errorsOf({ zone: 'Mars/Base' })).toEqual([400, ['zone: expected a time zone such as "Asia/Shanghai"']])
  expect(await errorsOf({ when: { every: 'month', on: [31] } })).toEqual([
    400,
    [expect.stringMatching(/^when\.on\[0\]/)],
  ])
  expect(await errorsOf({ when: { every: 'week', on: ['monday', 'monday'] } })).toEqual([
    400,
    [expect.stringMatching(/^when\.on: expected each one once/)],
  ])
  expect(await errorsOf({ deliverTo: ['archive', 'https://evil.example'] })).toEqual([
    400,
    [expect.stringMatching(/^deliverTo\[1\]/)],
  ])
  expect(await errorsOf({ deliverTo: ['elsewhere'] })).toEqual([
    400,
    ['deliverTo[0]: expected a target of LIJIAN_REPORT_TARGETS: archive'],
  ])
  expect(await api.ask('finance', 'GET', '/v1/report-schedules/WRONG')).toMatchObject({ status: 404 })
  expect(await api.ask('finance', 'POST', '/v1/report-schedules/WRONG/end')).toMatchObject({ status: 404 })
})

test('a key without the right of the kind neither reads, stores, replaces nor ends it, and does not see it listed', async () => {
  const { text } = await put('OURS')
  const { body } = await api.ask('maker', 'POST', '/v1/api-keys', {
    client: 'system',
    name: 'auditor',
    scopes: ['admin'],
  })
  const asAuditor = async (method: string, path: string, document?: object) => {
    const reply = await fetch(`${api.base}/v1/report-schedules${path}`, {
      method,
      headers: { authorization: `Bearer ${body['key'] as string}`, 'content-type': 'application/json' },
      ...(document ? { body: JSON.stringify(document) } : {}),
    })
    return { status: reply.status, body: (await reply.json()) as { code?: string; schedules?: unknown[] } }
  }
  expect(await put('OURS', { at: '08:00' }, 'system')).toMatchObject({ status: 403 })
  expect(await put('OURS', { at: '08:00' }, 'nobody')).toMatchObject({ status: 401 })
  for (const [method, path, document] of [
    ['GET', '/OURS'],
    ['PUT', '/OURS', { ...daily, at: '08:00' }],
    ['POST', '/OURS/end'],
  ] as const)
    expect(await asAuditor(method, path, document)).toMatchObject({ status: 403, body: { code: 'forbidden' } })
  expect(JSON.stringify((await asAuditor('GET', '')).body)).not.toContain('OURS')
  expect((await api.ask('finance', 'GET', '/v1/report-schedules/OURS')).text).toBe(text)
})
