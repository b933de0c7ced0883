import type { RouteAnswer, RouteBody, RouteResultRequest, RouteStateAnswer } from '@lijian/contracts/routing'

/** What POST /v1/routes asks, behind the edge: a token instead of a card. */
export interface RouteAsk {
  client: string
  request: Omit<RouteBody, 'card'>
  /** Of everything but `exclude` and `deadlineMs`: the next attempt is the same payment. */
  bodyHash: string
  explain?: boolean
  receivedAtMs: number
  deadlineMs: number
  holdMs: number
}

export interface RouteResultAsk {
  client: string
  serial: string
  request: Omit<RouteResultRequest, 'card'> & { cardToken?: string; scheme?: string }
}

export interface RouteUseCase {
  /** Never throws for slowness: `route: null` with reason deadline or unavailable. Throws LijianError serial_reused, result_conflict. */
  route(ask: RouteAsk): Promise<RouteAnswer>
  /** Throws LijianError unavailable (nothing stored, send again), not_found or result_conflict. */
  result(ask: RouteResultAsk): Promise<RouteStateAnswer>
  /** Throws LijianError not_found, unavailable. `explain`: each decision made again from what was stored with it. */
  read(client: string, serial: string, explain: boolean): Promise<RouteStateAnswer>
  /** Releases at most `limit` payments' reservations whose time is over; how many there were. Throws LijianError unavailable. */
  expireDue(limit: number): Promise<number>
}
