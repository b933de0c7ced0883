import type {
  RefundAnswer,
  ReverseAnswer,
  ReverseKind,
  ResultRequest,
  StoredFacts,
  TransactionAnswer,
  TransactionRequest,
} from '@lijian/contracts/marketing'
import type { Identities } from '@lijian/rules'

/** A card as it leaves the edge: never its number. `digits` (at most 12) live in memory only, for matching BIN groups. */
export interface EdgeCard {
  token: string
  bin?: string
  last4?: string
  digits?: string
  earlier?: readonly string[]
}

export type Door = 'http' | 'temporal'

export interface QueryAsk {
  client: string
  request: Omit<TransactionRequest, 'card' | 'identities' | 'customer'> & {
    card?: EdgeCard
    customerToken?: string
    /** Tokens, by kind. */
    identities?: Identities
    earlier?: StoredFacts['earlier']
  }
  bodyHash: string
  explain?: boolean
  door: Door
  receivedAtMs: number
  /** The client's own; the request's comes first. */
  deadlineMs?: number | undefined
  /** A webhook waits for the final state. */
  notify?: boolean
  /** The client's success may say nothing of what was paid: that a hold was told is written down, after the answer. */
  mayOmitPaid?: boolean
}

export interface ResultAsk {
  client: string
  serial: string
  request: Omit<ResultRequest, 'card'> & { card?: EdgeCard }
  bodyHash: string
  door: Door
}

export interface ReverseAsk {
  client: string
  originalSerial: string
  serial: string
  kind: ReverseKind
  bodyHash: string
  door: Door
}

export interface RefundAsk {
  client: string
  originalSerial: string
  /** The refund's own. */
  serial: string
  amountFen: number
  eligibleFen?: number
  bodyHash: string
  /** The client's own: until then the payer's part must be told. */
  deadlineMs?: number | undefined
}

export interface RefundResultAsk {
  client: string
  originalSerial: string
  serial: string
  outcome: 'success' | 'failure'
}

/** What both doors (HTTP and Temporal) call; one state machine behind it. */
export interface Transactions {
  /**
   * Never throws for slowness: no_offer with reason deadline or unavailable. Throws LijianError serial_reused, merchant_not_allowed; for an instant that is not one of now
   * invalid_request, unless it is a retry of what is held (unavailable: it cannot be looked up).
   */
  query(ask: QueryAsk): Promise<TransactionAnswer>
  /** Throws LijianError unavailable (nothing stored, send again) or result_conflict. */
  result(ask: ResultAsk): Promise<TransactionAnswer>
  /** Throws LijianError unavailable, unknown_original, already_reversed, not_reversible, serial_reused. */
  reverse(ask: ReverseAsk): Promise<ReverseAnswer>
  /** Throws LijianError unavailable, unknown_original, not_refundable, whole_only, exceeds_remaining, serial_reused. */
  refund(ask: RefundAsk): Promise<RefundAnswer>
  /** Throws LijianError unavailable, not_found, refund_conflict. */
  refundResult(ask: RefundResultAsk): Promise<RefundAnswer>
  /** The refunds of a transaction, in the order in which they came. Throws LijianError not_found, unavailable. */
  refunds(client: string, originalSerial: string): Promise<RefundAnswer[]>
  /** Releases a hold whose time is over; answers the state as it is then. Throws LijianError unavailable. */
  expire(client: string, serial: string): Promise<TransactionAnswer>
  read(client: string, serial: string): Promise<TransactionAnswer | undefined>
}
