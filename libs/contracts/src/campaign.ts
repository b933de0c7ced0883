import { z } from 'zod'
import { amountFen, cardRegion, cardType, code, isoDate, listCode, positiveFen, ratePpm } from './primitives'

/** A number, or a draw uniform over min, min+step … max (DESIGN §3, "draw"). */
const drawOf = (value: z.ZodType<number>) => z.strictObject({ min: value, max: value, step: z.int().min(1).optional() })
export type Draw = { min: number; max: number; step?: number }

const clock = z
  .string()
  .regex(/^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/, 'expected a clock time such as "09:30" or "24:00"')
const weekday = z.int().min(1).max(7).describe('ISO: 1 = Monday')

export const ruleWindow = z.strictObject({
  from: isoDate.optional(),
  to: isoDate.optional(),
  daily: z
    .array(z.tuple([clock, clock]))
    .min(1)
    .optional()
    .describe('start inclusive, end exclusive'),
  weekdays: z.array(weekday).min(1).optional(),
  excludedWeekdays: z.array(weekday).min(1).optional(),
  excludedDates: z.array(isoDate).min(1).optional(),
})

export const conditions = z.strictObject({
  amount: z.strictObject({ min: amountFen.optional(), max: amountFen.optional() }).optional(),
  paymentMethods: z.array(listCode).min(1).optional(),
  cardTypes: z.array(cardType).min(1).optional(),
  cardRegions: z.array(cardRegion).min(1).optional(),
  schemes: z.array(listCode).min(1).optional(),
  pinFree: z.boolean().optional(),
  binGroups: z.array(code).min(1).optional(),
  cardBlacklists: z.array(code).min(1).optional(),
  cardWhitelists: z.array(code).min(1).optional(),
})

const capped = { cap: positiveFen.optional(), minPayable: amountFen.optional().describe('default 1 fen') }
export const amountBenefit = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('reduce'),
    tiers: z.array(z.strictObject({ atLeast: amountFen, off: z.union([positiveFen, drawOf(positiveFen)]) })).min(1),
    ...capped,
  }),
  z.strictObject({
    type: z.literal('percent'),
    tiers: z.array(z.strictObject({ atLeast: amountFen, payPpm: z.union([ratePpm, drawOf(ratePpm)]) })).min(1),
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
export const DIMENSIONS = ['merchant', 'card', 'customer', 'terminal'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export const limit = z.strictObject({
  per: z.array(z.enum(DIMENSIONS)).describe('[] = the offer, or the campaign, as a whole'),
  period: z.enum(PERIODS),
  amount: positiveFen.optional(),
  count: z.int().min(1).optional(),
})
export type Limit = z.infer<typeof limit>

export const budget = z.strictObject({ amount: positiveFen.optional(), count: z.int().min(1).optional() })
export type Budget = z.infer<typeof budget>

export const funder = z.strictObject({ partner: z.union([z.literal('@merchant'), code]), sharePpm: ratePpm })
export type Funder = z.infer<typeof funder>

export const refundRule = z.strictObject({
  policy: z.enum(['proportional', 'discountFirst', 'fullOnly', 'keep', 'recompute', 'none']).optional(),
  restore: z
    .strictObject({ amount: z.boolean().optional(), count: z.boolean().optional(), void: z.boolean().optional() })
    .optional(),
})

const offerCommon = {
  code,
  name: z.string().min(1).max(200),
  priority: z.int().min(-1_000_000).max(1_000_000).optional(),
  budget: budget.optional(),
  merchants: z.array(code).min(1).optional().describe('absent = every merchant'),
}
const ruleCommon = {
  window: ruleWindow.optional(),
  conditions: conditions.optional(),
  limits: z.array(limit).optional(),
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
  code,
  name: z.string().min(1).max(200),
  timeZone: z.string().min(1).max(64),
  from: isoDate,
  to: isoDate.optional().describe('absent = open-ended'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/, 'expected an ISO 4217 code such as "CNY"')
    .default('CNY'),
  paymentMode: z.enum(['prepay', 'postpay']),
  fundingCycle: z.enum(['day', 'week', 'month', 'quarter', 'end']).optional(),
  funders: z.array(funder).min(1),
  budget: budget.optional(),
  limits: z.array(limit).optional(),
  offers: z.array(offer).min(1).max(1000),
})
export type Campaign = z.infer<typeof campaignShape>
