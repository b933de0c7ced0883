/** A counter as last known: its limits (null = unlimited in that measure) and what stands on it. */
export interface CounterState extends CounterDelta {
  limitFen: number | null
  limitCount: number | null
  limitVersion: number
}

/** What a decision wants from one counter. `version` -1: the counter's own limit rules, and without the counter there is no room. */
export interface CounterAsk {
  key: string
  limitFen: number | null
  limitCount: number | null
  version: number
  fen: number
  count: number
  /** Shared by many payments: worth remembering. */
  shared: boolean
}

/** The first counter that cannot take what was asked, and by which measure. */
export interface Shortage {
  ask: CounterAsk
  measure: 'count' | 'fen'
  state: CounterState
}

/** Counters as a decision asks them; it does not matter whether they stand in a batch of the database or in a file's memory. */
export interface Counters {
  /** Counts of all asks first, then amounts (DESIGN §3, "limits"). Null: all fit. */
  test(asks: readonly CounterAsk[]): Shortage | null
  /** What this counter leaves of the amount that is asked: all of it, or the room that is left (`onShort: clip`). */
  leaves(ask: CounterAsk): number
  /** A decision rests on this room without taking it. With `upTo`, only the checks that passed before that shortage count. */
  require(asks: readonly CounterAsk[], upTo?: Shortage): void
  /** A decision is right while what is taken of the amount lies in [lo, hi); the counter has a limit. */
  rest(ask: CounterAsk, loTakenFen: number, hiTakenFen: number): void
  /** Takes room that `test` has just found. */
  take(asks: readonly CounterAsk[], as: 'held' | 'used'): void
  /** At this point of the batch, as far as it is known. */
  state(ask: CounterAsk): CounterState
  /** The place of the first that fits; their number when none does. The decision rests on it. */
  firstFree(asks: readonly CounterAsk[]): number
}

export interface CounterDelta {
  heldFen: number
  heldCount: number
  usedFen: number
  usedCount: number
  /** What happened without asking for room (a success after expiry, a card learnt afterwards): it takes room and may pass the limit. */
  overFen: number
  overCount: number
}

/** One counter's part of a batch, as the database is asked to apply it. */
export interface CounterChange extends CounterDelta {
  key: string
  limitFen: number | null
  limitCount: number | null
  version: number
  loFen: number
  hiFen: number
  loCount: number
  hiCount: number
  want: boolean
}

export const OWN_LIMIT = -1

interface Entry extends CounterChange {
  /** undefined: never seen; null: known not to exist. */
  base: CounterState | null | undefined
}

const EMPTY: Omit<CounterState, 'limitFen' | 'limitCount' | 'limitVersion'> = {
  heldFen: 0,
  heldCount: 0,
  usedFen: 0,
  usedCount: 0,
  overFen: 0,
  overCount: 0,
}

/**
 * Counters as one batch of decisions sees them, in order: what was last known, plus what earlier decisions of the batch take
 * or give back. Each test leaves its mark on the interval of room at the start of the batch for which its outcome is right:
 * a grant needs at least lo, a refusal needs less than hi. The database checks the intervals (sql/apply.sql), so a stale
 * view can neither give too much nor refuse while room exists.
 */
export class CounterView implements Counters {
  private readonly entries = new Map<string, Entry>()

  /** `known` answers what was last seen: a state, null for "does not exist", undefined for "never looked". */
  constructor(
    private readonly known: (key: string) => CounterState | null | undefined,
    private readonly wanted: (key: string) => boolean = () => false,
  ) {}

  /** Tests counts of all asks first, then amounts (DESIGN §3, "limits"). Null: all fit. Records only what was found. */
  test(asks: readonly CounterAsk[]): Shortage | null {
    for (const ask of asks) {
      const entry = this.entry(ask)
      const room = this.room(entry, 'count')
      if (ask.count > room) {
        entry.hiCount = Math.min(entry.hiCount, ask.count + movedCount(entry))
        return { ask, measure: 'count', state: this.stateOf(entry) }
      }
    }
    for (const ask of asks) {
      const entry = this.entry(ask)
      const room = this.room(entry, 'fen')
      if (ask.fen > room) {
        entry.hiFen = Math.min(entry.hiFen, ask.fen + movedFen(entry))
        return { ask, measure: 'fen', state: this.stateOf(entry) }
      }
    }
    return null
  }

