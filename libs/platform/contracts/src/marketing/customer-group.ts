import { z } from 'zod'
import { code } from '../system/primitives'
import { identityText, plainLine } from '../system/text'

/** Customers of whom something is known beforehand: invited, new, staff. Values are turned into tokens at the edge. */
export const customerGroup = z.strictObject({
  code,
  name: plainLine.max(200).optional(),
  customers: z.array(identityText.min(1).max(128)).max(1_000_000).default([]),
})
export type CustomerGroup = z.infer<typeof customerGroup>

/** Body of PUT /v1/customer-groups/{code}: members that are left out stay as they are. */
export const customerGroupRequest = customerGroup.extend({
  customers: customerGroup.shape.customers
    .unwrap()
    .optional()
    .describe('absent: they stay; a million is imported as a file'),
})
export type CustomerGroupRequest = z.infer<typeof customerGroupRequest>
