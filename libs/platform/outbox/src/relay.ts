import type { FlowEvents } from '@lijian/contracts/system'
import { LIMITS, steadyPool, type Limits } from '@lijian/database'
import type { Client } from '@temporalio/client'
import type { Pool, PoolClient } from 'pg'
import { deliver, isRefused } from './deliver'
import { backlog, holdBack, readyLanes, remove, takeLane, type Backlog, type Parcel } from './lane'
import { Slots } from './slots'

export interface RelayOptions {
  databaseUrl: string
  /** Connected lazily: the relay outlives a Temporal that is away. */
  client: Client
  taskQueue: string
  /** Of flows whose rows hold no FlowEvent; every other row says itself how its flow is told. */
  flows: FlowEvents
  /** Calls to Temporal at a time, over all lanes. */
  inFlight: number
  /** Lanes worked on at a time, each over one PostgreSQL connection. */
  lanes?: number
  /** Transactions taken from a lane at a time. */
  batch?: number
  idleMs?: number
  timeoutMs?: number
  limits?: Limits
  log?: (level: 'info' | 'warn' | 'error', message: string, data: Record<string, unknown>) => void
}

export interface RelayStats {
  /** Transactions handed to Temporal, and handings-over that failed, since the start. */
  delivered: number
  refused: number
  away: number
  inFlight: number
}

const RETRY_FIRST_MS = 100
const RETRY_MOST_MS = 5000

/**
 * Outbox → Temporal. Any number of relays may run: a lane belongs to one at a time, by an advisory lock that dies with its
 * connection. Rows leave only after Temporal has them, so a relay killed at any point loses nothing and may deliver twice.
 */
export class Relay {
  readonly #options: Required<Omit<RelayOptions, 'log'>> & Pick<RelayOptions, 'log'>
  readonly #pool: Pool
  readonly #slots: Slots
  readonly #busy = new Map<number, Promise<void>>()
  readonly #stats = { delivered: 0, refused: 0, away: 0 }
  #running: Promise<void> | undefined
  #stopping = new AbortController()
  #queue: number[] = []
  #pauseMs = 0
  #pauseUntil = 0

