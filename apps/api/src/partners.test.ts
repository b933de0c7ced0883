import { campaign, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

const put = (code: string, creditLine: number) =>
  api.ask('maker', 'PUT', `/v1/partners/${code}`, { name: code, creditLine })
const topUp = (code: string, amount: number, reference: string) =>
  api.ask('maker', 'POST', `/v1/partners/${code}/top-ups`, { amount, reference })
const read = async (code: string) => (await api.ask('checker', 'GET', `/v1/partners/${code}`)).body

test('a top-up is booked once per reference, however often and however many at once', async () => {
  await put('P1', 500)
  const answers = await Promise.all(Array.from({ length: 8 }, () => topUp('P1', 1000, 'BANK-1')))
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 200))
  expect(await read('P1')).toEqual({
    code: 'P1',
    name: 'P1',
    balance: 1000,
    creditLine: 500,
    held: 0,
    used: 0,
    available: 1500,
  })
  expect(await topUp('P1', 1001, 'BANK-1')).toMatchObject({ status: 409, body: { code: 'reference_reused' } })
  expect((await topUp('P1', 1001, 'BANK-2')).body).toMatchObject({ balance: 2001, available: 2501 })
})

test('a prepaid campaign spends the balance to the last offer that fits, and the credit line stays above what is taken', async () => {
  await put('P2', 1_500)
  await topUp('P2', 1_500, 'BANK-1')
  const prepaid = campaign(
    { code: 'PRE', paymentMode: 'prepay', funders: [{ partner: 'P2', sharePpm: 1_000_000 }] },
    { merchants: ['MPRE'] },
  )
  await api.ask('maker', 'PUT', '/v1/campaigns/PRE', prepaid)
  await api.ask('checker', 'POST', '/v1/campaigns/PRE/approve')
  const pay = async (serial: string) =>
    (await api.ask('system', 'POST', '/v1/transactions?explain=true', payment(serial, { merchant: 'MPRE' }))).body
  expect(await pay('F1')).toMatchObject({ state: 'held' })
  await api.ask('system', 'POST', '/v1/transactions/F1/result', { outcome: 'success' })
  expect(await pay('F2')).toMatchObject({ state: 'held' })
  expect(await pay('F3')).toMatchObject({ state: 'no_offer', reasons: [{ reason: 'funds_exhausted' }] })
  expect(await read('P2')).toMatchObject({ balance: 0, creditLine: 1_500, held: 1_500, used: 1_500, available: 0 })

  expect(await put('P2', 1_499)).toMatchObject({ status: 409, body: { code: 'state_conflict' } })
  expect(await read('P2')).toMatchObject({ creditLine: 1_500 })
  expect(await topUp('P2', 1_500, 'BANK-2')).toMatchObject({ status: 200, body: { available: 1_500 } })
  expect(await pay('F4')).toMatchObject({ state: 'held' })
})

test.each`
  _case                        | amount    | reference   | path
  ${'nothing'}                 | ${0}      | ${'B'}      | ${'amount'}
  ${'less than nothing'}       | ${-1}     | ${'B'}      | ${'amount'}
  ${'half a fen'}              | ${0.5}    | ${'B'}      | ${'amount'}
  ${'text'}                    | ${'1000'} | ${'B'}      | ${'amount'}
  ${'a reference of no signs'} | ${1}      | ${''}       | ${'reference'}
  ${'a reference with spaces'} | ${1}      | ${'BANK 1'} | ${'reference'}
`('$_case is no top-up', async ({ amount, reference, path }) => {
  await put('P3', 0)
  const answer = await api.ask('maker', 'POST', '/v1/partners/P3/top-ups', { amount, reference })
  expect(answer).toMatchObject({ status: 400, body: { errors: [{ path }] } })
  expect(await read('P3')).toMatchObject({ balance: 0 })
})

test('an unknown partner has no balance and takes no money', async () => {
  expect((await api.ask('maker', 'GET', '/v1/partners/NONE')).status).toBe(404)
  expect((await topUp('NONE', 1, 'B')).status).toBe(404)
})
