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

const ask = (path: string, body: unknown) => api.ask('system', 'POST', `/v1/transactions${path}`, body)
const confirmed = async (serial: string) => {
  await ask('', payment(serial))
  await ask(`/${serial}/result`, { outcome: 'success', paid: 8500 })
}

test('a refund in two steps, then the rest', async () => {
  await confirmed('T1')
  const first = await ask('/T1/refunds', { serial: 'R1', amount: 4000 })
  expect(first).toMatchObject({
    status: 200,
    body: { state: 'refund_held', payer: 3400, discountReturned: 600, left: 6000 },
  })
  expect((await ask('/T1/refunds', { serial: 'R1', amount: 4000 })).body).toEqual(first.body)
  expect(await ask('/T1/refunds', { serial: 'R1', amount: 4001 })).toMatchObject({
    status: 409,
    body: { code: 'serial_reused' },
  })
  expect(await ask('/T1/refunds/R1/result', { outcome: 'success' })).toMatchObject({
    status: 200,
    body: { state: 'partially_refunded' },
  })
  expect(await ask('/T1/refunds/R1/result', { outcome: 'failure' })).toMatchObject({
    status: 409,
    body: { code: 'refund_conflict' },
  })
  expect(await ask('/T1/refunds', { serial: 'R2', amount: 6001 })).toMatchObject({
    status: 409,
    body: { code: 'exceeds_remaining', left: 6000 },
  })
  await ask('/T1/refunds', { serial: 'R2', amount: 6000 })
  await ask('/T1/refunds/R2/result', { outcome: 'success' })
  expect((await api.ask('system', 'GET', '/v1/transactions/T1')).body).toMatchObject({ state: 'refunded' })
  const list = await api.ask('system', 'GET', '/v1/transactions/T1/refunds')
  expect(list.body).toMatchObject({
    refunds: [
      { serial: 'R1', payer: 3400 },
      { serial: 'R2', payer: 5100, state: 'refunded' },
    ],
  })
})

test('before the result it waits: 202', async () => {
  await ask('', payment('T2'))
  expect(await ask('/T2/refunds', { serial: 'W1', amount: 10_000 })).toMatchObject({
    status: 202,
    body: { state: 'waiting' },
  })
})

test.each`
  path                         | body                                              | status | code
  ${'/T9/refunds'}             | ${{ serial: 'X1', amount: 1 }}                    | ${404} | ${'unknown_original'}
  ${'/T1/refunds'}             | ${{ serial: 'X1', amount: 0 }}                    | ${400} | ${'invalid_request'}
  ${'/T1/refunds'}             | ${{ serial: 'X1', amount: 1.5 }}                  | ${400} | ${'invalid_request'}
  ${'/T1/refunds'}             | ${{ amount: 1 }}                                  | ${400} | ${'invalid_request'}
  ${'/T1/refunds'}             | ${{ serial: 'X1', amount: 1, eligibleAmount: 2 }} | ${400} | ${'invalid_request'}
  ${'/T1/refunds'}             | ${{ serial: 'X1', amount: 1, reason: 'broken' }}  | ${400} | ${'invalid_request'}
  ${'/T1/refunds'}             | ${{ serial: 'X1', amount: 1 }}                    | ${409} | ${'not_refundable'}
  ${'/T1/refunds/NONE/result'} | ${{ outcome: 'success' }}                         | ${404} | ${'not_found'}
`('$path $body → $status $code', async ({ path, body, status, code }) => {
  expect(await ask(path as string, body)).toMatchObject({ status, body: { code } })
})

test('only for who may move transactions', async () => {
  expect((await api.ask('maker', 'POST', '/v1/transactions/T1/refunds', { serial: 'X', amount: 1 })).status).toBe(403)
})
