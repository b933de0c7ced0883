import type { ZoneClock } from '@lijian/calendar'
import type {
  Campaign,
  CardGroup,
  CardRegion,
  CardType,
  FeeSchedule,
  GrantedOffer,
  Offer,
  Refusal,
} from '@lijian/contracts'
import type { KeyObject } from 'node:crypto'

/** What is known of one payment when it is asked about. No card number, phone or name: tokens and leading digits only. */
export interface PaymentFacts {
  client: string
  serial: string
  merchant: string
  terminal?: string
  amountFen: number
  eligibleFen?: number
  currency: string
  paymentMethod: string
  cardToken?: string
  /** Leading digits of the card that are known, at most 12. */
  cardDigits?: string
  issuer?: string
  cardType?: CardType
  cardRegion?: CardRegion
  scheme?: string
  pinFree?: boolean
  customerToken?: string
  /** The instant that decides window, period and price for the whole life of the transaction. */
  atMs: number
}

export interface CatalogCampaign {
  document: Campaign
  version: number
  approved: boolean
  suspended: boolean
  suspendedOffers: readonly string[]
}

export interface CatalogInput {
  campaigns: readonly CatalogCampaign[]
  cardGroups: readonly CardGroup[]
  /** Secret of the draws: who knows it can foretell them. */
  drawKey: Buffer
}

/** One limit or budget with everything computed that does not depend on the payment. */
export interface CompiledLimit {
  limitId: string
  kind: 'limit' | 'budget'
  per: readonly ('merchant' | 'card' | 'customer' | 'terminal')[]
  period: 'total' | 'day' | 'week' | 'month' | 'quarter' | 'year'
  limitAmountFen: number | null
  limitCount: number | null
  shared: boolean
}

/** An offer made ready for evaluation, once per document version. Everything else reads `offer` and `campaign`, the documents themselves. */
export interface CompiledOffer {
  readonly campaign: Campaign
  readonly offer: Offer
  readonly code: string
  readonly kind: 'amount' | 'fee'
  /** Version of the campaign document: the rule version of draws and counters. */
  readonly version: number
  readonly priority: number
  readonly approved: boolean
  readonly suspended: boolean
  readonly clock: ZoneClock
  readonly test: CompiledConditions
  /** In the order in which they are tested: limits of the offer, limits of the campaign, budgets. */
  readonly limits: readonly CompiledLimit[]
  readonly funderWeights: readonly number[]
  /** A KeyObject, so that printing an offer never prints the key. */
  readonly drawKey: KeyObject
}

/** Conditions in the form in which they are tested: dates as day numbers, clock times as minutes, lists as sets. */
export interface CompiledConditions {
  fromDay: number
  toDay: number
  fromMinute: number
  toMinute: number
  /** Bit n set = ISO weekday n is open. */
  weekdays: number
  excludedDays?: ReadonlySet<number>
  merchants?: ReadonlySet<string>
  paymentMethods?: ReadonlySet<string>
  cardTypes?: ReadonlySet<string>
  cardRegions?: ReadonlySet<string>
  schemes?: ReadonlySet<string>
  pinFree?: boolean
  binGroups?: readonly CardMatcher[]
  blacklists?: readonly CardMatcher[]
  whitelists?: readonly CardMatcher[]
  minFen: number
  maxFen: number
}

export interface CardMatcher {
  matches(digits: string | undefined, token: string | undefined): boolean
}

export interface Catalog {
  /** Every offer, live or not, in the order of the documents. */
  readonly offers: readonly CompiledOffer[]
  /** Approved and not suspended, bound to no merchant. */
  readonly global: readonly CompiledOffer[]
  /** Approved and not suspended, by each merchant they name. */
  readonly byMerchant: ReadonlyMap<string, readonly CompiledOffer[]>
}

export interface Screening {
  passed: CompiledOffer[]
  /** Filled only when explaining. */
  refused: Refusal[]
}

export interface PriceSoFar {
  /** What the consumer pays after the groups before: amount offers cut it, fees are computed on it. */
  payableFen: number
  /** The merchant's fee schedule; without one there is no fee offer. */
  fees?: FeeSchedule
}

/** One counter that a granted offer takes from. */
export interface Charge {
  key: string
  limitId: string
  kind: 'limit' | 'budget' | 'funds'
  limitAmountFen: number | null
  limitCount: number | null
  /** Version of the campaign document whose limit this is. */
  version: number
  amountFen: number
  count: number
  periodStart: string
  /** ISO instant of the period's end; absent: never. */
  until?: string
  /** No card, customer or terminal in it: a row that many payments meet. */
  shared: boolean
}

/** `grant` and `charges` are made when first read: take them from the candidate itself, a spread copy does not have them. */
export interface Candidate {
  readonly offer: CompiledOffer
  readonly discountFen: number
  readonly grant: GrantedOffer
  readonly charges: Charge[]
}

/** A refusal found while ranking; `behind` = how many candidates stand before it, so that it turns into not_best when one of them is granted. */
export interface RankRefusal extends Refusal {
  behind: number
}

export interface Ranking {
  /** Best first: higher priority, then larger discount, then code. */
  candidates: Candidate[]
  /** Filled only when explaining. */
  refused: RankRefusal[]
}
