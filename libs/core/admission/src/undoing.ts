const AGAIN_MS = 500

/** What must be undone, tried until PostgreSQL takes it. A hold that nobody was told of also ends by its own time. */
export class Undoing {
  private readonly timers = new Set<NodeJS.Timeout>()

  start(attempt: () => Promise<unknown>): void {
    attempt().catch(() => {
      const timer = setTimeout(() => {
        this.timers.delete(timer)
        this.start(attempt)
      }, AGAIN_MS)
      timer.unref()
      this.timers.add(timer)
    })
  }

  stop(): void {
    for (const timer of this.timers) clearTimeout(timer)
  }
}
