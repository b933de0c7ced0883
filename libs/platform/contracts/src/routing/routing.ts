import { z } from 'zod'
import { cardUsagePolicy } from './card-usage'
import {
  cardType,
  code,
  issuerCode,
  listCode,
  mccCode,
  positiveFen,
  amountFen,
  ratePpm,
  regionCode,
} from '../system/primitives'
import { lineText, plainLine } from '../system/text'

const clock = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'expected a time such as "07:00" or "24:00"')
/** Start inclusive, end exclusive; a range may pass midnight. */
const serviceHours = z
  .array(z.tuple([clock, clock]))
  .min(1)
  .max(24)
const range = z.strictObject({ min: amountFen.optional(), max: positiveFen.optional() })
const times = z.int().min(1).max(1_000_000_000)
const status = z.enum(['active', 'suspended']).default('active')

/** What channel, MID and pool have in common; what is absent restricts nothing. */
const bounds = {
  status,
  dailyAmount: positiveFen.optional().describe('fen of one day in the time zone of the document'),
  dailyCount: times.optional(),
  perTransaction: range.optional(),
  serviceHours: serviceHours.optional(),
}

/** Which cards a channel takes and what they cost; absent = any. The most specific row counts: issuer before card type before scheme. */
export const channelCards = z.strictObject({
  issuer: issuerCode.optional(),
  cardType: cardType.optional(),
  scheme: listCode.optional(),
  costPpm: ratePpm.default(0),
  costMin: amountFen.optional(),
  costMax: amountFen.optional(),
})
export type ChannelCards = z.infer<typeof channelCards>

export const routingChannel = z.strictObject({
  code,
  name: plainLine.min(1).max(200).optional(),
  ...bounds,
  cards: z.array(channelCards).min(1).max(5000).optional(),
  cardDailyCount: times.optional().describe('payments of one card a day'),
})
export type RoutingChannel = z.infer<typeof routingChannel>

export const routingMid = z.strictObject({
  code,
  channel: code,
  ...bounds,
  secretRef: plainLine.min(1).max(200).optional().describe('where the secret is kept; never the secret'),
  region: regionCode.optional(),
  industry: mccCode.optional(),
  allowedMerchants: z.array(code).min(1).max(100_000).optional().describe('real-name (一户一报); absent: shared'),
  cardDailyCount: times.optional(),
  priority: z.int().min(-1_000_000).max(1_000_000).default(0).describe('greater first'),
})
export type RoutingMid = z.infer<typeof routingMid>

export const minSuccess = z.strictObject({
  ppm: ratePpm.min(1),
  window: z.int().min(1).max(10_000).describe('outcomes looked at'),
  minSamples: z.int().min(1).max(10_000),
})
export type MinSuccess = z.infer<typeof minSuccess>

export const ROUTING_ORDERS = ['random', 'cost', 'priority'] as const
export const routingPool = z.strictObject({
  code,
  name: plainLine.min(1).max(200).optional(),
  ...bounds,
  mids: z.array(code).min(1).max(100_000),
  order: z.enum(ROUTING_ORDERS).default('priority'),
  minSuccess: minSuccess.optional(),
  minCreditMinusDebit: z
    .int()
    .min(-10_000_000_000_000)
    .max(10_000_000_000_000)
    .optional()
    .describe('最小贷借差额, fen'),
  maxCreditPpm: ratePpm.optional(),
  ratioFrom: amountFen.optional().describe('maxCreditPpm counts once the day has so much'),
  shared: z
    .strictObject({ approvedBy: plainLine.min(1).max(100), reference: plainLine.min(1).max(200) })
    .optional()
    .describe('who has approved that its MIDs without allowedMerchants are shared'),
})
export type RoutingPool = z.infer<typeof routingPool>

export const merchantRoutes = z.strictObject({
  merchant: code,
  routes: z
    .array(z.strictObject({ method: listCode, type: listCode, pools: z.array(code).min(1).max(50) }))
    .min(1)
    .max(1000),
})

/** The routing configuration as a whole (DESIGN §5). Amounts in fen, rates in ppm. */
export const routingShape = z.strictObject({
  $schema: lineText.max(500).optional(),
  timeZone: lineText.min(1).max(64),
  channels: z.array(routingChannel).min(1).max(1000),
  mids: z.array(routingMid).min(1).max(200_000),
  pools: z.array(routingPool).min(1).max(50_000),
  merchants: z.array(merchantRoutes).max(500_000),
  cardUsage: cardUsagePolicy.optional(),
})
export type RoutingDocument = Omit<z.infer<typeof routingShape>, '$schema'>
/** As people write it: what has a default may be left out. */
export type RoutingDraft = z.input<typeof routingShape>

/** Why a MID was passed over; the first that fails, in this order. Of a pool: those marked. Of a payment without a route: `no_route`. */
export const ROUTE_REASONS = [
  'no_route',
  'suspended',
  'outside_hours',
  'amount_below_minimum',
  'amount_above_maximum',
  'success_rate',
  'credit_debit_difference',
  'credit_ratio',
  'excluded',
  'merchant_not_allowed',
  'region',
  'industry',
  'card_not_supported',
  'card_limit_exhausted',
  'limit_exhausted',
  'deadline',
  'unavailable',
] as const
export type RouteReason = (typeof ROUTE_REASONS)[number]

/** One MID, or a pool as a whole, that was passed over. */
export const routeRefusal = z.object({
  pool: z.string().optional(),
  mid: z.string().optional(),
  reason: z.enum(ROUTE_REASONS),
  of: z.enum(['channel', 'mid', 'pool', 'merchant']).optional().describe('whose status, hours, range or limit it was'),
  limit: z.int().optional().describe('fen, or payments'),
  taken: z.int().optional().describe('used, over and held of it'),
  held: z.int().optional(),
  measure: z.enum(['amount', 'count']).optional(),
  ratePpm: z.int().optional(),
})
export type RouteRefusal = z.infer<typeof routeRefusal>
