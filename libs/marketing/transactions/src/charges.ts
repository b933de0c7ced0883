import type { StoredCharge, TransactionRow } from '@lijian/database'
import { OWN_LIMIT, type CounterAsk } from '@lijian/limits'
import type { BatchView } from '@lijian/admission'

/** Moves what a row holds or uses back to its counters. */
export function release(view: BatchView, row: TransactionRow, keepCountOf: readonly string[] = []): StoredCharge[] {
  const kept: StoredCharge[] = []
  for (const { key, fen, count, offer } of row.charges) {
    const keeps = keepCountOf.includes(offer) && count > 0
    const freed = keeps ? 0 : count
    if (row.chargesAre === 'held') view.counters.move(key, { heldFen: -fen, heldCount: -freed })
    if (row.chargesAre === 'used') view.counters.move(key, { usedFen: -fen, usedCount: -freed })
    if (keeps) kept.push({ key, fen: 0, count, offer })
  }
  return kept
}

/** held → used, without asking for room: it was taken when it was held. */
export function capture(view: BatchView, charges: readonly StoredCharge[]): void {
  for (const { key, fen, count } of charges)
    view.counters.move(key, { heldFen: -fen, heldCount: -count, usedFen: fen, usedCount: count })
}

/** Asks for the same room again, under whatever limit the counter's row has by now. */
export const ownLimit = (charge: StoredCharge): CounterAsk => ({
  key: charge.key,
  limitFen: null,
  limitCount: null,
  version: OWN_LIMIT,
  fen: charge.fen,
  count: charge.count,
  shared: false,
})
