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
  /** How often it removes files whose time is over. */
  tidyEveryMs?: number
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
    const { everyMs = EVERY_MS, tidyEveryMs = TIDY_EVERY_MS, onError } = this.options
    const restMs = Math.min(everyMs, tidyEveryMs)
    while (!this.over.signal.aborted) {
      const woken = new Promise<void>((resolve) => (this.wake = resolve))
      // None waits for another: without ears it looks, and a queue that is away stops no tidying.
      for (const part of [this.hear, this.look, this.tidy]) await part().catch(onError)
      const rest = new AbortController()
      await Promise.race([woken, sleep(restMs, undefined, { signal: rest.signal }).catch(() => undefined)])
      rest.abort()
    }
  }

  private readonly hear = async (): Promise<void> => {
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

  private readonly look = async (): Promise<void> => {
    for (const attempt of await this.options.work.waiting()) {
      if (this.over.signal.aborted) return
      await this.options.add(attempt)
    }
  }

  private readonly tidy = async (): Promise<void> => {
    const { work, files, tidyEveryMs = TIDY_EVERY_MS } = this.options
    if (performance.now() - this.tidiedAt < tidyEveryMs) return
    this.tidiedAt = performance.now()
    await work.expire()
    await files.sweep(() => work.kept())
  }
}
