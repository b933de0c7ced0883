import { randomUUID } from 'node:crypto'
import {
  hotPool,
  isDatabaseAway,
  writeDecisions,
  writeParted,
  type DecisionEntry,
  type NoOfferCause,
} from '@lijian/database'
import { feeFen } from '@lijian/rules'
import type { Pool } from 'pg'
import type { Evaluated } from './evaluated'
import { feesOfMethod } from './query'
import { refusedOffers } from './refused'

/**
 * `bound`: payments at merchants that a live offer names, and those that met all conditions of an offer of every merchant and still got
 * nothing. `all`: every answer without an offer. `none`: no log.
 */
export const LOG_SCOPES = ['bound', 'all', 'none'] as const
export type LogScope = (typeof LOG_SCOPES)[number]

export interface DecisionLogOptions {
  databaseUrl: string
  scope: LogScope
  /** Entries that may wait; more are lost. Default 10,000 (about 10 MB). */
  waitingMax?: number
  onWritten?: (count: number) => void
  /** full: more waited than may; database: PostgreSQL refused them, or was away when this process ended. */
  onLost?: (count: number, why: 'full' | 'database') => void
  onError?: (error: unknown) => void
}

const GATHER_MS = 100
const AGAIN_MS = 1000
const WAITING_MAX = 10_000
/** Entries of one statement: few enough that making it does not hold up an answer. */
const BATCH = 200

/**
 * Answers without an offer, written after they were given. Nothing waits for it: what comes while PostgreSQL is away stays in memory up to a
 * bound, and above it is counted and lost. A process that crashes loses what it has not written yet (100 ms of it, in the ordinary case).
 */
export class DecisionLog {
  private readonly waiting: DecisionEntry[] = []
  private readonly pool: Pool
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> | undefined
  private closed = false

  constructor(private readonly options: DecisionLogOptions) {
    // A connection of its own: the log never stands in the way of an admission.
    this.pool = hotPool(options.databaseUrl, { max: 1, application_name: 'lijian-log' })
  }

  get waitingCount(): number {
    return this.waiting.length
  }

  /** Logs why this payment got nothing; called when the answer is known. */
  keep(evaluated: Evaluated, because: NoOfferCause | undefined, answeredAtMs: number): void {
    if (!this.isWorthKeeping(evaluated)) return
    if (this.closed || this.waiting.length >= (this.options.waitingMax ?? WAITING_MAX)) {
      this.options.onLost?.(1, 'full')
      return
    }
    this.waiting.push(entryOf(evaluated, because, answeredAtMs, this.refusedOf(evaluated, because)))
    this.schedule(GATHER_MS)
  }

  private isWorthKeeping({ bound, screening }: Evaluated): boolean {
    const { scope } = this.options
    return scope === 'all' || (scope === 'bound' && (bound.length > 0 || screening.passed.length > 0))
  }

  /** The answer is on its way: whatever goes wrong here, only the reasons are missing. */
  private refusedOf(evaluated: Evaluated, because: NoOfferCause | undefined): Refused | undefined {
    if (because !== undefined) return undefined
    try {
      return refusedOffers(evaluated)
    } catch (error) {
      this.options.onError?.(error)
      return undefined
    }
  }

  /** Writes what waits, if PostgreSQL takes it; what it does not take is counted as lost. */
  async close(): Promise<void> {
    this.closed = true
    clearTimeout(this.timer)
    await this.writing
    await this.write()
    clearTimeout(this.timer)
    if (this.waiting.length > 0) this.options.onLost?.(this.waiting.length, 'database')
    await this.pool.end()
  }

  private schedule(afterMs: number): void {
    if (this.timer !== undefined || this.writing !== undefined) return
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.writing = this.write().finally(() => {
        this.writing = undefined
        if (this.waiting.length > 0 && !this.closed) this.schedule(AGAIN_MS)
      })
    }, afterMs)
    this.timer.unref()
  }

  /** Until nothing waits or PostgreSQL is away. */
  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.slice(0, BATCH)
      try {
        const refused = await writeParted(batch, (part) => writeDecisions(this.pool, part), isDatabaseAway)
        this.options.onWritten?.(batch.length - refused.length)
        for (const { error } of refused) this.options.onError?.(error)
        if (refused.length > 0) this.options.onLost?.(refused.length, 'database')
      } catch (error) {
        this.options.onError?.(error)
        return
      }
      this.waiting.splice(0, batch.length)
    }
  }
}

type Refused = DecisionEntry['decision']['refused']

function entryOf(
  evaluated: Evaluated,
  because: NoOfferCause | undefined,
  answeredAtMs: number,
  refused: Refused,
): DecisionEntry {
  const { ask, facts, fees } = evaluated
  return {
    id: randomUUID(),
    client: ask.client,
    serial: ask.request.serial,
    answeredAtMs,
    merchant: facts.merchant,
    decision: {
      ...(because === undefined ? {} : { because }),
      amountFen: facts.amountFen,
      feeFen: feeFen(fees, facts.paymentMethod, facts.cardType, facts.amountFen),
      facts: evaluated.storedFacts(),
      fees: feesOfMethod(fees, facts.paymentMethod),
      basis: evaluated.basis(),
      ...(refused === undefined ? {} : { refused }),
    },
  }
}
