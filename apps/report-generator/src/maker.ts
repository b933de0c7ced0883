import { setTimeout as sleep } from 'node:timers/promises'
import { isDatabaseAway } from '@lijian/database'
import { definitionOf, differences, withSnapshot, type Ask, type ReportDefinition } from '@lijian/reports'
import type { Attempt, Claimed, Made, ReportFiles, ReportWork } from '@lijian/report-runs'
import type { Logger } from '@lijian/telemetry'
import type { Pool } from 'pg'
import { writeReport } from './formats/write'

export interface MakerOptions {
  work: ReportWork
  files: ReportFiles
  /** Where rows are read: the database, or a replica of it. */
  reading: Pool
  timeZone: string
  log: Logger
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
      log.warn({ run: id, reason: error instanceof Error ? error.message : String(error) }, 'report left alone')
    }
  }

  private async attempt(run: Claimed): Promise<Outcome> {
    const { work, files } = this.options
    const ending = new AbortController()
    const end = () => ending.abort(this.stopping.signal.reason)
    this.stopping.signal.addEventListener('abort', end, { once: true })
    const progress = { rows: 0 }
    const heart = this.beat(run, progress, ending)
    try {
      const made = await this.write(run, ending.signal, (rows) => (progress.rows = rows))
      if (typeof made === 'string') {
        await work.disagrees(run, made)
        await files.remove(run)
        return 'disagrees'
      }
      await files.publish(run)
      if (await work.finish(run, made)) return 'done'
      await files.remove(run)
      return 'lost'
    } catch (error) {
      await files.remove(run)
      return await this.gaveUp(run, ending.signal.aborted ? ending.signal.reason : error)
    } finally {
      heart.stop()
      this.stopping.signal.removeEventListener('abort', end)
    }
  }

  private async gaveUp(run: Attempt, error: unknown): Promise<Outcome> {
    const { work, log } = this.options
    if (error instanceof Ended && error.why === 'lost') return 'lost'
    if (error instanceof Ended && error.why === 'cancel') {
      await work.cancelled(run)
      return 'cancelled'
    }
    if (error instanceof Ended) {
      await work.putBack(run)
      return 'again'
    }
    const again = isDatabaseAway(error)
    log.warn({ run: run.id, attempt: run.attempt, err: error }, 'report failed')
    await work.failed(run, again ? 'PostgreSQL was away' : reasonOf(error), again)
    return again ? 'again' : 'failed'
  }

  /** Once a second: tells how far it is, and hears whether it may go on. */
  private beat(run: Attempt, progress: { rows: number }, ending: AbortController): { stop(): void } {
    const over = new AbortController()
    const beat = async () => {
      for (;;) {
        await sleep(HEARD_EVERY_MS, undefined, { signal: over.signal })
        const told = await this.options.work.heard(run, progress.rows).catch(() => 'go on' as const)
        if (told !== 'go on') ending.abort(new Ended(told))
      }
    }
    beat().catch(() => undefined)
    return { stop: () => over.abort() }
  }

  /** A text: what disagrees with the ledger. */
  private async write(run: Claimed, signal: AbortSignal, onRows: (rows: number) => void): Promise<Made | string> {
    const { reading, files, timeZone } = this.options
    const definition = definitionOf(run.kind)
    const ask: Ask = { parameters: run.parameters, timeZone }
    return withSnapshot(reading, { definition, ask, signal }, async (db, snapshot) => {
      const wrong = await differences(db, definition, ask)
      if (wrong.length > 0) return wrong.join('; ')
      const sink = await files.open(run)
      const written = await writeReport(sink, { run, definition, ask, snapshot, db, signal, onRows })
      return { ...written, snapshot: snapshot.text, fileName: nameOf(run, definition) }
    })
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 500)

/** `商户报表 2026-11-01 2026-11-30.xlsx` */
function nameOf(
  { id, parameters: { from, to, partner, merchant }, language, format }: Claimed,
  definition: ReportDefinition,
): string {
  const about = partner ?? merchant
  return `${[definition[language], ...(about === undefined ? [] : [about]), from, ...(to === from ? [] : [to]), id].join(' ')}.${format}`
}
