import { z } from 'zod'
import { instantText, next, pageQuery } from '../system/page'
import { code, mccCode, regionCode } from '../system/primitives'
import { plainLine } from '../system/text'
import { MERCHANT_STATES } from './merchant'

export const merchantListQuery = pageQuery.extend({
  after: code.optional(),
  q: plainLine.min(1).max(200).optional().describe('how the id or the name begins'),
  mcc: mccCode.optional(),
  region: regionCode.optional().describe('with its subdivisions: 4403 has 440305'),
  branch: code.optional().describe('with the branches below it'),
  status: z.enum(MERCHANT_STATES).optional(),
  group: code.optional().describe('a merchant group, as it is in force'),
})
export type MerchantListQuery = z.infer<typeof merchantListQuery>

export const merchantLine = z.object({
  id: z.string(),
  name: z.string(),
  mcc: z.string().optional(),
  region: z.string().optional(),
  branch: z.string().optional(),
  parent: z.string().optional(),
  status: z.enum(MERCHANT_STATES),
  updatedBy: z.string(),
  updatedAt: instantText,
})
export type MerchantLine = z.infer<typeof merchantLine>

export const merchantPage = z.object({ merchants: z.array(merchantLine), next })
export type MerchantPage = z.infer<typeof merchantPage>
