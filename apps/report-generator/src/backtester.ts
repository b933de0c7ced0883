import { setTimeout as sleep } from 'node:timers/promises'
import { NeverSucceeds, NotThereYet, tryPayments, type BacktestRunRow, type BacktestWork } from '@lijian/campaigns'
import type { Logger } from '@lijian/telemetry'
import type { Pool } from 'pg'
import type { Pace } from './pacing/pace'
import { canSucceedLater, reasonOf } from './reason'

export interface BacktesterOptions {
  work: BacktestWork
  reading: Pool
  pace: Pick<Pace, 'during' | 'paced'>
  timeZone: string
  log: Logger
  silentMs: number
  everyMs?: number
}

/** In one process; what waits longer is for another one. */
const AT_ONCE = 2
const EVERY_MS = 2000
const HEARD_EVERY_MS = 1000

class Ended extends Error {
  constructor(readonly why: 'cancel' | 'lost' | 'stop') {
    super(why)
  }
}

/** Runs back-tests beside reports, two at once, at their pace: page by page in the time that payments leave. */
export class Backtester {
  private readonly over = new AbortController()
  private readonly running = new Map<number, Promise<void>>()
  private loop: Promise<void> = Promise.resolve()

  constructor(private readonly options: BacktesterOptions) {}

  start(): void {
    this.loop = this.look()
  }

  /** Ends what runs; it waits for another process, or for this one when it is back. */
  async stop(): Promise<void> {
    this.over.abort(new Ended('stop'))
    await this.loop
    await Promise.all(this.running.values())
  }

  private async look(): Promise<void> {
    const { work, log, everyMs = EVERY_MS } = this.options
    while (!this.over.signal.aborted) {
      try {
        await work.expire()
        for (const id of await work.waiting(AT_ONCE)) {
          if (this.running.size >= AT_ONCE || this.running.has(id)) continue
          this.running.set(
            id,
            this.make(id).finally(() => this.running.delete(id)),
          )
        }
      } catch (error) {
        log.warn({ reason: reasonOf(error) }, 'waiting back-tests not looked at; trying again')
      }
      await sleep(everyMs, undefined, { signal: this.over.signal }).catch(() => undefined)
    }
  }

  /** Never throws: the row of the run says what became of it. */
  private async make(id: number): Promise<void> {
    const { work, log } = this.options
    try {
      const run = await work.claim(id)
      if (run === undefined) return
      const outcome = await this.attempt(run)
      log.info({ backtest: id, attempt: run.attempt, outcome }, 'back-test ended')
    } catch (error) {
      // PostgreSQL is away. The attempt falls silent, and its run is taken up again.
      log.warn({ backtest: id, reason: reasonOf(error) }, 'back-test left alone')
    }
  }

  private async attempt(run: BacktestRunRow): Promise<string> {
    const { work, reading, pace, timeZone } = this.options
    const ending = new AbortController()
    const signal = AbortSignal.any([ending.signal, this.over.signal])
    const progress: { done: number; total?: number } = { done: 0 }
    const beat = this.beat(run, progress, ending)
    try {
      const { reports, lines } = await pace.during(() =>
        tryPayments(reading, run, {
          timeZone,
          signal,
          onTotal: (total) => (progress.total = total),
          onLines: (done) => (progress.done = done),
          paced: (pages) => pace.paced(pages, signal),
        }),
      )
      if (await work.finish(run, reports, lines)) return 'done'
      return (await work.cancelled(run)) ? 'cancelled' : 'lost'
    } catch (error) {
      return await this.gaveUp(run, signal.aborted ? signal.reason : error)
    } finally {
      beat.stop()
    }
  }

  private async gaveUp(run: BacktestRunRow, error: unknown): Promise<string> {
    const { work, log } = this.options
    if (error instanceof Ended) {
      if (error.why === 'lost') return 'lost'
      if (error.why === 'cancel') return (await work.cancelled(run)) ? 'cancelled' : 'lost'
      return (await work.putBack(run)) ? 'again' : 'lost'
    }
    const reason = error instanceof NeverSucceeds ? error.message : reasonOf(error)
    const again = error instanceof NotThereYet || (!(error instanceof NeverSucceeds) && canSucceedLater(error))
    log.warn({ backtest: run.id, attempt: run.attempt, reason }, 'back-test failed')
    return (await work.failed(run, reason, again)) ? (again ? 'again' : 'failed') : 'lost'
  }

  /** Once a second: how far it is, and whether it may go on. Unheard for too long, it does not: another attempt has begun. */
  private beat(run: BacktestRunRow, progress: { done: number; total?: number }, ending: AbortController) {
    const { work, silentMs } = this.options
    const over = new AbortController()
    let heardAt = performance.now()
    const beat = async () => {
      while (!ending.signal.aborted) {
        await sleep(HEARD_EVERY_MS, undefined, { signal: over.signal })
        const askedAt = performance.now()
        const told = await work.heard(run, progress.done, progress.total).catch(() => undefined)
        if (told !== undefined) heardAt = askedAt
        if (told === 'cancel' || told === 'lost') ending.abort(new Ended(told))
        else if (performance.now() - heardAt > silentMs) ending.abort(new Ended('lost'))
      }
    }
    beat().catch(() => undefined)
    return { stop: () => over.abort() }
  }
}
