import type { CounterAsk, Counters, CounterState, Shortage } from '@lijian/limits'

/** Counters that are unknown and may not be taken: a decision that needs one is refused. */
export class NoCounters implements Counters {
  test(asks: readonly CounterAsk[]): Shortage | null {
    const ask = asks[0]
    return ask === undefined
      ? null
      : { ask, measure: ask.limitCount === null ? 'fen' : 'count', state: this.state(ask) }
  }

  leaves(): number {
    return 0
  }

  require(): void {}

  rest(): void {}

  take(asks: readonly CounterAsk[]): void {
    if (asks.length > 0) throw new Error(`a route without counters needs ${asks[0]!.key}`)
  }

  firstFree(): number {
    return 0
  }

  state({ limitFen, limitCount, version }: CounterAsk): CounterState {
    const nothing = { heldFen: 0, heldCount: 0, usedFen: 0, usedCount: 0, overFen: 0, overCount: 0 }
    return { limitFen, limitCount, limitVersion: version, ...nothing }
  }
}
