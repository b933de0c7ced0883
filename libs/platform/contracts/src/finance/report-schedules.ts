import { z } from 'zod'
import { instantText } from '../system/page'
import { code } from '../system/primitives'
import { lineText, plainLine } from '../system/text'
import { REPORT_ENCODINGS, REPORT_FORMATS, REPORT_LANGUAGES, reportFilters, reportKind } from './reports'

/** Which business dates a schedule's report is about, seen from the time it is scheduled for. */
export const REPORT_RANGES = ['yesterday', 'business_day_before', 'last_7_days', 'last_week', 'last_month'] as const
export type ReportRange = (typeof REPORT_RANGES)[number]

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A month has each of them. */
const LAST_DAY_OF_EACH_MONTH = 28
const DELIVERIES_MAX = 20

const eachOnce = (list: readonly unknown[]) => new Set(list).size === list.length
const once = { error: 'expected each one once' }

const when = z.discriminatedUnion('every', [
  z.strictObject({ every: z.literal('day') }),
  z.strictObject({ every: z.literal('week'), on: z.array(z.enum(WEEKDAYS)).min(1).max(7).refine(eachOnce, once) }),
  z.strictObject({
    every: z.literal('month'),
    on: z.array(z.int().min(1).max(LAST_DAY_OF_EACH_MONTH)).min(1).max(LAST_DAY_OF_EACH_MONTH).refine(eachOnce, once),
  }),
])

const isZone = (name: string) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

export const reportScheduleRequest = z.strictObject({
  name: plainLine.min(1).max(200).optional(),
  kind: reportKind,
  parameters: z.strictObject(reportFilters).default({}).describe('without dates: `range` gives them'),
  range: z
    .enum(REPORT_RANGES)
    .describe(
      'business dates, seen from the institution’s date at the scheduled time; business_day_before: the last workday before it',
    ),
  section: code.optional().describe('of a CSV or PDF; absent: the first. XLSX has them all'),
  format: z.enum(REPORT_FORMATS).default('xlsx'),
  language: z.enum(REPORT_LANGUAGES).default('zh'),
  encoding: z.enum(REPORT_ENCODINGS).default('utf-8').describe('of a CSV file'),
  at: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day from 00:00 to 23:59'),
  when: when.describe('every day, on days of the week, or on days of the month'),
  zone: lineText
    .max(64)
    .refine(isZone, 'expected a time zone such as "Asia/Shanghai"')
    .optional()
    .describe('of `at`; absent: the institution’s'),
  deliverTo: z
    .array(code)
    .max(DELIVERIES_MAX)
    .refine(eachOnce, once)
    .default([])
    .describe('names in LIJIAN_REPORT_TARGETS: folders, buckets, webhooks, mailboxes'),
  active: z.boolean().default(true),
})
export type ReportScheduleRequest = z.infer<typeof reportScheduleRequest>

export const reportScheduleAnswer = z.object({
  ...reportScheduleRequest.shape,
  code: z.string(),
  updatedBy: z.string(),
  updatedAt: instantText,
  /** Asks for nothing any more: the key in `updatedBy` was revoked. Stored again with another key, it goes on. */
  stopped: z.enum(['key_revoked']).optional(),
})
export type ReportScheduleAnswer = z.infer<typeof reportScheduleAnswer>
export const reportScheduleList = z.object({ schedules: z.array(reportScheduleAnswer) })
export type ReportScheduleList = z.infer<typeof reportScheduleList>
