import type {
  Fee,
  FeeSchedule,
  GrantedOffer,
  Reason,
  Refusal,
  RefundPart,
  StoredFacts,
  TransactionState,
} from '@lijian/contracts/marketing'
import { upcastReverse, upcastTransaction, type TRANSACTION_VERSION } from './upcast'

/** What one granted offer took from one counter; where it stands (held, used, nowhere) is the row's `chargesAre`. */
export interface StoredCharge {
  key: string
  fen: number
  count: number
  offer: string
  /** Of the limit; absent: the discount. */
  measure?: 'gross'
  /** What was taken at the grant, once a refund has given a part of `fen` back. */
  ofFen?: number
  /** Taken by this refund, to close the offer to the payer; not by the grant. */
  refund?: string
}

/** A refund as its original knows it, in the order in which they came; those that failed are taken out again. */
export interface StoredRefund {
  serial: string
  /** waiting: for the result of its original. */
  state: 'waiting' | 'refund_held' | 'done'
  amountFen: number
  eligibleFen: number | null
  /** When it was asked for: from then on its blocks hold. */
  at: string
  /** What goes back to whom; null while it waits. */
  part: RefundPart | null
  /** Its success came before its original's result. */
  succeeded: boolean
  bodyHash: string
}

/** What a decision rested on beside the facts, so that it can be run again (libs/marketing/explain). */
export interface DecisionBasis {
  /** Id of the catalog snapshot: document versions, suspensions, group order, draw key. */
  snapshot: string
  /** Counters as the decision found them, by key (`SeenCounters` of libs/core/limits); absent: none was known. */
  counters?: Readonly<Record<string, readonly (number | null)[]>>
  /** Campaigns and offers that admission found suspended though the snapshot does not say so. */
  suspended?: readonly string[]
  /** `CAMPAIGN/OFFER` whose conditions held although no merchant is named in them: what competed beside the merchant's own. */
  others?: readonly string[]
  /** Draws by person: the version of the formula, and the place of each by `CAMPAIGN/OFFER`. Absent: draws by serial, the first formula. */
  draws?: { formula: 2; places: Readonly<Record<string, number>> }
}

/** Why an answer without an offer was not for the rules to decide. */
export type NoOfferCause = 'deadline' | 'unavailable' | 'reversed_before' | 'open_holds'

/** An answer without an offer as the decision log keeps it. */
export interface LoggedDecision {
  because?: NoOfferCause
  amountFen: number
  feeFen: number
  facts: StoredFacts
  fees: FeeSchedule | null
  basis: DecisionBasis
  /** `CAMPAIGN/OFFER` of offers that named the merchant or met the payment, with why each was not given; absent: it was not for the rules to decide. */
  refused?: Readonly<Record<string, Reason>>
}

/** One campaign of a catalog snapshot; what is left out is the ordinary case: approved and not suspended. */
export interface SnapshotCampaign {
  code: string
  version: number
  approved?: false
  suspended?: true
  suspendedOffers?: readonly string[]
}

export interface StoredResult {
  outcome: 'success' | 'failure'
  paidFen: number | null
  upstreamSerial?: string
  paidAt?: string
}

/** What a query was answered, where a result has changed it since: a retry of the query is told the same again. */
export interface FirstAnswer {
  discountFen: number
  payableFen: number
  fee: Fee
  offers: GrantedOffer[]
}

/** An attempt at a payment whose answer tells of what is held, or may. */
export interface Teller {
  id: string
  /** It has told something else: it was too late, or nobody could tell it in time what was decided. */
  withdrawn?: 'deadline' | 'unavailable'
}

/** The part of a transaction that SQL never looks into. */
export interface TransactionRecord {
  v: typeof TRANSACTION_VERSION
  discountFen: number
  fee: Fee
  offers: GrantedOffer[]
  /** Granted at the query and released since (paid otherwise, fee offer that no longer holds, answer too late): kept for inquiries. */
  released: GrantedOffer[]
  first: FirstAnswer | null
  /** Why the other offers were not given, if the query asked. */
  reasons: Refusal[] | null
  facts: StoredFacts | null
  /** The facts of the query, where the result has told more since. */
  askedFacts?: StoredFacts
  /** Absent: the decision is older than this. */
  basis?: DecisionBasis
  /** The merchant's fees at the query: they price the whole life of the transaction. */
  fees: FeeSchedule | null
  result: StoredResult | null
  /** Offers whose count a void does not give back (`restore.void: false`). */
  voidKeepsCount: string[]
  reversedBy: string | null
  /** Why nothing is held although a row exists: the answer came too late, or a reverse transaction came first. */
  emptyBecause: 'deadline' | 'unknown_original' | 'offers_released' | null
  notify: boolean
  /** What is held is undone once all of them are withdrawn. Absent: only the one that made it; its id is the marketing serial. */
  tellers?: Teller[]
  /** Of a client that may omit `paid`: that the answer has gone out is not written down yet. */
  perhapsUntold?: true
  /** Of a client with a cap of open holds: it is counted while it is held. */
  countsOpen?: true
  /** Absent: none yet. */
  refunds?: StoredRefund[]
  /** Of the merchant's document at the query: who clears it, and whether its fee comes back with a refund. Absent: `main`, `keep`. */
  clearingSystem?: string
  feeOnRefund?: 'return' | 'keep'
}

