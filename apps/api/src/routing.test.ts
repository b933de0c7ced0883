import { brokenInvariants } from '@lijian/verification'
import type { RoutingDocument } from '@lijian/contracts/routing'
import { Client } from 'pg'
import { campaign } from './testing/documents'
import { cardNumber } from './testing/card-numbers'
import { sharedPool } from './testing/agreed'
import { testApi, type TestApi, type Who } from './testing/test-api'

let api: TestApi
let approved: object
beforeAll(async () => {
  api = await testApi()
  approved = await sharedPool(api, 'P-S')
})
afterAll(async () => {
  const sql = new Client({ connectionString: api.url })
  await sql.connect()
  expect(await brokenInvariants(sql)).toEqual({})
  await sql.end()
  await api.stop()
})

/** Two MIDs of M1 and one that anybody may use. */
function document(change: object = {}, shared: object | null = approved) {
  return {
    timeZone: 'Asia/Shanghai',
    channels: [{ code: 'CH-A', cards: [{ costPpm: 5500 }] }],
    mids: [
      {
        code: 'MID-1',
        channel: 'CH-A',
        dailyAmount: 50_000,
        allowedMerchants: ['M1'],
        secretRef: 'ch-a/1',
        priority: 2,
      },
      { code: 'MID-2', channel: 'CH-A', dailyAmount: 50_000, allowedMerchants: ['M1'], priority: 1 },
      { code: 'MID-3', channel: 'CH-A', dailyAmount: 50_000 },
    ],
    pools: [
      { code: 'P-A', mids: ['MID-1', 'MID-2'], order: 'priority' },
      { code: 'P-S', mids: ['MID-3'], ...(shared && { shared }) },
    ],
    merchants: [{ merchant: 'M1', routes: [{ method: 'qr', type: 'scan', pools: ['P-A', 'P-S'] }] }],
    ...change,
  }
}
const put = (who: Who, body: unknown, query = '') => api.agreed(who, 'PUT', `/v1/routing${query}`, body)
const route = (serial: string, change: object = {}, query = '') =>
  api.ask('system', 'POST', `/v1/routes${query}`, {
    serial,
    merchant: 'M1',
    method: 'qr',
    type: 'scan',
    amount: 10_000,
    ...change,
  })

test('no document: no route, and nothing to read', async () => {
  expect((await route('N1')).body).toMatchObject({ route: null, reasons: [{ reason: 'no_route' }] })
  expect((await api.ask('maker', 'GET', '/v1/routing')).status).toBe(404)
})

test('every error at once with its path, in both languages; nothing is stored', async () => {
  const answer = await put('maker', document({ timeZone: 'nowhere', pools: [{ code: 'P-A', mids: ['MID-9'] }] }))
  expect(answer.status).toBe(422)
  expect(answer.body.errors).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ path: 'timeZone', messageZh: expect.stringMatching(/[一-鿿]/) as string }),
      expect.objectContaining({ path: 'pools[0].mids[0]' }),
      expect.objectContaining({ path: 'merchants[0].routes[0].pools[1]' }),
    ]),
  )
  expect((await api.ask('maker', 'GET', '/v1/routing')).status).toBe(404)
})

test.each(['{"mids": [', '{"__proto__": {}}'])('what is no JSON is refused as everywhere: %s', async (body) => {
  const headers = { authorization: `Bearer ${api.keys.maker}`, 'content-type': 'application/json' }
  const answer = await fetch(`${api.base}/v1/routing`, { method: 'PUT', headers, body })
  expect([answer.status, await answer.json()]).toMatchObject([
    400,
    { code: 'invalid_request', detail: 'The body is not valid JSON' },
  ])
})

