import { z } from 'zod'
import { instantText, next } from '../system/page'
import { code, currencyCode, isoDate, listCode } from '../system/primitives'
import { lineText } from '../system/text'

/** What can be asked for. Each has its definition in libs/finance/reports. */
export const REPORT_KINDS = [
  'merchant',
  'partner-transactions',
  'partner-funds',
  'clearing',
  'campaign-effect',
  'reconciliation',
  'routing',
  'audit',
] as const
export const reportKind = z.enum(REPORT_KINDS)
export type ReportKind = z.infer<typeof reportKind>

export const REPORT_FORMATS = ['csv', 'xlsx', 'pdf'] as const
export type ReportFormat = (typeof REPORT_FORMATS)[number]
export const REPORT_LANGUAGES = ['zh', 'en'] as const
export type ReportLanguage = (typeof REPORT_LANGUAGES)[number]
export const REPORT_ENCODINGS = ['utf-8', 'gb18030'] as const
export type ReportEncoding = (typeof REPORT_ENCODINGS)[number]

/** expired: its file was removed after its time; the row and its SHA-256 stay. */
export const REPORT_STATES = ['queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const
export type ReportState = (typeof REPORT_STATES)[number]

/** How a value is shown: amounts are fen in JSON and yuan in files, rates are ppm and per cent. */
export const COLUMN_TYPES = ['text', 'integer', 'amount', 'rate', 'date', 'instant', 'flag'] as const
export type ColumnType = (typeof COLUMN_TYPES)[number]
const inBoth = { zh: z.string(), en: z.string() }
export const reportColumn = z.object({
  key: z.string(),
  ...inBoth,
  type: z.enum(COLUMN_TYPES),
  words: z
    .record(z.string(), z.object(inBoth))
    .optional()
    .describe('of a text that is a code: what files show in its place'),
})
export type ReportColumn = z.infer<typeof reportColumn>

/** The longest range of one report, in days. */
export const REPORT_DAYS_MAX = 366

const DAY_MS = 86_400_000
const daysOf = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / DAY_MS + 1

/** What a report is about besides its dates. */
export const reportFilters = {
  partner: code.optional(),
  merchant: code.optional(),
  campaign: code.optional(),
  offer: code.optional(),
  method: listCode.optional().describe('payment method'),
  client: code.optional(),
  source: lineText.max(64).optional().describe('whose bills'),
  currency: currencyCode.optional(),
}
const parameterFields = {
  from: isoDate.describe('first business date'),
  to: isoDate.describe('last business date'),
  ...reportFilters,
}
const inOrder = ({ from, to }: { from: string; to: string }) => from <= to
const notTooLong = ({ from, to }: { from: string; to: string }) => daysOf(from, to) <= REPORT_DAYS_MAX
const tooLong = { path: ['to'], error: `expected a range of at most ${REPORT_DAYS_MAX} days` }
const backwards = { path: ['to'], error: 'expected a date that is not before "from"' }

/** What a report is about. Which of them a kind takes and needs, its definition says. */
export const reportParameters = z.strictObject(parameterFields).refine(inOrder, backwards).refine(notTooLong, tooLong)
export type ReportParameters = z.infer<typeof reportParameters>

export const reportRequest = z.strictObject({
  kind: reportKind,
  parameters: reportParameters,
  section: code.optional().describe('of a CSV or PDF; absent: the first. XLSX has them all'),
  format: z.enum(REPORT_FORMATS).default('xlsx'),
  language: z.enum(REPORT_LANGUAGES).default('zh'),
  encoding: z.enum(REPORT_ENCODINGS).default('utf-8').describe('of a CSV file'),
})
export type ReportRequest = z.infer<typeof reportRequest>

export const reportDeliveryAnswer = z.object({
  target: z.string(),
  attempts: z.int(),
  deliveredAt: instantText.optional(),
  lastError: z.string().optional().describe('why the last attempt failed'),
  nextAt: instantText.optional().describe('not before: of what is not delivered yet'),
})

export const reportRunAnswer = z.object({
  id: z.int(),
  kind: reportKind,
  parameters: reportParameters,
  section: z.string().optional(),
  format: z.enum(REPORT_FORMATS),
  language: z.enum(REPORT_LANGUAGES),
  encoding: z.enum(REPORT_ENCODINGS),
  state: z.enum(REPORT_STATES),
  requestedBy: z.string(),
  requestedAt: instantText,
  schedule: z.string().optional().describe('the schedule that asked for it'),
  startedAt: instantText.optional(),
  finishedAt: instantText.optional(),
  attempt: z.int().describe('how often it was begun'),
  rowsWritten: z.int().describe('progress, about once a second'),
  snapshot: z.string().optional().describe('what state of the books it shows'),
  rows: z.int().optional(),
  bytes: z.int().optional(),
  sha256: z.string().optional().describe('of the file'),
  fileName: z.string().optional(),
  checkCode: z.string().optional().describe('what a statement prints on each page'),
  failure: z.string().optional().describe('report_disagrees: its figures and the ledger differ, and a case was opened'),
  expiresAt: instantText.optional().describe('when its file goes; the row and its SHA-256 stay'),
  deliveries: z.array(reportDeliveryAnswer).optional().describe('where a schedule sends it, each place once'),
})
export type ReportRunAnswer = z.infer<typeof reportRunAnswer>
export const reportRunPage = z.object({ runs: z.array(reportRunAnswer), next })
export type ReportRunPage = z.infer<typeof reportRunPage>

const idText = z.string().regex(/^[0-9]{1,15}$/, 'expected a number')
const limit = z.coerce.number().int().min(1).max(500).default(50)
export const reportRunQuery = z.strictObject({
  kind: reportKind.optional(),
  state: z.enum(REPORT_STATES).optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{16,64}$/, 'expected at least 16 hexadecimal digits')
    .optional()
    .describe('of its file or a beginning of it, or the check code of a statement'),
  after: idText.optional(),
  limit,
})
export type ReportRunQuery = z.infer<typeof reportRunQuery>

