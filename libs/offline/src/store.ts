import type { Fee, FeeSchedule, GrantedOffer, OutputLine, TransactionState } from '@lijian/contracts'
import type { RefundPart, TakenCharge } from '@lijian/refunds'
import type { PaymentFacts } from '@lijian/rules'

/** What a later line may need of a payment that got an offer. */
export interface StoredPayment {
  answer: OutputLine
  state: TransactionState
  facts: PaymentFacts
  offers: GrantedOffer[]
  charges: TakenCharge[]
  fee: Fee
  fees: FeeSchedule | undefined
  feeOnRefund: 'return' | 'keep'
  parts: RefundPart[]
}

/** Everything by serial. Kept in memory here; the command keeps it in a file, so that a million lines fit. */
export interface SerialStore {
  /** Hash of the body under which this serial came first. */
  bodyOf(serial: string): number | undefined
  /** `payment` absent: it got no offer, and only the hash is kept. */
  remember(serial: string, body: number, payment?: StoredPayment): void
  payment(serial: string): StoredPayment | undefined
  update(serial: string, payment: StoredPayment): void
  /** Answers of refunds, voids and reversals, under serials of their own. */
  eventOf(serial: string): { body: number; answer: unknown } | undefined
  rememberEvent(serial: string, body: number, answer: unknown): void
}

export class MemoryStore implements SerialStore {
  private readonly bodies = new Map<string, number>()
  private readonly payments = new Map<string, StoredPayment>()
  private readonly events = new Map<string, { body: number; answer: unknown }>()

  bodyOf(serial: string): number | undefined {
    return this.bodies.get(serial)
  }

  remember(serial: string, body: number, payment?: StoredPayment): void {
    this.bodies.set(serial, body)
    if (payment !== undefined) this.payments.set(serial, payment)
  }

  payment(serial: string): StoredPayment | undefined {
    return this.payments.get(serial)
  }

  update(serial: string, payment: StoredPayment): void {
    this.payments.set(serial, payment)
  }

  eventOf(serial: string): { body: number; answer: unknown } | undefined {
    return this.events.get(serial)
  }

  rememberEvent(serial: string, body: number, answer: unknown): void {
    this.events.set(serial, { body, answer })
  }
}
