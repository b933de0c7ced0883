import { createHash } from 'node:crypto'
import { canonicalJson } from '@lijian/contracts/system'
import { waitingOf } from './testing/agreed'
import { testApi, type Answer, type TestApi } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const document = (dailyAmount: number, merchants = 1) => ({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A' }],
  mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M1'], dailyAmount }],
  pools: [{ code: 'P-A', mids: ['MID-1'] }],
  merchants: Array.from({ length: merchants }, (_, i) => ({
    merchant: `M${i + 1}`,
    routes: [{ method: 'qr', type: 'scan', pools: ['P-A'] }],
  })),
})
const put = (body: object, who: 'maker' | 'checker' = 'maker') => api.ask(who, 'PUT', '/v1/routing', body)
const proposalOf = (answer: Answer) => {
  const waiting = waitingOf(answer)
  if (waiting === undefined) throw new Error(answer.text)
  return waiting
}
const read = (path: string) => api.ask('maker', 'GET', path)
let serial = 0
const refusalOf = async (amount: number): Promise<string | null> => {
  const body = { serial: `RP-${serial++}x`, merchant: 'M1', method: 'qr', type: 'scan', amount }
  const { reasons } = (await api.ask('system', 'POST', '/v1/routes', body)).body as { reasons?: { reason: string }[] }
  return reasons?.[0]?.reason ?? null
}

test('the first document: nothing is routed by it before another person has approved it', async () => {
  const answer = await put(document(100_000))
  expect(answer).toMatchObject({ status: 202, body: { version: 1, mids: 1 } })
  expect((await read('/v1/routing')).status).toBe(404)
  expect(await refusalOf(100)).toBe('no_route')
  expect((await read('/v1/routing?version=1')).body).toMatchObject({ version: 1, draft: true })
  const { id, hash } = proposalOf(answer)
  expect((await api.ask('checker', 'POST', `/v1/proposals/${id}/approve`, { hash })).body).toMatchObject({ state: 'approved' }) // prettier-ignore
  const live = (await read('/v1/routing')).body
  expect(live).toMatchObject({ version: 1, proposal: id, checker: expect.any(String) as string })
  expect(live['checker']).not.toBe(live['maker'])
  expect(live).not.toHaveProperty('draft')
  expect(await refusalOf(100)).toBeNull()
})

test('the same text changes nothing, neither as what is live nor as what waits, by whomever', async () => {
  expect(await put(document(100_000))).toMatchObject({ status: 200, body: { version: 1 } })
  const first = await put(document(200_000))
  expect((await put(document(200_000))).body).toEqual(first.body)
  expect((await put(document(200_000), 'checker')).body).toEqual(first.body)
  expect(await Promise.all([1, 2].map(async () => (await put(document(200_000))).body))).toEqual([first.body, first.body]) // prettier-ignore
})

test('what waits is not amended', async () => {
  const { id } = proposalOf(await put(document(200_000)))
  expect(await api.ask('maker', 'PUT', `/v1/proposals/${id}`, document(1))).toMatchObject({
    status: 409,
    body: { code: 'state_conflict' },
  })
})

test('a later document takes the place of one that waits; its hash covers the whole document', async () => {
  const first = proposalOf(await put(document(200_000)))
  const later = await put(document(300_000, 2))
  expect((await read(`/v1/proposals/${first.id}`)).body).toMatchObject({ state: 'withdrawn' })
  const { id, hash } = proposalOf(later)
  const shown = (await read(`/v1/proposals/${id}`)).body
  const whole = (await read(`/v1/routing?version=${String(later.body['version'])}`)).body['document']
  const sha256 = createHash('sha256').update(canonicalJson(whole)).digest('hex')
  expect(shown).toMatchObject({ hash, before: { version: 1, mids: [{ dailyAmount: 100_000 }] }, body: { sha256 } })
  expect(shown['changes']).toContainEqual(
    expect.objectContaining({ path: 'mids[MID-1].dailyAmount', before: '1000.00', after: '3000.00' }),
  )
  // What is equal is not shown again.
  expect((shown['body'] as { merchants: unknown[] }).merchants).toMatchObject([{ merchant: 'M2' }])
  expect(shown['body']).not.toHaveProperty('channels')
})

test('a document of thousands of merchants is shown in numbers, and whole by its version', async () => {
  const answer = await put(document(300_000, 5000))
  const shown = await read(`/v1/proposals/${proposalOf(answer).id}`)
  expect(shown.text.length).toBeLessThan(4000)
  expect(shown.body).toMatchObject({ body: { differing: { mids: 1, merchants: 4999 } } })
})

describe('two people', () => {
  twoPeopleTests(
    () => api,
    () => ({
      propose: async (n) => proposalOf(await put(document(1_000_000 + n))),
      standing: async () => (await read('/v1/routing')).body,
      changeBehind: (sql) =>
        sql.query(
          `INSERT INTO routing_version (version, document, maker)
           SELECT (SELECT max(version) FROM routing_draft) + 1, document, 'behind' FROM routing_version ORDER BY version DESC LIMIT 1`,
        ),
    }),
  )
})
