import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@lijian/testing'
import { LijianClient } from './client'

interface Asked {
  method: string
  path: string
  authorization: string
  body: unknown
}
type Reply = (response: ServerResponse) => void | Promise<void>

/** A service that answers what the test says, one reply after the other; the last one stays. */
class Service {
  readonly asked: Asked[] = []
  replies: Reply[] = []
  url = ''
  readonly #server: Server = createServer((request, response) => void this.#answer(request, response))

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as { port: number }).port}`
  }
  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const { method = '', url = '', headers } = request
    this.asked.push({
      method,
      path: url,
      authorization: headers.authorization ?? '',
      body: text === '' ? undefined : JSON.parse(text),
    })
    const reply = this.replies.length > 1 ? this.replies.shift()! : this.replies[0]!
    await reply(response)
  }
  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}

const json =
  (status: number, body: object, headers: Record<string, string> = {}): Reply =>
  (response) =>
    void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
const unavailable = json(503, { code: 'unavailable', detail: 'The result could not be stored' })
const hangUp: Reply = (response) => void response.destroy()
const silent: Reply = () => undefined
const confirmed = { serial: 'S1', state: 'confirmed', discount: 1500, offers: [] }
const payment = { serial: 'S1', merchant: 'M1', amount: 10_000, paymentMethod: 'qr' }

let service: Service
beforeEach(async () => {
  service = new Service()
  await service.open()
})
afterEach(() => service.close())
const door = (differs: object = {}) => LijianClient.http({ baseUrl: service.url, apiKey: 'key', ...differs })

describe('a result is repeated until it is stored', () => {
  test.each([
    ['503', unavailable],
    ['429, after what it says', json(429, { code: 'too_many_requests' }, { 'retry-after': '0' })],
    ['a proxy in words of its own', (response: ServerResponse) => void response.writeHead(502).end('bad gateway')],
    ['a broken connection', hangUp],
  ])('%s', async (_case, trouble) => {
    service.replies = [trouble, trouble, json(200, confirmed)]
    expect(await door().result('S1', { outcome: 'success', paid: 8500 })).toEqual(confirmed)
    expect(service.asked).toEqual(
      Array(3).fill({
        method: 'POST',
        path: '/v1/transactions/S1/result',
        authorization: 'Bearer key',
        body: { outcome: 'success', paid: 8500 },
      }),
    )
  })

  test('but not for ever', async () => {
    service.replies = [unavailable]
    await expect(door({ retries: 2 }).result('S1', { outcome: 'success', paid: 8500 })).rejects.toMatchObject({
      code: 'unavailable',
      info: { status: 503, retryable: true },
    })
    expect(service.asked).toHaveLength(3)
  })

  test('and not when it is refused', async () => {
    service.replies = [json(409, { code: 'result_conflict', detail: 'A success is recorded', state: 'confirmed' })]
    await expect(door().result('S1', { outcome: 'failure' })).rejects.toMatchObject({
      code: 'result_conflict',
      message: 'A success is recorded',
      info: { status: 409, retryable: false, state: 'confirmed' },
    })
    expect(service.asked).toHaveLength(1)
  })
})

describe('a query keeps no payment waiting', () => {
  const noOffer = (reason: string) => ({
    serial: 'S1',
    state: 'no_offer',
    amount: 10_000,
    discount: 0,
    payable: 10_000,
    offers: [],
    reasons: [{ reason }],
  })

  test('a busy service is not asked twice', async () => {
    service.replies = [unavailable]
    expect(await door().query(payment)).toEqual(noOffer('unavailable'))
    expect(service.asked).toHaveLength(1)
  })

  test('a broken connection is tried once more', async () => {
    service.replies = [hangUp, json(200, { ...confirmed, state: 'held' })]
    expect(await door().query(payment)).toMatchObject({ state: 'held' })
    service.replies = [hangUp]
    expect(await door().query(payment)).toEqual(noOffer('unavailable'))
    expect(service.asked).toHaveLength(4)
  })

  test('silence is no offer when the time is over', async () => {
    service.replies = [silent]
    const begun = Date.now()
    expect(await door({ queryTimeoutMs: 100 }).query(payment)).toEqual(noOffer('deadline'))
    expect(Date.now() - begun).toBeLessThan(2000)
  })

  test('nobody there is no offer', async () => {
    const baseUrl = `http://127.0.0.1:${await freePort()}`
    expect(await door({ baseUrl }).query(payment)).toEqual(noOffer('unavailable'))
  })

  test('a faulty request is an error that says what is faulty', async () => {
    const errors = [{ path: 'amount', message: 'expected an integer' }]
    service.replies = [json(400, { code: 'invalid_request', detail: 'The request is not valid', errors })]
    await expect(door().query(payment)).rejects.toMatchObject({ code: 'invalid_request', info: { errors } })
  })
})

