import { z } from 'zod'

/** Why an offer was not given. In precedence order: the first that fails is the reason (DESIGN §3, "reasons"). */
export const REASONS = [
  'not_approved',
  'suspended',
  'currency',
  'not_started',
  'ended',
  'outside_hours',
  'excluded_weekday',
  'excluded_date',
  'merchant_not_bound',
  'payment_method',
  'card_type',
  'card_product',
  'card_region',
  'scheme',
  'issuer',
  'pin_free',
  'bin',
  'terminal',
  'mcc',
  'country',
  'region',
  'blacklisted',
  'not_whitelisted',
  'customer_group',
  'facts_missing',
  'blocked_after_refund',
  'amount_below_minimum',
  'amount_above_maximum',
  'exclusive',
  'no_benefit',
  'not_best',
  'limit_key_missing',
  'limit_exhausted',
  'budget_exhausted',
  'funds_exhausted',
  'open_holds',
  'deadline',
  'unavailable',
] as const
export const reason = z.enum(REASONS)
export type Reason = (typeof REASONS)[number]

/** One offer that was not given, and why. Limit reasons carry the limit, its use, what is held and until when. */
export const refusal = z.object({
  offer: z
    .string()
    .optional()
    .describe('absent when the reason concerns the whole payment (open_holds, deadline, unavailable)'),
  reason,
  limit: z.string().optional(),
  limitAmount: z.int().optional(),
  limitCount: z.int().optional(),
  usedAmount: z.int().optional(),
  heldAmount: z.int().optional(),
  usedCount: z.int().optional(),
  heldCount: z.int().optional(),
  until: z.string().optional().describe('when the period ends; absent: never'),
})
export type Refusal = z.infer<typeof refusal>
