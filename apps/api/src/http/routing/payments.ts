import { lineText, mustHoldNoCard } from '@lijian/contracts/system'
import {
  paymentAnswer,
  paymentBody,
  routeAnswer,
  routeBody,
  routeResultRequest,
  routeStateAnswer,
} from '@lijian/contracts/routing'
import { z } from 'zod'
import { example } from '../../examples'
import { ownClient, serialParams } from '../../params'
import { endpoint } from './wing'

const scopes = ['transactions'] as const
const tag = 'routing'
const explainQuery = z.strictObject({
  explain: z.enum(['true', 'false']).optional().describe('"true": a reason for every MID that was passed over'),
})

const route = endpoint(
  {
    operationId: 'routePayment',
    method: 'POST',
    path: '/v1/routes',
    tag,
    scopes,
    summary: 'Which MID carries this payment?',
    description: `Reserves what the payment needs on channel, MID, pool and card, and answers within the deadline; "route": null with "reasons" when nobody can carry it.
The same serial with a longer "exclude" is the next attempt; the same body again is the same answer, anything else 409 serial_reused. With PostgreSQL away only a MID is
given of which neither itself nor its channel and pool counts anything; else "unavailable".`,
    body: example(routeBody, 'route-request'),
    query: explainQuery,
    answer: example(routeAnswer, 'route-answer'),
  },
  ({ routes, edge }, { principal, receivedAtMs, body, query }) => {
    mustHoldNoCard({ serial: body.serial }, principal.serialsMayLookLikeCards)
    const { request, bodyHash } = edge.route(body)
    return routes.route({
      client: principal.client,
      request,
      bodyHash,
      explain: query.explain === 'true',
      receivedAtMs,
      deadlineMs: principal.deadlineMs,
    })
  },
)

const pay = endpoint(
  {
    operationId: 'pay',
    method: 'POST',
    path: '/v1/payments',
    tag,
    scopes,
    summary: 'Offer and route of one payment, together',
    description: `What POST /v1/transactions and POST /v1/routes answer, decided together: the payable is routed, the gross amount where there is no offer; without a route nothing
is held. Results go to POST /v1/transactions/{serial}/result and POST /v1/routes/{serial}/result. A longer "exclude" is the next attempt of the route; the offer stands.`,
    body: example(paymentBody, 'payment-request'),
    query: explainQuery,
    answer: example(paymentAnswer, 'payment-answer'),
  },
  ({ payments, edge }, { principal, receivedAtMs, body, query: { explain } }) => {
    mustHoldNoCard(body, principal.serialsMayLookLikeCards)
    const { request, route: way, bodyHash } = edge.payment(body)
    const query = {
      client: principal.client,
      request,
      bodyHash,
      explain: explain === 'true',
      receivedAtMs,
      door: 'http' as const,
      notify: principal.notify,
      mayOmitPaid: principal.mayOmitPaid,
      deadlineMs: principal.deadlineMs,
    }
    return payments.pay({ query, route: way })
  },
)

const result = endpoint(
  {
    operationId: 'tellRouteResult',
    method: 'POST',
    path: '/v1/routes/:serial/result',
    tag,
    scopes,
    summary: 'An attempt succeeded or failed',
    description: `Of the attempt with this MID; each stands for itself. success captures what it reserved; what had been given back before counts beyond the limits. failure gives it
back, but for a timeout: it stays reserved until a later result or its end. A card that is learnt only now is counted without asking for room. 404: nobody has asked for this serial. 503: nothing was
stored, send it again.`,
    params: serialParams,
    body: example(routeResultRequest, 'route-result-request'),
    answer: example(routeStateAnswer, 'route-state-answer'),
  },
  ({ routes, edge }, { principal, params: { serial }, body }) => {
    mustHoldNoCard({ serial, upstreamSerial: body.upstreamSerial }, principal.serialsMayLookLikeCards)
    return routes.result({ client: principal.client, serial, request: edge.routeResult(body) })
  },
)

const read = endpoint(
  {
    operationId: 'readRoute',
    method: 'GET',
    path: '/v1/routes/:serial',
    tag,
    scopes: ['transactions', 'read.transactions'],
    summary: 'How a route stands, and why',
    description: `With explain=true every decision is made again from what was stored with it (version of the document, counters, success rates, suspensions, draw key), with a
reason for every MID and pool that was passed over; "verdict" says whether it comes out the same.`,
    params: serialParams,
    query: explainQuery.extend({ client: lineText.max(64).optional().describe('only for scope "read"') }),
    answer: example(routeStateAnswer, 'route-state-answer'),
  },
  ({ routes }, { principal, params: { serial }, query }) =>
    routes.read(ownClient(principal, query), serial, query.explain === 'true'),
)

/** What a payment waits for: its route, or offer and route together. */
export const paymentEndpoints = [route, pay, result, read]
