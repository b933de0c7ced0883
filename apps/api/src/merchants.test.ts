import { campaign, merchant, payment } from './testing/documents'
import { lines } from './testing/groups'
import { testApi, type TestApi } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'
import { send } from './testing/upload'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
}, 60_000)
afterAll(() => api.stop())

const put = (id: string, more: object = {}) =>
  api.ask('maker', 'PUT', `/v1/merchants/${id}`, { ...merchant, id, ...more })
const listed = async (query: string) => {
  const { body } = await api.ask('checker', 'GET', `/v1/merchants?${query}`)
  return { ids: (body.merchants as { id: string }[]).map(({ id }) => id), next: body.next }
}

test('merchants are listed page by page, by how they begin, MCC, region, branch and status', async () => {
  await put('LA1', { name: '老街面馆', mcc: '5812', region: '440305', branch: 'head-office' })
  await put('LA2', { name: '老街茶铺', mcc: '5499', region: '440106' })
  await put('LB1', { name: '超市', mcc: '5411', region: '110105', status: 'suspended' })
  expect(await listed('q=L&limit=2')).toEqual({ ids: ['LA1', 'LA2'], next: 'LA2' })
  expect(await listed('q=L&limit=2&after=LA2')).toEqual({ ids: ['LB1'], next: undefined })
  expect((await listed(`q=${encodeURIComponent('老街')}`)).ids).toEqual(['LA1', 'LA2'])
  expect((await listed('region=44&q=L')).ids).toEqual(['LA1', 'LA2'])
  expect((await listed('region=440300')).ids).toEqual(['LA1'])
  expect((await listed('mcc=5411')).ids).toEqual(['LB1'])
  expect((await listed('branch=head-office')).ids).toEqual(['LA1'])
  expect((await listed('status=suspended')).ids).toEqual(['LB1'])
  expect((await listed('group=NONE')).ids).toEqual([])
  expect((await api.ask('checker', 'GET', '/v1/merchants?q=LA1')).body.merchants).toMatchObject([
    { id: 'LA1', name: '老街面馆', mcc: '5812', region: '440305', branch: 'head-office', status: 'active' },
  ])
})

test('a branch that is not there is refused by its place', async () => {
  const answer = await put('LB2', { branch: 'nowhere' })
  expect(answer).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'branch', message: 'expected a branch that exists' }] },
  })
})

test('a merchant that has left gets no offer, of those that name it and of those for everybody, until it comes back', async () => {
  await put('GONE')
  await api.ask(
    'maker',
    'PUT',
    '/v1/campaigns/LEAVING',
    campaign({ code: 'LEAVING' }, { code: 'NAMED', merchants: ['GONE'] }),
  )
  await api.ask('checker', 'POST', '/v1/campaigns/LEAVING/approve')
  await api.ask('maker', 'PUT', '/v1/campaigns/ALL', campaign({ code: 'ALL' }, { code: 'ANY', merchants: undefined }))
  await api.ask('checker', 'POST', '/v1/campaigns/ALL/approve')
  const paid = async (serial: string) =>
    (await api.ask('system', 'POST', '/v1/transactions?explain=true', payment(serial, { merchant: 'GONE' }))).body
  expect(await paid('LEFT-A')).toMatchObject({ state: 'held' })
  for (const _ of [1, 2])
    expect((await api.ask('maker', 'POST', '/v1/merchants/GONE/leave')).body).toMatchObject({ status: 'left' })
  expect(await paid('LEFT-B')).toMatchObject({
    state: 'no_offer',
    reasons: expect.arrayContaining([
      { offer: 'ANY', reason: 'merchant_not_bound' },
      { offer: 'NAMED', reason: 'merchant_not_bound' },
    ]),
  })
  expect((await api.ask('checker', 'GET', '/v1/merchants?status=left')).body.merchants).toMatchObject([{ id: 'GONE' }])
  await put('GONE')
  expect(await paid('LEFT-C')).toMatchObject({ state: 'held' })
  expect((await api.ask('maker', 'POST', '/v1/merchants/NOBODY/leave')).status).toBe(404)
})

