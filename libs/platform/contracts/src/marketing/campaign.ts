import { z } from 'zod'
import { DEFAULT_CURRENCY } from '../money'
import { flagFacts } from './payment-facts'
import {
  amountFen,
  cardRegion,
  cardType,
  code,
  countryCode,
  currencyCode,
  isoDate,
  issuerCode,
  listCode,
  mccCode,
  positiveFen,
  ratePpm,
  regionCode,
} from '../system/primitives'
import { lineText, plainLine } from '../system/text'

/** Uniform over min, min+step … max; or layers, of which one is chosen by its weight first (DESIGN §3, "draw"). */
const drawOf = (value: z.ZodType<number>) => {
  const span = { min: value, max: value, step: z.int().min(1).optional() }
  return z.union([
    z.strictObject(span),
    z.strictObject({
      layers: z
        .array(z.strictObject({ weight: z.int().min(1).max(1_000_000), ...span }))
        .min(1)
        .max(100),
    }),
  ])
}
export type DrawSpan = { min: number; max: number; step?: number }
export type DrawLayer = DrawSpan & { weight: number }
export type Draw = DrawSpan | { layers: DrawLayer[] }

export const OFFERS_MAX = 1000
/** Of one offer, and of a campaign as a whole. */
export const LIMITS_MAX = 200
/** Ten years. */
const DATES_MAX = 3660
/** Words of a code list that the institution writes itself. */
const WORDS_MAX = 1000
const GROUPS_MAX = 100
const TIERS_MAX = 100
/** Merchants, their parts and terminals: a body ends before it. */
const MERCHANTS_MAX = 100_000

const clock = z
  .string()
  .regex(/^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, 'expected a clock time such as "09:30" or "24:00"')
const weekday = z.int().min(1).max(7).describe('ISO: 1 = Monday')

export const DAY_TYPES = ['workday', 'weekend', 'holiday'] as const
export type DayType = (typeof DAY_TYPES)[number]

export const ruleWindow = z.strictObject({
  from: isoDate.optional(),
  to: isoDate.optional(),
  daily: z
    .array(z.tuple([clock, clock]))
    .min(1)
    .max(48)
    .optional()
    .describe(
      'start inclusive, end exclusive; a range may pass midnight; the activity day is the day on which it began',
    ),
  weekdays: z.array(weekday).min(1).max(7).optional(),
  excludedWeekdays: z.array(weekday).min(1).max(7).optional(),
  excludedDates: z.array(isoDate).min(1).max(DATES_MAX).optional(),
  dates: z.array(isoDate).min(1).max(DATES_MAX).optional().describe('only these activity days'),
  dayTypes: z
    .array(z.enum(DAY_TYPES))
    .min(1)
    .max(3)
    .optional()
    .describe("by China's public calendar; make-up days are workdays"),
})

export const conditions = z.strictObject({
  amount: z.strictObject({ min: amountFen.optional(), max: amountFen.optional() }).optional(),
  paymentMethods: z.array(listCode).min(1).max(WORDS_MAX).optional(),
  cardTypes: z.array(cardType).min(1).max(4).optional(),
  cardRegions: z.array(cardRegion).min(1).max(2).optional(),
  schemes: z.array(listCode).min(1).max(WORDS_MAX).optional(),
  ...flagFacts,
  binGroups: z.array(code).min(1).max(GROUPS_MAX).optional(),
  cardBlacklists: z.array(code).min(1).max(GROUPS_MAX).optional(),
  cardWhitelists: z.array(code).min(1).max(GROUPS_MAX).optional(),
  issuers: z.array(issuerCode).min(1).max(WORDS_MAX).optional(),
  cardProducts: z.array(listCode).min(1).max(WORDS_MAX).optional(),
  excludedCardProducts: z.array(listCode).min(1).max(WORDS_MAX).optional(),
  terminals: z.array(code).min(1).max(MERCHANTS_MAX).optional(),
  countries: z.array(countryCode).min(1).max(300).optional().describe("the merchant's"),
  excludedCountries: z.array(countryCode).min(1).max(300).optional(),
  mccs: z.array(mccCode).min(1).max(2000).optional().describe("the merchant's"),
  regions: z.array(regionCode).min(1).max(5000).optional().describe("the merchant's; a code covers its subdivisions"),
  customerGroups: z.array(code).min(1).max(GROUPS_MAX).optional(),
  facts: z.array(listCode).min(1).max(100).optional().describe('all of them must be stated by the payment'),
})

const every = z.boolean().optional().describe('for each full atLeast, off once')
const capped = { cap: positiveFen.optional(), minPayable: amountFen.optional().describe('default 1 fen') }
export const amountBenefit = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('reduce'),
    tiers: z
      .array(z.strictObject({ atLeast: amountFen, off: z.union([positiveFen, drawOf(amountFen)]), every }))
      .min(1)
      .max(TIERS_MAX),
    ...capped,
  }),
  z.strictObject({
    type: z.literal('percent'),
    tiers: z
      .array(z.strictObject({ atLeast: amountFen, payPpm: z.union([ratePpm, drawOf(ratePpm)]) }))
      .min(1)
      .max(TIERS_MAX),
    ...capped,
  }),
  z.strictObject({ type: z.literal('fixedPrice'), price: amountFen, upTo: positiveFen.optional(), ...capped }),
])
export type AmountBenefit = z.infer<typeof amountBenefit>

