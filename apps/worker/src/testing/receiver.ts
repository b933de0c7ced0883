import { createServer, type IncomingMessage } from 'node:http'

export interface Received {
  body: string
  signature: string
  headers: Record<string, string>
}

/** A transaction system's webhook: keeps what comes, and answers what the test says. */
export class Receiver {
  readonly received: Received[] = []
  status: number = 200
  #server = createServer(
    (request, response) => void this.#answer(request).then((status) => response.writeHead(status).end()),
  )
  url = ''

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    const { port } = this.#server.address() as { port: number }
    this.url = `http://127.0.0.1:${port}/lijian`
    return this
  }

  async #answer(request: IncomingMessage): Promise<number> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString('utf8')
    this.received.push({
      body,
      signature: String(request.headers['lijian-signature']),
      headers: request.headers as Record<string, string>,
    })
    return this.status
  }

  bodies(serial: string): Record<string, unknown>[] {
    const all = this.received.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
    return all.filter((body) => body['serial'] === serial)
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve())
      this.#server.closeAllConnections()
    })
  }
}
