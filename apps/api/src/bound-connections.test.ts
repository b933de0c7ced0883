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

async function ask(socket: Socket, path: string): Promise<string> {
  let said = ''
  const hear = (bytes: Buffer) => (said += String(bytes))
  socket.on('data', hear).write(`GET ${path} HTTP/1.1\r\nhost: lijian\r\n\r\n`)
  await until(async () => /\r\n\r\n.*\}$/s.test(said) || socket.closed)
  socket.off('data', hear)
  return said
}

test('a connection above the most is closed at once and counted; those before it go on, and one that ends makes room', async () => {
  const [one, two] = [await socketTo(api.base), await socketTo(api.base)]
  expect(await ask(one, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  expect(await ask(two, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  const above = await socketTo(api.base)
  await until(async () => above.closed)
  expect(await ask(one, '/health/live')).toMatch(/^HTTP\/1\.1 200 /)
  one.destroy()
  await until(async () => (await ask(await socketTo(api.base), '/health/live')).startsWith('HTTP/1.1 200 '))
  two.destroy()
  await until(async () => {
    const said = await fetch(`${api.base}/metrics`).then(
      (reply) => reply.text(),
      () => '',
    )
    return /^lijian_http_connections_refused_total\{service="api"\} [1-9]/m.test(said)
  })
})
