import type { ZoneClock } from '@lijian/calendar'
import type {
  Campaign,
  Dimension,
  FeeSchedule,
  FlagFact,
  Funder,
  GrantedOffer,
  Offer,
  PaymentFacts,
  Period,
  Refusal,
} from '@lijian/contracts/marketing'
import type { KeyObject } from 'node:crypto'
import type { MerchantGroupMembers, MerchantGroups } from './merchant-groups'

export type { Identities, IdentityKind, PaymentFacts } from '@lijian/contracts/marketing'

/**
 * A set of tokens; those of a million members are not a Set of strings (see token-set.ts). One whose members are replaced keeps its place
 * in a compiled catalog, as long as it stays empty or stays not empty: an index of card groups looks at that once.
 */
export interface TokenMembers {
  readonly size: number
  has(token: string): boolean
}

export interface CardGroupMembers {
  code: string
  bins: readonly string[]
  cards: readonly string[] | TokenMembers
}

export interface CustomerGroupMembers {
  code: string
  customers: readonly string[] | TokenMembers
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
  cardGroups: readonly CardGroupMembers[]
  customerGroups?: readonly CustomerGroupMembers[]
  /** Given as a whole, they may change in place: nothing is compiled anew. */
  merchantGroups?: MerchantGroups | readonly MerchantGroupMembers[]
  /** Setting `groups`: the order of amount groups; those that it does not name follow by code. */
  groupOrder?: readonly string[]
  /** Secret of the draws: a reader of it can foretell them. */
  drawKey: Buffer
}

/** One limit or budget with everything computed that does not depend on the payment. */
export interface CompiledLimit {
  limitId: string
  kind: 'limit' | 'budget'
  /** Without `user`. */
  per: readonly Exclude<Dimension, 'user'>[]
  /** One counter per identity of the person. */
  user: boolean
  period: Period
  limitFen: number | null
  limitCount: number | null
  measure: 'discount' | 'gross'
  /** Gives what is left when it is less than what was wanted. */
  clip: boolean
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
  /** Offers of one group compete; groups are worked through in this order, amount groups first. */
  readonly group: string
  groupRank: number
  readonly gross: boolean
  readonly exclusive: boolean
  readonly delivery: 'instant' | 'rebate'
  readonly funders: readonly Funder[]
  readonly approved: boolean
  readonly suspended: boolean
  readonly clock: ZoneClock
  readonly test: CompiledConditions
  /** In the order in which they are tested: limits of the offer, limits of the campaign, budgets. */
  readonly limits: readonly CompiledLimit[]
  /** Closed to a card and its holder after a refund, until the end of that day or of the campaign. */
  readonly block?: { limitId: string; period: 'day' | 'total' }
  /** Drawn by person instead of serial: the limit that says who and for how long. */
  readonly drawBy?: CompiledLimit
  readonly funderWeights: readonly number[]
  /** A KeyObject, so that printing an offer never prints the key. */
  readonly drawKey: KeyObject
}

/** A daily range in minutes; `to` ≤ `from`: it passes midnight. */
export interface DailyRange {
  from: number
  to: number
}

/** Conditions in the form in which they are tested: dates as day numbers, clock times as minutes, lists as sets. */
export interface CompiledConditions extends Partial<Record<FlagFact, boolean>> {
  fromDay: number
  toDay: number
  /** Absent: the whole day. */
  daily?: readonly DailyRange[]
  /** Bit n set = ISO weekday n is open. */
  weekdays: number
  excludedDays?: ReadonlySet<number>
  onlyDays?: ReadonlySet<number>
  dayTypes?: ReadonlySet<string>
  merchants?: ReadonlySet<string>
  subMerchants?: ReadonlySet<string>
  merchantGroups?: readonly MerchantGroupMatcher[]
  paymentMethods?: ReadonlySet<string>
  cardTypes?: ReadonlySet<string>
  cardProducts?: ReadonlySet<string>
  excludedCardProducts?: ReadonlySet<string>
  cardRegions?: ReadonlySet<string>
  schemes?: ReadonlySet<string>
  issuers?: ReadonlySet<string>
  binGroups?: readonly GroupMatcher[]
  terminals?: ReadonlySet<string>
  mccs?: ReadonlySet<string>
  countries?: ReadonlySet<string>
  excludedCountries?: ReadonlySet<string>
  /** Prefixes that cover the subdivisions. */
  regions?: readonly string[]
  blacklists?: readonly GroupMatcher[]
  whitelists?: readonly GroupMatcher[]
  customerGroups?: readonly GroupMatcher[]
  facts?: readonly string[]
  minFen: number
  maxFen: number
}