test('a shared MID needs its pool’s approval: told in a dry run, refused live; versions keep who and when', async () => {
  const dry = await put('maker', document({}, null), '?dryRun=true')
  expect(dry.body).toMatchObject({ dryRun: true, mids: 3 })
  expect(dry.body.warnings).toContainEqual(expect.objectContaining({ code: 'shared_mid', level: 'refuse' }))
  const refused = await put('maker', document({}, null))
  expect({ status: refused.status, code: refused.body.code }).toEqual({ status: 422, code: 'invalid_document' })
  expect((await put('system', document())).status).toBe(403)
  expect((await put('maker', document())).body).toMatchObject({ version: 1, channels: 1, pools: 2, merchants: 1 })
  expect((await put('checker', document())).body).toMatchObject({ version: 1 })
  expect((await put('checker', document({ name: undefined }))).body).toMatchObject({ version: 1 })
  const next = document()
  next.mids[2]!.dailyAmount = 60_000
  expect((await put('checker', next)).body).toMatchObject({ version: 2 })
  const versions = (await api.ask('maker', 'GET', '/v1/routing/versions?limit=1')).body
  expect(versions).toMatchObject({ versions: [{ version: 2 }], next: '2' })
  expect((await api.ask('maker', 'GET', '/v1/routing/versions?after=2')).body).toMatchObject({
    versions: [{ version: 1, maker: expect.any(String) as string }],
  })
  expect((await api.ask('maker', 'GET', '/v1/routing/versions?after=x')).status).toBe(400)
  const live = (await api.ask('maker', 'GET', '/v1/routing')).body as unknown as { document: RoutingDocument }
  expect(live).toMatchObject({ version: 2, suspensions: [], document: { mids: [{}, {}, { dailyAmount: 60_000 }] } })
  expect((await api.ask('maker', 'GET', '/v1/routing?version=1')).body).toMatchObject({ version: 1 })
  expect((await api.ask('maker', 'GET', '/v1/routing?version=9')).status).toBe(404)
})

test('a route, its result and why: through HTTP, without the card’s number anywhere', async () => {
  const card = { pan: cardNumber(1) }
  const answer = await route('R1', { card })
  expect(answer).toMatchObject({
    status: 200,
    body: {
      serial: 'R1',
      amount: 10_000,
      route: { mid: 'MID-1', channel: 'CH-A', pool: 'P-A', secretRef: 'ch-a/1', costEstimate: 55 },
    },
  })
  expect((await route('R1', { card })).body).toEqual(answer.body)
  expect(await route('R1', { card, amount: 1 })).toMatchObject({ status: 409, body: { code: 'serial_reused' } })
  const result = (body: object) => api.ask('system', 'POST', '/v1/routes/R1/result', body)
  expect((await result({ mid: 'MID-1', outcome: 'success', failure: 'declined' })).status).toBe(400)
  expect((await result({ mid: 'MID-2', outcome: 'success' })).status).toBe(409)
  expect(await result({ mid: 'MID-1', outcome: 'failure', failure: 'channel_error' })).toMatchObject({
    status: 200,
    body: { state: 'failed', attempts: [{ mid: 'MID-1', failure: 'channel_error' }] },
  })
  expect((await route('R1', { card, exclude: ['MID-1'] })).body).toMatchObject({ route: { mid: 'MID-2' } })
  expect(await result({ mid: 'MID-2', outcome: 'success', upstreamSerial: 'U' })).toMatchObject({
    body: { state: 'succeeded' },
  })
  const read = await api.ask('system', 'GET', '/v1/routes/R1?explain=true')
  expect(read.body).toMatchObject({
    state: 'succeeded',
    attempts: [{ state: 'failed' }, { state: 'succeeded', upstreamSerial: 'U' }],
    explanation: [
      { mid: 'MID-1', verdict: 'same' },
      { mid: 'MID-2', verdict: 'same', refusals: [{ mid: 'MID-1', reason: 'excluded' }] },
    ],
  })
  expect((await api.ask('other', 'GET', '/v1/routes/R1')).status).toBe(404)
  expect((await api.ask('maker', 'GET', '/v1/routes/R1?client=system')).status).toBe(200)
  expect([read.text, answer.text, ...api.logs].join()).not.toContain(card.pan)
})

test('why nobody: a reason for every MID; a refused payment is kept and explained later', async () => {
  const refused = await route('R2', { amount: 60_001 }, '?explain=true')
  expect(refused.body).toMatchObject({ route: null })
  expect((refused.body.reasons as { mid?: string; reason: string }[]).map(({ mid, reason }) => [mid, reason])).toEqual([
    ['MID-1', 'limit_exhausted'],
    ['MID-2', 'limit_exhausted'],
    ['MID-3', 'limit_exhausted'],
  ])
  const read = await api.ask('system', 'GET', '/v1/routes/R2?explain=true')
  expect(read.body).toMatchObject({ state: 'no_route', attempts: [], explanation: [{ mid: null, verdict: 'same' }] })
})

