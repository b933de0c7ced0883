import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(() => api.stop())

test('a payment is held, confirmed, read and reversed', async () => {
  const held = await api.ask('system', 'POST', '/v1/transactions', payment('T1'))
  expect(held.status).toBe(200)
  expect(held.body).toMatchObject({
    serial: 'T1',
    state: 'held',
    amount: 10_000,
    discount: 1_500,
    payable: 8_500,
    offers: [
      {
        campaign: 'CCB',
        version: 1,
        code: 'FOOD',
        discount: 1_500,
        funders: [
          { partner: 'CCB', amount: 1_050 },
          { partner: '@merchant', amount: 450 },
        ],
      },
    ],
    fee: { original: 60, final: 51, saved: 0 },
  })
  const confirmed = await api.ask('system', 'POST', '/v1/transactions/T1/result', { outcome: 'success', paid: 8500 })
  expect(confirmed.body).toMatchObject({ state: 'confirmed', payable: 8_500 })
  expect((await api.ask('system', 'GET', '/v1/transactions/T1')).body).toMatchObject({ state: 'confirmed' })
  const reversed = await api.ask('system', 'POST', '/v1/transactions/T1/reversal', { serial: 'R1' })
  expect(reversed.body).toMatchObject({ serial: 'R1', originalSerial: 'T1', state: 'reversed' })
})

const ask = (body: unknown, query = '') => api.ask('system', 'POST', `/v1/transactions${query}`, body)

test('the same serial is answered the same for the same body, and refused for another', async () => {
  const first = await ask(payment('T2'))
  expect((await ask({ ...payment('T2'), deadlineMs: 10_000 })).body).toEqual(first.body)
  expect(await ask(payment('T2', { amount: 10_001 }))).toMatchObject({ status: 409, body: { code: 'serial_reused' } })
  expect(await ask(payment('T2', { card: { pan: '6222021234567890128' } }))).toMatchObject({ status: 409 })
})

test('a retry that comes long after its instant gets its answer; a new payment of that instant is refused', async () => {
  const strict = await testApi({ clockSkewSeconds: 1 })
  try {
    await strict.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
    await strict.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
    const at = new Date().toISOString()
    const first = await strict.ask('system', 'POST', '/v1/transactions', payment('A1', { at }))
    expect(first.body).toMatchObject({ state: 'held' })
    await new Promise((resolve) => setTimeout(resolve, Date.parse(at) + 1_100 - Date.now()))
    expect((await strict.ask('system', 'POST', '/v1/transactions', payment('A1', { at }))).text).toBe(first.text)
    expect((await strict.ask('system', 'POST', '/v1/transactions', payment('A2', { at }))).status).toBe(400)
  } finally {
    await strict.stop()
  }
})

test('a serial belongs to a client: another client has its own', async () => {
  await ask(payment('T3'))
  const other = await api.ask('other', 'POST', '/v1/transactions', payment('T3', { amount: 20_000 }))
  expect(other).toMatchObject({ status: 200, body: { state: 'held', amount: 20_000 } })
  expect((await api.ask('other', 'GET', '/v1/transactions/T2')).status).toBe(404)
  expect((await api.ask('other', 'GET', '/v1/transactions/T2?client=system')).status).toBe(403)
  expect((await api.ask('checker', 'GET', '/v1/transactions/T2?client=system')).body).toMatchObject({ serial: 'T2' })
})

test('no offer is a decision too: 200, and why when asked', async () => {
  const { status, body } = await ask(payment('T4', { amount: 9_999 }), '?explain=true')
  expect({ status, body }).toMatchObject({
    status: 200,
    body: { state: 'no_offer', payable: 9_999, reasons: [{ offer: 'FOOD', reason: 'amount_below_minimum' }] },
  })
  expect((await ask(payment('T4', { amount: 9_999 }))).body).not.toHaveProperty('reasons')
})

test('a result for a serial that holds nothing is no_offer, not an error', async () => {
  const answer = await api.ask('system', 'POST', '/v1/transactions/T5/result', { outcome: 'success', paid: 8500 })
  expect(answer).toMatchObject({ status: 200, body: { serial: 'T5', state: 'no_offer' } })
})

