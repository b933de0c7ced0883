import { Client } from 'pg'
import { waitingOf } from './testing/agreed'
import { testApi, type TestApi } from './testing/test-api'
import { twoPeopleTests } from './testing/two-people'

let api: TestApi
let sql: Client
let id: number
beforeAll(async () => {
  api = await testApi()
  sql = new Client({ connectionString: api.url })
  await sql.connect()
})
afterAll(async () => {
  await sql.end()
  await api.stop()
})
/** A case ends with an approval: each test has its own. */
beforeEach(async () => {
  const merchant = `M-${Date.now().toString(36)}`
  const over = { threshold: 1, cardsOver: 1, remindHours: 24, methods: ['unionpay'], parents: [] }
  const row = { kind: 'merchant', holder: merchant, period: '2026-11', card: 'ct_1', add: 2, over }
  await sql.query('SELECT count_card_usage($1)', [JSON.stringify([row])])
  const { rows } = await sql.query<{ id: string }>('SELECT id FROM card_usage_case WHERE merchant = $1', [merchant])
  id = Number(rows[0]!.id)
})

const explain = async (file: string) => {
  const answer = await api.ask('maker', 'POST', `/v1/card-usage-cases/${id}/explanation`, { file })
  const waiting = waitingOf(answer)
  if (waiting === undefined) throw new Error(answer.text)
  return waiting
}
const read = async () => (await api.ask('checker', 'GET', `/v1/card-usage-cases/${id}`)).body
const stopped = async () => (await sql.query('SELECT ref FROM suspension ORDER BY ref')).rows

test('a better explanation takes the place of one that waits; rejected as any proposal it asks for another one', async () => {
  const first = await explain('oss://a.pdf')
  const better = await explain('oss://b.pdf')
  expect(await explain('oss://b.pdf')).toEqual(better)
  const withdrawn = (await api.ask('checker', 'GET', `/v1/proposals/${first.id}`)).body
  expect(withdrawn).toMatchObject({ state: 'withdrawn', kind: 'card_usage', subject: String(id) })
  const body = { hash: better.hash, reason: 'no invoices' }
  expect((await api.ask('checker', 'POST', `/v1/proposals/${better.id}/reject`, body)).status).toBe(200)
  expect(await read()).toMatchObject({ state: 'waiting_explanation', decision: { reason: 'no invoices' } })
})

test('kept suspended: the case ends, and nothing is open', async () => {
  const { hash } = await explain('oss://a.pdf')
  const before = await stopped()
  const body = { hash, reason: 'not credible', keepSuspended: true }
  const kept = await api.ask('checker', 'POST', `/v1/card-usage-cases/${id}/reject`, body)
  expect(kept.body).toMatchObject({ state: 'kept_suspended', decision: { reason: 'not credible' } })
  expect(kept.body).not.toHaveProperty('proposal')
  expect((await api.ask('checker', 'POST', `/v1/card-usage-cases/${id}/reject`, body)).body).toEqual(kept.body)
  expect(await stopped()).toEqual(before)
})

describe('two people', () => {
  twoPeopleTests(
    () => api,
    () => ({ propose: (n) => explain(`oss://${n}.pdf`), standing: stopped }),
  )
})
