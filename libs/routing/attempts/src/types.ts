import type { RouteBody, RouteResultRequest } from '@lijian/contracts/routing'

/** What POST /v1/routes asks, behind the edge: a token instead of a card. */
export interface RouteAsk {
  client: string
  request: Omit<RouteBody, 'card'> & { earlier?: readonly string[] | undefined }
  /** Of everything but `exclude` and `deadlineMs`: the next attempt is the same payment. */
  bodyHash: string
  explain?: boolean
  receivedAtMs: number
  /** The client's own; the request's comes first. */
  deadlineMs?: number | undefined
}

export interface RouteResultAsk {
  client: string
  serial: string
  request: Omit<RouteResultRequest, 'card'> & { cardToken?: string; scheme?: string; earlier?: readonly string[] }
}