test('what a stored merchant pays, and where it is settled, waits for another person; a name does not', async () => {
  const fees = (ppm: number) => ({ fees: { default: { ppm } } })
  const read = async () => (await api.ask('checker', 'GET', '/v1/merchants/FEE-A')).body
  const approve = (who: 'maker' | 'checker', { id, hash }: Record<string, unknown>) =>
    api.ask(who, 'POST', `/v1/proposals/${String(id)}/approve`, { hash })
  expect(await put('FEE-A', fees(6000))).toMatchObject({ status: 200 })
  expect(await put('FEE-A', { ...fees(6000), name: 'other' })).toMatchObject({ status: 200 })
  const waits = await put('FEE-A', fees(1))
  expect(waits).toMatchObject({
    status: 202,
    body: { kind: 'merchant_fees', subject: 'FEE-A', before: fees(6000), body: fees(1) },
  })
  expect((await put('FEE-A', fees(1))).body).toMatchObject({ id: waits.body.id })
  expect(await read()).toMatchObject(fees(6000))
  expect(await approve('maker', waits.body)).toMatchObject({ status: 403 })
  expect((await Promise.all([1, 2].map(() => approve('checker', waits.body)))).map(({ status }) => status)).toEqual([
    200, 200,
  ])
  expect(await read()).toMatchObject(fees(1))
  expect(await put('FEE-A', fees(1))).toMatchObject({ status: 200 })
  // Changed in between: what was shown is not what stands.
  for (const [money, between] of [
    [{ ...fees(1), clearingSystem: 'bank' }, 'left'],
    [{ ...fees(1), feeOnRefund: 'keep' }, 'active'],
  ] as const) {
    const later = await put('FEE-A', money)
    expect(later).toMatchObject({ status: 202 })
    expect(await put('FEE-A', { ...fees(1), status: between })).toMatchObject({ status: 200 })
    expect(await approve('checker', later.body)).toMatchObject({ status: 409, body: { code: 'changed_since' } })
  }
})

const feesOf = (ppm: number) => ({ fees: { default: { ppm } } })
const imported = (rows: object[]) => send(api, '/v1/merchants/imports', lines(rows.map((row) => JSON.stringify(row))))
const ofFile = (ppm: number) =>
  ['FILE-A', 'FILE-B'].map((id) => ({
    id,
    name: id,
    ...feesOf(ppm),
    ...(id === 'FILE-B' && { clearingSystem: 'bank' }),
  }))

test('what a file changes of fees waits as one proposal; its other lines count at once, and the same file is the same', async () => {
  for (const id of ['FILE-A', 'FILE-B', 'FILE-C']) await put(id, feesOf(6000))
  const rows = [...ofFile(10), { id: 'FILE-C', name: 'renamed' }, { id: 'FILE-D', name: 'new', ...feesOf(10) }]
  const { body } = await imported(rows)
  expect(body).toMatchObject({ state: 'done', changed: true, members: 2, proposal: expect.any(Number) })
  const read = async (id: string) => (await api.ask('checker', 'GET', `/v1/merchants/${id}`)).body
  expect(await read('FILE-A')).toMatchObject(feesOf(6000))
  expect(await read('FILE-B')).not.toHaveProperty('clearingSystem')
  expect(await read('FILE-C')).toMatchObject({ name: 'renamed', ...feesOf(6000) })
  expect(await read('FILE-D')).toMatchObject(feesOf(10))
  expect((await imported(rows)).body).toMatchObject({ changed: false, members: 0, proposal: body.proposal })
  const waits = (await api.ask('checker', 'GET', `/v1/proposals/${String(body.proposal)}`)).body
  expect(waits).toMatchObject({
    kind: 'merchant_fees',
    before: { merchants: { 'FILE-A': feesOf(6000) } },
    body: { merchants: { 'FILE-A': feesOf(10), 'FILE-B': { clearingSystem: 'bank' } } },
  })
  const { id, hash } = waits as { id: number; hash: string }
  expect((await api.ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })).status).toBe(200)
  expect(await read('FILE-B')).toMatchObject({ ...feesOf(10), clearingSystem: 'bank' })
  expect((await imported(rows)).body).toMatchObject({ changed: false, members: 0 })
  expect((await imported(rows)).body).not.toHaveProperty('proposal')
})

test('a file that changes the fees of more merchants than a person reads is refused as a whole', async () => {
  const many = Array.from({ length: 501 }, (_, i) => ({ id: `MANY-${i}-M`, name: 'x', ...feesOf(1) }))
  expect((await imported(many)).body).toMatchObject({ members: 501 })
  expect(await imported(many.map((one) => ({ ...one, ...feesOf(2) })))).toMatchObject({ status: 413 })
  expect((await api.ask('checker', 'GET', '/v1/merchants/MANY-0-M')).body).toMatchObject(feesOf(1))
  expect((await imported(many.slice(1).map((one) => ({ ...one, ...feesOf(2) })))).body).toMatchObject({ members: 0 })
})

describe('fees of a file', () => {
  twoPeopleTests(
    () => api,
    () => ({
      async propose(n) {
        const { body } = await imported(ofFile(100 + n))
        return (await api.ask('checker', 'GET', `/v1/proposals/${String(body.proposal)}`)).body as never
      },
      standing: async () => (await api.ask('checker', 'GET', '/v1/merchants?q=FILE-')).body,
      changeBehind: (sql) =>
        sql.query(`UPDATE merchant SET document = (document::jsonb || '{"name":"between"}')::json WHERE id = 'FILE-A'`),
    }),
  )
})
