import { connect, type Socket } from 'node:net'

/**
 * One keep-alive HTTP/1.1 connection with one request in flight, on a bare socket: on two cores a full HTTP client would
 * take from the server what it is meant to measure.
 */
export class Connection {
  private readonly socket: Socket
  private received = ''
  private headEnd = -1
  private bodyEnd = -1

  private constructor(
    port: number,
    private readonly answered: (status: number, body: string) => void,
    failed: (error: Error) => void,
  ) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true })
    this.socket.setEncoding('latin1')
    this.socket.on('data', (chunk: string) => this.take(chunk))
    this.socket.on('error', failed)
    this.socket.on('close', () => failed(new Error('the server closed the connection')))
  }

  static open(
    port: number,
    answered: (status: number, body: string) => void,
    failed: (error: Error) => void,
  ): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection = new Connection(port, answered, (error) => {
        reject(error)
        failed(error)
      })
      connection.socket.once('connect', () => resolve(connection))
    })
  }

  send(request: string): void {
    this.socket.write(request, 'latin1')
  }

  close(): void {
    this.socket.removeAllListeners('close')
    this.socket.destroy()
  }

  private take(chunk: string): void {
    this.received = this.received === '' ? chunk : this.received + chunk
    if (this.headEnd < 0) {
      this.headEnd = this.received.indexOf('\r\n\r\n')
      if (this.headEnd < 0) return
      const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, this.headEnd))
      if (!length) throw new Error(`an answer without a length: ${this.received.slice(0, this.headEnd)}`)
      this.bodyEnd = this.headEnd + 4 + Number(length[1])
    }
    if (this.received.length < this.bodyEnd) return
    const status = Number(this.received.slice(9, 12))
    const body = this.received.slice(this.headEnd + 4, this.bodyEnd)
    this.received = ''
    this.headEnd = -1
    this.answered(status, body)
  }
}

/** A request's text; bodies are ASCII, so characters are bytes. */
export const post = (path: string, key: string, body: string): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
