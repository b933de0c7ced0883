import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import { verifyStandardWebhook, verifyWebhook } from '@lijian/privacy'
import { isOurs } from './outside'
import { postSigned } from './post'

const secret = 'whsec_test_0123456789'
const message = { id: ['till/1', 'transaction', 'S 1', 2], body: '{"serial":"S 1"}' }
const post = (url: string, inside: boolean) => postSigned({ url, secret }, message, { timeoutMs: 2000, inside })

let server: Server
let base: string
let status = 200
const got: { url: string; headers: IncomingHttpHeaders; body: string }[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push({ url: request.url!, headers: request.headers, body })
      response.writeHead(status, { location: '/elsewhere' }).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

test.each`
  url                                 | says
  ${'http://example.com/'}            | ${'the address is not https'}
  ${'https://169.254.169.254/latest'} | ${'private, loopback or link-local'}
  ${'https://0x7f000001/'}            | ${'private, loopback or link-local'}
  ${'https://2130706433/'}            | ${'private, loopback or link-local'}
  ${'https://100.100.100.200/'}       | ${'private, loopback or link-local'}
  ${'https://[::1]/'}                 | ${'private, loopback or link-local'}
  ${'https://[::ffff:10.0.0.1]/'}     | ${'private, loopback or link-local'}
  ${'https://[fd00:ec2::254]/'}       | ${'private, loopback or link-local'}
  ${'https://localhost/'}             | ${'private, loopback or link-local'}
  ${'https://user:pw@example.com/'}   | ${'a user or password'}
`('outside development $url is not posted to', async ({ url, says }) => {
  expect(await post(url as string, false)).toMatch(new RegExp(`^not sent: .*${says as string}`))
})

test('public addresses are outside, all others are ours', () => {
  for (const one of ['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '2606:4700::1111'])
    expect(isOurs(one)).toBe(false)
  const ours = [
    '10.1.1.1',
    '172.31.255.1',
    '192.168.0.1',
    '127.9.9.9',
    '0.0.0.0',
    '100.127.0.1',
    '224.0.0.1',
    '255.255.255.255',
  ]
  const six = [
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fdff::1',
    'ff02::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '::ffff:0:7f00:1',
    '64:ff9b:2::7f00:1',
    '100::1',
    '4000::1',
  ]
  for (const one of [...ours, ...six]) expect({ one, ours: isOurs(one) }).toEqual({ one, ours: true })
})

test('in development it is posted, signed in both ways, for this client and event only; a redirect is not followed', async () => {
  expect(await post(base, true)).toBeUndefined()
  const { headers, body } = got[0]!
  const clock = { nowSeconds: Date.now() / 1000 }
  expect(verifyWebhook(secret, String(headers['lijian-signature']), body, clock)).toBe(true)
  const standard = headers as Parameters<typeof verifyStandardWebhook>[1]
  expect(standard['webhook-id']).toBe('till%2F1/transaction/S%201/2')
  expect(verifyStandardWebhook(secret, standard, body, clock)).toBe(true)
  for (const change of [
    { 'webhook-id': 'till%2F2/transaction/S%201/2' },
    { 'webhook-timestamp': '1' },
    { 'webhook-signature': 'v1,' },
  ])
    expect(verifyStandardWebhook(secret, { ...standard, ...change }, body, clock)).toBe(false)
  expect(verifyStandardWebhook(secret, standard, `${body} `, clock)).toBe(false)
  status = 307
  expect(await post(base, true)).toBe('the receiver answered 307')
  expect(got.map(({ url }) => url)).toEqual(['/', '/'])
})
