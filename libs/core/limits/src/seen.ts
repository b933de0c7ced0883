import type { CounterAsk, Counters, CounterState, CounterView, Shortage } from './counter-view'

/**
 * One counter as a decision found it, small enough to be kept with every decision: held fen, held count, used fen, used count; then the two
 * limits where they are not those of the document (a newer version's, a balance's own) or anything is over; then over fen and over count where
 * anything is over. Nothing at all: an untouched counter.
 */
export type SeenCounter = readonly (number | null)[]
export type SeenCounters = Readonly<Record<string, SeenCounter>>

/** Passes a decision's questions on and remembers what stood on each counter before the decision took anything. */
export class CountersSeen implements Counters {
  private readonly found = new Map<string, SeenCounter | null>()

  constructor(private readonly counters: CounterView) {}

  test(asks: readonly CounterAsk[]): Shortage | null {
    const shortage = this.counters.test(asks)
    this.remember(asks)
    return shortage
  }

  leaves(ask: CounterAsk): number {
    const left = this.counters.leaves(ask)
    this.remember([ask])
    return left
  }

  require(asks: readonly CounterAsk[], upTo?: Shortage): void {
    this.counters.require(asks, upTo)
  }

  rest(ask: CounterAsk, loTakenFen: number, hiTakenFen: number): void {
    this.counters.rest(ask, loTakenFen, hiTakenFen)
    this.remember([ask])
  }

  take(asks: readonly CounterAsk[], as: 'held' | 'used'): void {
    this.remember(asks)
    this.counters.take(asks, as)
  }

  /** Not remembered: which place was found stands beside the counters. */
  firstFree(asks: readonly CounterAsk[]): number {
    return this.counters.firstFree(asks)
  }

  state(ask: CounterAsk): CounterState {
    return this.counters.state(ask)
  }

  /** Undefined: no counter was known. An unread counter is left out: the decision took it as untouched, and the database agreed. */
  seen(): SeenCounters | undefined {
    const known: Record<string, SeenCounter> = {}
    let some = false
    for (const [key, counter] of this.found) {
      if (counter === null) continue
      known[key] = counter
      some = true
    }
    return some ? known : undefined
  }

  private remember(asks: readonly CounterAsk[]): void {
    for (const ask of asks) {
      if (this.found.has(ask.key)) continue
      const looked = this.counters.looked(ask.key)
      if (looked === 'never') continue
      const counter = encode(ask, this.counters.state(ask))
      this.found.set(ask.key, looked === 'unknown' && counter.length === 0 ? null : counter)
    }
  }
}

function encode(ask: CounterAsk, state: CounterState): SeenCounter {
  const { heldFen, heldCount, usedFen, usedCount, overFen, overCount, limitFen, limitCount } = state
  if (overFen !== 0 || overCount !== 0)
    return [heldFen, heldCount, usedFen, usedCount, limitFen, limitCount, overFen, overCount]
  if (limitFen !== ask.limitFen || limitCount !== ask.limitCount)
    return [heldFen, heldCount, usedFen, usedCount, limitFen, limitCount]
  return heldFen === 0 && heldCount === 0 && usedFen === 0 && usedCount === 0
    ? []
    : [heldFen, heldCount, usedFen, usedCount]
}

/** For a CounterView: what was seen, so that the same questions get the same answers again. */
export function asSeen(seen: SeenCounters | undefined): (key: string) => CounterState | undefined {
  return (key) => {
    const counter = seen !== undefined && Object.hasOwn(seen, key) ? seen[key] : undefined
    if (counter === undefined) return undefined
    const [heldFen = 0, heldCount = 0, usedFen = 0, usedCount = 0] = counter as number[]
    const taken = { heldFen, heldCount, usedFen, usedCount, overFen: counter[6] ?? 0, overCount: counter[7] ?? 0 }
    // A limit that was kept rules over whatever version asks.
    if (counter.length > 4)
      return { ...taken, limitFen: counter[4] ?? null, limitCount: counter[5] ?? null, limitVersion: Infinity }
    return { ...taken, limitFen: null, limitCount: null, limitVersion: 0 }
  }
}
