import { z } from 'zod'
import { noCard } from '../system/card-number'
import { instantText } from '../system/page'
import { code } from '../system/primitives'
import { recordOf } from '../system/record'
import { plainLine } from '../system/text'

/** Of what a console keeps of a list: filters, columns, order. */
export const VIEW_STATE_LETTERS = 4096
const key = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9._-]{0,63}$/, 'expected a name such as "columns"')
  .refine(...noCard)
const scalar = z.union([plainLine.max(1000), z.number(), z.boolean()])
const state = recordOf(key, z.union([scalar, z.array(scalar).max(200), recordOf(key, scalar, 100)]), 100).refine(
  (value) => JSON.stringify(value).length <= VIEW_STATE_LETTERS,
  `expected at most ${VIEW_STATE_LETTERS} letters of JSON`,
)
const page = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,63}$/, 'expected a page such as "campaigns"')
  .refine(...noCard)

export const savedViewRequest = z.strictObject({
  name: plainLine.min(1).max(100),
  page: page.describe('of the console'),
  state: state.describe('filters, columns, order: whatever the page makes of it'),
  shared: z.boolean().optional().describe('everybody sees it, and you alone change it; absent: you alone see it'),
})
export type SavedViewRequest = z.infer<typeof savedViewRequest>

export const savedView = z.object({
  code: z.string(),
  name: z.string(),
  page: z.string(),
  state: z.record(z.string(), z.unknown()),
  shared: z.boolean(),
  owner: z.string(),
  mine: z.boolean(),
  updatedAt: instantText,
})
export type SavedView = z.infer<typeof savedView>
export const savedViewList = z.object({ views: z.array(savedView).describe('your own, then those that others share') })
export type SavedViewList = z.infer<typeof savedViewList>
export const savedViewQuery = z.strictObject({ page: page.optional() })
export const savedViewParams = z.strictObject({ code })
