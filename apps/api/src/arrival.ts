/** Longer than our loop is ever busy: what is read after such a gap has waited in a process that was stopped. */
const STOPPED_MS = 500
/** So long after that there is still something to read that came before. */
const BACKLOG_MS = 1000
const BEAT_MS = 50

/**
 * When a request came. Node says when it reads it; a process that was stopped (SIGSTOP, a paused machine) reads late what has waited for it. A beat tells
 * of the gap, by the clock that goes on meanwhile: what is read after a gap may have come at its beginning, and is taken so.
 */
export class Arrival {
  private beatMs: number
  private gap = { beganMs: 0, untilMs: 0 }
  private readonly timer: NodeJS.Timeout

  constructor(
    private readonly nowMs: () => number,
    private readonly steadyMs: () => number = () => performance.now(),
  ) {
    this.beatMs = steadyMs()
    this.timer = setInterval(() => this.beat(), BEAT_MS).unref()
  }

  /** Of the request that is being read. */
  atMs(): number {
    const steadyMs = this.beat()
    return steadyMs < this.gap.untilMs ? this.nowMs() - (steadyMs - this.gap.beganMs) : this.nowMs()
  }

  stop(): void {
    clearInterval(this.timer)
  }

  private beat(): number {
    const steadyMs = this.steadyMs()
    const gapMs = steadyMs - this.beatMs
    if (gapMs > STOPPED_MS) this.gap = { beganMs: this.beatMs, untilMs: steadyMs + Math.min(gapMs, BACKLOG_MS) }
    this.beatMs = steadyMs
    return steadyMs
  }
}
