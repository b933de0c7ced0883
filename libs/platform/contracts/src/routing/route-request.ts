import { z } from 'zod'
import { DEFAULT_CURRENCY } from '../money'
import { transactionAnswer } from '../marketing/answer'
import { suspensionAnswer } from '../people/suspension'
import { cardUsageShape } from './card-usage'
import { card, transactionRequest } from '../marketing/payment'
import { cardType, code, listCode } from '../system/primitives'
import { ROUTE_FAILURES, routeRequest } from './route-line'
import { routeRefusal, routingShape } from './routing'
import { plainReason } from '../people/proposal'
import { lineText } from '../system/text'

/** Body of POST /v1/routes. With a card its token is made at the edge; `cardToken` is for senders that make the token themselves. */
export const routeBody = routeRequest
  .extend({
    card: card.optional(),
    holdSeconds: transactionRequest.shape.holdSeconds,
    deadlineMs: transactionRequest.shape.deadlineMs,
  })
  .strict()
  .refine(({ card: given, cardToken }) => given === undefined || cardToken === undefined, {
    error: 'expected either "card" or "cardToken"',
    path: ['cardToken'],
  })
export type RouteBody = z.infer<typeof routeBody>

/** Body of POST /v1/routes/{serial}/result. */
export const routeResultRequest = z
  .strictObject({
    mid: code.describe('the MID of the attempt'),
    outcome: z.enum(['success', 'failure']),
    failure: z
      .enum(ROUTE_FAILURES)
      .optional()
      .describe('timeout: nobody knows yet, the reservation stays; absent: it was the channel'),
    cardType: cardType.optional(),
    card: card.optional(),
    upstreamSerial: lineText.min(1).max(128).optional(),
  })
  .refine(({ outcome, failure }) => outcome === 'failure' || failure === undefined, {
    error: 'expected only with outcome "failure"',
    path: ['failure'],
  })
export type RouteResultRequest = z.infer<typeof routeResultRequest>

export const chosenRoute = z.object({
  mid: z.string(),
  channel: z.string(),
  pool: z.string(),
  secretRef: z.string().optional(),
  costEstimate: z.int().describe("the channel's cost, in fen"),
  probe: z.literal(true).optional().describe('its pool is out for its success rate, and this payment tries it'),
})
export type ChosenRoute = z.infer<typeof chosenRoute>

export const ROUTE_STATES = ['no_route', 'reserved', 'succeeded', 'failed', 'expired'] as const
export const attemptAnswer = chosenRoute
  .omit({ secretRef: true })
  .extend({
    state: z.enum(ROUTE_STATES).exclude(['no_route']),
    failure: z.enum(ROUTE_FAILURES).optional().describe('timeout with state reserved: nobody knows yet'),
    upstreamSerial: z.string().optional(),
    at: z.string(),
    holdExpiresAt: z.string().optional().describe('while it is reserved'),
  })
export type AttemptAnswer = z.infer<typeof attemptAnswer>

/** One decision, made again from what was stored with it. */
export const routeDecision = z.object({
  at: z.string(),
  version: z.int().describe('of the routing document'),
  exclude: z.array(z.string()),
  mid: z.string().nullable(),
  verdict: z.enum(['same', 'different', 'not_recomputed']).describe('what making it again gives'),
  refusals: z
    .array(routeRefusal)
    .describe('every pool and MID that was passed over on the way, in the order of asking'),
})
export type RouteDecisionAnswer = z.infer<typeof routeDecision>

/** Answer of POST /v1/routes. Without a MID: `route: null` and why. */
export const routeAnswer = z.object({
  serial: z.string(),
  amount: z.int(),
  route: chosenRoute.nullable(),
  holdExpiresAt: z.string().optional(),
  reasons: z.array(routeRefusal).optional(),
  ...cardUsageShape,
})
export type RouteAnswer = z.infer<typeof routeAnswer>

