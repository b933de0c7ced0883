const AGAIN_MS = 500

/** Retries an undo until PostgreSQL takes it. An untold hold also ends by its own time. */
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
