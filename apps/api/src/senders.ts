import type { Socket } from 'node:net'
import { TokenBucket } from '@lijian/identity'

/** More addresses at a time are forgotten, the oldest first. */
const ADDRESSES_MAX = 10_000
const LATELY_MS = 10 * 60_000

/** What is known of addresses: how many of their requests were refused lately, and whether a good key came from there. */
export class Senders {
  private readonly refused = new Map<string, TokenBucket>()
  private readonly probed = new Map<string, TokenBucket>()
  private readonly greetedMs = new Map<string, number>()
  private readonly sockets = new WeakSet<Socket>()

  constructor(
    private readonly refusalsPerSecond: number,
    private readonly now: () => number,
  ) {}

  /** Whether so much was refused to it that its next request is not looked at. */
  isSpent(address: string): boolean {
    return this.refused.get(networkOf(address))?.isEmpty(this.now()) ?? false
  }

  refuse(address: string): void {
    this.take(this.refused, address)
  }

  /** False: it probes so often that it is no orchestrator. What was refused to it does not count. */
  mayProbe(address: string): boolean {
    return this.take(this.probed, address)
  }

  private take(buckets: Map<string, TokenBucket>, address: string): boolean {
    const network = networkOf(address)
    let bucket = buckets.get(network)
    if (bucket === undefined) keep(buckets, network, (bucket = new TokenBucket(this.refusalsPerSecond)))
    return bucket.take(this.now())
  }

  /** A good key came over this socket; the first time is enough. */
  greet(socket: Socket): void {
    if (this.sockets.has(socket)) return
    this.sockets.add(socket)
    keep(this.greetedMs, networkOf(socket.remoteAddress ?? ''), this.now())
    // It counts from its end.
    socket.once('close', () => this.greetedMs.set(networkOf(socket.remoteAddress ?? ''), this.now()))
  }

  isKnown(address: string | undefined): boolean {
    const atMs = this.greetedMs.get(networkOf(address ?? ''))
    return atMs !== undefined && this.now() - atMs < LATELY_MS
  }
}

function keep<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.delete(key)
  if (map.size >= ADDRESSES_MAX) map.delete(map.keys().next().value!)
  map.set(key, value)
}

/** Whoever has one IPv6 address has the 2^64 beside it. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)
  if (mapped) return mapped[1]!
  const [head = '', tail = ''] = address.split('::')
  const before = head.split(':').filter(Boolean)
  const after = tail.split(':').filter(Boolean)
  const zeros = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0')
  return `${[...before, ...zeros, ...after].slice(0, 4).join(':')}::`
}
