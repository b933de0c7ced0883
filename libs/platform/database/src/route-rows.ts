import type { Teller } from './rows'
import { upcastRoute, type ROUTE_VERSION } from './upcast'

/** What one attempt took from one counter. */
export interface StoredRouteCharge {
  key: string
  fen: number
  count: number
}

/** One MID that was given to a payment, and what became of it. */
export interface RouteAttempt {
  mid: string
  channel: string
  pool: string
  secretRef?: string
  costFen: number
  /** Given although its pool was out for its success rate. */
  probe: boolean
  state: 'reserved' | 'succeeded' | 'failed' | 'expired'
  /** Where `charges` stand in their counters. */
  chargesAre: 'held' | 'used' | 'none'
  charges: StoredRouteCharge[]
  /** What stands in `over`: all of it after a success that came too late, and what only the result told (its card). */
  over: StoredRouteCharge[]
  /** Where a success was counted for its card (libs/platform/database, card_usage); absent: the card was not known. */
  usage?: { cardToken: string; earlier?: readonly string[]; day: string; merchant: string; parents: string[] }
  /** MIDs that the caller had excluded when he was given this one: the same list again is the same attempt. */
  exclude: string[]
  at: string
  expiresAt: string
  /** Nobody knew how it ended: its reservation stays until a later result or its end. */
  timedOut?: true
  /** Its outcome is in the success rate of its pool. */
  counted?: true
  failure?: string
  upstreamSerial?: string
  resultAt?: string
  /** Attempts at the question whose answer gives this MID, or may: what is reserved is undone once all are withdrawn. Absent: an older release made it. */
  tellers?: Teller[]
  /** Given without PostgreSQL beside others: what was told with it instead of what the row says. */
  instead?: { amountFen: number; noOffer?: unknown }
}

/** What one decision rested on beside the payment, so that it can be made again. `mid` null: no MID could carry it. */
export interface RouteDecision {
  /** Of the routing document. */
  version: number
  drawKey: string
  at: string
  exclude: string[]
  amountFen: number
  mid: string | null
  counters?: Readonly<Record<string, readonly (number | null)[]>>
  /** Pools whose success rate was looked at. */
  health?: Readonly<Record<string, unknown>>
  suspended?: readonly string[]
  /** Given without asking a counter: PostgreSQL was away or too slow. */
  withoutCounters?: true
}

/** The payment as it was routed. Of a card only its token (DESIGN §1.7). */
export interface RouteFacts {
  method: string
  type: string
  issuer?: string
  cardType?: string
  scheme?: string
  cardToken?: string
  /** The card's tokens under earlier token keys. */
  earlier?: readonly string[]
  region?: string
  industry?: string
}

/** The part of a route that SQL never looks into. */
export interface RouteRecord {
  /** Of `attempts` too. */
  v: typeof ROUTE_VERSION
  facts: RouteFacts
  decisions: RouteDecision[]
  /** What was answered about the offer of this payment when none was held (POST /v1/payments): a retry is told the same. */
  noOffer?: unknown
  /** Reservations that were undone because nobody was told of them: the last ones. */
  undone?: { mid: string; tellers: Teller[] }[]
  /** What the result told of the card, where the payment had not known it. */
  learnt?: { cardToken?: string; earlier?: readonly string[]; cardType?: string; scheme?: string }
}

/** The route of one payment; `version` grows by one with every write and guards each decision. */
export interface RouteRow {
  client: string
  serial: string
  version: number
  state: 'no_route' | 'reserved' | 'succeeded' | 'failed' | 'expired'
  merchant: string
  bodyHash: string
  /** What is routed. */
  amountFen: number
  attempts: RouteAttempt[]
  record: RouteRecord
  /** When the first of its reservations ends; null: nothing is reserved. */
  expiresAt: string | null
  createdAt: string
}

/** From to_jsonb(route). */
export function routeRow(json: Record<string, unknown>): RouteRow {
  const expires = json['expires_at'] as string | null
  return {
    client: json['client'] as string,
    serial: json['serial'] as string,
    version: json['version'] as number,
    state: json['state'] as RouteRow['state'],
    merchant: json['merchant'] as string,
    bodyHash: json['body_hash'] as string,
    amountFen: json['amount_fen'] as number,
    attempts: json['attempts'] as RouteAttempt[],
    record: upcastRoute(json['record'] as Record<string, unknown>) as unknown as RouteRecord,
    expiresAt: expires === null ? null : new Date(expires).toISOString(),
    createdAt: new Date(json['created_at'] as string).toISOString(),
  }
}
