import { z } from 'zod'
import { lineText, plainLine } from './text'

/** Where a list goes on: `after` of the next request; absent = that was all. */
export const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const pageLimit = z.coerce.number().int().min(1).max(500).default(50)
export const pageQuery = z.strictObject({ after: lineText.max(128).optional(), limit: pageLimit })
export type PageQuery = z.infer<typeof pageQuery>
/** A list that is looked through, too. */
export const wordQuery = pageQuery.extend({
  q: plainLine.min(1).max(100).optional().describe('stands in the code or the name, in whatever case'),
})
export type WordQuery = z.infer<typeof wordQuery>

/** An instant as answers tell it. */
export const instantText = z.string().describe('instant with offset')
