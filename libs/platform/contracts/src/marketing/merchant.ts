import { z } from 'zod'
import { amountFen, code, countryCode, listCode, mccCode, ratePpm, regionCode } from '../system/primitives'
import { recordOf } from '../system/record'
import { plainLine } from '../system/text'

export const feeEntry = z
  .strictObject({ ppm: ratePpm, min: amountFen.optional(), max: amountFen.optional() })
  .refine((e) => e.min === undefined || e.max === undefined || e.min <= e.max, {
    error: 'min is above max',
    path: ['min'],
  })
export type FeeEntry = z.infer<typeof feeEntry>
const METHODS_MAX = 200
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
  methods: recordOf(listCode, z.strictObject(byType), METHODS_MAX).optional(),
})
export type FeeSchedule = z.infer<typeof feeSchedule>

export const MERCHANT_STATES = ['active', 'suspended', 'closed', 'left'] as const

export const merchant = z.strictObject({
  id: code,
  name: plainLine.min(1).max(200),
  mcc: mccCode.optional(),
  region: regionCode.optional(),
  country: countryCode.optional(),
  subMerchants: z.array(code).max(10_000).optional(),
  parent: code.optional(),
  branch: code.optional().describe('分公司: a branch that exists'),
  clearingSystem: code.optional(),
  fees: feeSchedule.optional(),
  feeOnRefund: z.enum(['return', 'keep']).optional(),
  status: z
    .enum(MERCHANT_STATES)
    .default('active')
    .describe('left: it takes part in no activity any more; its payments go on without offers'),
})
export type Merchant = z.infer<typeof merchant>

/** A line of a file of merchants: what it leaves out stays as it is. */
export const merchantImportLine = merchant.extend({ status: merchant.shape.status.unwrap().optional() })