  /** When it is less than what is asked, the decision rests on exactly this room: one fen more would have given one fen more. */
  leaves(ask: CounterAsk): number {
    const entry = this.entry(ask)
    const room = this.room(entry, 'fen')
    if (ask.fen <= room) return ask.fen
    entry.hiFen = Math.min(entry.hiFen, room + 1 + movedFen(entry))
    return Math.max(0, room)
  }

  state(ask: CounterAsk): CounterState {
    return this.stateOf(this.entry(ask))
  }

  /** One of three states: never asked; asked, but its row is unknown; known, by its row or by what this batch has moved. */
  looked(key: string): 'never' | 'unknown' | 'known' {
    const entry = this.entries.get(key)
    if (entry === undefined) return 'never'
    const { base, heldFen, heldCount, usedFen, usedCount, overFen, overCount } = entry
    const untouched =
      heldFen === 0 && heldCount === 0 && usedFen === 0 && usedCount === 0 && overFen === 0 && overCount === 0
    return base === undefined && untouched ? 'unknown' : 'known'
  }

  /** A decision rests on this room without taking it: what was named as its reason is the first that fails only if these pass. */
  require(asks: readonly CounterAsk[], upTo?: Shortage): void {
    if (upTo === undefined) {
      for (const ask of asks) this.raise(this.entry(ask), ask)
      return
    }
    const passed = asks.indexOf(upTo.ask)
    for (const [i, ask] of asks.entries()) {
      const entry = this.entry(ask)
      if (upTo.measure === 'fen' || i < passed) raiseCount(entry, ask)
      if (upTo.measure === 'fen' && i < passed) raiseFen(entry, ask)
    }
  }

  /** In terms of the room at the start of the batch: room = limit − taken, and this batch has taken some already. */
  rest(ask: CounterAsk, loTakenFen: number, hiTakenFen: number): void {
    const entry = this.entry(ask)
    const limit = effectiveLimit(entry, 'fen')
    if (limit === null) return
    const moved = movedFen(entry)
    if (hiTakenFen !== Infinity) entry.loFen = Math.max(entry.loFen, limit - hiTakenFen + 1 + moved)
    if (loTakenFen !== -Infinity) entry.hiFen = Math.min(entry.hiFen, limit - loTakenFen + 1 + moved)
  }

  firstFree(asks: readonly CounterAsk[]): number {
    // When the first guess was wrong the database tells of all these, and the second one is right.
    for (const ask of asks.slice(0, 8)) this.entry(ask)
    const place = asks.findIndex((ask) => this.test([ask]) === null)
    if (place < 0) return asks.length
    this.require([asks[place]!])
    return place
  }

  private raise(entry: Entry, ask: CounterAsk): void {
    raiseFen(entry, ask)
    raiseCount(entry, ask)
  }

  /** Takes room that `test` has just found. */
  take(asks: readonly CounterAsk[], as: 'held' | 'used'): void {
    for (const ask of asks) {
      const entry = this.entry(ask)
      this.raise(entry, ask)
      if (as === 'held') {
        entry.heldFen += ask.fen
        entry.heldCount += ask.count
      } else {
        entry.usedFen += ask.fen
        entry.usedCount += ask.count
      }
    }
  }

  /** Changes what stands on a counter without asking for room: releases, held → used, and what happened beyond (`over`). */
  move(key: string, delta: Partial<CounterDelta>): void {
    const entry = this.entry({ key, limitFen: null, limitCount: null, version: OWN_LIMIT, shared: false })
    entry.heldFen += delta.heldFen ?? 0
    entry.heldCount += delta.heldCount ?? 0
    entry.usedFen += delta.usedFen ?? 0
    entry.usedCount += delta.usedCount ?? 0
    entry.overFen += delta.overFen ?? 0
    entry.overCount += delta.overCount ?? 0
  }

