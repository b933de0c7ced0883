import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
beforeAll(async () => {
  api = await testApi({ slowLimits: { withinMs: 1500, windowMs: 1500, bytesPerWindow: 200 } })
})
afterAll(() => api.stop())

class Sender {
  said = ''
  closed = false

  private constructor(private readonly socket: Socket) {
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => (this.said += String(bytes)))
    socket.on('close', () => (this.closed = true))
  }

  static async to(base: string, ...head: string[]): Promise<Sender> {
    const { hostname, port } = new URL(base)
    const socket = connect(Number(port), hostname)
    const sender = new Sender(socket)
    await once(socket, 'connect')
    socket.write([...head, 'host: lijian', '', ''].join('\r\n'))
    return sender
  }

  /** A few bytes now and then until it is closed, or it is over. */
  async trickle(bytes: string, everyMs: number, forMs: number): Promise<void> {
    for (const end = Date.now() + forMs; !this.closed && Date.now() < end; await sleep(everyMs))
      this.socket.write(bytes)
    if (this.said === '') return
    this.socket.end()
  }

  get status(): number {
    return Number(this.said.slice(9, 12))
  }
}

const key = (who: keyof TestApi['keys']) => `authorization: Bearer ${api.keys[who]}`
const BILL = '/v1/reconciliation/imports?layout=lijian-list-ndjson&date=2026-11-30&client=system'

test.each`
  _case                                | head                                                                                                  | status
  ${'a payment'}                       | ${['POST /v1/transactions HTTP/1.1', 'content-type: application/json', 'content-length: 900']}        | ${408}
  ${'a payment in chunks'}             | ${['POST /v1/transactions HTTP/1.1', 'content-type: application/json', 'transfer-encoding: chunked']} | ${408}
  ${'a document that is read as text'} | ${['PUT /v1/routing HTTP/1.1', 'content-type: application/json', 'content-length: 900']}              | ${408}
  ${'a bill'}                          | ${[`POST ${BILL} HTTP/1.1`, 'content-type: text/plain', 'content-length: 90000']}                     | ${408}
  ${'members of a group'}              | ${['POST /v1/card-groups/G/imports HTTP/1.1', 'content-type: text/plain', 'content-length: 90000']}   | ${408}
`('$_case that trickles is ended with an answer', async ({ head, status }: { head: string[]; status: number }) => {
  const who = head[0]!.includes('transactions') ? 'system' : 'maker'
  const sender = await Sender.to(api.base, ...head, key(who))
  await sender.trickle(head.some((line) => line.includes('chunked')) ? '1\r\n \r\n' : ' ', 100, 15_000)
  expect({ status: sender.status, closed: sender.closed }).toEqual({ status, closed: true })
  expect(sender.said).toContain('"code":"request_timeout"')
})

test('a bill over a line that is slow but fast enough takes longer than any other request may, and is read to its end', async () => {
  const sender = await Sender.to(
    api.base,
    `POST ${BILL} HTTP/1.1`,
    'content-type: text/plain',
    'content-length: 1600',
    key('maker'),
  )
  for (let i = 0; i < 40; i++) {
    sender['socket'].write('{"'.padEnd(40))
    await sleep(100)
  }
  while (sender.said === '' && !sender.closed) await sleep(20)
  expect(sender.status).toBe(422)
})

test.each`
  _case                 | path                  | header
  ${'without a key'}    | ${'/v1/transactions'} | ${'x-nothing: 1'}
  ${'with a wrong key'} | ${BILL}               | ${'authorization: Bearer lj_x_y'}
`('a body $_case may be sent to its end, and no longer than a moment after the answer', async ({ path, header }) => {
  const lines = [
    `POST ${path as string} HTTP/1.1`,
    'content-type: text/plain',
    'content-length: 9000',
    header as string,
  ]
  const slow = await Sender.to(api.base, ...lines)
  const began = Date.now()
  await slow.trickle('x', 100, 10_000)
  expect([slow.status, slow.closed]).toEqual([401, true])
  expect(Date.now() - began).toBeLessThan(8000)
})

test('a body that is too large is told so, and its connection ends', async () => {
  const sender = await Sender.to(
    api.base,
    'POST /v1/transactions HTTP/1.1',
    'content-type: application/json',
    'content-length: 900000',
    key('system'),
  )
  await sender.trickle('x'.repeat(1000), 50, 10_000)
  expect([sender.status, sender.closed]).toEqual([413, true])
})
