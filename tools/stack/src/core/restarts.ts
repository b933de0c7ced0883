export interface RestartLimits {
  firstMs: number
  mostMs: number
  /** So many starts within that time; then a person must look. */
  limit: number
  withinMs: number
  /** After this time without a death the next delay is the first one again. */
  steadyMs: number
}

export const usualLimits: RestartLimits = {
  firstMs: 500,
  mostMs: 30_000,
  limit: 10,
  withinMs: 600_000,
  steadyMs: 10_000,
}

/** When a server that died is started again: at once at first, then later and later, and not at all after too many deaths. */
export class Restarts {
  private starts: number[] = []
  private streak = 0

  constructor(readonly limits: RestartLimits = usualLimits) {}

  /** The delay before the next start, which is counted; undefined when there were too many. */
  next(nowMs: number): number | undefined {
    const { firstMs, mostMs, limit, withinMs } = this.limits
    this.starts = this.starts.filter((at) => at > nowMs - withinMs)
    if (this.starts.length >= limit) return undefined
    this.starts.push(nowMs)
    return Math.min(mostMs, firstMs * 2 ** this.streak++)
  }

  /** It died after it had been ready for so long. */
  ranFor(ms: number): void {
    if (ms >= this.limits.steadyMs) this.streak = 0
  }

  /** A person asked for another try. */
  forget(): void {
    this.starts = []
    this.streak = 0
  }
}
