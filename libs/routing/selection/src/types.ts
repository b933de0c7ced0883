import type { CardUsagePolicy, RouteReason, RoutingDocument } from '@lijian/contracts/routing'
import { dayCounterKey, type CounterAsk, type Counters, type Shortage } from '@lijian/limits'

/** A payment as routing sees it. Region and industry are the merchant's unless the payment says otherwise. */
export interface RoutePayment {
  client: string
  serial: string
  merchant: string
  method: string
  type: string
  /** What is routed: the net amount where there is an offer. */
  amountFen: number
  atMs: number
  issuer?: string | undefined
  cardType?: string | undefined
  scheme?: string | undefined
  cardToken?: string | undefined
  /** The card's tokens under earlier token keys. */
  earlier?: readonly string[] | undefined
  region?: string | undefined
  industry?: string | undefined
  /** MIDs that earlier attempts of this payment have failed on. */
  exclude?: readonly string[] | undefined
}

/** Suspensions beside the document, asked at the moment of the selection; absent offline. */
export interface Gate {
  isSuspended(ref: string): boolean
  /** The route may only be given while this is not suspended. */
  mustNotBeSuspended(ref: string): void
}

export interface SelectionOptions {
  counters: Counters
  /** The success rate of a pool as last known; absent: nothing is known of it. */
  health?: (pool: string) => PoolHealth | undefined
  /** Of the installation; the same seed gives the same route. */
  drawKey: Buffer
  gate?: Gate | undefined
  /** A reason for every MID that was passed over, not only for pools. */
  explain?: boolean
  /** Told of every counter that had no room, also of those that no reason names. */
  onShort?: (short: Shortage) => void
}

export interface Route {
  mid: string
  channel: string
  pool: string
  secretRef: string | undefined
  costFen: number
  /** The pool is out for its success rate, and this is one of the payments that try it. */
  probe: boolean
  /** Taken from the counters as held. */
  charges: readonly CounterAsk[]
}

export interface Refusal {
  pool?: string
  mid?: string
  reason: RouteReason
  of?: 'channel' | 'mid' | 'pool' | 'merchant'
  limit?: number
  taken?: number
  held?: number
  measure?: 'amount' | 'count'
  ratePpm?: number
}

export interface Selection {
  route: Route | undefined
  /** What was passed over on the way; without `explain` pools only. */
  refusals: Refusal[]
}

/** The last outcomes of a pool, oldest first: 1 went well, 0 was the channel's fault. Plain data: it is stored and shared by processes. */
export interface PoolHealth {
  recent: string
  out: boolean
  /** Outcomes of probes since it is out. */
  probes: string
}

export interface CardSupport {
  issuer: string | undefined
  cardType: string | undefined
  scheme: string | undefined
  costPpm: number
  costMinFen: number
  costMaxFen: number
}

/** What channel, MID and pool have in common. */
export interface Bounds {
  code: string
  suspended: boolean
  ref: string
  minFen: number
  maxFen: number
  /** A byte per minute of the day, 1 = open; undefined: always. */
  hours: Uint8Array | undefined
  dailyFen: number | null
  dailyCount: number | null
  /** Key of its daily counter; undefined: it has none. */
  key: DayKey | undefined
}

export interface Channel extends Bounds {
  index: number
  cards: readonly CardSupport[] | undefined
  cardDailyCount: number | undefined
}

export interface Mid extends Bounds {
  channel: Channel
  secretRef: string | undefined
  /** Digits that a payment's region must begin with. */
  region: string | undefined
  industry: string | undefined
  allowed: ReadonlySet<string> | undefined
  cardDailyCount: number | undefined
  priority: number
  /** Part of its place in a random order. */
  hash: number
  /** Range and hours of channel and MID together: the quick look. */
  lowestFen: number
  highestFen: number
  bothHours: Uint8Array | undefined
}

export interface Pool extends Bounds {
  mids: readonly Mid[]
  order: 'random' | 'cost' | 'priority'
  minSuccess: { ppm: number; window: number; minSamples: number } | undefined
  minCreditMinusDebitFen: number | undefined
  maxCreditPpm: number | undefined
  ratioFromFen: number
  creditKey: DayKey
  debitKey: DayKey
  hash: number
  /** Its MIDs that a merchant may use, found once. */
  byMerchant: Map<string, readonly Mid[]>
}

export interface Routing {
  version: number
  document: RoutingDocument
  timeZone: string
  cardUsage: CardUsagePolicy
  channels: ReadonlyMap<string, Channel>
  mids: ReadonlyMap<string, Mid>
  pools: ReadonlyMap<string, Pool>
  poolsOf(merchant: string, method: string, type: string): readonly Pool[] | undefined
}

/** A counter key of a day, put together once a day. */
export class DayKey {
  private day = ''
  private key = ''
  constructor(private readonly owner: string) {}
  of(day: string): string {
    if (day !== this.day) {
      this.day = day
      this.key = dayCounterKey(this.owner, day)
    }
    return this.key
  }
}