export interface GroupMatcher {
  /** `card/<code>`, `customer/<code>` or `merchant/<code>`. */
  readonly key: string
  /** BIN prefixes of a card group, for the index; empty for customers. */
  readonly bins: readonly string[]
  /** It names tokens too, so its prefixes alone do not say who is in it. */
  readonly hasTokens: boolean
  has(facts: PaymentFacts): boolean
}

export interface MerchantGroupMatcher extends GroupMatcher {
  /** Of the group, in its table. */
  readonly number: number
}

export interface Catalog {
  /** Every offer, live or not, in the order of the documents. */
  readonly offers: readonly CompiledOffer[]
  /** Approved and not suspended, found by what a payment is. */
  readonly live: LiveOffers
}

/** The offers that a payment may get, as far as an index can tell; every one still has to be tested. */
export interface LiveOffers {
  find(facts: PaymentFacts, found: CompiledOffer[]): void
  /** Any offer that names this merchant, a group that it is in, or this sub-merchant, whatever else it asks for. */
  bound(facts: PaymentFacts): readonly CompiledOffer[]
}

/** An offer that the payment does not meet; `blockable`: a block after a refund would be named instead. */
export interface ScreenRefusal extends Refusal {
  blockable?: CompiledOffer
}

export interface Screening {
  passed: CompiledOffer[]
  /** Filled only when explaining. */
  refused: ScreenRefusal[]
}

/** What the groups before have left. */
export interface PriceSoFar {
  /** What the consumer pays: instant amount offers cut it, fees are computed on it. */
  payableFen: number
  /** Saved by earlier fee groups. */
  feeSavedFen: number
  /** An amount group before has granted: an exclusive offer is no candidate any more. */
  granted: boolean
  /** An exclusive offer was granted: later amount groups grant nothing. */
  closed: boolean
  /** The merchant's fee schedule; without one there is no fee offer. */
  fees?: FeeSchedule
}

/** One counter that a granted offer takes from, with what it asks of it. */
export interface Charge {
  key: string
  limitId: string
  kind: 'limit' | 'budget' | 'funds' | 'block' | 'draw'
  measure: 'discount' | 'gross'
  clip: boolean
  limitFen: number | null
  limitCount: number | null
  /** Version of the campaign document whose limit this is; OWN_LIMIT: the counter's row knows. */
  version: number
  fen: number
  count: number
  periodStart: string
  /** ISO instant of the period's end; absent: never. */
  until?: string
  /** No card, customer or terminal in it: a row that many payments meet. */
  shared: boolean
}

/** `charges` are made when first asked for: take them from the candidate itself, a spread copy does not have them. */
export interface Candidate {
  readonly offer: CompiledOffer
  readonly discountFen: number
  /** Limits, budgets, balances, with the uncut discount. */
  readonly charges: readonly Charge[]
  /** Counters of which one that is taken says that a refund has closed the offer to this person. */
  readonly blocks: readonly Charge[]
  /** The grant of a discount that the clip limits have left, and what balances bear of it. */
  grantOf(discountFen: number): GrantedOffer
  fundsOf(discountFen: number): Charge[]
  /** Fee offers: what is saved when only this part of the gross amount is free (limits with onShort clip and measure gross). */
  savedOn(partFen: number): number
}

/** A refusal found while ranking; `behind` = how many candidates stand before it, so that it turns into not_best when one of them is granted. */
export interface RankRefusal extends Refusal {
  behind: number
  blockable?: CompiledOffer
}

export interface Ranking {
  /** Best first: higher priority, then larger discount, then code. */
  candidates: Candidate[]
  /** Filled only when explaining. */
  refused: RankRefusal[]
}
