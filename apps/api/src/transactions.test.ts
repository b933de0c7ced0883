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
  const confirmed = await api.ask('system', 'POST', '/v1/transactions/T1/result', { outcome: 'success' })
  expect(confirmed.body).toMatchObject({ state: 'confirmed', payable: 8_500 })
  expect((await api.ask('system', 'GET', '/v1/transactions/T1')).body).toMatchObject({ state: 'confirmed' })
  const reversed = await api.ask('system', 'POST', '/v1/transactions/T1/reversal', { serial: 'R1' })
  expect(reversed.body).toMatchObject({ serial: 'R1', originalSerial: 'T1', state: 'reversed' })
})
