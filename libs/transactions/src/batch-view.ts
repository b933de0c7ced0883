import { CounterView, type CounterState } from '@lijian/limits'
import type {
  Batch,
  EventWrite,
  JournalWrite,
  Key,
  ReverseRow,
  ReverseWrite,
  TransactionGuard,
  TransactionRow,
  TransactionWrite,
} from '@lijian/persistence'

interface TransactionEntry extends Key {
  /** As last known; null: known or assumed not to exist. */
  base: TransactionRow | null
  /** `base` was read from the database for this very batch. */
  fresh: boolean
  row: TransactionRow | null
  written: boolean
  dated: boolean
}

export interface Known {
  transaction(key: string): { row: TransactionRow | null; fresh: boolean } | undefined
  reverse(key: string): ReverseRow | null
  counter(key: string): CounterState | null | undefined
  counterWanted(key: string): boolean
  isSuspended(ref: string): boolean
}

export const keyOf = (client: string, serial: string): string => `${client}/${serial}`

/** All rows as one batch of decisions sees them, in order, and what the decisions want changed. Pure: no I/O. */
export class BatchView {
  readonly counters: CounterView
  private readonly transactions = new Map<string, TransactionEntry>()
  private readonly reverses = new Map<string, ReverseWrite>()
  private readonly journal: JournalWrite[] = []
  private readonly events: EventWrite[] = []
  private readonly refs = new Set<string>()

  constructor(private readonly known: Known) {
    this.counters = new CounterView(known.counter, known.counterWanted)
  }

  /** The transaction as this batch has it; null when there is none (a query may assume so, the guard finds out). */
  transaction(client: string, serial: string): TransactionRow | null {
    return this.entry(client, serial).row
  }

  put(row: TransactionRow, { dated }: { dated: boolean }): void {
    const entry = this.entry(row.client, row.serial)
    entry.row = row
    entry.written = true
    entry.dated ||= dated
  }

  reverse(client: string, serial: string): ReverseRow | ReverseWrite | null {
    const key = keyOf(client, serial)
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

  /** The batch may only be applied while this campaign or offer is not suspended. */
  mustNotBeSuspended(ref: string): void {
    this.refs.add(ref)
  }

  /**
   * Nothing to write and nothing to be sure of. A batch that only refuses still has to know that there is no room, and one that only
   * repeats an answer from memory that memory is right.
   */
  isEmpty(): boolean {
    if (this.events.length > 0 || this.reverses.size > 0 || !this.counters.isIdle()) return false
    return [...this.transactions.values()].every(({ written, fresh }) => !written && fresh)
  }

  written(): { row: TransactionRow; dated: boolean }[] {
    return [...this.transactions.values()].flatMap(({ row, written, dated }) =>
      written && row ? [{ row, dated }] : [],
    )
  }

  batch(): Batch {
    const transactions: TransactionWrite[] = []
    const guards: TransactionGuard[] = []
    for (const { client, serial, base, row, written, dated } of this.transactions.values()) {
      const expected = base?.version ?? 0
      if (written && row) transactions.push({ row, expected, dated })
      else guards.push({ client, serial, expected })
    }
    return {
      transactions,
      guards,
      counters: this.counters.changes(),
      refs: [...this.refs],
      reverses: [...this.reverses.values()],
      journal: this.journal,
      events: this.events,
    }
  }

  private entry(client: string, serial: string): TransactionEntry {
    const key = keyOf(client, serial)
    let entry = this.transactions.get(key)
    if (entry === undefined) {
      const known = this.known.transaction(key)
      const base = known?.row ?? null
      entry = { client, serial, base, fresh: known?.fresh ?? false, row: base, written: false, dated: false }
      this.transactions.set(key, entry)
    }
    return entry
  }
}
