import { z } from 'zod'
import { instantText } from '../system/page'

export const cardGroupAnswer = z.object({
  code: z.string(),
  name: z.string().optional(),
  bins: z.array(z.string()),
  cardCount: z.int().describe('card tokens in the group; the tokens themselves are not shown'),
  updatedAt: instantText,
})
export type CardGroupAnswer = z.infer<typeof cardGroupAnswer>

export const customerGroupAnswer = z.object({
  code: z.string(),
  name: z.string().optional(),
  customerCount: z.int().describe('customers in the group; they are not shown'),
  updatedAt: instantText,
})
export type CustomerGroupAnswer = z.infer<typeof customerGroupAnswer>