export const feeBenefit = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('waive') }),
  z.strictObject({ type: z.literal('rate'), ppm: ratePpm, min: amountFen.optional(), max: amountFen.optional() }),
  z.strictObject({ type: z.literal('percentOff'), ppm: ratePpm.describe('taken off') }),
  z.strictObject({ type: z.literal('fixed'), amount: amountFen }),
])
export type FeeBenefit = z.infer<typeof feeBenefit>

export const PERIODS = ['total', 'day', 'week', 'month', 'quarter', 'year'] as const
export type Period = (typeof PERIODS)[number]
/** In the order in which they stand in the key of a counter. */
export const DIMENSIONS = ['merchant', 'subMerchant', 'card', 'customer', 'terminal', 'user'] as const
export type Dimension = (typeof DIMENSIONS)[number]

const limitFields = {
  id: code.optional().describe('unique within its offer or campaign; what was used stays with it in a new version'),
  per: z.array(z.enum(DIMENSIONS)).max(DIMENSIONS.length).describe('[] = the offer, or the campaign, as a whole'),
  period: z.enum(PERIODS),
  amount: positiveFen.optional(),
  count: z.int().min(1).optional(),
  measure: z
    .enum(['discount', 'gross'])
    .optional()
    .describe("what amount counts: the discount (default), or the request's amount"),
  onShort: z
    .enum(['refuse', 'clip'])
    .optional()
    .describe('what happens when less is left: refuse (default), or give what is left'),
}
export const limit = z.strictObject(limitFields)
export const campaignLimit = z.strictObject({
  ...limitFields,
  offers: z.array(code).min(1).max(OFFERS_MAX).optional().describe('only these offers of the campaign share it'),
})
export type Limit = z.infer<typeof campaignLimit>

export const budget = z.strictObject({ amount: positiveFen.optional(), count: z.int().min(1).optional() })
export type Budget = z.infer<typeof budget>

export const funder = z.strictObject({ partner: z.union([z.literal('@merchant'), code]), sharePpm: ratePpm })
export type Funder = z.infer<typeof funder>

export const refundRule = z.strictObject({
  policy: z.enum(['proportional', 'discountFirst', 'fullOnly', 'keep', 'recompute', 'none']).optional(),
  restore: z
    .strictObject({
      amount: z.boolean().optional(),
      count: z.union([z.boolean(), z.literal('fullRefundOnly')]).optional(),
      void: z.boolean().optional(),
    })
    .optional(),
  block: z
    .enum(['day', 'campaign'])
    .optional()
    .describe('from a refund on the offer is closed to each identity and the card of the payment'),
})
export type RefundRule = z.infer<typeof refundRule>

const offerCommon = {
  code,
  name: plainLine.min(1).max(200),
  priority: z.int().min(-1_000_000).max(1_000_000).optional(),
  budget: budget.optional(),
  merchants: z
    .array(code)
    .min(1)
    .max(MERCHANTS_MAX)
    .optional()
    .describe('absent, and no subMerchants and merchantGroups either = every merchant'),
  subMerchants: z.array(code).min(1).max(MERCHANTS_MAX).optional(),
  merchantGroups: z
    .array(code)
    .min(1)
    .max(GROUPS_MAX)
    .optional()
    .describe('beside `merchants`: who is in one of them is bound, as the group is at the payment'),
  group: code.optional().describe('offers compete inside a group; default: the kind'),
  base: z.enum(['net', 'gross']).optional().describe('net (default) or gross of what earlier groups granted'),
  exclusive: z.boolean().optional(),
  delivery: z.enum(['instant', 'rebate']).optional(),
  rebateAfterDays: z.int().min(0).max(3660).optional(),
  rebateFrom: z.enum(['payment', 'end']).optional(),
  funders: z.array(funder).min(1).max(50).optional().describe("replaces the campaign's"),
}
const ruleCommon = {
  window: ruleWindow.optional(),
  conditions: conditions.optional(),
  limits: z.array(limit).max(LIMITS_MAX).optional(),
  refund: refundRule.optional(),
}
export const offer = z.discriminatedUnion('kind', [
  z.strictObject({
    ...offerCommon,
    kind: z.literal('amount'),
    rule: z.strictObject({ ...ruleCommon, benefit: amountBenefit }),
  }),
  z.strictObject({
    ...offerCommon,
    kind: z.literal('fee'),
    rule: z.strictObject({ ...ruleCommon, benefit: feeBenefit }),
  }),
])
export type Offer = z.infer<typeof offer>

export const campaignShape = z.strictObject({
  $schema: lineText.max(500).optional().describe('address of the JSON Schema, for an editor'),
  code,
  name: plainLine.min(1).max(200),
  timeZone: lineText.min(1).max(64),
  from: isoDate,
  to: isoDate.optional().describe('absent = open-ended'),
  dayStart: z
    .string()
    .regex(/^([01][0-9]|2[0-3]):[0-5][0-9]$/, 'expected a clock time such as "23:00"')
    .optional()
    .describe("the day's edge: from 12:00 on, day D begins on D-1 at that time; earlier, on D"),
  currency: currencyCode.default(DEFAULT_CURRENCY),
  paymentMode: z.enum(['prepay', 'postpay']),
  fundingCycle: z.enum(['day', 'week', 'month', 'quarter', 'end']).optional(),
  funders: z.array(funder).min(1).max(50),
  budget: budget.optional(),
  limits: z.array(campaignLimit).max(LIMITS_MAX).optional(),
  offers: z.array(offer).min(1).max(OFFERS_MAX),
})
export type Campaign = z.infer<typeof campaignShape>
