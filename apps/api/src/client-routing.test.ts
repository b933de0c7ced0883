import { LijianClient } from '@lijian/client'
import { campaign } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const as = (who: 'maker' | 'checker' | 'system') =>
  LijianClient.http({ baseUrl: api.base, apiKey: api.keys[who], queryTimeoutMs: 10_000 })
const document = (dailyAmount = 50_000) => ({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'CH-A', cards: [{ costPpm: 5500 }] }, { code: 'CH-B' }],
  mids: [
    { code: 'MID-1', channel: 'CH-A', allowedMerchants: ['M1'], dailyAmount, priority: 1 },
    { code: 'MID-2', channel: 'CH-B', allowedMerchants: ['M1'], dailyAmount },
  ],
  pools: [{ code: 'P', mids: ['MID-1', 'MID-2'] }],
  merchants: [{ merchant: 'M1', routes: [{ method: 'qr', type: 'scan', pools: ['P'] }] }],
})
const payment = (serial: string, changed: object = {}) => ({
  serial,
  merchant: 'M1',
  method: 'qr',
  type: 'scan',
  amount: 10_000,
  ...changed,
})

test('the document: a dry run, versions, and every error at once', async () => {
  const { routing } = as('maker')
  await expect(routing.get()).rejects.toMatchObject({ code: 'not_found', info: { status: 404, retryable: false } })
  expect(await routing.put(document(), { dryRun: true })).toMatchObject({ dryRun: true, mids: 2 })
  const { proposal } = await routing.put(document())
  await expect(routing.approve(proposal!)).rejects.toMatchObject({ code: 'maker_is_checker' })
  await expect(routing.get()).rejects.toMatchObject({ code: 'not_found' })
  expect(await as('checker').routing.approve(proposal!)).toMatchObject({ state: 'approved' })
  const live = await routing.put(document())
  expect(live).toMatchObject({ version: 1, channels: 2 })
  expect(live).not.toHaveProperty('proposal')
  const second = await as('checker').routing.put(document(60_000))
  expect(second).toMatchObject({ version: 2 })
  await routing.approve(second.proposal!)
  expect(await routing.get()).toMatchObject({ version: 2, document: { mids: [{ dailyAmount: 60_000 }, {}] } })
  expect(await routing.get(1)).toMatchObject({ version: 1, document: { mids: [{ dailyAmount: 50_000 }, {}] } })
  const first = await routing.versions({ limit: 1 })
  expect(first).toMatchObject({ versions: [{ version: 2 }], next: '2' })
  expect(await routing.versions({ after: first.next! })).toMatchObject({ versions: [{ version: 1 }] })
  const faulty = { ...document(), timeZone: 'nowhere', pools: [{ code: 'P', mids: ['MID-9', 'MID-9'] }] }
  await expect(routing.put(faulty)).rejects.toMatchObject({
    code: 'invalid_document',
    info: {
      status: 422,
      errors: expect.arrayContaining([
        expect.objectContaining({ path: 'timeZone' }),
        expect.objectContaining({ path: 'pools[0].mids[0]' }),
      ]) as unknown,
    },
  })
  await expect(as('system').routing.put(document())).rejects.toMatchObject({ code: 'forbidden' })
})

test('a payment: its route, a failure, the next attempt, its result, and why', async () => {
  const lijian = as('system')
  const first = await lijian.route(payment('C1'))
  expect(first).toMatchObject({ route: { mid: 'MID-1', channel: 'CH-A', costEstimate: 55 } })
  expect(await lijian.route(payment('C1'))).toEqual(first)
  await expect(lijian.route(payment('C1', { amount: 1 }))).rejects.toMatchObject({ code: 'serial_reused' })
  const failed = { mid: 'MID-1', outcome: 'failure', failure: 'channel_error' } as const
  expect(await lijian.routeResult('C1', failed)).toMatchObject({ state: 'failed' })
  expect(await lijian.route(payment('C1', { exclude: ['MID-1'] }))).toMatchObject({ route: { mid: 'MID-2' } })
  expect(await lijian.routeResult('C1', { mid: 'MID-2', outcome: 'success' })).toMatchObject({ state: 'succeeded' })
  expect(await lijian.routeState('C1')).not.toHaveProperty('explanation')
  expect(await lijian.routeState('C1', { explain: true })).toMatchObject({
    attempts: [{ state: 'failed' }, { state: 'succeeded' }],
    explanation: [{ verdict: 'same' }, { verdict: 'same', refusals: [{ mid: 'MID-1', reason: 'excluded' }] }],
  })
  expect(await lijian.routeState('C9')).toBeUndefined()
  const refused = await lijian.route(payment('C8', { amount: 60_001 }), { explain: true })
  expect(refused).toMatchObject({ route: null, reasons: [{ mid: 'MID-1' }, { mid: 'MID-2' }] })
})

test('offer and route together', async () => {
  await api.ask('maker', 'PUT', '/v1/campaigns/CR', campaign({ code: 'CR' }, { code: 'CR-FOOD', merchants: ['M1'] }))
  await api.ask('checker', 'POST', '/v1/campaigns/CR/approve')
  const asked = { serial: 'C2', merchant: 'M1', amount: 10_000, paymentMethod: 'qr', type: 'scan' }
  const paid = await as('system').pay(asked)
  expect(paid).toMatchObject({ offer: { state: 'held' }, route: { mid: 'MID-1' } })
  expect(paid.amount).toBe(paid.offer.payable)
  expect(paid.amount).toBeLessThan(10_000)
  expect(await as('system').pay(asked)).toEqual(paid)
})

test('a stop acts on the next payment; the second person resumes', async () => {
  const [one, two, lijian] = [as('maker').routing, as('checker').routing, as('system')]
  expect(await one.suspend('channels', 'CH-A')).toMatchObject({ state: 'suspended' })
  expect(await lijian.route(payment('C3'))).toMatchObject({ route: { mid: 'MID-2' } })
  expect(await one.resume('channels', 'CH-A')).toMatchObject({ state: 'resume_requested' })
  expect(await two.resume('channels', 'CH-A')).toMatchObject({ state: 'active' })
  expect(await two.resume('channels', 'CH-A')).toMatchObject({ state: 'active' })
  await expect(one.resume('channels', 'CH-A')).rejects.toMatchObject({ code: 'state_conflict' })
  expect(await lijian.route(payment('C4'))).toMatchObject({ route: { mid: 'MID-1' } })
  await expect(one.suspend('mids', 'MID-9')).rejects.toMatchObject({ code: 'not_found' })
})