test('the report of these routes: a fallback, its costs, each part with its own attempts, what had no route', async () => {
  const day = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 10)
  const report = async (section: string) => {
    const query = `from=${day(-86_400_000)}&to=${day(86_400_000)}&merchant=M1&section=${section}`
    const { status, body } = await api.ask('maker', 'GET', `/v1/reports/routing?${query}`)
    expect(status).toBe(200)
    return body as { rows: Record<string, unknown>[]; totals: Record<string, unknown>[] }
  }
  const { rows, totals } = await report('days')
  expect(totals).toMatchObject([
    { attempts: 2, succeeded: 1, channel_errors: 1, fallbacks: 1, amount: 10_000, cost: 55 },
  ])
  expect(rows.reduce((sum, row) => sum + Number(row['refused']), 0)).toBe(Number(totals[0]!['payments']) - 1)
  const parts = (await report('parts')).rows.map((row) => [row['part'], row['code'], row['attempts'], row['amount'], row['success']]) // prettier-ignore
  expect(parts).toEqual([
    ['channel', 'CH-A', 2, 10_000, 500_000],
    ['mid', 'MID-1', 1, 0, 0],
    ['mid', 'MID-2', 1, 10_000, 1_000_000],
    ['pool', 'P-A', 2, 10_000, 500_000],
  ])
  expect((await report('load')).rows.find(({ code }) => code === 'MID-2')).toMatchObject({ limit_amount: 50_000, taken: 10_000 }) // prettier-ignore
})

test('a stop acts on the next payment and takes one person; going on takes two', async () => {
  const act = (who: Who, path: string) => api.ask(who, 'POST', `/v1/routing/${path}`)
  expect((await act('maker', 'mids/MID-9/suspend')).status).toBe(404)
  expect((await act('maker', 'things/MID-1/suspend')).status).toBe(400)
  expect((await act('system', 'mids/MID-1/suspend')).status).toBe(403)
  expect((await act('maker', 'mids/MID-1/suspend')).body).toMatchObject({ ref: '@route/mid/MID-1', state: 'suspended' })
  expect((await route('S1')).body).toMatchObject({ route: { mid: 'MID-2' } })
  expect((await act('maker', 'pools/P-A/suspend')).status).toBe(200)
  expect((await route('S2')).body).toMatchObject({ route: { mid: 'MID-3' } })
  expect((await act('checker', 'channels/CH-A/suspend')).status).toBe(200)
  expect((await route('S3')).body).toMatchObject({ route: null })
  for (const path of ['channels/CH-A', 'pools/P-A', 'mids/MID-1']) {
    expect((await act('maker', `${path}/resume`)).body).toMatchObject({ state: 'resume_requested' })
    expect((await act('maker', `${path}/resume`)).body).toMatchObject({ state: 'resume_requested' })
    expect((await act('checker', `${path}/resume`)).body).toMatchObject({ state: 'active' })
  }
  expect((await act('maker', 'mids/MID-1/resume')).status).toBe(409)
  expect((await route('S4')).body).toMatchObject({ route: { mid: 'MID-1' } })
})

test('offer and route together; the instant of a payment is now', async () => {
  const live = campaign({ code: 'RT' }, { code: 'RT-FOOD', merchants: ['M1'] })
  await api.ask('maker', 'PUT', '/v1/campaigns/RT', live)
  await api.ask('checker', 'POST', '/v1/campaigns/RT/approve')
  const body = { serial: 'P1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr', type: 'scan' }
  const paid = await api.ask('system', 'POST', '/v1/payments', body)
  expect(paid.body).toMatchObject({
    serial: 'P1',
    route: { mid: 'MID-1' },
    offer: { state: 'held', amount: 10_000 },
    amount: (paid.body.offer as { payable: number }).payable,
  })
  expect(paid.body.amount).toBeLessThan(10_000)
  expect((await api.ask('system', 'POST', '/v1/payments', body)).body).toEqual(paid.body)
  const result = { outcome: 'success', paid: paid.body.amount }
  expect((await api.ask('system', 'POST', '/v1/transactions/P1/result', result)).status).toBe(200)
  expect(
    (await api.ask('system', 'POST', '/v1/routes/P1/result', { mid: 'MID-1', outcome: 'success' })).body,
  ).toMatchObject({ state: 'succeeded' })
  const none = await api.ask('system', 'POST', '/v1/payments', { ...body, serial: 'P2', type: 'app' })
  expect(none.body).toMatchObject({ route: null, offer: { state: 'no_offer' }, reasons: [{ reason: 'no_route' }] })
  const late = { ...body, serial: 'P3', at: '2026-01-01T00:00:00Z' }
  expect((await api.ask('system', 'POST', '/v1/payments', late)).status).toBe(400)
  expect((await route('R9', { at: '2026-01-01T00:00:00Z' })).status).toBe(400)
})
