import type { RefundAnswer } from '@lijian/contracts/marketing'
import {
  REVERSE_VERSION,
  type ReverseRow,
  type ReverseWrite,
  type StoredRefund,
  type TransactionRow,
} from '@lijian/database'
import { offersBack } from './refund-terms'

export const refundsOf = (row: TransactionRow): StoredRefund[] => row.record.refunds ?? []

export type RefundWrite = Omit<ReverseWrite, 'expected' | 'dated'> & { answer: object }

/** The reverse transaction's own row: what it is answered from, without its state and date. `leftFen` goes with a part. */
export function writeOf(row: TransactionRow, refund: StoredRefund, leftFen = 0): RefundWrite {
  const { part } = refund
  return {
    client: row.client,
    serial: refund.serial,
    originalSerial: row.serial,
    kind: 'refund',
    state: refund.state,
    bodyHash: refund.bodyHash,
    answer: {
      v: REVERSE_VERSION,
      amount: refund.amountFen,
      originalState: row.state,
      ...(part === null
        ? {}
        : {
            payer: part.payerFen,
            discount: part.discountFen,
            offers: offersBack(row.record.offers, part),
            fee: { original: part.fee.originalFen, final: part.fee.finalFen, saved: part.fee.savedFen },
            left: leftFen,
          }),
    },
  }
}

interface StoredAnswer {
  amount: number
  originalState: RefundAnswer['state']
  payer?: number
  discount?: number
  offers?: RefundAnswer['offers']
  fee?: RefundAnswer['fee']
  left?: number
  reason?: string
}

/** How a refund stands; `businessDate` is the one that is being fixed, for a row that has none yet. */
export function refundAnswerOf(
  row: ReverseRow | ReverseWrite | (RefundWrite & { businessDate: null }),
  businessDate: string | null,
): RefundAnswer {
  const { amount, originalState, payer, discount, offers, fee, left, reason } = row.answer as StoredAnswer
  const date = ('businessDate' in row ? row.businessDate : null) ?? (row.state === 'done' ? businessDate : null)
  return {
    serial: row.serial,
    originalSerial: row.originalSerial,
    kind: 'refund',
    state: row.state === 'done' ? originalState : row.state,
    amount,
    ...(payer === undefined
      ? {}
      : {
          payer,
          discountReturned: discount!,
          feeReturned: fee!.final,
          discount: discount!,
          payable: payer,
          offers: offers!.map(({ campaign, version, code, name, kind, delivery, discount: fen, funders }) => ({
            campaign,
            version,
            code,
            name,
            kind,
            delivery,
            discount: fen,
            funders: funders.map(({ partner, amount: share }) => ({ partner, amount: share })),
          })),
          fee: { original: fee!.original, final: fee!.final, saved: fee!.saved },
          left: left!,
        }),
    ...(reason === undefined ? {} : { reason }),
    ...(date === null ? {} : { businessDate: date }),
  }
}
