import { z } from 'zod'
import { clearingLayout } from './clearing-layout'
import { code, isoDate } from '../system/primitives'
import { lineText, plainLine, plainWords } from '../system/text'

const next = z.string().optional().describe('send as "after" to go on; absent: that was all')
const limit = z.coerce.number().int().min(1).max(500).default(50)
const idText = z.string().regex(/^[0-9]{1,15}$/)

/** offers: money off; fee offers; rebates. `settlement`: what merchants get, for the payout system; its date is the settlement date. */
export const CLEARING_KINDS = ['amount', 'fee', 'rebate'] as const
export const clearingKind = z.enum(CLEARING_KINDS)
export type ClearingKind = z.infer<typeof clearingKind>
export const FILE_KINDS = [...CLEARING_KINDS, 'settlement'] as const
export const fileKind = z.enum(FILE_KINDS)
export type FileKind = z.infer<typeof fileKind>

export const RUN_STATES = ['opened', 'frozen', 'published', 'acknowledged', 'settled'] as const
export type RunState = (typeof RUN_STATES)[number]
/**
 * created: planned, being written or proved. missing: published, and no acknowledgement has come for long (one is still accepted).
 * refused: waits for a replacement. replaced: a newer version names it.
 */
export const FILE_STATES = ['created', 'published', 'missing', 'acknowledged', 'refused', 'replaced'] as const
export type FileState = (typeof FILE_STATES)[number]

export const acknowledgementRequest = z.strictObject({
  outcome: z.enum(['accepted', 'refused']),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
    .optional()
    .describe('of the file that was received; compared when given'),
  reasons: z
    .array(
      z.strictObject({
        row: z.int().min(1).optional().describe('which row of the file, from 1; absent: the whole file'),
        code: plainLine.min(1).max(64).optional(),
        message: plainWords.min(1).max(500),
      }),
    )
    .max(1000)
    .optional()
    .describe('why it was refused'),
})
export type AcknowledgementRequest = z.infer<typeof acknowledgementRequest>

export const clearingFileAnswer = z.object({
  id: z.int(),
  businessDate: isoDate.describe('of a settlement file: the settlement date'),
  kind: fileKind,
  clearingSystem: z.string(),
  currency: z.string().describe('of every amount in it; a file has one'),
  version: z.int(),
  settlementDate: isoDate,
  layout: z.string(),
  name: z.string(),
  rows: z.int(),
  rowsWritten: z.int().describe('progress while it is written'),
  received: z.int().describe('gross amount of the transactions in it, less those undone and refunded'),
  discount: z.int().describe('what the offers gave'),
  settle: z.int().describe("the same without the merchants' own shares"),
  feeFinal: z.int(),
  feeSaved: z.int(),
  sha256: z.string().optional(),
  bytes: z.int().optional(),
  state: z.enum(FILE_STATES),
  reasons: acknowledgementRequest.shape.reasons,
  replaces: z.int().optional(),
  createdAt: z.string(),
  publishedAt: z.string().optional(),
  acknowledgedAt: z.string().optional(),
})
export type ClearingFileAnswer = z.infer<typeof clearingFileAnswer>
export const clearingFilePage = z.object({ files: z.array(clearingFileAnswer), next })
export type ClearingFilePage = z.infer<typeof clearingFilePage>
export const clearingFileQuery = z
  .strictObject({
    from: isoDate.optional(),
    to: isoDate.optional(),
    kind: fileKind.optional(),
    clearingSystem: code.optional(),
    state: z.enum(FILE_STATES).optional(),
    name: lineText.max(300).optional(),
    after: idText.optional(),
    limit,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'expected a date that is not before "from"',
  })
export type ClearingFileQuery = z.infer<typeof clearingFileQuery>

export const clearingRunRequest = z.strictObject({
  date: isoDate,
  early: z
    .boolean()
    .optional()
    .describe('Close the date although it is not over: what is recorded from then on belongs to the next'),
})
export type ClearingRunRequest = z.infer<typeof clearingRunRequest>
export const clearingRunAnswer = z.object({
  businessDate: isoDate,
  settlementDate: isoDate,
  state: z.enum(RUN_STATES),
  trouble: z.string().optional().describe('what keeps it from going on'),
  requestedBy: z.string(),
  requestedAt: z.string(),
  frozenAt: z.string().optional(),
  publishedAt: z.string().optional(),
  settledAt: z.string().optional(),
  files: z.array(clearingFileAnswer).describe('the newest version of each'),
})
export type ClearingRunAnswer = z.infer<typeof clearingRunAnswer>
/** Answer of POST /v1/clearing-runs: dates that had not been opened before come along, so that none is left out. */
export const clearingRunStarted = clearingRunAnswer.extend({
  opened: z.array(isoDate).describe('dates whose runs began with this request, in order'),
  warnings: z.array(z.string()).optional(),
})
export type ClearingRunStarted = z.infer<typeof clearingRunStarted>
export const clearingRunPage = z.object({ runs: z.array(clearingRunAnswer), next })
export type ClearingRunPage = z.infer<typeof clearingRunPage>
export const clearingRunQuery = z.strictObject({ after: isoDate.optional(), limit: limit.default(20) })
export type ClearingRunQuery = z.infer<typeof clearingRunQuery>

export const replacementRequest = z.strictObject({ reason: plainWords.min(1).max(500) })
export type ReplacementRequest = z.infer<typeof replacementRequest>

const layoutOf = z.union([code.describe('a layout that comes with Lijian'), clearingLayout])
/** How files for one clearing system look; absent: the layout that comes with Lijian. */
export const clearingSystemRequest = z.strictObject({
  name: plainLine.min(1).max(200),
  layouts: z.strictObject({
    amount: layoutOf.optional(),
    fee: layoutOf.optional(),
    rebate: layoutOf.optional(),
    settlement: layoutOf.optional(),
  }),
})
export type ClearingSystemRequest = z.infer<typeof clearingSystemRequest>
export const clearingSystemAnswer = z.object({
  code: z.string(),
  name: z.string(),
  layouts: z.record(z.string(), z.unknown()),
  updatedAt: z.string(),
})
export type ClearingSystemAnswer = z.infer<typeof clearingSystemAnswer>

export const merchantSettlementQuery = z.strictObject({
  date: isoDate.describe('the settlement date'),
  merchant: code.optional(),
  after: lineText.max(68).optional(),
  limit,
})
export type MerchantSettlementQuery = z.infer<typeof merchantSettlementQuery>
export const merchantSettlementPage = z.object({
  settlements: z.array(
    z.object({
      settlementDate: isoDate,
      merchant: z.string(),
      currency: z.string().describe('of the amounts: a merchant is settled in each by itself'),
      due: z.int().describe('discounts less what came back by refunds, of all business dates due on it'),
      carriedIn: z.int().describe('0 or negative'),
      payout: z.int(),
      carriedOut: z.int().describe('0 or negative'),
    }),
  ),
  next,
})
export type MerchantSettlementPage = z.infer<typeof merchantSettlementPage>
