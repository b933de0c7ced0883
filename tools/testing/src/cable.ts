import { createServer, connect, type Server, type Socket } from 'node:net'

/** A TCP cable to a real PostgreSQL that a test can cut (refused at once) or freeze (nothing moves until thawed). */
export class Cable {
  private readonly pairs = new Set<[Socket, Socket]>()
  private frozen = false
  private cutOff = false

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async to(databaseUrl: string): Promise<Cable> {
    const target = new URL(databaseUrl)
    const server = createServer({ pauseOnConnect: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const url = new URL(databaseUrl)
    url.hostname = '127.0.0.1'
    url.port = String((server.address() as { port: number }).port)
    const cable = new Cable(server, url.toString())
    server.on('connection', (near) => cable.plug(near, connect(Number(target.port), target.hostname)))
    return cable
  }

  private plug(near: Socket, far: Socket): void {
    const pair: [Socket, Socket] = [near, far]
    this.pairs.add(pair)
    for (const socket of pair) socket.on('error', () => undefined)
    near.on('data', (bytes) => far.write(bytes)).on('close', () => far.destroy())
    far
      .on('data', (bytes) => near.write(bytes))
      .on('close', () => {
        near.destroy()
        this.pairs.delete(pair)
      })
    if (this.cutOff) return void near.destroy()
    if (this.frozen) return void far.pause()
    near.resume()
  }

  cut(): void {
    this.cutOff = true
    for (const [near, far] of this.pairs) {
      near.destroy()
      far.destroy()
    }
  }

  mend(): void {
    this.cutOff = false
  }

  freeze(): void {
    this.frozen = true
    for (const [near, far] of this.pairs) {
      near.pause()
      far.pause()
    }
  }

  thaw(): void {
    this.frozen = false
    for (const [near, far] of this.pairs) {
      near.resume()
      far.resume()
    }
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }
}
