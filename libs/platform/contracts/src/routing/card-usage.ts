import { z } from 'zod'
import { code, isoDate, listCode } from '../system/primitives'
import { evidence, plainReason, hash } from '../people/proposal'

/** Under a key of its own: what people see never asks for a payment. */
const shownToken = z.string().describe('the same for the same card; no payment is asked with it')

const times = z.int().min(1).max(1_000_000)

/**
 * What the routing document says of payments of one card at one merchant (DESIGN §5): how many a scheme allows, from where on a card is near, and after
 * how many cards over it the merchant's method is stopped.
 */
export const cardUsagePolicy = z.strictObject({
  thresholds: z
    .array(
      z.strictObject({
        scheme: listCode.optional().describe('absent: of every scheme that is not named'),
        month: times.optional().describe('payments in a calendar month; one more is over'),
        day: times.optional(),
      }),
    )
    .max(100)
    .default([{ month: 200 }])
    .describe("the schemes' published thresholds"),
  nearPpm: z.int().min(1).max(1_000_000).default(800_000).describe('share of the threshold from which a card is near'),
  cardsOver: z.int().min(1).max(1_000_000).default(1).describe("so many cards over stop the merchant's method"),
  remindHours: z.int().min(1).max(8760).default(24).describe('how often somebody is reminded of an open case'),
})
export type CardUsagePolicy = z.infer<typeof cardUsagePolicy>

export const CARD_USAGES = ['ok', 'near', 'over'] as const
export const cardUsage = z.enum(CARD_USAGES)
export type CardUsage = z.infer<typeof cardUsage>

export const cardUsageCount = z.object({
  of: z.enum(['merchant', 'parent']),
  code: z.string().describe('of the merchant or the parent institution'),
  period: z.string().describe('a month such as "2026-11", or a day such as "2026-11-25"'),
  count: z.int().describe('successful payments of this card'),
  threshold: z.int().optional().describe("the scheme's; absent: it has none for this period"),
  usage: cardUsage.optional(),
})
export type CardUsageCount = z.infer<typeof cardUsageCount>

/** In answers about a route, when its card is known: of the merchant, the worse of month and day; under its parents it is counted apart. */
export const cardUsageShape = { cardUsage: cardUsage.optional(), cardUsageCounts: z.array(cardUsageCount).optional() }
export interface CardUsageAnswer {
  cardUsage?: CardUsage
  cardUsageCounts?: CardUsageCount[]
}

const instantText = z.string().describe('instant with offset')
const id = z.string().regex(/^[0-9]{1,15}$/, 'expected a number')
const next = z.string().optional().describe('send as "after" to go on; absent: that was all')

export const CARD_CASE_STATES = ['waiting_explanation', 'waiting_review', 'reopened', 'kept_suspended'] as const
export type CardCaseState = (typeof CARD_CASE_STATES)[number]
export const CARD_NOTICES = ['opened', 'reminder', 'returned', 'reopened', 'kept_suspended'] as const
export type CardNoticeKind = (typeof CARD_NOTICES)[number]

/** A merchant's method that is stopped because cards went over the threshold, until a written explanation is approved. */
export const cardCaseAnswer = z.object({
  id: z.int(),
  merchant: z.string(),
  method: z.string(),
  parents: z.array(z.string()).describe('nearest first; told before the merchant'),
  state: z.enum(CARD_CASE_STATES),
  waitsFor: z.string().optional().describe('in words'),
  period: z.string(),
  threshold: z.int(),
  scheme: z.string().optional(),
  cards: z.int().describe('cards over the threshold that the case is about'),
  proposal: z
    .object({ id: z.int(), hash: z.string() })
    .optional()
    .describe('the explanation that waits: its hash goes with the decision'),
  explanation: z.object({ file: z.string(), note: z.string().optional(), by: z.string(), at: instantText }).optional(),
  decision: z.object({ reason: z.string().optional(), by: z.string(), at: instantText }).optional(),
  openedAt: instantText,
  closedAt: instantText.optional(),
})
export type CardCaseAnswer = z.infer<typeof cardCaseAnswer>

export const cardCaseWhole = cardCaseAnswer.extend({
  cardsOver: z
    .array(z.object({ cardToken: shownToken, period: z.string(), count: z.int(), overSince: instantText }))
    .describe('the first thousand'),
  notices: z.array(
    z.object({
      kind: z.enum(CARD_NOTICES),
      to: z.enum(['parent', 'merchant']),
      code: z.string(),
      at: instantText,
      attempts: z.int(),
      deliveredAt: instantText.optional().describe('absent: not yet, or LIJIAN_NOTICE_URL is not set'),
      lastError: z.string().optional(),
    }),
  ),
  history: z.array(z.object({ at: instantText, what: z.string(), by: z.string(), words: z.string().optional() })),
})
export type CardCaseWhole = z.infer<typeof cardCaseWhole>

export const cardCasePage = z.object({ cases: z.array(cardCaseAnswer), next })
export type CardCasePage = z.infer<typeof cardCasePage>
export const cardCaseQuery = z.strictObject({
  state: z.enum(CARD_CASE_STATES).optional(),
  merchant: code.optional(),
  method: listCode.optional(),
  after: id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type CardCaseQuery = z.infer<typeof cardCaseQuery>

/** Body of POST /v1/card-usage-cases/{id}/explanation. */
export const explanationRequest = z.strictObject({
  file: evidence.describe("reference of the merchant's written explanation"),
  note: plainReason.optional(),
})
export type ExplanationRequest = z.infer<typeof explanationRequest>

/** Body of POST /v1/card-usage-cases/{id}/reject. */
export const cardCaseRejection = z.strictObject({
  reason: plainReason,
  keepSuspended: z
    .boolean()
    .default(false)
    .describe('true: the case ends and the method stays stopped; else another explanation is asked for'),
})
export type CardCaseRejection = z.infer<typeof cardCaseRejection>
/** The same over HTTP, with the hash of the explanation as it was shown. */
export const cardCaseReturn = cardCaseRejection.extend({ hash })

/** Cards of one merchant or parent in one month or on one day, most payments first. */
export const cardUsageQuery = z
  .strictObject({
    merchant: code.optional(),
    parent: code.optional(),
    month: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'expected a month such as "2026-11"')
      .optional(),
    day: isoDate.optional(),
    min: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('payments at least'),
    limit: z.coerce.number().int().min(1).max(500).default(50),
  })
  .refine(({ merchant, parent }) => (merchant === undefined) !== (parent === undefined), {
    error: 'expected either "merchant" or "parent"',
    path: ['merchant'],
  })
  .refine(({ month, day }) => month === undefined || day === undefined, {
    error: 'expected either "month" or "day"',
    path: ['day'],
  })
export type CardUsageQuery = z.infer<typeof cardUsageQuery>
export const cardUsageList = z.object({
  of: z.enum(['merchant', 'parent']),
  code: z.string(),
  period: z.string(),
  cards: z.array(z.object({ cardToken: shownToken, count: z.int() })),
})
export type CardUsageList = z.infer<typeof cardUsageList>
