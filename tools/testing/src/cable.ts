import { createServer, connect, type Server, type Socket } from 'node:net'

/** One connection: the client's end, the server's end, and whether its packets are lost from now on. */
interface Pair {
  near: Socket
  far: Socket
  isDead: boolean
}

/** A TCP cable to a real PostgreSQL (or any server) in which a test plays what a network does. Each fault lasts until it is taken away. */
export class Cable {
  private readonly pairs = new Set<Pair>()
  private frozen = false
  private cutOff = false
  private unreachable = false
  private delayMs = 0
  private slowStartMs = 0
  private replyLost: ((bytes: Buffer) => boolean) | undefined
  /** Replies that were lost. */
  lostReplies = 0

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

  /** Refused at once, until mended: the connections of now end. */
  cut(): void {
    this.cutOff = true
    this.sever()
  }

  mend(): void {
    this.cutOff = false
    this.unreachable = false
    this.delayMs = 0
    this.slowStartMs = 0
    this.replyLost = undefined
  }

  /** The connections of now end with an error; new ones are fine. */
  sever(): void {
    for (const { near, far } of this.pairs) {
      near.destroy()
      far.destroy()
    }
  }

  /** Nothing moves, until thawed; then everything arrives. */
  freeze(): void {
    this.frozen = true
    for (const { near, far } of this.pairs) {
      near.pause()
      far.pause()
    }
  }

  thaw(): void {
    this.frozen = false
    for (const { near, far } of this.pairs) {
      near.resume()
      far.resume()
    }
  }

  /** The connections of now are dead for ever and nobody is told; new ones are fine. */
  halfOpen(): void {
    for (const pair of this.pairs) pair.isDead = true
  }

  /** As a firewall that drops packets: what stands is dead for ever, what is new waits for an answer that never comes. */
  dropPackets(): void {
    this.unreachable = true
    this.halfOpen()
  }

  /** Each direction takes so much longer. */
  delay(ms: number): void {
    this.delayMs = ms
  }

  /** The first bytes of the server come so much later, on new connections. */
  slowStart(ms: number): void {
    this.slowStartMs = ms
  }

  /** A reply of the server that `isIt` says yes to never arrives: the connection breaks instead, after the server has done its work. */
  loseReply(isIt: (bytes: Buffer) => boolean): void {
    this.replyLost = isIt
  }

  /** Connections that stand. */
  get size(): number {
    return this.pairs.size
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private plug(near: Socket, far: Socket): void {
    const pair: Pair = { near, far, isDead: this.unreachable }
    this.pairs.add(pair)
    for (const socket of [near, far]) socket.on('error', () => undefined)
    let slowUntil = performance.now() + this.slowStartMs
    near.on('data', (bytes) => this.carry(pair, bytes, far, 0)).on('close', () => far.destroy())
    far
      .on('data', (bytes) => {
        if (this.replyLost?.(bytes)) {
          this.lostReplies++
          near.destroy()
          return
        }
        const waitMs = Math.max(0, slowUntil - performance.now())
        if (waitMs === 0) slowUntil = 0
        this.carry(pair, bytes, near, waitMs)
      })
      .on('close', () => {
        if (!pair.isDead) near.destroy()
        this.pairs.delete(pair)
      })
    if (this.cutOff) return void near.destroy()
    if (this.frozen) return void far.pause()
    near.resume()
  }

  private carry(pair: Pair, bytes: Buffer, to: Socket, waitMs: number): void {
    if (pair.isDead) return
    const ms = this.delayMs + waitMs
    if (ms === 0) to.write(bytes)
    else setTimeout(() => !pair.isDead && !to.destroyed && to.write(bytes), ms)
  }
}
