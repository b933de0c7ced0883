import { campaign, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

test('what a payment posted is on the accounts at once, page by page', async () => {
  const funders = ['CCB', 'ZIBO'].map((partner) => ({ partner, sharePpm: 500_000 }))
  await api.ask('maker', 'PUT', '/v1/campaigns/C', campaign({ code: 'C', funders }))
  await api.ask('checker', 'POST', '/v1/campaigns/C/approve')
  const held = await api.ask('system', 'POST', '/v1/transactions', payment('S1'))
  expect(held.body).toMatchObject({ state: 'held', discount: 1500 })
  const none = await api.ask('checker', 'GET', '/v1/accounts')
  expect(none).toMatchObject({ status: 200, body: { accounts: [] } })
  await api.ask('system', 'POST', '/v1/transactions/S1/result', { outcome: 'success', paid: 8500 })
  const first = await api.ask('checker', 'GET', '/v1/accounts?prefix=receivable/&limit=1')
  expect(first.body).toEqual({
    accounts: [{ account: 'receivable/CCB', opening: 0, debit: 750, credit: 0, closing: 750 }],
    next: 'receivable/CCB',
  })
  const second = await api.ask('checker', 'GET', '/v1/accounts?prefix=receivable/&limit=1&after=receivable/CCB')
  expect(second.body).toEqual({
    accounts: [{ account: 'receivable/ZIBO', opening: 0, debit: 750, credit: 0, closing: 750 }],
  })
})

test.each`
  _case                         | query                | path
  ${'no date'}                  | ${'date=2026-02-30'} | ${'date'}
  ${'no account'}               | ${"prefix='"}        | ${'prefix'}
  ${'more than a page has'}     | ${'limit=501'}       | ${'limit'}
  ${'a word that nobody knows'} | ${'from=2026-01-01'} | ${'from'}
`('refused by name: $_case', async ({ query, path }: { query: string; path: string }) => {
  const { status, body } = await api.ask('checker', 'GET', `/v1/accounts?${query}`)
  expect(status).toBe(400)
  expect(JSON.stringify(body['errors'])).toContain(path)
})

test('a transaction system may not read them', async () => {
  expect((await api.ask('system', 'GET', '/v1/accounts')).status).toBe(403)
})