export const reportLinkAnswer = z.object({
  path: z.string().describe('GET it once, with the key that asked for it'),
  expiresAt: instantText,
})
export type ReportLinkAnswer = z.infer<typeof reportLinkAnswer>

export const reportKindParams = z.strictObject({ kind: reportKind })
export const reportPageQuery = z
  .strictObject({
    ...parameterFields,
    section: code.optional().describe('absent: the first'),
    after: lineText.max(1000).optional(),
    limit,
  })
  .refine(inOrder, backwards)
  .refine(notTooLong, tooLong)
export type ReportPageQuery = z.infer<typeof reportPageQuery>

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
export const reportChart = z.object({
  kind: z.enum(['bar', 'line', 'pie']),
  zh: z.string(),
  en: z.string(),
  type: z.enum(COLUMN_TYPES).describe('of its values'),
  categories: z.array(z.string()),
  series: z.array(z.object({ zh: z.string(), en: z.string(), values: z.array(z.number()) })),
})
export type ReportChart = z.infer<typeof reportChart>

export const reportPage = z.object({
  kind: reportKind,
  section: z.string(),
  columns: z.array(reportColumn),
  rows: z.array(z.record(z.string(), cell)).describe('amounts in fen, rates in ppm'),
  totals: z
    .array(z.record(z.string(), cell))
    .describe('of the whole section, one row per currency; only with the first page'),
  charts: z.array(reportChart).describe('only with the first page'),
  remark: z.object({ zh: z.string(), en: z.string() }).optional().describe('what a reader of the totals must know'),
  snapshot: z.string(),
  next,
})
export type ReportPage = z.infer<typeof reportPage>

export const reportKindAnswer = z.object({
  kind: reportKind,
  zh: z.string(),
  en: z.string(),
  scopes: z.array(z.string()).describe('any one of them'),
  needs: z.array(z.string()).describe('parameters that must be there besides the dates'),
  takes: z.array(z.string()).describe('parameters that may be there'),
  sections: z.array(z.object({ section: z.string(), zh: z.string(), en: z.string(), columns: z.array(reportColumn) })),
})
export const reportKindList = z.object({ reports: z.array(reportKindAnswer) })
export type ReportKindList = z.infer<typeof reportKindList>
