import { z } from 'zod'
import { code, positiveFen, serial } from '../system/primitives'
import { plainReason } from '../people/proposal'

export const FUNDING_CYCLES = ['day', 'week', 'month', 'quarter', 'end'] as const
export type FundingCycle = (typeof FUNDING_CYCLES)[number]
/** Of a campaign that says nothing. */
export const DEFAULT_CYCLE: FundingCycle = 'month'
export const CYCLE_STATES = ['issued', 'confirmed', 'disputed', 'closed'] as const

/** Body of POST /v1/partner-cycles: the campaign has ended early, its running cycle is closed with the last frozen date. */
export const cycleRequest = z.strictObject({ partner: code, campaign: code })
export type CycleRequest = z.infer<typeof cycleRequest>

/** Rows of the statement that the partner does not accept. */
export const disputeRequest = z.strictObject({
  rows: z
    .array(z.strictObject({ serial: serial.describe('of the row'), amount: positiveFen, reason: plainReason }))
    .min(1)
    .max(500),
})
export type DisputeRequest = z.infer<typeof disputeRequest>

const dispute = z.object({
  serial: z.string(),
  amount: z.int(),
  reason: z.string(),
  state: z
    .enum(['open', 'accepted', 'dropped'])
    .describe('accepted: the institution gives way; dropped: the partner does'),
})
const line = z.object({
  campaign: z.string(),
  offer: z.string(),
  name: z.string(),
  paymentMode: z.enum(['prepay', 'postpay']),
  count: z.int().describe('captures'),
  charged: z.int(),
  returned: z.int(),
})

export const cycleAnswer = z.object({
  id: z.int(),
  partner: z.string(),
  currency: z.string().describe('of every amount: the partner has one'),
  cycle: z.enum(FUNDING_CYCLES),
  period: z.string(),
  from: z.string().describe('business dates of the institution, both inclusive'),
  to: z.string(),
  campaigns: z.array(z.string()),
  state: z.enum(CYCLE_STATES),
  opening: z.int().describe('owed before; the closing of the cycle before, always'),
  charged: z.int(),
  returned: z.int(),
  collected: z.int(),
  adjusted: z.int(),
  closing: z.int().describe('opening + charged − returned − collected − adjusted'),
  carried: z.int().describe('credit of the cycle before, ≤ 0'),
  due: z.int().describe('what this cycle asks for'),
  paid: z.int(),
  waived: z.int().describe('of due, given up by two people'),
  open: z.int().describe('due − paid − waived'),
  prepaid: z
    .object({
      opening: z.int(),
      paidIn: z.int(),
      paidBack: z.int(),
      spent: z.int(),
      returned: z.int(),
      other: z.int(),
      closing: z.int(),
      low: z.boolean().describe('below what the partner wants to be warned at'),
    })
    .optional()
    .describe('the whole prepaid balance of the partner over these dates'),
  lines: z.array(line),
  disputes: z.array(dispute),
  statement: z.object({ rows: z.int(), sha256: z.string() }),
  issuedAt: z.string(),
  confirmedAt: z.string().optional(),
  confirmedBy: z.string().optional(),
  closedAt: z.string().optional(),
  ageDays: z.int().optional().describe('since it was issued, while something is open'),
  overdue: z.int().optional().describe('30, 60 or 90: older than so many days'),
})
export type CycleAnswer = z.infer<typeof cycleAnswer>

export const cyclePage = z.object({
  cycles: z.array(cycleAnswer),
  next: z.string().optional().describe('send as "after" to go on; absent: that was all'),
})
export const cycleQuery = z.strictObject({
  partner: code.optional(),
  cycle: z.enum(FUNDING_CYCLES).optional(),
  state: z.enum(CYCLE_STATES).optional(),
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
})
export type CycleQuery = z.infer<typeof cycleQuery>
/** One campaign's or offer's rows alone; the checksum is of the whole. */
export const statementQuery = z.strictObject({ campaign: code.optional(), offer: code.optional() })
