import { nothing, type BatchView, type Prepared, type Weighed, type Why } from '@lijian/admission'
import type { CounterAsk } from '@lijian/limits'

export type Stamp = 'stamped' | 'full' | 'none' | Why

const STAMP = { limitFen: null, version: 1, fen: 0, count: 1, shared: false }

/** An invented part of a payment: a stamp for each one until the card is full. A counter of the card, and one that says which payment has its stamp. */
export class StampCard {
  readonly told = new Set<string>()

  constructor(
    readonly code: string,
    private readonly room: number,
  ) {}

  prepare(serial: string): Prepared<Stamp> {
    const ofCard = { ...STAMP, key: `stamps|${this.code}`, limitCount: this.room }
    return new PreparedStamp(this, [{ ...STAMP, key: `${ofCard.key}|${serial}`, limitCount: 1 }, ofCard])
  }
}

class PreparedStamp implements Prepared<Stamp> {
  readonly rows = {}

  constructor(
    private readonly card: StampCard,
    /** Of the payment, and of the card. */
    private readonly asks: [CounterAsk, CounterAsk],
  ) {}

  weigh(view: BatchView, payableFen: number): Weighed<Stamp> {
    const short = view.counters.test(this.asks)
    if (short) view.counters.require(this.asks, short)
    else view.counters.take(this.asks, 'held')
    const stamp = short?.ask === this.asks[1] ? 'full' : 'stamped'
    return { payableFen, put: nothing, answer: () => stamp, giveBack: short ? nothing : () => this.giveBack(view) }
  }

  none = (): Stamp => 'none'
  without = (why: Why): Stamp => why
  wasTold = (stamp: Stamp) => void (stamp === 'stamped' && this.card.told.add(this.asks[0].key))
  isUndone = (stamp: Stamp): boolean => stamp === 'stamped'

  undo(view: BatchView): void {
    const [ofPayment] = this.asks
    if (this.card.told.has(ofPayment.key)) return
    if (view.counters.test([ofPayment])) this.giveBack(view)
    else view.counters.require([ofPayment])
  }

  private giveBack(view: BatchView): void {
    for (const { key } of this.asks) view.counters.move(key, { heldCount: -1 })
  }
}
