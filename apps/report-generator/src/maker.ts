import { setTimeout as sleep } from 'node:timers/promises'
import {
  differences,
  withSnapshot,
  type Ask,
  type definitionOf,
  type ReportDefinition,
  type Snapshot,
} from '@lijian/reports'
import type { Attempt, Claimed, Made, ReportFiles, ReportWork } from '@lijian/report-runs'
import type { Logger } from '@lijian/telemetry'
import type { Pool, PoolClient } from 'pg'
import { writeReport } from './formats/write'
import type { Pace } from './pacing/pace'
import { canSucceedLater, reasonOf } from './reason'

export interface MakerOptions {
  work: ReportWork
  files: ReportFiles
  /** Where rows are read: the database, or a replica of it. */
  reading: Pool
  pace: Pace
  timeZone: string
  log: Logger
  definitionOf: typeof definitionOf
  /** Unheard for so long, an attempt ends by itself: another one has begun. */
  silentMs: number
  /** Told how each attempt ended. */
  onEnd?: (outcome: Outcome, run: Claimed, tookMs: number) => void
}
export type Outcome = 'done' | 'failed' | 'disagrees' | 'cancelled' | 'lost' | 'again'

const HEARD_EVERY_MS = 1000

class Ended extends Error {
  constructor(readonly why: 'cancel' | 'lost' | 'stop') {
    super(why)
  }
}

/** Makes reports, one attempt of one run at a time and a call. */
export class Maker {
  private readonly stopping = new AbortController()

  constructor(private readonly options: MakerOptions) {}

  /** Ends what runs; it waits for another process, or for this one when it is back. */
  stop(): void {
    this.stopping.abort(new Ended('stop'))
  }

  /** Never throws: the row of the run says what became of it. */
  async make(id: number): Promise<void> {
    const { work, log, onEnd } = this.options
    const began = performance.now()
    try {
      if (this.stopping.signal.aborted) return
      const run = await work.claim(id)
      if (run === undefined) return
      const outcome = await this.attempt(run)
      onEnd?.(outcome, run, performance.now() - began)
      log.info({ run: id, attempt: run.attempt, kind: run.kind, format: run.format, outcome }, 'report ended')
    } catch (error) {
      // PostgreSQL is away. The attempt falls silent, and its run is taken up again.
      log.warn({ run: id, reason: reasonOf(error) }, 'report left alone')
    }
  }

  private async attempt(run: Claimed): Promise<Outcome> {
    const { work, files } = this.options
    const ending = new AbortController()
    const end = () => ending.abort(this.stopping.signal.reason)
    this.stopping.signal.addEventListener('abort', end, { once: true })
    // It may have been told while the run was claimed: such an event is not heard any more.
    if (this.stopping.signal.aborted) end()
    const progress = { rows: 0 }
    const heart = this.beat(run, progress, ending)
    let isPublished = false
    try {
      const made = await this.write(run, ending.signal, (rows) => (progress.rows = rows))
      if (typeof made === 'string') return (await work.disagrees(run, made)) ? 'disagrees' : 'lost'
      await files.publish(run)
      isPublished = true
      if (await work.finish(run, made)) return 'done'
      await this.removed(run)
      return (await work.cancelled(run)) ? 'cancelled' : 'lost'
    } catch (error) {
      // Published, and no answer whether the row says so: the sweep removes the file if it does not.
      if (!isPublished) await this.removed(run)
      return await this.gaveUp(run, ending.signal.aborted ? ending.signal.reason : error)
    } finally {
      heart.stop()
      this.stopping.signal.removeEventListener('abort', end)
    }
  }

  private async gaveUp(run: Attempt, error: unknown): Promise<Outcome> {
    const { work, log } = this.options
    if (error instanceof Ended) {
      if (error.why === 'lost') return 'lost'
      if (error.why === 'cancel') return (await work.cancelled(run)) ? 'cancelled' : 'lost'
      return (await work.putBack(run)) ? 'again' : 'lost'
    }
    const again = canSucceedLater(error)
    const reason = reasonOf(error)
    log.warn({ run: run.id, attempt: run.attempt, reason }, 'report failed')
    if (!(await work.failed(run, reason, again))) return 'lost'
    return again ? 'again' : 'failed'
  }

  /** What cannot be removed now is swept later. */
  private async removed(run: Attempt): Promise<void> {
    const { files, log } = this.options
    await files.remove(run).catch((error: unknown) => {
      log.warn({ run: run.id, attempt: run.attempt, reason: reasonOf(error) }, 'file of a report not removed')
    })
  }

  /** Once a second: tells how far it is, and hears whether it may go on. Unheard for too long, it does not: another attempt has begun. */
  private beat(run: Attempt, progress: { rows: number }, ending: AbortController): { stop(): void } {
    const { work, silentMs } = this.options
    const over = new AbortController()
    let heardAt = performance.now()
    const beat = async () => {
      while (!ending.signal.aborted) {
        await sleep(HEARD_EVERY_MS, undefined, { signal: over.signal })
        const askedAt = performance.now()
        const answered = new AbortController()
        const told = await Promise.race([
          work.heard(run, progress.rows).catch(() => undefined),
          sleep(silentMs, undefined, { signal: AbortSignal.any([over.signal, answered.signal]) }).catch(
            () => undefined,
          ),
        ])
        answered.abort()
        if (told !== undefined) heardAt = askedAt
        if (told === 'cancel' || told === 'lost') ending.abort(new Ended(told))
        else if (performance.now() - heardAt > silentMs) ending.abort(new Ended('lost'))
      }
    }
    beat().catch(() => undefined)
    return { stop: () => over.abort() }
  }

  /** A text: what disagrees with the ledger. */
  private async write(run: Claimed, signal: AbortSignal, onRows: (rows: number) => void): Promise<Made | string> {
    const { reading, files, pace, timeZone } = this.options
    const definition = this.options.definitionOf(run.kind)
    const ask: Ask = { parameters: run.parameters, timeZone }
    const making = async (db: PoolClient, snapshot: Snapshot): Promise<Made | string> => {
      const wrong = await differences(db, definition, ask)
      if (wrong.length > 0) return wrong.join('; ')
      const sink = await files.open(run)
      try {
        const written = await writeReport(sink, { run, definition, ask, snapshot, db, signal, pace, onRows })
        return { ...written, snapshot: snapshot.text, fileName: nameOf(run, definition) }
      } finally {
        // What failed before it wrote has not let go of it.
        sink.destroy()
      }
    }
    return pace.during(() => withSnapshot(reading, { definition, ask, signal }, making))
  }
}

/** `商户报表 2026-11-01 2026-11-30.xlsx` */
function nameOf(
  { id, parameters: { from, to, partner, merchant }, language, format }: Claimed,
  definition: ReportDefinition,
): string {
  const about = partner ?? merchant
  return `${[definition[language], ...(about === undefined ? [] : [about]), from, ...(to === from ? [] : [to]), id].join(' ')}.${format}`
}
