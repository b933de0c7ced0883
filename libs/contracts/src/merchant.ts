import { z } from 'zod'
import { amountFen, code, ratePpm } from './primitives'

export const feeEntry = z
  .strictObject({ ppm: ratePpm, min: amountFen.optional(), max: amountFen.optional() })
  .refine((e) => e.min === undefined || e.max === undefined || e.min <= e.max, {
    error: 'min is above max',
    path: ['min'],
  })
export type FeeEntry = z.infer<typeof feeEntry>
const byType = {
  default: feeEntry.optional(),
  credit: feeEntry.optional(),
  debit: feeEntry.optional(),
  prepaid: feeEntry.optional(),
  quasi_credit: feeEntry.optional(),
}
/** Looked up: method + card type, then method, then card type, then default; quasi_credit absent = credit (DESIGN §3). */
export const feeSchedule = z.strictObject({
  ...byType,
  methods: z.record(z.string(), z.strictObject(byType)).optional(),
})
export type FeeSchedule = z.infer<typeof feeSchedule>

export const merchant = z.strictObject({
  id: code,
  name: z.string().min(1).max(200),
  mcc: z
    .string()
    .regex(/^[0-9]{4}$/, 'expected four digits')
    .optional(),
  region: z
    .string()
    .regex(/^[0-9]{2,6}$/, 'expected a GB/T 2260 code')
    .optional(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'expected ISO 3166 alpha-2')
    .optional(),
  subMerchants: z.array(code).max(10_000).optional(),
  parent: code.optional(),
  clearingSystem: code.optional(),
  fees: feeSchedule.optional(),
  feeOnRefund: z.enum(['return', 'keep']).optional(),
  status: z.enum(['active', 'suspended', 'closed']).default('active'),
})
export type Merchant = z.infer<typeof merchant>
