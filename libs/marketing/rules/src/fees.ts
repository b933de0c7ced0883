import type { CardType } from '@lijian/contracts/system'
import type { FeeEntry, FeeSchedule } from '@lijian/contracts/marketing'
import { halfUpPpm } from '@lijian/money'

type ByType = Omit<FeeSchedule, 'methods'>

/**
 * The merchant's fee on an amount: the entry for method and card type, then for the method, then for the card type, then the default; a
 * schedule without any of them (and no schedule) costs nothing. Rounded half up, then held within the entry's min and max.
 */
export function feeFen(
  fees: FeeSchedule | undefined,
  paymentMethod: string,
  cardType: CardType | undefined,
  amountFen: number,
): number {
  const entry = fees && feeEntryFor(fees, paymentMethod, cardType)
  return entry === undefined ? 0 : rateFen(amountFen, entry)
}

/** amount × rate, half up, at least min and at most max. */
export function rateFen(amountFen: number, { ppm, min, max }: FeeEntry): number {
  const fen = Math.max(halfUpPpm(amountFen, ppm), min ?? 0)
  return max === undefined ? fen : Math.min(fen, max)
}

function feeEntryFor(fees: FeeSchedule, method: string, cardType: CardType | undefined): FeeEntry | undefined {
  // Own keys only: a method called "constructor" must not find Object's.
  const ofMethod = fees.methods && Object.hasOwn(fees.methods, method) ? fees.methods[method] : undefined
  return (ofMethod && byType(ofMethod, cardType)) ?? ofMethod?.default ?? byType(fees, cardType) ?? fees.default
}

/** quasi_credit without an entry of its own is charged as credit; an unknown card type has no entry. */
function byType(entries: ByType, cardType: CardType | undefined): FeeEntry | undefined {
  if (cardType === undefined) return undefined
  return entries[cardType] ?? (cardType === 'quasi_credit' ? entries.credit : undefined)
}