describe('a route keeps no payment waiting either', () => {
  const routed = { serial: 'S1', merchant: 'M1', method: 'wechat', type: 'qr', amount: 10_000 }
  const none = (reason: string) => ({ serial: 'S1', amount: 10_000, route: null, reasons: [{ reason }] })

  test('nobody there, silence and a busy service are told as no route', async () => {
    service.replies = [unavailable]
    expect(await door().route(routed)).toEqual(none('unavailable'))
    expect(service.asked).toHaveLength(1)
    service.replies = [hangUp]
    expect(await door().route(routed)).toEqual(none('unavailable'))
    expect(service.asked).toHaveLength(3)
    service.replies = [silent]
    expect(await door({ queryTimeoutMs: 100 }).route(routed)).toEqual(none('deadline'))
  })

  test('together with its offer', async () => {
    service.replies = [unavailable]
    expect(await door().pay({ ...payment, type: 'scan' })).toMatchObject({
      ...none('unavailable'),
      offer: { state: 'no_offer', payable: 10_000, reasons: [{ reason: 'unavailable' }] },
    })
  })

  test('a refusal is an error', async () => {
    service.replies = [json(409, { code: 'serial_reused', detail: 'another body' })]
    await expect(door().route(routed)).rejects.toMatchObject({ code: 'serial_reused', info: { retryable: false } })
  })

  test('its result is repeated until it is stored; a resume is asked once', async () => {
    service.replies = [unavailable, json(200, { serial: 'S1', state: 'succeeded', attempts: [] })]
    expect(await door().routeResult('S1', { mid: 'M', outcome: 'success' })).toMatchObject({ state: 'succeeded' })
    service.replies = [unavailable, json(200, { ref: 'r', state: 'suspended' })]
    expect(await door().routing.suspend('mids', 'M')).toMatchObject({ state: 'suspended' })
    expect(service.asked).toHaveLength(4)
    service.replies = [unavailable]
    await expect(door().routing.resume('mids', 'M')).rejects.toMatchObject({ info: { retryable: true } })
    expect(service.asked).toHaveLength(5)
  })
})

test('reversal, void, refund and get ask the addresses of DESIGN §3', async () => {
  service.replies = [json(200, { state: 'reversed' })]
  await door().reversal('S1', 'R1')
  await door().void('S2', 'V1')
  await door().refund('S3', { serial: 'F1', amount: 50 })
  await door().refundResult('S3', 'F1', { outcome: 'success' })
  await door().get('S1')
  expect(service.asked.map(({ method, path, body }) => [method, path, body])).toEqual([
    ['POST', '/v1/transactions/S1/reversal', { serial: 'R1' }],
    ['POST', '/v1/transactions/S2/void', { serial: 'V1' }],
    ['POST', '/v1/transactions/S3/refunds', { serial: 'F1', amount: 50 }],
    ['POST', '/v1/transactions/S3/refunds/F1/result', { outcome: 'success' }],
    ['GET', '/v1/transactions/S1', undefined],
  ])
  service.replies = [json(404, { code: 'not_found' })]
  expect(await door().get('S9')).toBeUndefined()
})

test('many at once that fail do not come back in one moment', async () => {
  const times: number[] = []
  service.replies = [
    async (response) => {
      times.push(Date.now())
      await sleep(0)
      await unavailable(response)
    },
  ]
  await Promise.allSettled(Array.from({ length: 10 }, () => door({ retries: 1 }).result('S1', { outcome: 'failure' })))
  const second = times.slice(10)
  expect(second).toHaveLength(10)
  // Each waits a random time of its own: all ten within a millisecond would be one moment.
  expect(Math.max(...second) - Math.min(...second)).toBeGreaterThan(1)
})
