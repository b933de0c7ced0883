import { z } from 'zod'
import { instantText, next, pageQuery } from '../system/page'
import { code } from '../system/primitives'
import { plainLine } from '../system/text'

/** Merchants that an offer names together: a binding that changes without a new version of the campaign. */
export const merchantGroup = z.strictObject({
  code,
  name: plainLine.max(200).optional(),
  merchants: z.array(code).max(1_000_000).default([]),
})
export type MerchantGroup = z.infer<typeof merchantGroup>

/** Body of PUT /v1/merchant-groups/{code}: members that are left out stay as they are. */
export const merchantGroupRequest = merchantGroup.extend({
  merchants: z.array(code).max(100_000).optional().describe('absent: they stay; more are imported as a file'),
})
export type MerchantGroupRequest = z.infer<typeof merchantGroupRequest>

export const GROUP_VERSION_STATES = ['draft', 'in_force', 'replaced', 'dropped'] as const

export const merchantGroupVersion = z.object({
  version: z.int(),
  base: z.int().describe('the version that it was made from'),
  state: z.enum(GROUP_VERSION_STATES).describe('draft: it waits for approval, and another one drops it'),
  members: z.int(),
  added: z.int(),
  removed: z.int(),
  digest: z.string().describe('SHA-256 of the digest of its base, who came and who went'),
  madeBy: z.string(),
  madeAt: instantText,
  putInForceBy: z.string().optional(),
  putInForceAt: instantText.optional(),
})
export type MerchantGroupVersion = z.infer<typeof merchantGroupVersion>

export const merchantGroupAnswer = z.object({
  code: z.string(),
  name: z.string().optional(),
  version: z.int().describe('in force; 0: nobody was ever in it'),
  members: z.int().describe('merchants in the version that is in force'),
  draft: merchantGroupVersion.optional().describe('what waits for approval: a live campaign names the group'),
  updatedBy: z.string(),
  updatedAt: instantText,
})
export type MerchantGroupAnswer = z.infer<typeof merchantGroupAnswer>

export const merchantGroupPage = z.object({ groups: z.array(merchantGroupAnswer), next })
export type MerchantGroupPage = z.infer<typeof merchantGroupPage>

export const merchantGroupVersionPage = z.object({ versions: z.array(merchantGroupVersion), next })
export type MerchantGroupVersionPage = z.infer<typeof merchantGroupVersionPage>

export const merchantGroupVersionQuery = pageQuery.extend({
  after: z
    .string()
    .regex(/^[0-9]{1,9}$/, 'expected the number of a version')
    .optional(),
})
export type MerchantGroupVersionQuery = z.infer<typeof merchantGroupVersionQuery>

export const merchantGroupMemberQuery = pageQuery.extend({
  after: code.optional(),
  limit: z.coerce.number().int().min(1).max(5000).default(500),
  version: z.coerce.number().int().min(0).max(1_000_000_000).optional().describe('absent: the one that is in force'),
  change: z.enum(['added', 'removed']).optional().describe('only who came, or who went, with this version'),
})
export type MerchantGroupMemberQuery = z.infer<typeof merchantGroupMemberQuery>

export const merchantGroupMemberPage = z.object({ version: z.int(), merchants: z.array(z.string()), next })
export type MerchantGroupMemberPage = z.infer<typeof merchantGroupMemberPage>