test('a success says what was paid, unless its client may omit it: then it means what stands', async () => {
  const success = (who: 'system' | 'other', body: object = {}) =>
    api.ask(who, 'POST', '/v1/transactions/P1/result', { outcome: 'success', ...body })
  for (const who of ['system', 'other'] as const) await api.ask(who, 'POST', '/v1/transactions', payment('P1'))
  expect(await success('system')).toMatchObject({
    status: 400,
    body: { code: 'paid_required', detail: expect.stringContaining('what was sent upstream') },
  })
  expect((await api.ask('system', 'GET', '/v1/transactions/P1')).body).toMatchObject({ state: 'held' })
  expect((await success('system', { paid: 8500 })).body).toMatchObject({ state: 'confirmed' })
  const put = await api.ask('maker', 'PUT', '/v1/clients/other', { name: 'other', mayOmitPaid: true })
  expect(put).toMatchObject({ status: 200, body: { mayOmitPaid: true } })
  expect((await api.ask('system', 'PUT', '/v1/clients/other', { name: 'other' })).status).toBe(403)
  expect((await success('other')).body).toMatchObject({ state: 'confirmed', payable: 8500 })
  await api.ask('other', 'POST', '/v1/transactions', payment('P2'))
  const next = await api.ask('other', 'POST', '/v1/transactions/P2/result', { outcome: 'success' })
  expect(next.body).toMatchObject({ state: 'confirmed', payable: 8500 })
})

test('a failure releases; success after it is admitted again; failure after success is a contradiction', async () => {
  await ask(payment('T6'))
  const result = (outcome: string) => api.ask('system', 'POST', '/v1/transactions/T6/result', { outcome, paid: 8500 })
  expect((await result('failure')).body).toMatchObject({ state: 'cancelled' })
  expect((await result('success')).body).toMatchObject({ state: 'confirmed' })
  expect(await result('failure')).toMatchObject({ status: 409, body: { code: 'result_conflict' } })
})

test.each`
  _case                          | changed                                     | seconds
  ${'the default'}               | ${{}}                                       | ${900}
  ${'the payment method’s own'}  | ${{ paymentMethod: 'qr' }}                  | ${7200}
  ${'the request’s before both'} | ${{ paymentMethod: 'qr', holdSeconds: 60 }} | ${60}
`('a hold lasts $seconds s: $_case', async ({ _case, changed, seconds }) => {
  const before = Date.now()
  const { body } = await ask(payment(`H-${String(seconds)}`, changed as Record<string, unknown>))
  const lasts = Date.parse(String(body.holdExpiresAt)) - before
  expect({ _case, lasts: Math.floor(lasts / 60_000) }).toEqual({ _case, lasts: Math.floor((seconds as number) / 60) })
})

test('what a card is comes from the BIN table where the request is silent', async () => {
  const debit = campaign(
    { code: 'DEBIT' },
    {
      code: 'DEBIT',
      merchants: ['M-DEBIT'],
      rule: {
        conditions: { cardTypes: ['debit'], schemes: ['unionpay'] },
        benefit: { type: 'reduce', tiers: [{ atLeast: 1, off: 1 }] },
      },
    },
  )
  await api.ask('maker', 'PUT', '/v1/campaigns/DEBIT', debit)
  await api.ask('checker', 'POST', '/v1/campaigns/DEBIT/approve')
  const pay = async (serial: string, changed: Record<string, unknown>) =>
    (await ask(payment(serial, { merchant: 'M-DEBIT', card: { pan: '6227001234567890121' }, ...changed }))).body
  expect(await pay('B1', {})).toMatchObject({ state: 'held' })
  expect(await pay('B2', { cardType: 'credit' })).toMatchObject({ state: 'no_offer' })
  expect(await pay('B3', { card: undefined })).toMatchObject({ state: 'no_offer' })
})

test('requests are counted by route and status, and the metrics name their units', async () => {
  const { text } = await api.ask('operator', 'GET', '/metrics')
  const lines = text.split('\n').map((line) => line.replace(/ [0-9.]+$/, ''))
  const labels = 'service="api",method="POST",route="/v1/transactions",status="200"'
  expect(lines.includes(`lijian_http_request_duration_seconds_count{${labels}}`)).toBe(true)
  expect(lines.includes('lijian_admission_batch_size_count{service="api"}')).toBe(true)
})

test('stopping lets what is in flight finish', async () => {
  const going = await testApi()
  await going.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await going.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await going.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  let begun = 0
  going.running.app.server.on('request', () => begun++)
  const asked = Array.from({ length: 20 }, (_, n) => going.ask('system', 'POST', '/v1/transactions', payment(`G${n}`)))
  while (begun < 20) await new Promise((resolve) => setImmediate(resolve))
  const stopped = going.stop()
  const states = (await Promise.allSettled(asked)).map((one) =>
    one.status === 'fulfilled' ? one.value.body.state : 'cut off',
  )
  await stopped
  expect(states).toEqual(Array.from({ length: 20 }, () => 'held'))
})
