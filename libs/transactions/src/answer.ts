import type { Refusal, ReverseAnswer, TransactionAnswer } from '@lijian/contracts'
import type { ReverseRow, TransactionRow } from '@lijian/persistence'

/** The answer that a stored transaction gives, now and to every retry. Without an offer: no_offer, payable = amount. */
export function answerOf(row: TransactionRow, reasons?: Refusal[]): TransactionAnswer {
  const { record } = row
  if (row.state === 'no_offer' && record.emptyBecause !== 'offers_released') {
    const refusal: Refusal = { reason: record.emptyBecause === 'deadline' ? 'deadline' : 'unavailable' }
    return {
      serial: row.serial,
      state: 'no_offer',
      amount: row.amountFen,
      discount: 0,
      payable: row.amountFen,
      offers: [],
      fee: record.fee,
      ...(record.emptyBecause === 'deadline' ? { reasons: [refusal] } : {}),
    }
  }
  return {
    serial: row.serial,
    marketingSerial: row.marketingSerial,
    state: row.state,
    amount: row.amountFen,
    discount: record.discountFen,
    payable: row.payableFen,
    offers: record.offers,
    fee: record.fee,
    ...(row.holdExpiresAt !== null && row.state === 'held' ? { holdExpiresAt: row.holdExpiresAt } : {}),
    ...(row.businessDate !== null ? { businessDate: row.businessDate } : {}),
    ...(reasons && reasons.length > 0 ? { reasons } : {}),
  }
}

/** A result for a serial that holds nothing: 200, no_offer (DESIGN §3, "Identity"). */
export const nothingHeld = (serial: string): TransactionAnswer => ({
  serial,
  state: 'no_offer',
  discount: 0,
  offers: [],
})

export type ReverseAnswerStored = Omit<ReverseAnswer, 'businessDate'>

export const reverseAnswerOf = (row: ReverseRow): ReverseAnswer => ({
  ...(row.answer as ReverseAnswerStored),
  businessDate: row.businessDate,
})