  /** No counter was touched. */
  isIdle(): boolean {
    return this.entries.size === 0
  }

  changes(): CounterChange[] {
    return [...this.entries.values()].map(({ base: _, ...change }) => change)
  }

  /** What each counter is after the batch, where what it was before is known. */
  after(): Map<string, CounterState> {
    const states = new Map<string, CounterState>()
    for (const entry of this.entries.values())
      if (entry.base !== undefined && (entry.base !== null || entry.version !== OWN_LIMIT))
        states.set(entry.key, this.stateOf(entry))
    return states
  }

  private entry(ask: Omit<CounterAsk, 'fen' | 'count'>): Entry {
    let entry = this.entries.get(ask.key)
    if (entry === undefined) {
      entry = {
        key: ask.key,
        limitFen: ask.limitFen,
        limitCount: ask.limitCount,
        version: ask.version,
        base: this.known(ask.key),
        ...EMPTY,
        loFen: -Infinity,
        hiFen: Infinity,
        loCount: -Infinity,
        hiCount: Infinity,
        want: ask.shared && this.wanted(ask.key),
      }
      this.entries.set(ask.key, entry)
    } else if (ask.version > entry.version) {
      entry.version = ask.version
      entry.limitFen = ask.limitFen
      entry.limitCount = ask.limitCount
      entry.want ||= ask.shared && this.wanted(ask.key)
    }
    return entry
  }

  /** Room left at this point of the batch; the same arithmetic as sql/apply.sql. */
  private room(entry: Entry, measure: 'count' | 'fen'): number {
    const limit = effectiveLimit(entry, measure)
    if (limit === null) return Infinity
    const base = entry.base ?? EMPTY
    return measure === 'fen' ? limit - movedFen(base) - movedFen(entry) : limit - movedCount(base) - movedCount(entry)
  }

  private stateOf(entry: Entry): CounterState {
    const base = entry.base ?? EMPTY
    return {
      limitFen: effectiveLimit(entry, 'fen'),
      limitCount: effectiveLimit(entry, 'count'),
      limitVersion: Math.max(entry.version, entry.base?.limitVersion ?? entry.version),
      heldFen: base.heldFen + entry.heldFen,
      heldCount: base.heldCount + entry.heldCount,
      usedFen: base.usedFen + entry.usedFen,
      usedCount: base.usedCount + entry.usedCount,
      overFen: base.overFen + entry.overFen,
      overCount: base.overCount + entry.overCount,
    }
  }
}

function raiseFen(entry: Entry, { fen }: CounterAsk): void {
  entry.loFen = Math.max(entry.loFen, movedFen(entry) + fen)
}

function raiseCount(entry: Entry, { count }: CounterAsk): void {
  entry.loCount = Math.max(entry.loCount, movedCount(entry) + count)
}

const movedFen = (delta: CounterDelta): number => delta.heldFen + delta.usedFen + delta.overFen
const movedCount = (delta: CounterDelta): number => delta.heldCount + delta.usedCount + delta.overCount

/**
 * The newer version's limit rules, but never below what is already taken (DESIGN §3: "lowering below used + held sets the
 * limit to that"; `over` takes room and moves no limit). An own-limit counter that was never seen is taken to have room: the database knows better and says so.
 */
function effectiveLimit(entry: Entry, measure: 'count' | 'fen'): number | null {
  const { base, version } = entry
  if (base && version < base.limitVersion) return measure === 'fen' ? base.limitFen : base.limitCount
  if (version === OWN_LIMIT)
    return base === null ? 0 : base === undefined ? null : measure === 'fen' ? base.limitFen : base.limitCount
  const limit = measure === 'fen' ? entry.limitFen : entry.limitCount
  if (limit === null) return null
  const taken = base ? (measure === 'fen' ? base.heldFen + base.usedFen : base.heldCount + base.usedCount) : 0
  return Math.max(limit, taken)
}
