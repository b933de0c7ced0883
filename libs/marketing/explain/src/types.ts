import type {
  ExplanationCause,
  Fee,
  FeeSchedule,
  GrantedOffer,
  Refusal,
  Said,
  TransactionState,
} from '@lijian/contracts/marketing'
import type { SeenCounters } from '@lijian/limits'
import type { CatalogCampaign, PaymentFacts } from '@lijian/rules'

/** What a query was answered. */
export interface Answered {
  offers: readonly GrantedOffer[]
  /** Absent where what was granted has been undone since and only the offers are still known. */
  price?: { discountFen: number; payableFen: number; fee: Fee }
  /** Only if the query asked for them. */
  reasons?: readonly Refusal[]
}

/** One decision as it was stored: everything that it rested on. */
export interface PastDecision {
  source: 'transaction' | 'decision_log'
  /** Groups of card and customer are `facts.memberOf`: of the offers bound to the merchant, and of `others`. */
  facts: PaymentFacts
  fees: FeeSchedule | undefined
  counters: SeenCounters | undefined
  /** Campaigns and offers that admission found suspended. */
  suspended: readonly string[]
  /** `CAMPAIGN/OFFER` of offers of every merchant whose conditions held. */
  others: readonly string[]
  answered: Answered
  /** Of an answer without an offer: when it was given. */
  answeredAt?: string
  /** It was not for the rules to decide. */
  because?: 'deadline' | 'unavailable' | 'reversed_before' | 'open_holds'
}

/** The documents that were in force then; of all campaigns, those that concern the merchant are enough. */
export interface CatalogThen {
  snapshot: string
  campaigns: readonly CatalogCampaign[]
  groupOrder: readonly string[]
  drawKeyId: string
  /** Undefined: that key is not configured any more. */
  drawKey: Buffer | undefined
}

/** What has become of a transaction since, from its row. */
export interface Story {
  state: TransactionState
  createdAt: string
  updatedAt: string
  holdExpiresAt: string | null
  businessDate: string | null
  /** As it stands now. */
  payableFen: number
  amountFen: number
  currency: string
  fee: Fee
  offers: readonly GrantedOffer[]
  released: readonly GrantedOffer[]
  emptyBecause: string | null
  result: { outcome: 'success' | 'failure'; paidFen: number | null; paidAt?: string; upstreamSerial?: string } | null
  /** What the result has told of the payment that the query had not, `key: value`. */
  learnt: readonly string[]
  /** Oldest first. A payment is reversed or voided once, and refunded in parts. */
  undone: readonly Undoing[]
  cases: readonly { kind: string; at: string }[]
}

export interface Undoing {
  kind: 'reversal' | 'void' | 'refund'
  serial: string
  isDone: boolean
  amountFen: number | null
  at: string
}

export interface EarlierAnswer {
  at: string
  because?: string
}

export type { ExplanationCause }

/** What was found, what the offer asks for, and both in a sentence. */
export interface WhyNot {
  found?: string
  expected?: string
  text: Said
}
