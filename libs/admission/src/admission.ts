import { hotPool } from '@lijian/persistence'
import type { Pool } from 'pg'
import { Lane, type Work } from './lane'
import { Memory } from './memory'

export interface AdmissionOptions {
  databaseUrl: string
  timeZone: string
  cutOff: string
  batchMax?: number
  waitingMax?: number
  now?: () => number
  onBatch?: (size: number, ms: number, tries: number) => void
}

/** The one lane of this process over one database, and what it remembers. */
export interface Admission {
  readonly pool: Pool
  readonly memory: Memory
  /** PostgreSQL did not answer the last time it was asked. */
  readonly isAway: boolean
  readonly waitingCount: number
  /** Rejects with what `decide` throws, or LijianError `unavailable`. */
  run<T>(work: Work<T>): Promise<T>
  /** Finishes what is under way. */
  close(): Promise<void>
}

export function openAdmission(options: AdmissionOptions): Admission {
  const pool = hotPool(options.databaseUrl)
  const memory = new Memory(options.now ?? Date.now)
  const lane = new Lane({
    pool,
    memory,
    day: { timeZone: options.timeZone, cutOff: options.cutOff },
    batchMax: options.batchMax ?? 64,
    waitingMax: options.waitingMax ?? 10_000,
    onBatch: options.onBatch,
  })
  let closing: Promise<void> | undefined
  return {
    pool,
    memory,
    get isAway() {
      return lane.isAway
    },
    get waitingCount() {
      return lane.waitingCount
    },
    run: (work) => lane.run(work),
    close: () => (closing ??= lane.close().then(() => pool.end())),
  }
}
