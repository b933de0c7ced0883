import { connect } from 'node:net'

export interface Posted {
  status: number
  text: string
}

/**
 * One request over a connection of its own, as cheap as it can be: a generator must be able to ask for more than a process can take. Undefined: the
 * connection was refused or ended without a whole answer. `silent`: no answer came in time.
 */
export function post(url: string, key: string, body: object, withinMs: number): Promise<Posted | 'silent' | undefined> {
  const { hostname, port, pathname } = new URL(url)
  const text = JSON.stringify(body)
  return new Promise((resolve) => {
    const said: Buffer[] = []
    const socket = connect(Number(port), hostname)
    const timer = setTimeout(() => {
      resolve('silent')
      socket.destroy()
    }, withinMs)
    socket
      .on('error', () => undefined)
      .on('data', (bytes) => said.push(bytes))
      .on('close', () => {
        clearTimeout(timer)
        resolve(answerOf(Buffer.concat(said).toString()))
      })
      .write(
        `POST ${pathname} HTTP/1.1\r\nhost: lijian\r\nconnection: close\r\nauthorization: Bearer ${key}\r\n` +
          `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      )
  })
}

function answerOf(said: string): Posted | undefined {
  const end = said.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const text = said.slice(end + 4)
  const length = /\r\ncontent-length: (\d+)/i.exec(said.slice(0, end))?.[1]
  if (Number(length) !== Buffer.byteLength(text)) return undefined
  return { status: Number(said.slice(9, 12)), text }
}
