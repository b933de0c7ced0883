import { LijianError } from '@lijian/contracts/system'

export interface InTime<T> {
  leftMs: number
  /** Runs the decision; what it is told says whether anybody still waits. */
  admit: (abandoned: () => boolean) => Promise<T>
  /** What is told when there is no decision in time; asked at the deadline, or at once when PostgreSQL is away. */
  without: (reason: 'deadline' | 'unavailable') => T
  isAway: () => boolean
  /** The decision was told in time. */
  onTold?: (answer: T) => void
  /** It came after something else had been told. */
  onLate: (answer: T) => void
  /** Nobody knows whether it was committed: its answer was lost, or failed after something else had been told. */
  onLost: () => void
}

/** The decision's answer if it comes in time, else `without`; never both. Rejects with what the decision throws, but for `unavailable`. */
export function answerInTime<T>({ leftMs, admit, without, isAway, onTold, onLate, onLost }: InTime<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let answered = false
    const timer = setTimeout(
      () => {
        answered = true
        resolve(without(isAway() ? 'unavailable' : 'deadline'))
      },
      Math.max(0, leftMs),
    )
    admit(() => answered).then(
      (answer) => {
        clearTimeout(timer)
        if (answered) return onLate(answer)
        onTold?.(answer)
        resolve(answer)
      },
      (error: unknown) => {
        clearTimeout(timer)
        const unavailable = error instanceof LijianError && error.code === 'unavailable'
        // The statement may have been committed although its answer was lost.
        if (unavailable || answered) onLost()
        if (answered) return
        if (unavailable) resolve(without('unavailable'))
        else reject(error as Error)
      },
    )
  })
}

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
