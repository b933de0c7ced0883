import { z } from 'zod'
import { BILL_BASES } from './bill-layout'
import { code, isoDate } from '../system/primitives'
import { plainLine } from '../system/text'

const instantText = z.string().describe('instant with offset')
const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const id = z.string().regex(/^[0-9]{1,15}$/, 'expected a number')
const limit = z.coerce.number().int().min(1).max(500).default(50)
const whole = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER)

export const BILL_STATES = ['reading', 'accepted', 'refused', 'cut_off'] as const

/** Query of POST /v1/reconciliation/imports; the body is the file. */
export const billImportQuery = z.strictObject({
  layout: code,
  date: isoDate.describe('business date of the file'),
  client: code
    .optional()
    .describe('whose serials it has; absent where the file says so, and for statements of accounts'),
  name: plainLine.min(1).max(200).optional().describe('of the file, to find it again'),
  lines: whole.optional().describe('what it must have, for a file without totals of its own'),
  amount: whole.optional().describe('to what its amounts must sum, in fen'),
})
export type BillImportQuery = z.infer<typeof billImportQuery>

export const billImportAnswer = z.object({
  id: z.int(),
  layout: z.string(),
  source: z.string(),
  client: z.string().optional(),
  date: z.string(),
  name: z.string().optional(),
  state: z.enum(BILL_STATES).describe('cut_off: nothing was accepted, send it again'),
  again: z.boolean().optional().describe('true: this very file had been accepted before; nothing was changed'),
  sha256: z.string().optional(),
  bytes: z.int(),
  lines: z.int(),
  knownLines: z.int().describe('of them, those that another file had brought before'),
  errors: z.array(z.object({ path: z.string(), message: z.string(), messageZh: z.string().optional() })).optional(),
  startedAt: instantText,
  endedAt: instantText.optional(),
})
export type BillImportAnswer = z.infer<typeof billImportAnswer>
export const billImportPage = z.object({ imports: z.array(billImportAnswer), next })
export type BillImportPage = z.infer<typeof billImportPage>
export const billImportListQuery = z.strictObject({
  date: isoDate.optional(),
  source: code.optional(),
  state: z.enum(BILL_STATES).optional(),
  after: id.optional(),
  limit,
})
export type BillImportListQuery = z.infer<typeof billImportListQuery>

export const BREAK_CLASSES = [
  'marketing_missing',
  'payment_missing',
  'amount_differs',
  'state_differs',
  'unfunded',
  'over',
  'short',
  'unmatched_receipt',
  'unmatched_payout',
] as const
export type BreakClass = (typeof BREAK_CLASSES)[number]

export const reconciliationRunRequest = z.strictObject({
  date: isoDate,
  withoutBuffer: z
    .boolean()
    .optional()
    .describe('What differs becomes a case now, although the missing part may still come'),
})
/** lines = matched + outside + those of the classes; books = matched + those of the classes. */
export const reconciliationRun = z.object({
  source: z.string(),
  client: z.string().optional(),
  date: z.string(),
  basis: z.enum(BILL_BASES),
  lines: z.int(),
  books: z.int().describe('entries of ours that this source must have'),
  matchedLines: z.int(),
  matchedBooks: z.int(),
  outsideLines: z.int().describe('lines that do not concern us'),
  matchedAmount: z.int(),
  classes: z.partialRecord(z.enum(BREAK_CLASSES), z.object({ count: z.int(), lines: z.int(), books: z.int() })),
  state: z.enum(['pending', 'counted']).describe('pending: within the buffer; counted: what differs are cases'),
  countsOn: z.string().describe('date from which what differs is a case'),
  ranAt: instantText,
})
export type ReconciliationRun = z.infer<typeof reconciliationRun>
export const reconciliationRuns = z.object({ runs: z.array(reconciliationRun), casesOpened: z.int().optional() })
export type ReconciliationRuns = z.infer<typeof reconciliationRuns>
export const reconciliationRunQuery = z.strictObject({ date: isoDate })

export const reconciliationBreak = z.object({
  id: z.int(),
  source: z.string(),
  date: z.string(),
  class: z.enum(BREAK_CLASSES),
  client: z.string(),
  serial: z.string(),
  act: z.string(),
  merchant: z.string().optional(),
  ourState: z.string().optional(),
  ours: z.int().optional(),
  theirs: z.int().optional(),
  oursDiscount: z.int().optional(),
  theirsDiscount: z.int().optional(),
  cash: z.int().optional(),
  file: z.int().optional(),
  line: z.int().optional(),
})
export type ReconciliationBreak = z.infer<typeof reconciliationBreak>
export const reconciliationBreakPage = z.object({ breaks: z.array(reconciliationBreak), next })
export type ReconciliationBreakPage = z.infer<typeof reconciliationBreakPage>
export const reconciliationBreakQuery = z.strictObject({
  date: isoDate,
  source: code.optional(),
  class: z.enum(BREAK_CLASSES).optional(),
  after: id.optional(),
  limit,
})
export type ReconciliationBreakQuery = z.infer<typeof reconciliationBreakQuery>
