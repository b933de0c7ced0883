import type { RefundRule, RefundPart } from '@lijian/contracts/marketing'
import { fundsPartner } from '@lijian/limits'
import { halfUpShare } from '@lijian/money'

/** What one granted offer took from one counter. */
export interface TakenCharge {
  key: string
  fen: number
  count: number
  offer: string
  /** Of the limit; absent: the discount. */
  measure?: 'gross'
}

export interface Restored {
  key: string
  fen: number
  count: number
}

/**
 * What one refund gives back to the counters: its part of the amount where `restore.amount` is not false, the count with the last part where
 * `restore.count` is true ("fullRefundOnly": only for one refund of the whole). Prepaid balances always get the returned discount
 * (DESIGN §3 "refunds", §4). `before`: refunded earlier; `amountFen`: of the transaction.
 */
export function restoredByRefund(
  charges: readonly TakenCharge[],
  part: RefundPart,
  transaction: { amountFen: number; beforeFen: number },
  restoreOf: (offer: string) => RefundRule['restore'],
): Restored[] {
  return charges.flatMap((charge) => {
    const back = part.offers.find(({ code }) => code === charge.offer)
    if (back === undefined) return []
    const partner = fundsPartner(charge.key)
    if (partner !== undefined) {
      const share = back.funders.find((funder) => funder.partner === partner)?.amount ?? 0
      return share === 0 ? [] : [{ key: charge.key, fen: share, count: 0 }]
    }
    const restore = restoreOf(charge.offer) ?? {}
    const fen = restore.amount === false ? 0 : amountBack(charge, back.discountFen, part, transaction)
    const count = countComesBack(restore.count, part) ? charge.count : 0
    return fen === 0 && count === 0 ? [] : [{ key: charge.key, fen, count }]
  })
}

function amountBack(
  charge: TakenCharge,
  discountFen: number,
  part: RefundPart,
  { amountFen, beforeFen }: { amountFen: number; beforeFen: number },
): number {
  if (charge.measure !== 'gross') return discountFen
  return halfUpShare(charge.fen, beforeFen + part.amountFen, amountFen) - halfUpShare(charge.fen, beforeFen, amountFen)
}

function countComesBack(count: boolean | 'fullRefundOnly' | undefined, { last, whole }: RefundPart): boolean {
  return count === 'fullRefundOnly' ? whole : count === true && last
}

/** What a reversal or void gives back: everything, but after a void with `restore.void: false` not the count. */
export function restoredByReverse(
  charges: readonly TakenCharge[],
  kind: 'reversal' | 'void',
  restoreOf: (offer: string) => RefundRule['restore'],
): Restored[] {
  return charges.map(({ key, fen, count, offer }) => {
    const burnt = kind === 'void' && restoreOf(offer)?.void === false
    return { key, fen, count: burnt ? 0 : count }
  })
}
