import { setTimeout as sleep } from 'node:timers/promises'
import { deliver, type DeliverySettings } from '@lijian/report-deliveries'
import type { Delivery, ReportDeliveries, ReportFiles } from '@lijian/report-runs'
import type { Logger } from '@lijian/telemetry'

export interface DelivererOptions extends DeliverySettings {
  deliveries: ReportDeliveries
  files: Pick<ReportFiles, 'read'>
  log: Logger
  onEnd?: (outcome: 'delivered' | 'failed' | 'cut_off') => void
  everyMs?: number
}

const EVERY_MS = 3000
/** A target that does not answer holds up no other one. */
const AT_ONCE = 3
const HEARD_EVERY_MS = 5000

/** Brings files of finished runs to their targets, a few at a time; what fails comes again, for as long as the file is kept. */
export class Deliverer {
  private readonly over = new AbortController()
  private running: Promise<void>[] = []

  constructor(private readonly options: DelivererOptions) {}

  start(): void {
    this.running = Array.from({ length: AT_ONCE }, () => this.run())
  }

  /** What is on its way is cut off, and waits for another process. */
  async stop(): Promise<void> {
    this.over.abort()
    await Promise.all(this.running)
  }

  private async run(): Promise<void> {
    const { everyMs = EVERY_MS, log } = this.options
    const { signal } = this.over
    while (!signal.aborted) {
      const busy = await this.next().catch((error: unknown) => {
        log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'deliveries not looked at')
        return false
      })
      if (!busy) await sleep(everyMs, undefined, { signal }).catch(() => undefined)
    }
  }

  /** False: nothing is due. */
  private async next(): Promise<boolean> {
    const { deliveries, log, onEnd } = this.options
    const delivery = await deliveries.claim()
    if (delivery === undefined) return false
    const { run, target, attempt } = delivery
    const failure = await this.attempt(delivery)
    if (failure === undefined) await deliveries.delivered(delivery)
    else if (this.over.signal.aborted) await deliveries.putBack(delivery)
    else await deliveries.failed(delivery, failure)
    const outcome = failure === undefined ? 'delivered' : this.over.signal.aborted ? 'cut_off' : 'failed'
    onEnd?.(outcome)
    log[outcome === 'failed' ? 'warn' : 'info']({ run: run.id, target, attempt, outcome }, 'report delivery ended')
    return true
  }

  private async attempt(delivery: Delivery): Promise<string | undefined> {
    const { files, targets, folder, inside } = this.options
    const { run, target } = delivery
    const ending = new AbortController()
    const end = () => ending.abort()
    this.over.signal.addEventListener('abort', end, { once: true })
    const beat = this.beat(delivery, end)
    try {
      const open = () => files.read({ id: run.id, attempt: run.attempt })
      return await deliver(target, run, { targets, folder, inside, open, signal: ending.signal })
    } finally {
      beat.abort()
      this.over.signal.removeEventListener('abort', end)
    }
  }

  /** Tells that the attempt lives. When it was overtaken, or PostgreSQL does not hear of it, it ends before another one may begin. */
  private beat(delivery: Delivery, end: () => void): AbortController {
    const over = new AbortController()
    const beat = async () => {
      for (let missed = 0; missed < 6;) {
        await sleep(HEARD_EVERY_MS, undefined, { signal: over.signal })
        const heard = await this.options.deliveries.heard(delivery).catch(() => undefined)
        if (heard === false) return end()
        missed = heard ? 0 : missed + 1
      }
      end()
    }
    beat().catch(() => undefined)
    return over
  }
}
