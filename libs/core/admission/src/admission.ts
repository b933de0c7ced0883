import { applyBatch, hotPool, LIMITS } from '@lijian/database'
import type { Pool } from 'pg'
import { BatchView } from './batch-view'
import { Batcher } from './batcher'
import { DatabaseClock } from './database-clock'
import { BatchMemory, Memory } from './memory'
import type { Why } from './prepared'
import { Undoing } from './undoing'
import type { Work } from './work'

export interface AdmissionOptions {
  databaseUrl: string
  timeZone: string
  cutOff: string
  batchMax?: number
  waitingMax?: number
  now?: () => number
  /** Of tests: holds live by it instead of PostgreSQL's clock. */
  clock?: () => number
  onBatch?: (size: number, ms: number, tries: number) => void
  onUndo?: (why: Why) => void
}

/** The one batcher of this process over one database, and what it remembers. */
export interface Admission {
  readonly pool: Pool
  readonly memory: Memory
  /** PostgreSQL's, by which holds live. */
  readonly clock: DatabaseClock
  /** PostgreSQL did not answer the last time it was asked. */
  readonly isAway: boolean
  readonly waitingCount: number
  /** Rejects with what `decide` throws, or LijianError `unavailable`. */
  run<T>(work: Work<T>): Promise<T>
  /** Tries until PostgreSQL takes it, or this closes. */
  insist(attempt: () => Promise<unknown>): void
  /** The same, and counted. */
  undo(why: Why, attempt: () => Promise<unknown>): void
  /** Opens every connection and lets each plan its statements, before the first payment comes. Throws what PostgreSQL says. */
  warm(): Promise<void>
  /** Finishes what is under way. */
  close(): Promise<void>
}

/** A connection that hangs ends with the process. */
const END_WITHIN_MS = 1000

export function openAdmission(options: AdmissionOptions): Admission {
  const pool = hotPool(options.databaseUrl, {}, LIMITS.batches)
  const memory = new Memory(options.now ?? Date.now)
  const clock = new DatabaseClock(options.clock)
  const batcher = new Batcher({
    databaseUrl: options.databaseUrl,
    pool,
    memory,
    clock,
    day: { timeZone: options.timeZone, cutOff: options.cutOff },
    batchMax: options.batchMax ?? 64,
    waitingMax: options.waitingMax ?? 10_000,
    onBatch: options.onBatch,
  })
  const undoing = new Undoing()
  let closing: Promise<void> | undefined
  const close = () => {
    undoing.stop()
    return batcher.close().then(() => endedWithin(pool, END_WITHIN_MS))
  }
  return {
    pool,
    memory,
    clock,
    get isAway() {
      return batcher.isAway
    },
    get waitingCount() {
      return batcher.waitingCount
    },
    run: (work) => batcher.run(work),
    insist: (attempt) => undoing.start(attempt),
    undo: (why, attempt) => {
      options.onUndo?.(why)
      undoing.start(attempt)
    },
    warm: () => warm(pool, options, clock),
    close: () => (closing ??= close()),
  }
}

function endedWithin(pool: Pool, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms)
    pool
      .end()
      .then(resolve, reject)
      .finally(() => clearTimeout(timer))
  })
}

/** An empty batch decides nothing and changes nothing. */
async function warm(pool: Pool, day: { timeZone: string; cutOff: string }, clock: DatabaseClock): Promise<void> {
  const empty = new BatchView(new BatchMemory(new Memory(Date.now))).batch()
  const connecting = Array.from({ length: pool.options.max }, () => pool.connect())
  const clients = (await Promise.allSettled(connecting)).flatMap((one) =>
    one.status === 'fulfilled' ? [one.value] : [],
  )
  try {
    await Promise.all(clients.map(async (client) => clock.hear((await applyBatch(client, empty, day)).nowMs)))
  } finally {
    for (const client of clients) client.release()
  }
}
