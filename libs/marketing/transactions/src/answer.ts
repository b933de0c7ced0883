import type { Fee, GrantedOffer, Refusal, ReverseAnswer, TransactionAnswer } from '@lijian/contracts/marketing'
import type { BatchView, Finish } from '@lijian/admission'
import type { ReverseRow, TransactionRow } from '@lijian/database'

// PostgreSQL's jsonb orders keys its own way; an answer has one order, so that a retry gets the same bytes.
const feeOf = ({ original, final, saved }: Fee): Fee => ({ original, final, saved })
const refusalOf = ({ offer, reason, limit, ...rest }: Refusal): Refusal => ({
  ...(offer === undefined ? {} : { offer }),
  reason,
  ...(limit === undefined ? {} : { limit }),
  ...inOrder(rest, ['limitAmount', 'usedAmount', 'heldAmount', 'limitCount', 'usedCount', 'heldCount', 'until']),
})
const inOrder = <T extends object>(values: T, keys: readonly (keyof T)[]): Partial<T> =>
  Object.fromEntries(keys.flatMap((key) => (values[key] === undefined ? [] : [[key, values[key]]]))) as Partial<T>
const offerOf = ({ campaign, version, code, name, kind, delivery, discount, funders }: GrantedOffer): GrantedOffer => ({
  campaign,
  version,
  code,
  name,
  kind,
  delivery,
  discount,
  funders: funders.map(({ partner, amount }) => ({ partner, amount })),
})

/** What comes back later; not in the answer of a payment without a rebate. */
function rebateOf(offers: readonly GrantedOffer[]): { rebate?: number } {
  const rebate = offers.reduce((sum, { delivery, discount }) => sum + (delivery === 'rebate' ? discount : 0), 0)
  return rebate === 0 ? {} : { rebate }
}

/** How a transaction stands now. Without an offer: no_offer, payable = amount. */
export function answerOf(row: TransactionRow): TransactionAnswer {
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
      fee: feeOf(record.fee),
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
    ...rebateOf(record.offers),
    offers: record.offers.map(offerOf),
    fee: feeOf(record.fee),
    ...(row.holdExpiresAt !== null && row.state === 'held' ? { holdExpiresAt: row.holdExpiresAt } : {}),
    ...(row.businessDate !== null ? { businessDate: row.businessDate } : {}),
  }
}

/** How it stands; a business date that the same batch is giving it belongs to that. */
export function asStored(view: BatchView, row: TransactionRow): Finish<TransactionAnswer> {
  const isDated = view.isDated(row.client, row.serial)
  return (businessDate) => answerOf(isDated ? { ...row, businessDate: row.businessDate ?? businessDate } : row)
}

/** An answer without an offer as it was told, where a row has kept it. */
export const orderedNoOffer = (answer: TransactionAnswer): TransactionAnswer =>
  ({
    ...inOrder(answer, ['serial', 'marketingSerial', 'state', 'amount', 'discount', 'payable']),
    offers: [],
    ...(answer.fee === undefined ? {} : { fee: feeOf(answer.fee) }),
    ...(answer.reasons === undefined ? {} : { reasons: answer.reasons.map(refusalOf) }),
  }) as TransactionAnswer

/** The answer that the query got, whatever has happened since: the same serial with the same body is answered the same. */
export function firstAnswerOf(row: TransactionRow, explain: boolean): TransactionAnswer {
  const { record } = row
  if (record.emptyBecause !== null && record.emptyBecause !== 'offers_released') return answerOf(row)
  const { discountFen, payableFen, fee, offers } = record.first ?? { ...record, payableFen: row.payableFen }
  return {
    serial: row.serial,
    marketingSerial: row.marketingSerial,
    state: 'held',
    amount: row.amountFen,
    discount: discountFen,
    payable: payableFen,
    ...rebateOf(offers),
    offers: offers.map(offerOf),
    fee: feeOf(fee),
    ...(row.holdExpiresAt === null ? {} : { holdExpiresAt: row.holdExpiresAt }),
    ...(explain && record.reasons && record.reasons.length > 0 ? { reasons: record.reasons.map(refusalOf) } : {}),
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
  ...orderedReverse(row.answer as ReverseAnswerStored),
  businessDate: row.businessDate!,
})

export const orderedReverse = (answer: ReverseAnswerStored): ReverseAnswerStored => ({
  serial: answer.serial,
  originalSerial: answer.originalSerial,
  kind: answer.kind,
  state: answer.state,
  amount: answer.amount,
  discount: answer.discount,
  payable: answer.payable,
  offers: answer.offers.map(offerOf),
  fee: feeOf(answer.fee),
})
