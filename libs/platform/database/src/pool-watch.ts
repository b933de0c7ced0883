import type { Pool } from 'pg'

const LOOK_EVERY_MS = 1000
const STUCK_MS = 5000

/** Looks whether somebody waits for a connection that a pool does not give. */
export class PoolWatch {
  private readonly pools: readonly (readonly [string, Pool])[]
  private readonly waitingSince = new Map<string, number>()
  private readonly timer: NodeJS.Timeout

  constructor(
    pools: Readonly<Record<string, Pool>>,
    private readonly steadyMs: () => number = () => performance.now(),
  ) {
    this.pools = Object.entries(pools)
    // A connection that was given: whoever still waits begins anew.
    for (const [name, pool] of this.pools) pool.on('acquire', () => this.waitingSince.delete(name))
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS).unref()
  }

  /** How long each has given none although somebody waits. */
  waitsMs(): [string, number][] {
    this.look()
    return this.pools.map(([name]) => [name, this.steadyMs() - (this.waitingSince.get(name) ?? this.steadyMs())])
  }

  /** Those of whom nobody has got a connection for seconds. */
  stuck(): string[] {
    return this.waitsMs().flatMap(([name, ms]) => (ms >= STUCK_MS ? [name] : []))
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private look(): void {
    for (const [name, { waitingCount }] of this.pools)
      if (waitingCount === 0) this.waitingSince.delete(name)
      else if (!this.waitingSince.has(name)) this.waitingSince.set(name, this.steadyMs())
  }
}
