import type { PaymentBody } from '@lijian/contracts/routing'
import type { ReverseAnswer, ResultRequest, TransactionAnswer, TransactionRequest } from '@lijian/contracts/marketing'

/** The payment as the transaction system knows it (DESIGN §3, "Other documents"); currency is CNY unless said. */
export type Payment = Omit<TransactionRequest, 'currency'> & { currency?: string }
/** A payment that asks for offer and route together. */
export type RoutedPayment = Omit<PaymentBody, 'currency'> & { currency?: string }
/**
 * How a payment ended. A success says what was `paid`: what was sent upstream, in the minor unit. `marketingSerial`: of the answer that was acted on, so
 * that money which is not what stands becomes a case even where nothing is held any more.
 */
export type PaymentResult = Omit<ResultRequest, 'outcome' | 'paid'> &
  ({ outcome: 'success'; paid: number } | { outcome: 'failure'; paid?: number })
export type { ReverseAnswer, TransactionAnswer }

/** What a transaction system asks, through either door. */
export interface LijianDoor {
  /**
   * Is there an offer? Never keeps a payment waiting: slow or away is "no offer" (reason `deadline` or `unavailable`). Throws
   * LijianClientError only for what is wrong with the request itself.
   */
  query(payment: Payment): Promise<TransactionAnswer>
  /** Tell how the payment ended; a success says what was `paid`. Repeats itself until it is stored or `retries` are used up. */
  result(serial: string, result: PaymentResult): Promise<TransactionAnswer>
  /** Undo as a whole, under a serial of its own. Repeats itself like `result`. */
  reversal(serial: string, reverseSerial: string): Promise<ReverseAnswer>
  void(serial: string, reverseSerial: string): Promise<ReverseAnswer>
}

/** What the payment does when Lijian cannot say in time: it goes on without an offer. */
export const withoutOffer = (
  payment: Pick<Payment, 'serial' | 'amount'>,
  reason: 'deadline' | 'unavailable',
): TransactionAnswer => ({
  serial: payment.serial,
  state: 'no_offer',
  amount: payment.amount,
  discount: 0,
  payable: payment.amount,
  offers: [],
  reasons: [{ reason }],
})
