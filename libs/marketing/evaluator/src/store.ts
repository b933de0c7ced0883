import type {
  AnyOutputLine,
  EventLine,
  PaymentLine,
  Refusal,
  TransactionState,
  RefundPart,
} from '@lijian/contracts/marketing'

/** An offer that a payment got. What it took from counters and who bears it follows from the documents (`recall.ts`). */
export interface StoredGrant {
  /** `<campaign>/<offer>` */
  ref: string
  discountFen: number
  /** What each counter took, where it does not follow from the discount: offers with clip limits. */
  fens?: number[]
  /** Of a draw by person: which of the person's draws it was. */
  place?: number
}

/** What a payment that got an offer was decided, and what has become of it. */
export interface Decided {
  state: TransactionState
  grants: readonly StoredGrant[]
  /** Of the answer; filled only when explaining. */
  reasons: readonly Refusal[]
  parts: readonly RefundPart[]
}

export interface StoredPayment {
  /** Under which the serial came first. */
  line: PaymentLine
  /** Absent: it got no offer. */
  decided: Decided | undefined
}

/** Everything by serial. Kept in memory here; the command keeps it in a file, so that a million lines fit. */
export interface SerialStore {
  has(serial: string): boolean
  payment(serial: string): StoredPayment | undefined
  /** `text`: the line as it was read, when it is at hand. */
  keep(line: PaymentLine, decided: Decided | undefined, text?: string): void
  /** Refunds, voids and reversals, under serials of their own. */
  event(serial: string): { line: EventLine; answer: AnyOutputLine } | undefined
  keepEvent(line: EventLine, answer: AnyOutputLine): void
}

export class MemoryStore implements SerialStore {
  private readonly payments = new Map<string, StoredPayment>()
  private readonly events = new Map<string, { line: EventLine; answer: AnyOutputLine }>()

  has(serial: string): boolean {
    return this.payments.has(serial)
  }

  payment(serial: string): StoredPayment | undefined {
    return this.payments.get(serial)
  }

  keep(line: PaymentLine, decided: Decided | undefined): void {
    this.payments.set(line.serial, { line, decided })
  }

  event(serial: string): { line: EventLine; answer: AnyOutputLine } | undefined {
    return this.events.get(serial)
  }

  keepEvent(line: EventLine, answer: AnyOutputLine): void {
    this.events.set(line.serial, { line, answer })
  }
}
