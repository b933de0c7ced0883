import { z } from 'zod'
import { cardToken } from '../system/card-number'
import {
  cardType,
  code,
  instant,
  issuerCode,
  listCode,
  mccCode,
  positiveFen,
  regionCode,
  serial,
} from '../system/primitives'

export const ROUTE_FAILURES = ['declined', 'channel_error', 'timeout'] as const
export type RouteFailure = (typeof ROUTE_FAILURES)[number]
const outcome = {
  outcome: z.enum(['success', 'failure']).optional(),
  failure: z
    .enum(ROUTE_FAILURES)
    .optional()
    .describe('whose fault: declined by issuer or customer, an error of the channel, no answer in time'),
}

/** A payment to be routed: body of POST /v1/routes and a line of `./lijian route`. `amount` is what is sent upstream, in fen. */
export const routeRequest = z.strictObject({
  serial,
  merchant: code,
  method: listCode,
  type: listCode,
  amount: positiveFen,
  at: instant.optional(),
  issuer: issuerCode.optional(),
  cardType: cardType.optional(),
  scheme: listCode.optional(),
  cardToken: cardToken.optional(),
  region: regionCode.optional().describe("default: the merchant's"),
  industry: mccCode.optional().describe("default: the merchant's MCC"),
  exclude: z.array(code).max(200).optional().describe('MIDs that have failed: with the same serial the next attempt'),
})

/** Whose fault a failure was is said of a failure only: without the outcome it would be taken to have gone well. */
const isOfFailure = (line: { outcome?: string | undefined; failure?: string | undefined }) =>
  line.outcome === 'failure' || line.failure === undefined
const ofFailure = { error: 'expected only with outcome "failure"', path: ['failure'] }
/** Offline, a line may say how the payment ended; absent: it went well. */
export const routePaymentLine = routeRequest
  .extend({ at: instant, ...outcome })
  .strict()
  .refine(isOfFailure, ofFailure)
export const routeResultLine = z
  .strictObject({
    event: z.literal('result'),
    serial,
    mid: code,
    outcome: z.enum(['success', 'failure']),
    failure: outcome.failure,
  })
  .refine(isOfFailure, ofFailure)
export const routeLine = z.union([routePaymentLine, routeResultLine])
export type RouteLine = z.infer<typeof routeLine>
