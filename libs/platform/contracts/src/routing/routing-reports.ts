import { z } from 'zod'
import { pageQuery } from '../system/page'
import { code } from '../system/primitives'
import { ROUTING_PARTS, routingVersion } from './route-request'

const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const clock = z.string().describe('time of the day such as "19:40", in the time zone of the routing document')

const went = 'expected what "next" of the page before said'

/** GET /v1/routing/capacity: daily limits, what is used up first at the beginning. */
export const capacityQuery = pageQuery.extend({
  after: z
    .string()
    .regex(/^\d{1,13}~(amount|count)~@route\/[!-~]{1,90}$/, went)
    .optional(),
  part: z.enum(ROUTING_PARTS).optional().describe('absent: all of them'),
  code: code.optional().describe('of a channel, MID or pool'),
})
export type CapacityQuery = z.infer<typeof capacityQuery>

export const capacityLimit = z.object({
  part: z.enum(ROUTING_PARTS),
  code: z.string(),
  measure: z.enum(['amount', 'count']).describe('dailyAmount, in fen, or dailyCount, in payments'),
  limit: z.int(),
  held: z.int().describe('reserved; its payments have no result yet'),
  used: z.int(),
  over: z.int().describe('came beside the limit (a success after expiry) and takes room too'),
  sharePpm: z.int().describe('held + used + over, of the limit'),
  exhaustsAt: z
    .string()
    .nullable()
    .describe(
      'instant with offset at which 99 % of it are taken, past when they are; null: not today, or not told yet',
    ),
  expected: z.int().nullable().describe('of the whole day, as far as demand goes; null: not told yet'),
  basis: z
    .object({
      from: z
        .enum(['same_weekday', 'pace'])
        .describe(
          'same_weekday: the curve of earlier days; pace: no history, today so far over the hours in which it is open',
        ),
      days: z.int().describe('so many earlier days'),
    })
    .nullable(),
  message: z.string(),
  messageZh: z.string(),
})
export type CapacityLimit = z.infer<typeof capacityLimit>

export const capacityPage = z.object({
  day: z.string().describe('today in the time zone of the routing document'),
  timeZone: z.string(),
  toldAt: z
    .string()
    .nullable()
    .describe('when forecasts were last made (once a minute); null: never yet. Held, used and over are as of now'),
  limits: z.array(capacityLimit),
  next,
})
export type CapacityPage = z.infer<typeof capacityPage>

/** GET /v1/routing/drill: `after` is a merchant. */
export const drillQuery = pageQuery.extend({ channel: code.describe('the channel that stops') })
export type DrillQuery = z.infer<typeof drillQuery>

export const drillAnswer = z.object({
  version: z.int().describe('of the routing document; what is suspended beside it counts as stopped'),
  channel: z.string(),
  merchants: z.array(
    z.object({
      merchant: z.string(),
      routes: z.array(
        z.object({
          method: z.string(),
          type: z.string(),
          gaps: z
            .array(z.tuple([clock, clock]))
            .describe('from … to (may be "24:00"): it could pay then, and cannot without the channel'),
        }),
      ),
    }),
  ),
  looked: z.int().describe('so many merchants of the document were looked at for this page'),
  next,
})
export type DrillAnswer = z.infer<typeof drillAnswer>

export const COMPLIANCE_LISTS = ['sharedPools', 'sharedUse', 'mismatches', 'concentration', 'versions'] as const
export type ComplianceList = (typeof COMPLIANCE_LISTS)[number]

/** GET /v1/routing/versions, newest first. */
export const versionsQuery = pageQuery.extend({
  after: z
    .string()
    .regex(/^\d{1,9}$/, went)
    .optional(),
})

/** GET /v1/routing/compliance: the beginning of every list, or one of them from `after` on. */
export const complianceQuery = pageQuery
  .extend({
    after: z
      .string()
      .regex(/^\d{1,9}$/, went)
      .optional(),
    list: z.enum(COMPLIANCE_LISTS).optional().describe('absent: the beginning of each; "after" needs it'),
  })
  .refine(({ after, list: of }) => after === undefined || of !== undefined, {
    error: 'expected "list" beside it',
    path: ['after'],
  })
export type ComplianceQuery = z.infer<typeof complianceQuery>

const list = <Item extends z.ZodType>(item: Item) => z.object({ total: z.int(), items: z.array(item), next }).optional()

export const complianceAnswer = z.object({
  version: z.int().describe('of the routing document'),
  since: z.string().describe('concentration adds up what daily counters took from this day on'),
  sharedPools: list(
    z.object({
      pool: z.string(),
      approvedBy: z.string().nullable().describe('null: nobody; a new version would be refused'),
      reference: z.string().nullable(),
      sharedMids: z.int().describe('its MIDs without allowedMerchants'),
      merchants: z.int().describe('with a route to it; their names are in sharedUse'),
    }),
  ),
  sharedUse: list(z.object({ pool: z.string(), merchant: z.string() })),
  mismatches: list(
    z.object({
      mid: z.string(),
      merchant: z.string(),
      what: z.enum(['industry', 'region']),
      ofMid: z.string(),
      ofMerchant: z.string().nullable().describe('null: the merchant has none'),
    }),
  ),
  unknownMerchants: z
    .int()
    .describe(
      'merchants that MIDs are registered for and that are not stored (PUT /v1/merchants): nothing to compare with',
    ),
  concentration: list(
    z.object({
      mid: z.string(),
      channel: z.string(),
      merchants: z.int().describe('that may use it'),
      amount: z.int().nullable().describe('in fen; null: without a daily limit nothing counts it'),
      sharePpm: z.int().nullable().describe('of what all MIDs with a daily limit took'),
    }),
  ),
  versions: list(routingVersion),
})
export type ComplianceAnswer = z.infer<typeof complianceAnswer>
