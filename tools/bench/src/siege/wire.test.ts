import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { bytesOf, Wire } from './wire'

/** What a wire makes of an answer that comes in these pieces. */
async function statusOf(pieces: readonly string[], ask: { method?: string; requests?: number; ends?: boolean }) {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', () => {
      void (async () => {
        for (const piece of pieces) {
          socket.write(piece)
          await new Promise((resolve) => setImmediate(resolve))
        }
        if (ask.ends === true) socket.end()
      })()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const wire = await Wire.open((server.address() as AddressInfo).port)
  const status = await wire!.ask(bytesOf({ method: ask.method ?? 'GET', path: '/' }), ask.requests)
  wire!.close()
  server.close()
  return status
}

const SIXTEEN = 'HTTP/1.1 200 OK\r\ncontent-length: 16\r\n\r\n'
const CHUNKS = 'HTTP/1.1 401 No\r\ntransfer-encoding: chunked\r\n\r\n'

test.each([
  ['with a length', [SIXTEEN, '0123456789', 'abcdef'], {}, 200],
  ['of HEAD, which has a length and no body', [SIXTEEN], { method: 'HEAD' }, 200],
  ['without a body', ['HTTP/1.1 204 No Content\r\n\r\n'], {}, 204],
  ['in chunks', [CHUNKS, '2\r\nab\r\n', '0\r\n\r\n'], {}, 401],
  [
    'of the last of three requests',
    [SIXTEEN, '0123456789abcdef', SIXTEEN + '0123456789abcdef', CHUNKS + '0\r\n\r\n'],
    { requests: 3 },
    401,
  ],
  ['that is cut off', [SIXTEEN, '0123'], { ends: true }, 200],
  ['that never came', [], { ends: true }, 'closed'],
])('an answer %s is read to its end', async (_case, pieces, ask, expected) => {
  expect(await statusOf(pieces, ask)).toBe(expected)
})
