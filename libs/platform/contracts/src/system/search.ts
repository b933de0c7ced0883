import { z } from 'zod'
import { plainLine } from './text'

/** What a search finds, in the order in which it is shown. */
export const SEARCH_KINDS = [
  'transaction',
  'campaign',
  'merchant',
  'partner',
  'mid',
  'case',
  'card_usage_case',
  'proposal',
  'clearing_file',
  'card_group',
  'customer_group',
  'client',
] as const
export type SearchKind = (typeof SEARCH_KINDS)[number]

export const searchQuery = z.strictObject({
  q: plainLine.min(1).max(200).describe('an id, the name of a file, the id of a workflow, or how one begins'),
})

const searchItem = z.object({
  kind: z.enum(SEARCH_KINDS),
  id: z.string(),
  name: z.string().optional(),
  state: z.string().optional(),
  client: z.string().optional().describe('of a transaction: serials are names within a client'),
  address: z.string().describe('of the API'),
})
export type SearchItem = z.infer<typeof searchItem>

export const searchAnswer = z.object({
  q: z.string(),
  exact: z.array(searchItem).describe('what q names whole; one alone: go there'),
  groups: z.array(
    z.object({
      kind: z.enum(SEARCH_KINDS),
      items: z.array(searchItem).describe('what begins with q, at most 5'),
      more: z.boolean(),
    }),
  ),
  late: z.array(z.enum(SEARCH_KINDS)).describe('kinds that were not answered in time'),
})
export type SearchAnswer = z.infer<typeof searchAnswer>
