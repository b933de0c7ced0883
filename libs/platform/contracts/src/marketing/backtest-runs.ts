import { z } from 'zod'
import { instantText, next, pageQuery } from '../system/page'
import { code, isoDate } from '../system/primitives'
import { backtestReport } from './backtest'

export const BACKTEST_STATES = ['waiting_file', 'queued', 'running', 'done', 'failed', 'cancelled', 'expired'] as const
const CAMPAIGNS_MAX = 50
/** More days are asked for in parts. */
const DAYS_MAX = 92
const DAY_MS = 86_400_000

const tried = z
  .array(z.strictObject({ code, version: z.int().min(1).max(2_147_483_647).optional().describe('absent: the newest') }))
  .min(1)
  .max(CAMPAIGNS_MAX)

/** Body of POST /v1/backtests. */
export const backtestRequest = z.strictObject({
  serial: code.describe('sent again, it is the run that is there'),
  campaigns: tried.describe('stored campaigns: put a draft first'),
  against: tried.optional().describe('to compare with: A, B, and A - B'),
  days: z
    .strictObject({ from: isoDate, to: isoDate })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'expected an end after the start' })
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) < DAYS_MAX * DAY_MS, {
      path: ['to'],
      error: `expected at most ${DAYS_MAX} days`,
    })
    .optional()
    .describe('payments of these dates, as far as they are stored; absent: a file follows at …/payments'),
})
export type BacktestRequest = z.infer<typeof backtestRequest>

const ref = z.object({ code: z.string(), version: z.int() })
export const backtestRunAnswer = z.object({
  id: z.int(),
  serial: z.string(),
  campaigns: z.array(ref),
  against: z.array(ref).optional(),
  days: z.object({ from: z.string(), to: z.string() }).optional(),
  state: z.enum(BACKTEST_STATES),
  linesDone: z.int(),
  linesTotal: z.int().optional().describe('known once it runs'),
  attempt: z.int().describe('counts starts: a process that died is followed by another'),
  cancelRequested: z.boolean(),
  requestedBy: z.string(),
  requestedAt: instantText,
  startedAt: instantText.optional(),
  finishedAt: instantText.optional(),
  expiresAt: instantText.optional().describe('then the reports go'),
  failure: z.string().optional(),
})
export type BacktestRunAnswer = z.infer<typeof backtestRunAnswer>
export const backtestRunRead = backtestRunAnswer.extend({
  reports: z.array(backtestReport).optional().describe('one for each currency; the 500 merchants with most discount'),
})
export type BacktestRunRead = z.infer<typeof backtestRunRead>
export const backtestRunPage = z.object({ backtests: z.array(backtestRunAnswer).describe('newest first'), next })
export type BacktestRunPage = z.infer<typeof backtestRunPage>
export const backtestRunQuery = pageQuery.extend({
  after: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  state: z.enum(BACKTEST_STATES).optional(),
})
export type BacktestRunQuery = z.infer<typeof backtestRunQuery>
