import { request as httpRequest } from 'node:http'
import { problem } from '@lijian/contracts/system'
import { payment } from './testing/documents'
import { testApi, type Answer, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => (api = await testApi()))
afterAll(() => api.stop())

function expectProblem(answer: Answer, status: number, code: string): void {
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status, code })
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8')
  expect(problem.strict().safeParse(answer.body).error).toBeUndefined()
  expect(answer.body).toMatchObject({ status, title: expect.any(String), do: expect.any(String) })
}

const ask = (body: unknown, path = '/v1/transactions') => api.ask('system', 'POST', path, body)

test.each`
  _case                               | body                                                        | path                | message
  ${'a key nobody knows'}             | ${payment('P', { colour: 'red' })}                          | ${'colour'}         | ${'unknown key "colour"'}
  ${'no serial'}                      | ${payment('P', { serial: undefined })}                      | ${'serial'}         | ${'expected a text'}
  ${'a serial with a slash'}          | ${payment('a/b')}                                           | ${'serial'}         | ${expect.stringContaining('expected 1 to 64')}
  ${'amounts are whole fen'}          | ${payment('P', { amount: 100.5 })}                          | ${'amount'}         | ${'expected a whole number'}
  ${'amounts are numbers'}            | ${payment('P', { amount: '10000' })}                        | ${'amount'}         | ${'expected a whole number'}
  ${'of nothing'}                     | ${payment('P', { amount: 0 })}                              | ${'amount'}         | ${'expected at least 1'}
  ${'a card type nobody issues'}      | ${payment('P', { cardType: 'gold' })}                       | ${'cardType'}       | ${expect.stringContaining('"credit"')}
  ${'a card number of eleven digits'} | ${payment('P', { card: { pan: '62220212345' } })}           | ${'card.pan'}       | ${'expected 12 to 19 digits'}
  ${'a card number that is wrong'}    | ${payment('P', { card: { pan: '6222021234567890129' } })}   | ${'card.pan'}       | ${'fails the Luhn check'}
  ${'a token of digits alone'}        | ${payment('P', { card: { token: '6222021234567890128' } })} | ${'card.token'}     | ${expect.stringContaining('not digits alone')}
  ${'a hold of more than a day'}      | ${payment('P', { holdSeconds: 86_401 })}                    | ${'holdSeconds'}    | ${'expected at most 86400'}
  ${'a clock far from ours'}          | ${payment('P', { at: '2020-01-01T00:00:00+08:00' })}        | ${'at'}             | ${'differs from our clock by more than 300 seconds'}
  ${'an instant without offset'}      | ${payment('P', { at: '2020-01-01T00:00:00' })}              | ${'at'}             | ${expect.stringContaining('offset')}
  ${'more eligible than paid'}        | ${payment('P', { amount: 5_000, eligibleAmount: 5_001 })}   | ${'eligibleAmount'} | ${'is more than "amount": expected at most that'}
`('$_case: 400 with path and message, without the value', async ({ body, path, message }) => {
  const answer = await ask(body)
  expectProblem(answer, 400, 'invalid_request')
  expect(answer.body.errors).toContainEqual(expect.objectContaining({ path, message }))
  expect(answer.text.replace(/"(instance|time)":("[^"]*"|[0-9]+)/g, '')).not.toMatch(/6222|62220|gold|100\.5/)
})

test('more eligible than paid: payments with a route and dry runs refuse it too', async () => {
  const body = payment('P', { amount: 5_000, eligibleAmount: 5_001 })
  expectProblem(await ask({ ...body, type: 'qr' }, '/v1/payments'), 400, 'invalid_request')
  expectProblem(await api.ask('maker', 'POST', '/v1/evaluations', { payment: body }), 400, 'invalid_request')
})

test('a payment with a route is in yuan, as MIDs count', async () => {
  const { status, body } = await ask(payment('P', { currency: 'JPY', type: 'qr' }), '/v1/payments')
  expect([status, body.errors]).toEqual([400, [expect.objectContaining({ path: 'currency', message: expect.stringContaining('MIDs and channels count in yuan') })]]) // prettier-ignore
})

test.each(['ZZZ', 'XXX', 'XAU', 'jpy'])('%s is no currency', async (currency) => {
  expect((await ask(payment('P', { currency }))).body.errors).toEqual([expect.objectContaining({ path: 'currency', message: 'expected an ISO 4217 code such as "CNY"' })]) // prettier-ignore
})

test('every fault is listed at once', async () => {
  const { body } = await ask({ serial: '', merchant: 'M 1', amount: -1, paymentMethod: 'Swipe', x: 1, y: 2 })
  const paths = (body.errors as { path: string }[]).map(({ path }) => path)
  expect(paths.sort()).toEqual(['amount', 'merchant', 'paymentMethod', 'serial', 'x', 'y'])
})

test.each`
  _case                       | body                               | headers                                                    | status | code
  ${'not JSON'}               | ${'{"card": 6222021234567890128'}  | ${{}}                                                      | ${400} | ${'invalid_request'}
  ${'JSON that is no object'} | ${'[]'}                            | ${{}}                                                      | ${400} | ${'invalid_request'}
  ${'a poisoned prototype'}   | ${'{"__proto__": {"amount": 1}}'}  | ${{}}                                                      | ${400} | ${'invalid_request'}
  ${'no body'}                | ${''}                              | ${{}}                                                      | ${400} | ${'invalid_request'}
  ${'a form'}                 | ${'serial=1'}                      | ${{ 'content-type': 'application/x-www-form-urlencoded' }} | ${415} | ${'unsupported_media_type'}
  ${'XML'}                    | ${'<a/>'}                          | ${{ 'content-type': 'text/xml' }}                          | ${415} | ${'unsupported_media_type'}
  ${'more than the limit'}    | ${`{"x":"${'x'.repeat(65_536)}"}`} | ${{}}                                                      | ${413} | ${'payload_too_large'}
`('$_case: $status', async ({ body, headers, status, code }) => {
  const answer = await api.ask('system', 'POST', '/v1/transactions', body, headers as Record<string, string>)
  expectProblem(answer, status as number, code as string)
  expect(answer.text).not.toContain('6222')
})

test.each`
  _case                           | method   | path                                     | status | code
  ${'an address nobody has'}      | ${'GET'} | ${'/v2/transactions'}                    | ${404} | ${'not_found'}
  ${'a serial never held'}        | ${'GET'} | ${'/v1/transactions/NEVER'}              | ${404} | ${'not_found'}
  ${'a serial that is none'}      | ${'GET'} | ${'/v1/transactions/a%20b'}              | ${400} | ${'invalid_request'}
  ${'a serial beyond all length'} | ${'GET'} | ${`/v1/transactions/${'s'.repeat(200)}`} | ${404} | ${'not_found'}
  ${'an address that is no URL'}  | ${'GET'} | ${'/v1/transactions/%zz'}                | ${400} | ${'invalid_request'}
  ${'an unknown question'}        | ${'GET'} | ${'/v1/transactions/T1?all=1'}           | ${400} | ${'invalid_request'}
`('$_case: $status', async ({ method, path, status, code }) => {
  expectProblem(await api.ask('system', method as string, path as string), status as number, code as string)
})

test('a method that an address does not take: 405 with those that it takes', async () => {
  const answer = await api.ask('system', 'DELETE', '/v1/transactions/T1')
  expectProblem(answer, 405, 'method_not_allowed')
  expect(answer.headers.allow).toBe('GET, HEAD')
})

test('what contradicts what is stored: 404 and 409 with what to do', async () => {
  expectProblem(await ask({ serial: 'R1' }, '/v1/transactions/NEVER-1/reversal'), 404, 'unknown_original')
})

test('one request, one id', async () => {
  const ids = await Promise.all([1, 2, 3].map(async () => (await api.ask('nobody', 'GET', '/v1/cases')).body.instance))
  expect(new Set(ids).size).toBe(3)
})

test('while PostgreSQL is away a result is refused so that the sender keeps it, and readiness says so', async () => {
  const away = await testApi({}, { breakable: true })
  await away.breakConnections()
  expectProblem(
    await away.ask('system', 'POST', '/v1/transactions/T1/result', { outcome: 'success', paid: 8500 }),
    503,
    'unavailable',
  )
  expect((await away.ask('nobody', 'GET', '/health/live')).status).toBe(200)
  expect(await away.ask('operator', 'GET', '/health/ready')).toMatchObject({
    status: 503,
    body: { status: 'not_ready', checks: { postgresql: false } },
  })
  await away.stop()
})

test('a request cut off in the middle leaves nothing behind', async () => {
  await new Promise<void>((resolve) => {
    const half = httpRequest(`${api.base}/v1/transactions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${api.keys.system}`,
        'content-type': 'application/json',
        'content-length': 100,
      },
    })
    half.on('error', () => resolve())
    half.write('{"serial":')
    setTimeout(() => half.destroy(), 20)
  })
  expect((await api.ask('operator', 'GET', '/health/ready')).status).toBe(200)
})
