/** So many requests a second, with one second's worth as the largest burst. */
export class TokenBucket {
  private tokens: number
  private atMs = 0

  constructor(readonly ratePerSecond: number) {
    this.tokens = ratePerSecond
  }

  take(nowMs: number): boolean {
    if (this.isEmpty(nowMs)) return false
    this.tokens -= 1
    return true
  }

  /** Whether nothing could be taken now. */
  isEmpty(nowMs: number): boolean {
    // A clock that was set back gives nothing and takes nothing.
    const elapsedMs = Math.max(0, nowMs - this.atMs)
    this.atMs = nowMs
    this.tokens = Math.min(this.ratePerSecond, this.tokens + (elapsedMs * this.ratePerSecond) / 1000)
    return this.tokens < 1
  }
}