/** Answer of a result and of GET /v1/routes/{serial}. */
export const routeStateAnswer = z.object({
  serial: z.string(),
  state: z.enum(ROUTE_STATES),
  amount: z.int().optional().describe('absent: nothing is known of this serial'),
  attempts: z.array(attemptAnswer),
  explanation: z.array(routeDecision).optional(),
  ...cardUsageShape,
})
export type RouteStateAnswer = z.infer<typeof routeStateAnswer>

/** Body of POST /v1/payments: a marketing transaction and the route that carries what is payable, decided together. */
export const paymentBody = transactionRequest
  .safeExtend({
    type: listCode.describe('payment type, such as "qr"; paymentMethod is the method'),
    region: routeRequest.shape.region,
    industry: routeRequest.shape.industry,
    exclude: routeRequest.shape.exclude,
  })
  .strict()
  .refine(({ currency }) => currency === DEFAULT_CURRENCY, {
    path: ['currency'],
    error: 'expected "CNY": MIDs and channels count in yuan; ask POST /v1/transactions for the offer alone',
  })
export type PaymentBody = z.infer<typeof paymentBody>

export const paymentAnswer = z.object({
  serial: z.string(),
  amount: z.int().describe('what is routed: the payable, or the gross amount without an offer'),
  offer: transactionAnswer,
  route: chosenRoute
    .nullable()
    .describe(
      'null: nothing is held for this attempt; what an earlier attempt holds stays until its result or its expiry',
    ),
  holdExpiresAt: z.string().optional(),
  reasons: z.array(routeRefusal).optional().describe('of the route'),
  ...cardUsageShape,
})
export type PaymentAnswer = z.infer<typeof paymentAnswer>

export const routingWarning = z.object({
  code: z.string(),
  level: z.enum(['refuse', 'warning', 'info']).describe('refuse: not accepted live'),
  path: z.string(),
  message: z.string(),
  messageZh: z.string(),
  proof: z.record(z.string(), z.unknown()),
})
export type RoutingWarningAnswer = z.infer<typeof routingWarning>
/** Body of POST /v1/routing/shared-pools. */
export const sharedPoolRequest = z.strictObject({
  pool: code,
  merchants: z.array(code).min(1).max(10_000).optional().describe('who may use it; absent: whoever has a route to it'),
  reason: plainReason,
})
export type SharedPoolRequest = z.infer<typeof sharedPoolRequest>
const routingCounts = { channels: z.int(), mids: z.int(), pools: z.int(), merchants: z.int() }
/** Answer of PUT /v1/routing; a dry run stores nothing and has no version. With a proposal it waits for another person; without one it is live. */
export const routingPutAnswer = z.object({
  version: z.int().optional(),
  dryRun: z.literal(true).optional(),
  proposal: z
    .object({ id: z.int(), hash: z.string() })
    .optional()
    .describe('approve it with this hash: POST /v1/proposals/{id}/approve'),
  ...routingCounts,
  warnings: z.array(routingWarning),
})
export type RoutingPutAnswer = z.infer<typeof routingPutAnswer>

export const routingVersion = z.object({
  version: z.int(),
  maker: z.string(),
  createdAt: z.string().describe('in force since then; of a draft: sent then'),
  checker: z.string().optional().describe('who has approved it; absent: in force since before two people had to agree'),
  proposal: z.int().optional().describe('by which it was approved, or waits'),
  draft: z.literal(true).optional().describe('it waits for approval, or was not approved; never in force'),
})
export const routingAnswer = routingVersion.extend({ suspensions: z.array(suspensionAnswer), document: routingShape })
export type RoutingAnswer = z.infer<typeof routingAnswer>
export const routingVersions = z.object({ versions: z.array(routingVersion), next: z.string().optional() })
export type RoutingVersions = z.infer<typeof routingVersions>

export const ROUTING_PARTS = ['channels', 'mids', 'pools'] as const
export type RoutingPart = (typeof ROUTING_PARTS)[number]
