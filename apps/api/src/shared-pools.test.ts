import { Client } from 'pg'
import { sharedPool, waitingOf } from './testing/agreed'
import { testApi, type TestApi } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const document = (shared: object | undefined, merchants = ['M1']) => ({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A' }],
  mids: [{ code: 'MID-1', channel: 'CH-A' }],
  pools: [{ code: 'P-S', mids: ['MID-1'], shared }],
  merchants: merchants.map((merchant) => ({ merchant, routes: [{ method: 'qr', type: 'scan', pools: ['P-S'] }] })),
})
const put = (body: object, query = '') => api.ask('maker', 'PUT', `/v1/routing${query}`, body)
const propose = async (body: object) => {
  const answer = await api.ask('maker', 'POST', '/v1/routing/shared-pools', body)
  const waiting = waitingOf(answer)
  if (waiting === undefined) throw new Error(answer.text)
  return waiting
}
const withSql = async (text: string, values: unknown[]): Promise<void> => {
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  await sql.query(text, values).finally(() => sql.end())
}
const refused = { status: 422, body: { code: 'invalid_document', errors: [{ path: 'pools[0].shared' }] } }

test('a sentence is no approval: a pool is shared by an approved proposal about it, and in the name of its checker', async () => {
  expect(await put(document({ approvedBy: 'the chairman', reference: 'none' }))).toMatchObject(refused)
  const dry = await put(document({ approvedBy: 'the chairman', reference: 'none' }), '?dryRun=true')
  expect(dry.body['warnings']).toContainEqual(expect.objectContaining({ code: 'shared_not_approved', level: 'refuse' }))
  const { id } = await propose({ pool: 'P-S', reason: 'until its own come' })
  const waits = { approvedBy: 'checker', reference: String(id) }
  expect(await put(document(waits))).toMatchObject(refused)
  const other = await sharedPool(api, 'P-OTHER')
  expect(await put(document(other))).toMatchObject(refused)
  const approved = await sharedPool(api, 'P-S')
  expect(await put(document({ ...approved, approvedBy: 'maker' }))).toMatchObject(refused)
  // By login as by key.
  expect((await put(document({ ...approved, approvedBy: 'checker' }))).status).toBe(202)
  expect((await put(document(approved))).status).toBe(202)
})

test('an approval for some merchants lets nobody else in; what is live stays accepted', async () => {
  const approved = await sharedPool(api, 'P-S', ['M1', 'M2'])
  expect(await put(document(approved, ['M1', 'M3']))).toMatchObject(refused)
  expect((await api.agreed('maker', 'PUT', '/v1/routing', document(approved, ['M1', 'M2']))).status).toBe(200)
  // As a document of the time before two people had to agree.
  await withSql(`INSERT INTO routing_version (version, document, maker) VALUES (99, $1, 'before')`, [
    JSON.stringify(document({ approvedBy: 'Risk', reference: 'R-1' })),
  ])
  expect((await put(document({ approvedBy: 'Risk', reference: 'R-1' }, ['M1', 'M4']))).status).toBe(202)
  expect(await put(document({ approvedBy: 'Risk', reference: 'R-2' }))).toMatchObject(refused)
})

test('the same again is the same proposal', async () => {
  const body = { pool: 'P-TWICE', merchants: ['M1'], reason: 'until its own come' }
  expect(await propose(body)).toEqual(await propose(body))
})

describe('two people', () => {
  twoPeopleTests(
    () => api,
    () => ({
      propose: (n) => propose({ pool: 'P-TWO', reason: 'x'.repeat(n) }),
      standing: async () => {
        const { body } = await api.ask('maker', 'GET', '/v1/proposals?kind=shared_pool&state=approved')
        return (body['proposals'] as { id: number }[]).map(({ id }) => id)
      },
    }),
  )
})
