import { z } from 'zod'
import { instantText, next } from '../system/page'

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

/** Groups as lists show them: no BIN, no member. */
const groupLine = {
  code: z.string(),
  name: z.string().optional(),
  members: z.int().describe('cards or customers in it; they are not shown'),
  updatedBy: z.string(),
  updatedAt: instantText,
}
export const cardGroupPage = z.object({
  groups: z.array(z.object({ ...groupLine, bins: z.int().describe('BIN prefixes in it') })),
  next,
})
export type CardGroupPage = z.infer<typeof cardGroupPage>
export const customerGroupPage = z.object({ groups: z.array(z.object(groupLine)), next })
export type CustomerGroupPage = z.infer<typeof customerGroupPage>