  constructor(options: RelayOptions) {
    this.#options = { lanes: 8, batch: 16, idleMs: 50, timeoutMs: 10_000, limits: LIMITS.relay, ...options }
    this.#slots = new Slots(options.inFlight)
    this.#pool = steadyPool(options.databaseUrl, {
      name: 'lijian-relay',
      // One more than the lanes: the poll and the backlog never wait for a lane.
      max: this.#options.lanes + 1,
      limits: this.#options.limits,
    })
  }

  start(): void {
    this.#running ??= this.#run()
  }

  /** Ends after what is in flight has been delivered and removed. */
  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#running
    await Promise.all(this.#busy.values())
    if (!this.#pool.ended) await this.#pool.end()
  }

  /** Resolves once the outbox is empty, held-back rows included; another relay may have delivered them. */
  async drain(): Promise<void> {
    while (!this.#stopping.signal.aborted && (await this.backlog()).rows > 0) await this.#sleep(20)
  }

  backlog(): Promise<Backlog> {
    return backlog(this.#pool)
  }

  stats(): RelayStats {
    return { ...this.#stats, inFlight: this.#slots.used }
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const restMs = this.#pauseUntil - Date.now()
      if (restMs > 0) await this.#sleep(restMs)
      const started = await this.#startLanes().catch((error: unknown) => this.#pause(error, 'database away'))
      // Full: go on as soon as a lane is done. Else look again after the idle time.
      const full = this.#busy.size >= this.#options.lanes
      if (full || (started && this.#queue.length > 0)) await Promise.race(this.#busy.values())
      else await this.#sleep(this.#options.idleMs)
    }
  }

  /** Lanes take turns, a batch each: none waits for another's backlog, and the table is looked at once per round. */
  async #startLanes(): Promise<boolean> {
    if (this.#queue.length === 0) this.#queue = shuffled(await readyLanes(this.#pool))
    const free = this.#options.lanes - this.#busy.size
    const chosen = this.#queue.filter((lane) => !this.#busy.has(lane)).slice(0, free)
    this.#queue = this.#queue.filter((lane) => !this.#busy.has(lane) && !chosen.includes(lane))
    for (const lane of chosen) {
      const done = this.#workLane(lane).finally(() => this.#busy.delete(lane))
      this.#busy.set(lane, done)
    }
    return chosen.length > 0
  }

  async #workLane(lane: number): Promise<void> {
    try {
      const db = await this.#pool.connect()
      let broken: Error | boolean = true
      try {
        await this.#workLaneWith(db, lane)
        broken = false
      } finally {
        // A connection whose database transaction may still be open must not return to the pool.
        db.release(broken)
      }
    } catch (error) {
      this.#pause(error, 'lane not finished')
    }
  }

  async #workLaneWith(db: PoolClient, lane: number): Promise<void> {
    await db.query('BEGIN')
    const parcels = (await takeLane(db, lane, this.#options.batch)) ?? []
    const { delivered, refused, away } = await this.#deliverAll(parcels)
    await remove(db, delivered)
    await holdBack(db, refused)
    await db.query('COMMIT')
    if (away !== undefined) this.#pause(away, 'Temporal away')
    else if (delivered.length > 0) this.#pauseMs = 0
  }

  /**
   * The lane's transaction stands still meanwhile. What has not begun after `timeoutMs` is left for the next batch, and each parcel has as long again,
   * so PostgreSQL takes the lane away (`idleInTransaction` of LIMITS.relay) only from a relay that hangs.
   */
  async #deliverAll(parcels: Parcel[]): Promise<{ delivered: Parcel[]; refused: Parcel[]; away: unknown }> {
    const delivered: Parcel[] = []
    const refused: Parcel[] = []
    const undelivered: { parcel: Parcel; error: unknown }[] = []
    const beginUntil = Date.now() + this.#options.timeoutMs
    const one = async (parcel: Parcel): Promise<void> => {
      if (undelivered.length > 0 && delivered.length === 0) return
      if (Date.now() > beginUntil) return
      try {
        await deliver(parcel, { ...this.#options, deadlineMs: Date.now() + this.#options.timeoutMs })
        delivered.push(parcel)
        this.#stats.delivered++
      } catch (error) {
        if (isRefused(error)) this.#refuse(parcel, error, refused)
        else undelivered.push({ parcel, error })
      }
    }
    await Promise.all(parcels.map((parcel) => this.#slots.use(() => one(parcel))))
    const away = undelivered[0]?.error
    if (delivered.length === 0) return { delivered, refused, away }
    // Others came through: it is not the road, and these must not stand in its way.
    for (const { parcel, error } of undelivered) this.#refuse(parcel, error, refused)
    return { delivered, refused, away: undefined }
  }

  #refuse(parcel: Parcel, error: unknown, refused: Parcel[]): void {
    refused.push(parcel)
    this.#stats.refused++
    const { workflowId } = parcel[0]!
    this.#options.log?.('error', 'outbox: a transaction is not accepted', { workflowId, reason: message(error) })
  }

  /** Twice as long each time, with jitter; the first success ends it. */
  #pause(error: unknown, why: string): false {
    if (Date.now() >= this.#pauseUntil) {
      this.#stats.away++
      this.#pauseMs = Math.min(RETRY_MOST_MS, Math.max(RETRY_FIRST_MS, this.#pauseMs * 2))
      this.#pauseUntil = Date.now() + this.#pauseMs * (0.5 + Math.random() / 2)
      this.#options.log?.('warn', `outbox: ${why}`, { reason: message(error), retryInMs: this.#pauseMs })
    }
    return false
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stopping
      if (signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done, { once: true })
    })
  }
}

/** Two relays do not queue at the same doors. */
function shuffled(lanes: number[]): number[] {
  const keyed = lanes.map((lane) => ({ lane, key: Math.random() }))
  return keyed.sort((a, b) => a.key - b.key).map(({ lane }) => lane)
}

/** The server's own words; a cause carries them when the client wraps. */
function message(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message
}
