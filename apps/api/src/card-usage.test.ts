import { brokenInvariants } from '@lijian/verification'
import { Client } from 'pg'
import { cardNumber } from './testing/card-numbers'
import { testApi, type Answer, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  const routing = await api.agreed('maker', 'PUT', '/v1/routing', {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A' }],
    mids: [{ code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M1'] }],
    pools: [{ code: 'P-A', mids: ['MID-1'] }],
    merchants: [{ merchant: 'M1', routes: [{ method: 'unionpay', type: 'qr', pools: ['P-A'] }] }],
    cardUsage: { thresholds: [{ month: 2 }] },
  })
  expect(routing.status).toBe(200)
})
afterAll(async () => {
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  expect(await brokenInvariants(sql)).toEqual({})
  await sql.end()
  await api.stop()
})

const card = { pan: cardNumber(7) }
const ask = (path: string, body: object) => api.ask('system', 'POST', path, body)
const route = (serial: string, change: object = { card }) =>
  ask('/v1/routes', { serial, merchant: 'M1', method: 'unionpay', type: 'qr', amount: 10_000, ...change })
const result = (serial: string, change: object = {}) =>
  ask(`/v1/routes/${serial}/result`, { mid: 'MID-1', outcome: 'success', ...change })

test('what answers say: the question before, the result after, the read now; a card that the result tells counts', async () => {
  expect((await route('A')).body).toMatchObject({ cardUsage: 'ok', cardUsageCounts: [{ count: 0 }, { count: 0 }] })
  expect((await result('A')).body).toMatchObject({
    cardUsage: 'ok',
    cardUsageCounts: [
      { of: 'merchant', code: 'M1', count: 1, threshold: 2, usage: 'ok' },
      { of: 'merchant', count: 1 },
    ],
  })
  expect((await route('B', {})).body).not.toHaveProperty('cardUsage')
  expect((await result('B', { card })).body).toMatchObject({ cardUsage: 'near', state: 'succeeded' })
  const payment = await ask('/v1/payments', {
    serial: 'C',
    merchant: 'M1',
    paymentMethod: 'unionpay',
    type: 'qr',
    amount: 10_000,
    card,
  })
  expect(payment.body).toMatchObject({
    route: { mid: 'MID-1' },
    cardUsage: 'near',
    cardUsageCounts: [{ count: 2 }, {}],
  })
  expect((await result('C')).body).toMatchObject({ cardUsage: 'over', cardUsageCounts: [{ count: 3 }, {}] })
  expect((await api.ask('system', 'GET', '/v1/routes/A')).body).toMatchObject({ cardUsage: 'over' })
  expect((await route('D')).body).toMatchObject({ route: null, reasons: [{ reason: 'suspended', of: 'merchant' }] })
})

test('the case over HTTP: who may not, what is wrong, what is not there; listed in pages', async () => {
  const { body } = await api.ask('finance', 'GET', '/v1/card-usage-cases?merchant=M1&method=unionpay')
  expect(body).toMatchObject({ cases: [{ state: 'waiting_explanation', cards: 1 }] })
  const { id } = (body.cases as { id: number }[])[0]!
  const path = `/v1/card-usage-cases/${id}`
  expect((await api.ask('finance', 'GET', path)).body).toMatchObject({
    cardsOver: [{ count: 3, cardToken: expect.stringMatching(/^cs_/) as string }],
    notices: [],
    history: [{ what: 'opened', by: '@card-usage' }],
  })
  const file = { file: 'oss://m1.pdf' }
  expect((await api.ask('finance', 'POST', `${path}/explanation`, file)).status).toBe(403)
  expect((await api.ask('maker', 'POST', `${path}/explanation`, { file: 'two words' })).status).toBe(400)
  expect(
    (await api.ask('maker', 'POST', `${path}/explanation`, { ...file, note: 'card 6222020000000000' })).status,
  ).toBe(400)
  const decide = async (who: 'maker' | 'checker', what: string, body: object) =>
    (await api.ask(who, 'POST', `${path}/${what}`, body)).body
  const none = { hash: '0'.repeat(64) }
  expect(await decide('maker', 'approve', none)).toMatchObject({ code: 'state_conflict' })
  const explained = await api.ask('maker', 'POST', `${path}/explanation`, file)
  expect(explained).toMatchObject({ status: 202, body: { state: 'waiting_review' } })
  const hashOf = ({ body: said }: Answer) => ({ hash: (said['proposal'] as { hash: string }).hash })
  const seen = hashOf(explained)
  expect(await decide('maker', 'reject', { ...seen, reason: 'no' })).toMatchObject({ code: 'maker_is_checker' })
  expect((await api.ask('checker', 'POST', `${path}/reject`, seen)).status).toBe(400)
  expect((await api.ask('checker', 'POST', `${path}/approve`)).status).toBe(400)
  expect(await decide('checker', 'approve', none)).toMatchObject({ code: 'changed_since' })
  const back = await decide('checker', 'reject', { ...seen, reason: 'no invoices' })
  expect(back).toMatchObject({ state: 'waiting_explanation', decision: { reason: 'no invoices' } })
  const better = hashOf(await api.ask('maker', 'POST', `${path}/explanation`, { file: 'oss://m1-b.pdf' }))
  expect(await decide('checker', 'approve', seen)).toMatchObject({ code: 'changed_since' })
  expect(await decide('checker', 'approve', better)).toMatchObject({ state: 'reopened' })
  expect((await api.ask('finance', 'GET', '/v1/card-usage-cases/99')).status).toBe(404)
  expect((await api.ask('finance', 'GET', '/v1/card-usage-cases?state=open')).status).toBe(400)
})

test('cards by their payments', async () => {
  const list = (query: string) => api.ask('finance', 'GET', `/v1/card-usage?${query}`)
  expect((await list('merchant=M1&min=3')).body).toMatchObject({ of: 'merchant', code: 'M1', cards: [{ count: 3 }] })
  expect((await list('merchant=M1&min=4')).body).toMatchObject({ cards: [] })
  expect((await list('merchant=M1&month=2020-01')).body).toMatchObject({ period: '2020-01', cards: [] })
  for (const query of [
    '',
    'merchant=M1&parent=P1',
    'merchant=M1&month=2020-13',
    'merchant=M1&month=2020-01&day=2020-01-01',
  ])
    expect([query, (await list(query)).status]).toEqual([query, 400])
})
