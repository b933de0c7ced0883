import { CounterView, type CounterState } from '@lijian/limits'
import type {
  Batch,
  EventWrite,
  JournalWrite,
  Key,
  OutcomeWrite,
  ReverseRow,
  ReverseWrite,
  RouteRow,
  RowGuard,
  TransactionRow,
  UsageWrite,
} from '@lijian/database'

/** Makes the answer of one decision once its batch is committed. */
export type Finish<T> = (businessDate: string | null, usages: readonly number[]) => T
/** Reads a card's count as of this decision from the counts that `apply` returned. */
export type UsageSeen = (usages: readonly number[]) => number

interface Entry<Row> extends Key {
  /** As last known; null: known or assumed not to exist. */
  base: Row | null
  /** `base` was read from the database for this very batch. */
  fresh: boolean
  row: Row | null
  written: boolean
  /** A result or a reverse transaction is recorded. */
  dated: boolean
}

type KnownRow<Row> = { row: Row | null; fresh: boolean } | undefined

export interface Known {
  transaction(key: string): KnownRow<TransactionRow>
  route(key: string): KnownRow<RouteRow>
  reverse(key: string): ReverseRow | null
  counter(key: string): CounterState | null | undefined
  counterWanted(key: string): boolean
  isSuspended(ref: string): boolean
}

export const keyOf = (client: string, serial: string): string => `${client}/${serial}`

/** All rows as one batch of decisions sees them, in order, and what the decisions want changed. Pure: no I/O. */
export class BatchView {
  readonly counters: CounterView
  private readonly transactions = new Rows<TransactionRow>((key) => this.known.transaction(key))
  private readonly routes = new Rows<RouteRow>((key) => this.known.route(key))
  private readonly reverses = new Map<string, ReverseWrite>()
  private readonly journal: JournalWrite[] = []
  private readonly events: EventWrite[] = []
  private readonly outcomes: OutcomeWrite[] = []
  private readonly usages = new Map<string, { write: UsageWrite; at: number }>()
  private readonly refs = new Set<string>()
  private looksAtReverses = false

  constructor(private readonly known: Known) {
    this.counters = new CounterView(known.counter, known.counterWanted)
  }

  /** The transaction as this batch has it; null when there is none (a query may assume so, the guard finds out). */
  transaction(client: string, serial: string): TransactionRow | null {
    return this.transactions.at(client, serial).row
  }

  put(row: TransactionRow, { dated }: { dated: boolean }): void {
    this.transactions.write(row, dated)
  }

  /** This batch is giving the transaction its business date. */
  isDated(client: string, serial: string): boolean {
    return this.transactions.at(client, serial).dated
  }

  /** The route as this batch has it; null when there is none. A caller may assume none: the guard finds out. */
  route(client: string, serial: string): RouteRow | null {
    return this.routes.at(client, serial).row
  }

  putRoute(row: RouteRow): void {
    this.routes.write(row, false)
  }

  /** Counts for the pool's success rate; recorded with the route's row. */
  addOutcome(outcome: OutcomeWrite): void {
    this.outcomes.push(outcome)
  }

  /** Counts payments of a card, or (`add` 0) only asks how many there are. */
  countUsage(write: UsageWrite): UsageSeen {
    const key = [write.kind, write.holder, write.period, write.cardToken].join('|')
    let entry = this.usages.get(key)
    if (entry === undefined) {
      entry = { write: { ...write, add: 0 }, at: this.usages.size }
      this.usages.set(key, entry)
    }
    const { write: whole, at } = entry
    whole.add += write.add
    if (write.over !== undefined && write.add > 0) {
      const methods = new Set([...(whole.over?.methods ?? []), ...write.over.methods])
      whole.over = { ...write.over, methods: [...methods] }
    }
    const byNow = whole.add
    return (usages) => usages[at]! - (whole.add - byNow)
  }

  reverse(client: string, serial: string): ReverseRow | ReverseWrite | null {
    const key = keyOf(client, serial)
    this.looksAtReverses = true
    return this.reverses.get(key) ?? this.known.reverse(key)
  }

  putReverse(reverse: ReverseWrite): void {
    this.reverses.set(keyOf(reverse.client, reverse.serial), reverse)
  }

  /** Booked by the statement that records what it is about. */
  post(entry: JournalWrite | undefined): void {
    if (entry !== undefined) this.journal.push(entry)
  }

  emit(event: EventWrite): void {
    this.events.push(event)
  }

  isSuspended(ref: string): boolean {
    return this.known.isSuspended(ref)
  }

  /** The batch may only be applied while this campaign, offer or part of routing is not suspended. */
  mustNotBeSuspended(ref: string): void {
    this.refs.add(ref)
  }

  /**
   * Nothing to write and nothing to be sure of. A batch that only refuses still has to know that there is no room, and one that only
   * repeats an answer from memory that memory is right. A reverse transaction and its original are two readings: the guard of the
   * original says that they are of one moment.
   */
  isEmpty(): boolean {
    if (this.events.length > 0 || this.reverses.size > 0 || this.usages.size > 0) return false
    if (!this.counters.isIdle()) return false
    if (this.looksAtReverses && !this.transactions.isEmpty()) return false
    return this.transactions.areKnown() && this.routes.areKnown()
  }

  written(): { row: TransactionRow; dated: boolean }[] {
    return this.transactions.written()
  }

  writtenRoutes(): RouteRow[] {
    return this.routes.written().map(({ row }) => row)
  }

  batch(): Batch {
    return {
      transactions: this.transactions.written(),
      guards: this.transactions.guards(),
      routes: this.routes.written(),
      routeGuards: this.routes.guards(),
      outcomes: this.outcomes,
      usages: [...this.usages.values()].map(({ write }) => write),
      counters: this.counters.changes(),
      refs: [...this.refs],
      reverses: [...this.reverses.values()],
      journal: this.journal,
      events: this.events,
    }
  }
}

/** The rows of one table that a batch looks at, by key. */
class Rows<Row extends Key & { version: number }> {
  private readonly entries = new Map<string, Entry<Row>>()

  constructor(private readonly known: (key: string) => KnownRow<Row>) {}

  at(client: string, serial: string): Entry<Row> {
    const key = keyOf(client, serial)
    let entry = this.entries.get(key)
    if (entry === undefined) {
      const known = this.known(key)
      const base = known?.row ?? null
      entry = { client, serial, base, fresh: known?.fresh ?? false, row: base, written: false, dated: false }
      this.entries.set(key, entry)
    }
    return entry
  }

  write(row: Row, dated: boolean): void {
    const entry = this.at(row.client, row.serial)
    entry.row = row
    entry.written = true
    entry.dated ||= dated
  }

  isEmpty(): boolean {
    return this.entries.size === 0
  }

  areKnown(): boolean {
    for (const { written, fresh } of this.entries.values()) if (written || !fresh) return false
    return true
  }

  written(): { row: Row; expected: number; dated: boolean }[] {
    const rows: { row: Row; expected: number; dated: boolean }[] = []
    for (const { base, row, written, dated } of this.entries.values())
      if (written && row) rows.push({ row, expected: base?.version ?? 0, dated })
    return rows
  }

  guards(): RowGuard[] {
    const guards: RowGuard[] = []
    for (const { client, serial, base, row, written } of this.entries.values())
      if (!written || !row) guards.push({ client, serial, expected: base?.version ?? 0 })
    return guards
  }
}
