import type { CounterState } from '@lijian/limits'
import type { CounterRow, Key, ReverseRow, RouteRow, TransactionRow } from '@lijian/database'
import { LRUCache } from 'lru-cache'
import { keyOf, type Known } from './batch-view'

interface Seen {
  state: CounterState
  seenAtMs: number
}

/** A shared counter is read again about once a second: other processes use it too, and near its limit a good guess saves a round trip. */
const LOOK_AGAIN_MS = 1000
const SUSPENDED_FOR_MS = 2000

/** What this process last knew of the database. Never trusted: every decision made from it is guarded by `apply`. */
export class Memory {
  readonly rows = new LRUCache<string, TransactionRow>({ max: 50_000 })
  readonly routes = new LRUCache<string, RouteRow>({ max: 50_000 })
  readonly counters = new LRUCache<string, Seen>({ max: 200_000 })
  private readonly suspended = new Map<string, number>()

  constructor(private readonly nowMs: () => number) {}

  remembers(client: string, serial: string): boolean {
    return this.rows.has(keyOf(client, serial))
  }

  wantsCounter(key: string): boolean {
    const seen = this.counters.get(key)
    return seen === undefined || this.nowMs() - seen.seenAtMs > LOOK_AGAIN_MS
  }

  isSuspended(ref: string): boolean {
    const until = this.suspended.get(ref)
    if (until === undefined) return false
    if (until > this.nowMs()) return true
    this.suspended.delete(ref)
    return false
  }

  learnSuspended(refs: string[]): void {
    for (const ref of refs) this.suspended.set(ref, this.nowMs() + SUSPENDED_FOR_MS)
  }

  learnRows(rows: TransactionRow[]): void {
    for (const row of rows) this.rows.set(keyOf(row.client, row.serial), row)
  }

  learnRoutes(rows: RouteRow[]): void {
    for (const row of rows) this.routes.set(keyOf(row.client, row.serial), row)
  }

  /** Counters as the database has just said. */
  learnCounters(rows: CounterRow[]): void {
    const seenAtMs = this.nowMs()
    for (const row of rows) this.counters.set(row.key, { state: row, seenAtMs })
  }

  /** Counters as they will be if the batch just sent holds; the next batch is decided on that while this one commits. */
  expectCounters(states: Map<string, CounterState>): void {
    for (const [key, state] of states)
      this.counters.set(key, { state, seenAtMs: this.counters.peek(key)?.seenAtMs ?? this.nowMs() })
  }

  /** What was expected of these did not happen. */
  forgetCounters(keys: Iterable<string>): void {
    for (const key of keys) this.counters.delete(key)
  }

  forget(): void {
    this.rows.clear()
    this.routes.clear()
    this.counters.clear()
    this.suspended.clear()
  }
}

/** What one batch knows: memory, and above it what was read for this batch alone. */
export class BatchMemory implements Known {
  private readonly rows = new Map<string, TransactionRow | null>()
  private readonly pinned = new Map<string, TransactionRow>()
  private readonly routes = new Map<string, RouteRow | null>()
  private readonly reverses = new Map<string, ReverseRow>()
  private readonly counters = new Map<string, CounterState | null>()

  constructor(private readonly memory: Memory) {}

  readonly transaction = (key: string): { row: TransactionRow | null; fresh: boolean } | undefined => {
    const read = this.rows.get(key)
    if (read !== undefined) return { row: read, fresh: true }
    const row = this.pinned.get(key) ?? this.memory.rows.get(key)
    return row && { row, fresh: false }
  }

  readonly route = (key: string): { row: RouteRow | null; fresh: boolean } | undefined => {
    const read = this.routes.get(key)
    if (read !== undefined) return { row: read, fresh: true }
    const row = this.memory.routes.get(key)
    return row && { row, fresh: false }
  }

  readonly reverse = (key: string): ReverseRow | null => this.reverses.get(key) ?? null

  readonly counter = (key: string): CounterState | null | undefined => {
    const read = this.counters.get(key)
    return read !== undefined ? read : this.memory.counters.get(key)?.state
  }

  readonly counterWanted = (key: string): boolean => this.memory.wantsCounter(key)
  readonly isSuspended = (ref: string): boolean => this.memory.isSuspended(ref)

  /**
   * This batch keeps these rows as memory has them now, whatever another batch teaches memory meanwhile. Their reverse transactions are read
   * afterwards: they may be newer than the row, which its guard finds out, and are never older, which nothing would find out.
   */
  pinTransactions(keys: Key[]): void {
    for (const { client, serial } of keys) {
      const key = keyOf(client, serial)
      const row = this.memory.rows.get(key)
      if (row !== undefined) this.pinned.set(key, row)
    }
  }

  /** Rows read for this batch; keys that were asked for and not found do not exist. */
  learnTransactions(rows: TransactionRow[], asked: Key[]): void {
    for (const { client, serial } of asked) this.rows.set(keyOf(client, serial), null)
    for (const row of rows) this.rows.set(keyOf(row.client, row.serial), row)
    this.memory.learnRows(rows)
  }

  learnRoutes(rows: RouteRow[], asked: Key[]): void {
    for (const { client, serial } of asked) this.routes.set(keyOf(client, serial), null)
    for (const row of rows) this.routes.set(keyOf(row.client, row.serial), row)
    this.memory.learnRoutes(rows)
  }

  learnReverses(rows: ReverseRow[]): void {
    for (const row of rows) this.reverses.set(keyOf(row.client, row.serial), row)
  }

  /** Counters read for this batch; of `asked`, those not found do not exist. */
  learnCounters(rows: CounterRow[], asked: Iterable<string>): void {
    for (const key of asked) {
      this.counters.set(key, null)
      this.memory.counters.delete(key)
    }
    for (const row of rows) this.counters.set(row.key, row)
    this.memory.learnCounters(rows)
  }
}
