import { createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { Connection, post } from './connection'

/** A server that answers each request with the given chunks, as a network may cut them. */
async function exchange(chunks: readonly string[], requests: number): Promise<[number, string][]> {
  const server = createServer((socket: Socket) => {
    socket.on('data', () => {
      void (async () => {
        for (const chunk of chunks) {
          socket.write(chunk)
          await new Promise((resolve) => setImmediate(resolve))
        }
      })()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const answers: [number, string][] = []
  const connection = await new Promise<Connection>((resolve, reject) => {
    const request = post('/v1/transactions', 'key', '{}')
    const opened = Connection.open(
      (server.address() as AddressInfo).port,
      (status, body) => {
        answers.push([status, body])
        if (answers.length < requests) void opened.then((open) => open.send(request))
        else void opened.then(resolve)
      },
      reject,
    )
    void opened.then((open) => open.send(request))
  })
  connection.close()
  server.close()
  return answers
}

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nContent-Length: 16\r\n\r\n'
const BODY = '{"state":"held"}'

test.each`
  _case                 | chunks
  ${'in one piece'}     | ${[HEAD + BODY]}
  ${'cut in the head'}  | ${[HEAD.slice(0, 30), HEAD.slice(30) + BODY]}
  ${'cut in the body'}  | ${[HEAD + BODY.slice(0, 5), BODY.slice(5)]}
  ${'cut between them'} | ${[HEAD, BODY]}
`('an answer $_case is read whole, and the next one after it', async ({ chunks }: { chunks: string[] }) => {
  expect(await exchange(chunks, 2)).toEqual([
    [200, BODY],
    [200, BODY],
  ])
})

test('a request says how long it is', () => {
  expect(post('/v1/transactions', 'secret', '{"a":1}')).toBe(
    'POST /v1/transactions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer secret\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{"a":1}',
  )
})
