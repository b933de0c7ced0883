import { until } from '@lijian/testing'
import { campaign, merchant, payment } from './testing/documents'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi({ refusalsPerSecond: 2, peopleRatePerSecond: 2, trustedProxies: ['127.0.0.1'] })
  await api.ask('maker', 'PUT', '/v1/merchants/M0001', merchant)
  await api.ask('maker', 'PUT', '/v1/campaigns/CCB', campaign())
  await api.ask('checker', 'POST', '/v1/campaigns/CCB/approve')
})
afterAll(() => api.stop())

const from = (address: string) => ({ 'x-forwarded-for': address })
const times = <T>(count: number, ask: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => ask(i)))
const count = (answers: { status: number }[], status: number) => answers.filter((one) => one.status === status).length

test.each`
  _case                       | path               | headers                                              | first
  ${'without a key'}          | ${'/v1/campaigns'} | ${{}}                                                | ${401}
  ${'with a wrong key'}       | ${'/v1/campaigns'} | ${{ authorization: 'Bearer lj_aaaaaaaaaaaa_guess' }} | ${401}
  ${'at addresses not there'} | ${'/admin.php'}    | ${{}}                                                | ${404}
`(
  'an address that asks again and again $_case is not looked at, and its good keys go on',
  async ({ path, headers, first }) => {
    const end = `${first as number}.${(path as string).length}${Object.keys(headers as object).length}`
    const attacker = from(`10.0.${end}`)
    const answers = []
    for (let i = 0; i < 20; i++)
      answers.push(await api.ask('nobody', 'GET', path as string, undefined, { ...headers, ...attacker }))
    expect(answers[0]!.status).toBe(first)
    expect(count(answers, 429)).toBeGreaterThan(5)
    expect(count(answers, first as number) + count(answers, 429)).toBe(20)
    const refused = answers.find(({ status }) => status === 429)!
    expect(refused.body).toMatchObject({
      code: 'too_many_requests',
      detail: expect.stringContaining('this address') as string,
    })
    expect(refused.headers).toMatchObject({ connection: 'close', 'retry-after': '1' })
    const good = await times(10, (i) =>
      api.ask(
        'system',
        'POST',
        '/v1/transactions',
        payment(`G${first as number}${(path as string).length}-${Object.keys(headers as object).length}-${i}`),
        attacker,
      ),
    )
    expect(count(good, 200)).toBe(10)
    expect((await api.ask('nobody', 'GET', '/health/live', undefined, attacker)).status).toBe(200)
    expect((await api.ask('nobody', 'GET', '/v1/campaigns', undefined, from(`10.9.${end}`))).status).toBe(401)
  },
)

test('lists of a key have a budget for each scope; payments do not use it, nor does another key', async () => {
  const lists = await times(60, () => api.ask('maker', 'GET', '/v1/campaigns'))
  expect(count(lists, 429)).toBeGreaterThan(10)
  expect(count(lists, 200) + count(lists, 429)).toBe(60)
  // Its connection is kept: it is told to come again.
  expect(lists.find(({ status }) => status === 429)!.headers['connection']).not.toBe('close')
  expect((await api.ask('checker', 'GET', '/v1/campaigns')).status).toBe(200)
  const payments = await times(60, (i) => api.ask('system', 'POST', '/v1/transactions', payment(`L${i}`)))
  expect(count(payments, 200)).toBe(60)
  // Transactions in a list are no payment.
  expect(count(await times(60, () => api.ask('system', 'GET', '/v1/transactions')), 429)).toBeGreaterThan(10)
  expect((await api.ask('system', 'GET', '/v1/transactions/L1')).status).toBe(200)
})

test('refusals are counted and logged now and then, without what was sent', async () => {
  const secret = 'lj_aaaaaaaaaaaa_mysecretguess'
  api.logs.length = 0
  const ask = () =>
    api.ask(
      'nobody',
      'POST',
      `/v1/transactions?${secret}`,
      { pan: '6222029970001374' },
      { authorization: `Bearer ${secret}`, ...from('10.7.7.7') },
    )
  for (let i = 0; i < 12; i++) await ask()
  const linesNow = () => api.logs.filter((line) => line.includes('requests refused'))
  // A line a second: the test before may have had the one of this second.
  await until(async () => (await ask()) && linesNow().length > 0)
  await until(async () =>
    /^lijian_http_refused_total\{code="unauthenticated"/m.test((await api.ask('operator', 'GET', '/metrics')).text),
  )
  const lines = linesNow()
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThan(12)
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'warn', route: '/v1/transactions', address: '10.7.7.7' })
  for (const sent of [secret, '6222029970001374']) expect(api.logs.join('')).not.toContain(sent)
})
