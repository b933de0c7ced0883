import { askClock } from '@lijian/database'

/** The quickest answer of so long is believed: each one was some time on its way. */
const BELIEVED_MS = 60_000

/**
 * PostgreSQL's clock, as this process has heard of it: holds live by it, whatever the clock of this machine says. Between two answers our steady clock
 * counts on. It is behind by what an answer takes, so that a hold never ends early.
 */
export class DatabaseClock {
  private offsetMs: number | undefined
  private heardAtMs = 0

  /** `fixed`: of a test, instead of PostgreSQL's. */
  constructor(private readonly fixed?: () => number) {}

  get isKnown(): boolean {
    return this.fixed !== undefined || this.offsetMs !== undefined
  }

  /** What PostgreSQL's clock said when it answered. */
  hear(nowMs: number, steadyMs = performance.now()): void {
    const offsetMs = nowMs - steadyMs
    if (this.offsetMs !== undefined && offsetMs < this.offsetMs && steadyMs - this.heardAtMs < BELIEVED_MS) return
    this.offsetMs = offsetMs
    this.heardAtMs = steadyMs
  }

  /** As `nowMs`; PostgreSQL is asked first if it has said nothing yet. */
  async asked(db: Parameters<typeof askClock>[0]): Promise<number> {
    if (!this.isKnown) this.hear(await askClock(db))
    return this.nowMs()
  }

  nowMs(): number {
    if (this.fixed !== undefined) return this.fixed()
    return this.offsetMs === undefined ? Date.now() : performance.now() + this.offsetMs
  }
}
