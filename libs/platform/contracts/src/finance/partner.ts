import { z } from 'zod'
import { amountFen, currencyCode, ratePpm } from '../system/primitives'
import { plainLine } from '../system/text'

export const PARTNER_KINDS = ['bank', 'platform', 'card_scheme', 'government', 'merchant', 'own_institution'] as const
export const PARTNER_STATUSES = ['active', 'suspended', 'closed'] as const

const words = (most: number) => plainLine.min(1).max(most)
const contact = z
  .strictObject({
    name: words(100),
    role: words(100).optional(),
    phone: words(40).optional(),
    email: words(200).optional(),
  })
  .describe('a person to talk to (客户经理); stored encrypted')

/** The number goes in and never comes out: answers show its last digits. */
const accountRequest = z.strictObject({
  bank: words(100),
  holder: words(100),
  number: z
    .string()
    .regex(/^[0-9A-Z]{8,34}$/, 'expected 8 to 34 digits or capital letters')
    .optional()
    .describe('absent = the stored one stays; stored encrypted, never shown'),
})
export type AccountRequest = z.infer<typeof accountRequest>
const accountAnswer = z.object({
  bank: z.string(),
  holder: z.string(),
  number: z.string().describe('the last four digits: ****1234'),
})
export type AccountAnswer = z.infer<typeof accountAnswer>

const warnBelow = z
  .strictObject({
    amount: amountFen.optional().describe('fen of the balance'),
    ppm: ratePpm.optional().describe('of what was paid in, in ppm'),
  })
  .describe('a warning is given when the prepaid balance falls below either')

/** Body of PUT /v1/partners/{code}. The credit line is not here: two people change it. */
export const partnerRequest = z.strictObject({
  name: words(200),
  kind: z.enum(PARTNER_KINDS).default('bank'),
  paymentMode: z.enum(['prepay', 'postpay']).default('prepay').describe('as agreed; what counts is the campaign'),
  currency: currencyCode
    .optional()
    .describe('of its balance, receivable and statements: fixed with the first PUT; absent: as it is, at first CNY'),
  status: z
    .enum(PARTNER_STATUSES)
    .default('active')
    .describe('suspended: nothing is paid out to it and no campaign that it funds is approved; live ones go on'),
  contacts: z.array(contact).max(20).default([]),
  depositAccount: accountRequest.optional().describe('where its money arrives (入款账户)'),
  payoutAccount: accountRequest.optional().describe('where money goes back to it (出款账户)'),
  warnBelow: warnBelow.optional(),
})
export type PartnerRequest = z.infer<typeof partnerRequest>

export const FUNDING_WARNINGS = ['below_amount', 'below_share', 'ends_today', 'exhausted'] as const
export const fundingWarning = z.object({
  partner: z.string(),
  warning: z.enum(FUNDING_WARNINGS),
  available: z.int(),
  threshold: z.int().optional().describe('the balance below which it is given, in fen'),
  endsAt: z.string().optional().describe('when the balance ends at today’s pace'),
  say: z.string(),
})
export type FundingWarning = z.infer<typeof fundingWarning>
export const fundingWarningList = z.object({ warnings: z.array(fundingWarning) })
export type FundingWarningList = z.infer<typeof fundingWarningList>

export const partnerLine = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(PARTNER_KINDS),
  paymentMode: z.enum(['prepay', 'postpay']),
  currency: z.string().describe('all its amounts are in its minor unit'),
  status: z.enum(PARTNER_STATUSES),
  balance: z.int().describe('paid in − paid back − used'),
  creditLine: z.int(),
  held: z.int(),
  used: z.int(),
  available: z.int().describe('balance + creditLine − held'),
})
export type PartnerLine = z.infer<typeof partnerLine>

export const partnerAnswer = partnerLine.extend({
  paidIn: z.int().describe('receipts − withdrawals'),
  contacts: z.array(contact),
  depositAccount: accountAnswer.optional(),
  payoutAccount: accountAnswer.optional(),
  warnBelow: warnBelow.optional(),
  forecast: z
    .object({
      spentToday: z.int(),
      expectedToday: z.int().describe('by the end of the day, at today’s pace along the usual curve of the weekday'),
      endsAt: z.string().optional().describe('when the balance ends, today; absent: it lasts the day'),
      daysLeft: z.number().optional().describe('how many days like today it lasts; absent: nothing is spent'),
    })
    .optional(),
  warnings: z.array(fundingWarning),
})
export type PartnerAnswer = z.infer<typeof partnerAnswer>

export const partnerPage = z.object({
  partners: z.array(partnerLine),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export type PartnerPage = z.infer<typeof partnerPage>