/** One offer as a posting and the files show it; amounts in fen, of this event. */
export interface JournalOffer {
  campaign: string
  version: number
  code: string
  name: string
  kind: 'amount' | 'fee'
  delivery: 'instant' | 'rebate'
  paymentMode: 'prepay' | 'postpay'
  discountFen: number
  funders: { partner: string; amountFen: number }[]
}

/** What an event of money was about, as it was then: files made again are the same, whatever has happened since. Nothing personal. */
export interface JournalDetail {
  /** Absent: CNY. */
  currency?: string
  /** Gross; of a refund the part refunded. */
  amountFen: number
  payableFen: number
  /** Money off now: amount − payable. */
  discountFen: number
  feeOriginalFen: number
  feeFinalFen: number
  feeSavedFen: number
  paymentMethod: string
  /** The instant that decided the price. */
  at: string
  offers: JournalOffer[]
}

/** One marketing transaction as stored; `version` grows by one with every write and guards each decision. */
export interface TransactionRow {
  client: string
  serial: string
  version: number
  marketingSerial: string
  state: TransactionState
  merchant: string
  bodyHash: string
  amountFen: number
  payableFen: number
  chargesAre: 'held' | 'used' | 'none'
  charges: StoredCharge[]
  record: TransactionRecord
  holdExpiresAt: string | null
  businessDate: string | null
  createdAt: string
}

export interface ReverseRow {
  client: string
  serial: string
  originalSerial: string
  kind: 'reversal' | 'void' | 'refund'
  /** Refunds take two steps; voids and reversals are `done` at once. */
  state: 'waiting' | 'refund_held' | 'done' | 'cancelled' | 'refused'
  bodyHash: string
  answer: unknown
  /** Null until it is recorded that it has happened. */
  businessDate: string | null
}

export interface CounterRow {
  key: string
  limitFen: number | null
  limitCount: number | null
  limitVersion: number
  heldFen: number
  heldCount: number
  usedFen: number
  usedCount: number
  overFen: number
  overCount: number
}

type Json = Record<string, unknown>

/** From to_jsonb(marketing_transaction). */
export function transactionRow(json: Json): TransactionRow {
  const expires = json['hold_expires_at'] as string | null
  return {
    client: json['client'] as string,
    serial: json['serial'] as string,
    version: json['version'] as number,
    marketingSerial: json['marketing_serial'] as string,
    state: json['state'] as TransactionState,
    merchant: json['merchant'] as string,
    bodyHash: json['body_hash'] as string,
    amountFen: json['amount_fen'] as number,
    payableFen: json['payable_fen'] as number,
    chargesAre: json['charges_are'] as TransactionRow['chargesAre'],
    charges: json['charges'] as StoredCharge[],
    record: upcastTransaction(json['record'] as Json) as unknown as TransactionRecord,
    holdExpiresAt: expires === null ? null : new Date(expires).toISOString(),
    businessDate: json['business_date'] as string | null,
    createdAt: new Date(json['created_at'] as string).toISOString(),
  }
}

/** From to_jsonb(reverse_transaction). */
export function reverseRow(json: Json): ReverseRow {
  return {
    client: json['client'] as string,
    serial: json['serial'] as string,
    originalSerial: json['original_serial'] as string,
    kind: json['kind'] as ReverseRow['kind'],
    state: json['state'] as ReverseRow['state'],
    bodyHash: json['body_hash'] as string,
    answer: upcastReverse(json['answer'] as Json),
    businessDate: json['business_date'] as string | null,
  }
}

/** From to_jsonb(counter). */
export function counterRow(json: Json): CounterRow {
  return {
    key: json['key'] as string,
    limitFen: json['limit_fen'] as number | null,
    limitCount: json['limit_count'] as number | null,
    limitVersion: json['limit_version'] as number,
    heldFen: json['held_fen'] as number,
    heldCount: json['held_count'] as number,
    usedFen: json['used_fen'] as number,
    usedCount: json['used_count'] as number,
    overFen: json['over_fen'] as number,
    overCount: json['over_count'] as number,
  }
}
