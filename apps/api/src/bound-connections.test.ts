import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { until } from '@lijian/testing'
import { testApi, type TestApi } from './testing/test-api'

let api: TestApi
const sockets: Socket[] = []
beforeAll(async () => {
  api = await testApi({ apiConnectionsMax: 2 })
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await api.stop()
})

async function socketTo(base: string): Promise<Socket> {
  const { hostname, port } = new URL(base)
  const socket = connect(Number(port), hostname).on('error', () => undefined)
  sockets.push(socket)
  await once(socket, 'connect')
  return socket
}

/** What is said to it until it is closed. */
async function told(socket: Socket): Promise<string> {
  let said = ''
  socket.on('data', (bytes) => (said += String(bytes)))
  await until(async () => socket.closed)
  return said
}

async function ask(socket: Socket, path: string, header = 'x: y'): Promise<string> {
  let said = ''
  const hear = (bytes: Buffer) => (said += String(bytes))
  socket.on('data', hear).write(`GET ${path} HTTP/1.1\r\nhost: lijian\r\n${header}\r\n\r\n`)
  await until(async () => /\r\n\r\n.*\}$/s.test(said) || socket.closed)
  socket.off('data', hear)
  return said
}

test('a connection above the most is told so, closed and counted; those before it go on, and one that ends makes room', async () => {
  const [one, two] = [await socketTo(api.base), await socketTo(api.base)]
  expect(await ask(one, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  expect(await ask(two, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  const above = await socketTo(api.base)
  expect(await told(above)).toMatch(
    /^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n.*"code":"unavailable".*as many connections/s,
  )
  expect(await ask(one, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  one.destroy()
  await until(async () => (await ask(await socketTo(api.base), '/health/live')).startsWith('HTTP/1.1 200 '))
  two.destroy()
  await until(async () => {
    const said = await fetch(`${api.inside}/metrics`).then(
      (reply) => reply.text(),
      () => '',
    )
    return /^lijian_http_connections_refused_total\{service="api"\} [1-9]/m.test(said)
  })
})

test('strangers leave room for addresses from which a good key came', async () => {
  const roomy = await testApi({ apiConnectionsMax: 4 })
  const held: Socket[] = []
  try {
    for (let i = 0; i < 3; i++) held.push(await socketTo(roomy.base))
    const stranger = await socketTo(roomy.base)
    expect(await told(stranger)).toMatch(/^HTTP\/1\.1 503 /)
    held.pop()!.destroy()
    const key = `authorization: Bearer ${roomy.keys.system}`
    await until(async () =>
      /^HTTP\/1\.1 (200|404) /.test(await ask(await socketTo(roomy.base), '/v1/transactions/X', key)),
    )
    held.push(await socketTo(roomy.base))
    expect(await ask(held.at(-1)!, '/v1/transactions/X', key)).toMatch(/^HTTP\/1\.1 404 /)
  } finally {
    for (const socket of held) socket.destroy()
    await roomy.stop()
  }
})
