import type { CounterAsk, CounterDelta, Counters, CounterState, Shortage } from './counter-view'

/** What stands on one counter. */
interface Taken {
  fen: number
  count: number
  heldFen: number
  heldCount: number
  overFen: number
  overCount: number
}

const NOTHING: Readonly<Taken> = { fen: 0, count: 0, heldFen: 0, heldCount: 0, overFen: 0, overCount: 0 }
const fenOf = ({ fen, heldFen, overFen }: Readonly<Taken>): number => fen + heldFen + overFen
const countOf = ({ count, heldCount, overCount }: Readonly<Taken>): number => count + heldCount + overCount

/**
 * Counters in memory, one decision after the other, without concurrency: the offline evaluation. Limits come with each ask; those of
 * prepaid balances (`version` -1) from `ownLimits`: a partner that is not named there has none; without `ownLimits` they are unlimited.
 */
export class CounterBook implements Counters {
  private readonly taken = new Map<string, Taken>()

  constructor(private readonly ownLimits?: ReadonlyMap<string, number>) {}

  get size(): number {
    return this.taken.size
  }

  test(asks: readonly CounterAsk[]): Shortage | null {
    let short: CounterAsk | undefined
    for (const ask of asks) {
      const limitFen = this.limitFen(ask)
      if (ask.limitCount === null && limitFen === null) continue
      const taken = this.at(ask.key)
      if (ask.limitCount !== null && ask.count > ask.limitCount - countOf(taken))
        return { ask, measure: 'count', state: this.state(ask) }
      // A count that is short is named before any amount, wherever it stands.
      if (limitFen !== null && ask.fen > limitFen - fenOf(taken)) short ??= ask
    }
    return short === undefined ? null : { ask: short, measure: 'fen', state: this.state(short) }
  }

  leaves(ask: CounterAsk): number {
    const limitFen = this.limitFen(ask)
    if (limitFen === null) return ask.fen
    return Math.max(0, Math.min(ask.fen, limitFen - fenOf(this.at(ask.key))))
  }

  /** Nobody can change a counter between two decisions. */
  require(): void {}

  /** Nor what a decision rests on. */
  rest(): void {}

  take(asks: readonly CounterAsk[], as: 'held' | 'used'): void {
    for (const { key, fen, count } of asks) {
      const taken = this.taken.get(key)
      if (as === 'used' && taken === undefined) this.taken.set(own(key), { ...NOTHING, fen, count })
      else if (as === 'used') {
        taken!.fen += fen
        taken!.count += count
      } else this.move(key, { heldFen: fen, heldCount: count })
    }
  }

  /** Changes what stands on a counter without asking for room. */
  move(key: string, delta: Partial<CounterDelta>): void {
    let taken = this.taken.get(key)
    if (taken === undefined) this.taken.set(own(key), (taken = { ...NOTHING }))
    taken.fen += delta.usedFen ?? 0
    taken.count += delta.usedCount ?? 0
    taken.heldFen += delta.heldFen ?? 0
    taken.heldCount += delta.heldCount ?? 0
    taken.overFen += delta.overFen ?? 0
    taken.overCount += delta.overCount ?? 0
  }

  state(ask: CounterAsk): CounterState {
    const { fen, count, heldFen, heldCount, overFen, overCount } = this.at(ask.key)
    return {
      limitFen: this.limitFen(ask),
      limitCount: ask.limitCount,
      limitVersion: ask.version,
      heldFen,
      heldCount,
      usedFen: fen,
      usedCount: count,
      overFen,
      overCount,
    }
  }

  firstFree(asks: readonly CounterAsk[]): number {
    const place = asks.findIndex((ask) => this.test([ask]) === null)
    return place < 0 ? asks.length : place
  }

  private at(key: string): Readonly<Taken> {
    return this.taken.get(key) ?? NOTHING
  }

  private limitFen(ask: CounterAsk): number | null {
    if (ask.version >= 0) return ask.limitFen
    return this.ownLimits === undefined ? null : (this.ownLimits.get(ask.key) ?? 0)
  }
}

/**
 * The same text in memory of its own. V8 keeps a text that was put together as the parts of which it was made, and a part that was cut out of a file's
 * line as a view of the whole line; asking for its number makes it one flat text.
 */
function own(key: string): string {
  if (!Number.isNaN(Number(key))) throw new Error(`a counter cannot be called ${key}`)
  return key
}
