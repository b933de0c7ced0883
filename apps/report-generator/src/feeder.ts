import { setTimeout as sleep } from 'node:timers/promises'
import { hearOfRuns, type Attempt, type ReportFiles, type ReportWork } from '@lijian/report-runs'
import type { Client } from 'pg'

export interface FeederOptions {
  work: Pick<ReportWork, 'waiting' | 'expire' | 'kept'>
  files: Pick<ReportFiles, 'sweep'>
  add: (attempt: Attempt) => Promise<void>
  /** A new connection that hears of new runs; not connected yet. */
  listen: () => Client
  onError: (error: unknown) => void
  /** How often it looks when it hears nothing. */
  everyMs?: number
}

const EVERY_MS = 5000
const TIDY_EVERY_MS = 60_000

/**
 * Brings what waits in PostgreSQL to the queue, as soon as it hears of it and every few seconds besides: a queue that was emptied, a notice that
 * was lost and an attempt that died are the same to it. Removes files whose time is over.
 */
export class Feeder {
  private readonly over = new AbortController()
  private ears: Client | undefined
  private wake: () => void = () => undefined
  private running: Promise<void> = Promise.resolve()
  private tidiedAt = -Infinity

  constructor(private readonly options: FeederOptions) {}

  start(): void {
    this.running = this.run()
  }

  async stop(): Promise<void> {
    this.over.abort()
    this.wake()
    await this.running
    await this.ears?.end().catch(() => undefined)
  }

  private async run(): Promise<void> {
    const { everyMs = EVERY_MS, onError } = this.options
    while (!this.over.signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve))
      try {
        await this.hear()
        await this.look()
      } catch (error) {
        onError(error)
      }
      const rest = new AbortController()
      await Promise.race([woken, sleep(everyMs, undefined, { signal: rest.signal }).catch(() => undefined)])
      rest.abort()
    }
  }

  private async hear(): Promise<void> {
    if (this.ears) return
    const ears = (this.ears = this.options.listen())
    const deaf = () => {
      if (this.ears === ears) this.ears = undefined
    }
    await hearOfRuns(ears, () => this.wake(), deaf).catch((error: unknown) => {
      deaf()
      throw error
    })
  }

  private async look(): Promise<void> {
    const { work, files, add } = this.options
    for (const attempt of await work.waiting()) await add(attempt)
    if (performance.now() - this.tidiedAt < TIDY_EVERY_MS) return
    await work.expire()
    await files.sweep(() => work.kept())
    this.tidiedAt = performance.now()
  }
}
