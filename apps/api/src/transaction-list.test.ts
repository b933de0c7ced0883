import { transactionPage, type ListedTransaction } from '@lijian/contracts/marketing'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi()
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/merchants/M0002', { ...merchant, id: 'M0002' })
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign({}, { merchants: ['M0001', 'M0002'] }))
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
  const send = (path: string, body: unknown, who: 'system' | 'other' = 'system') =>
    api.ask(who, 'POST', `/v1/transactions${path}`, body)
  for (const serial of ['T1', 'T2', 'T3', 'T4', 'T5'])
    await send('', { ...payment(serial), ...(serial === 'T5' ? { merchant: 'M0002' } : {}) })
  await send('', payment('O1'), 'other')
  await send('/T1/result', { outcome: 'success', paid: 8500 })
  await send('/T1/refunds', { serial: 'R1', amount: 4000 })
  await send('/T1/refunds/R1/result', { outcome: 'success' })
  await send('/T2/result', { outcome: 'success', paid: 8500 })
  await send('/T2/void', { serial: 'V2' })
  await send('/T3/result', { outcome: 'failure' })
})
afterAll(() => api.stop())

async function list(query = '', who: 'finance' | 'system' | 'other' = 'finance'): Promise<ListedTransaction[]> {
  const { status, body } = await api.ask(who, 'GET', `/v1/transactions${query}`)
  expect(status).toBe(200)
  return transactionPage.parse(body).transactions
}
const serials = async (query: string, who?: 'finance' | 'system' | 'other') =>
  (await list(query, who)).map(({ serial }) => serial)

test('newest first, with what undid them; each row has what finance looks for', async () => {
  expect(await serials('')).toEqual(['V2', 'R1', 'O1', 'T5', 'T4', 'T3', 'T2', 'T1'])
  const rows = Object.fromEntries((await list('')).map((row) => [row.serial, row]))
  expect(rows['T1']).toMatchObject({
    kind: 'transaction',
    client: 'system',
    state: 'partially_refunded',
    merchant: 'M0001',
    amount: 10_000,
    discount: 1500,
    payable: 8500,
    paymentMethod: 'swipe',
    result: 'success',
    clearingFiles: [],
    offers: [{ kind: 'amount', discount: 1500, campaign: 'CCB', ruleVersion: 1 }],
  })
  expect(rows['R1']).toMatchObject({
    kind: 'refund',
    originalSerial: 'T1',
    state: 'partially_refunded',
    amount: 4000,
    payable: 3400,
    discount: 600,
    merchant: 'M0001',
    result: 'success',
  })
  expect(rows['V2']).toMatchObject({ kind: 'void', originalSerial: 'T2', state: 'voided', amount: 10_000 })
  expect(rows['T3']).toMatchObject({ state: 'cancelled', result: 'failure' })
  expect(rows['T4']).toMatchObject({ state: 'held' })
  expect(rows['T4']).not.toHaveProperty('result')
})

test.each`
  query                                    | found
  ${'?kind=transaction'}                   | ${['O1', 'T5', 'T4', 'T3', 'T2', 'T1']}
  ${'?kind=refund'}                        | ${['R1']}
  ${'?kind=void'}                          | ${['V2']}
  ${'?kind=reversal'}                      | ${[]}
  ${'?originalSerial=T1'}                  | ${['R1']}
  ${'?kind=transaction&originalSerial=T1'} | ${[]}
  ${'?serial=T2'}                          | ${['T2']}
  ${'?merchant=M0002'}                     | ${['T5']}
  ${'?merchant=M0001&kind=void'}           | ${['V2']}
  ${'?state=held'}                         | ${['O1', 'T5', 'T4']}
  ${'?state=voided'}                       | ${['V2', 'T2']}
  ${'?campaign=CCB&limit=2'}               | ${['V2', 'R1']}
  ${'?campaign=NONE'}                      | ${[]}
  ${'?partner=NONE'}                       | ${[]}
  ${'?client=other'}                       | ${['O1']}
  ${'?from=2020-01-01&to=2020-01-31'}      | ${[]}
`('$query finds $found', async ({ query, found }) => {
  expect(await serials(query)).toEqual(found)
})

test('by offer, partner and business date', async () => {
  const [{ offers, businessDate }] = (await list('?serial=T1')) as [ListedTransaction]
  expect(await serials(`?offer=${offers[0]!.code}&kind=refund`)).toEqual(['R1'])
  expect(await serials(`?partner=CCB&kind=void`)).toEqual(['V2'])
  expect((await serials(`?businessDate=${businessDate}`)).toSorted()).toEqual(['R1', 'T1', 'T2', 'T3', 'V2'])
  expect(await serials('?businessDate=2020-01-01')).toEqual([])
})

test('a transaction system sees its own only', async () => {
  expect(await serials('', 'other')).toEqual(['O1'])
  expect(await serials('?client=other', 'other')).toEqual(['O1'])
  expect(await api.ask('system', 'GET', '/v1/transactions?client=other')).toMatchObject({ status: 403 })
})

test('pages join without a gap and without a row twice', async () => {
  const all = await serials('')
  const found: string[] = []
  let after = ''
  do {
    const { body } = await api.ask('finance', 'GET', `/v1/transactions?limit=3${after}`)
    const page = transactionPage.parse(body)
    found.push(...page.transactions.map(({ serial }) => serial))
    after = page.next === undefined ? '' : `&after=${page.next}`
  } while (after !== '')
  expect(found).toEqual(all)
})

test.each`
  query                               | path
  ${'?from=2026-01-01&to=2026-02-01'} | ${'to'}
  ${'?from=2026-01-02&to=2026-01-01'} | ${'to'}
  ${'?from=yesterday'}                | ${'from'}
  ${'?after=nonsense'}                | ${'after'}
  ${'?kind=payment'}                  | ${'kind'}
  ${'?limit=501'}                     | ${'limit'}
`('$query is refused with the name of what is wrong', async ({ query, path }) => {
  const { status, body } = await api.ask('finance', 'GET', `/v1/transactions${query}`)
  expect(status).toBe(400)
  expect(body['errors']).toMatchObject([{ path: expect.stringContaining(path) }])
})
