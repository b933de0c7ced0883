import { Client } from 'pg'
import { clearingSystemRequest } from '@lijian/contracts/finance'
import { EXAMPLES } from '@lijian/contracts/examples'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const open = (date: string) => api.ask('finance', 'POST', '/v1/clearing-runs', { date })

test('a date that is over is opened once, with the dates between; the others are refused with what to do', async () => {
  expect(await open('2026-10-23')).toMatchObject({
    status: 200,
    body: {
      businessDate: '2026-10-23',
      settlementDate: '2026-10-26',
      state: 'opened',
      opened: ['2026-10-23'],
      files: [],
    },
  })
  expect(await open('2026-10-25')).toMatchObject({ body: { opened: ['2026-10-24', '2026-10-25'] } })
  // The same request again is the same answer; another one is told how the date stands.
  expect(await open('2026-10-25')).toMatchObject({ body: { opened: ['2026-10-24', '2026-10-25'] } })
  expect(await open('2026-10-24')).toMatchObject({ status: 200, body: { opened: [] } })
  expect(await open('2026-10-22')).toMatchObject({
    status: 404,
    body: { detail: 'Clearing begins on 2026-10-23: there is no run of 2026-10-22' },
  })
  expect(await open('2999-01-01')).toMatchObject({
    status: 409,
    body: { code: 'state_conflict', detail: expect.stringContaining('is not over') },
  })
  expect(await open('2026-02-30')).toMatchObject({ status: 400, body: { errors: [{ path: 'date' }] } })
  const listed = await api.ask('finance', 'GET', '/v1/clearing-runs?limit=2')
  expect(listed.body).toMatchObject({
    runs: [{ businessDate: '2026-10-25' }, { businessDate: '2026-10-24' }],
    next: '2026-10-24',
  })
})

test('years beyond the calendar are settled Monday to Friday, with a warning', async () => {
  const far = await testApi({ timeZone: 'Asia/Shanghai' })
  const answer = await far.ask('finance', 'POST', '/v1/clearing-runs', { date: '2017-12-29' })
  expect(answer).toMatchObject({
    body: { settlementDate: '2018-01-02', warnings: [expect.stringContaining('Monday to Friday')] },
  })
  await far.stop()
})

test('only finance clears; others with "read" look', async () => {
  expect(await api.ask('maker', 'POST', '/v1/clearing-runs', { date: '2026-10-23' })).toMatchObject({ status: 403 })
  expect(await api.ask('system', 'GET', '/v1/clearing-files')).toMatchObject({ status: 403 })
  expect(await api.ask('maker', 'GET', '/v1/clearing-files')).toMatchObject({ status: 200, body: { files: [] } })
  expect(await api.ask('finance', 'GET', '/v1/clearing-runs/2020-01-01')).toMatchObject({ status: 404 })
  expect(
    await api.ask('finance', 'POST', '/v1/clearing-files/999/acknowledgement', { outcome: 'accepted' }),
  ).toMatchObject({ status: 404 })
  expect(await api.ask('finance', 'POST', '/v1/clearing-files/999/replacement', { reason: 'x' })).toMatchObject({
    status: 404,
  })
})

test('a clearing system says how its files look; every fault of a layout is told at once', async () => {
  const request = clearingSystemRequest.parse(EXAMPLES['clearing-system-request'])
  const put = (body: unknown) => api.ask('finance', 'PUT', '/v1/clearing-systems/bank', body)
  const { status, body } = await put(request)
  expect({ status, body }).toMatchObject({
    status: 202,
    body: { kind: 'clearing_system', subject: 'bank', before: null, body: request, state: 'proposed' },
  })
  // Nothing looks so before another person has read it; the same again waits already.
  expect(await api.ask('finance', 'GET', '/v1/clearing-systems/bank')).toMatchObject({ status: 404 })
  expect((await put(request)).body).toMatchObject({ id: body.id, hash: body.hash })
  const approve = (who: 'finance' | 'both', { id, hash }: Record<string, unknown>) =>
    api.ask(who, 'POST', `/v1/proposals/${String(id)}/approve`, { hash })
  expect(await approve('finance', body)).toMatchObject({ status: 403, body: { code: 'maker_is_checker' } })
  expect((await Promise.all([approve('both', body), approve('both', body)])).map((one) => one.status)).toEqual([
    200, 200,
  ])
  expect(await put(request)).toMatchObject({ status: 200, body: { code: 'bank', layouts: request.layouts } })
  // Proposed from what stands: a change in between is seen.
  const later = (await put({ ...request, name: 'later' })).body
  expect(later).toMatchObject({
    before: { name: request.name },
    changes: [{ path: 'name', before: request.name, after: 'later' }],
  })
  const db = new Client({ connectionString: api.url })
  await db.connect()
  await db.query(`UPDATE clearing_system SET name = 'between' WHERE code = 'bank'`)
  expect(await approve('both', later)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
  await db.query(`UPDATE clearing_system SET name = $1 WHERE code = 'bank'`, [request.name])
  await db.end()
  const fee = request.layouts.fee as object
  const wrong = await put({
    name: 'x',
    layouts: {
      fee: {
        ...fee,
        form: { type: 'fixed' },
        columns: [
          { field: 'serial', width: 4, pad: '0' },
          { field: 'settle' },
          { field: 'offer', constant: 'x', width: 1 },
        ],
        fileName: '../{kind}',
      },
    },
  })
  expect(wrong.status).toBe(422)
  expect(JSON.stringify(wrong.body['errors'])).toContain('fileName')
  expect(await put({ name: 'x', layouts: { amount: 'no-such' } })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'layouts.amount' }] },
  })
  expect(await put({ name: 'x', layouts: { settlement: 'lijian-csv' } })).toMatchObject({ status: 422 })
  expect(await api.ask('finance', 'GET', '/v1/clearing-systems/bank')).toMatchObject({
    body: { layouts: request.layouts },
  })
})
