import type { CounterState } from '@lijian/limits'
import type { CounterRow, Key, ReverseRow, TransactionRow } from '@lijian/persistence'
import { LRUCache } from 'lru-cache'
import { keyOf, type Known } from './batch-view'

interface Seen {
  state: CounterState
  seenAtMs: number
}

/** A shared counter is read again about once a second: other processes use it too, and near its limit a good guess saves a round trip. */
const LOOK_AGAIN_MS = 1000
const SUSPENDED_FOR_MS = 5000

/**
 * What this process last knew of the database. Never trusted: every decision made from it is guarded by `apply`.
 * What is read for one batch (`fresh`) lasts until that batch is done.
 */
export class Memory implements Known {
  private readonly rows = new LRUCache<string, TransactionRow>({ max: 50_000 })
  private readonly counters = new LRUCache<string, Seen>({ max: 200_000 })
  private readonly suspended = new Map<string, number>()
  private freshRows = new Map<string, TransactionRow | null>()
  private freshReverses = new Map<string, ReverseRow>()
  private freshCounters = new Map<string, CounterState | null>()

  constructor(private readonly nowMs: () => number) {}

  newBatch(): void {
    if (this.freshRows.size > 0) this.freshRows = new Map()
    if (this.freshReverses.size > 0) this.freshReverses = new Map()
    if (this.freshCounters.size > 0) this.freshCounters = new Map()
  }

  remembers(client: string, serial: string): boolean {
    return this.rows.has(keyOf(client, serial))
  }

  readonly transaction = (key: string): { row: TransactionRow | null; fresh: boolean } | undefined => {
    const fresh = this.freshRows.get(key)
    if (fresh !== undefined) return { row: fresh, fresh: true }
    const row = this.rows.get(key)
    return row && { row, fresh: false }
  }

  readonly reverse = (key: string): ReverseRow | null => this.freshReverses.get(key) ?? null

  readonly counter = (key: string): CounterState | null | undefined => {
    const fresh = this.freshCounters.get(key)
    return fresh !== undefined ? fresh : this.counters.get(key)?.state
  }

  readonly counterWanted = (key: string): boolean => {
    const seen = this.counters.get(key)
    return seen === undefined || this.nowMs() - seen.seenAtMs > LOOK_AGAIN_MS
  }

  readonly isSuspended = (ref: string): boolean => {
    const until = this.suspended.get(ref)
    if (until === undefined) return false
    if (until > this.nowMs()) return true
    this.suspended.delete(ref)
    return false
  }

  /** Rows read for this batch; keys that were asked for and not found do not exist. */
  learnTransactions(rows: TransactionRow[], asked: Key[]): void {
    for (const { client, serial } of asked) this.freshRows.set(keyOf(client, serial), null)
    for (const row of rows) {
      this.freshRows.set(keyOf(row.client, row.serial), row)
      this.rows.set(keyOf(row.client, row.serial), row)
    }
  }

  learnReverses(rows: ReverseRow[]): void {
    for (const row of rows) this.freshReverses.set(keyOf(row.client, row.serial), row)
  }

  /** Counters read for this batch; of `asked`, those not found do not exist. */
  learnCounters(rows: CounterRow[], asked: Iterable<string>): void {
    for (const key of asked) this.freshCounters.set(key, null)
    for (const row of rows) this.freshCounters.set(row.key, row)
    this.confirmCounters(rows)
  }

  confirmCounters(rows: CounterRow[]): void {
    const seenAtMs = this.nowMs()
    for (const row of rows) this.counters.set(row.key, { state: row, seenAtMs })
  }

  learnSuspended(refs: string[]): void {
    for (const ref of refs) this.suspended.set(ref, this.nowMs() + SUSPENDED_FOR_MS)
  }

  /** After a batch is committed: what this process has just written. */
  remember(rows: TransactionRow[], counters: Map<string, CounterState>): void {
    for (const row of rows) this.rows.set(keyOf(row.client, row.serial), row)
    for (const [key, state] of counters)
      this.counters.set(key, { state, seenAtMs: this.counters.peek(key)?.seenAtMs ?? this.nowMs() })
  }

  forget(): void {
    this.rows.clear()
    this.counters.clear()
    this.newBatch()
  }
}
