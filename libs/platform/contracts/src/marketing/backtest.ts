import { z } from 'zod'
import { instantText } from '../system/page'
import { AMOUNT_FEN_MAX, code, currencyCode, isoDate } from '../system/primitives'
import { OFFERS_MAX } from './campaign'
import { reason } from './reasons'

/**
 * What `./lijian backtest` writes as JSON. Amounts in minor units of its currency, shares in ppm. A discount is money off, rebate and fee saved together; it is net: what
 * refunds, voids and reversals brought back is taken off, on the day on which they came.
 */
const fen = z.int()
const count = z.int().min(0)
const ppm = z.int().min(0).max(1_000_000)

export const backtestLines = z.object({
  lines: count,
  payments: count.describe('distinct, and paid; what shares of payments are shares of'),
  amount: fen.describe('gross, of these payments'),
  cards: count.describe('distinct, of these payments; exact but for 64-bit hashes that collide'),
  merchants: count.describe('distinct, of these payments'),
  failed: count.describe('payments with outcome failure: they cost nothing'),
  refunds: count.describe('lines that came, also those that are refused'),
  voids: count,
  reversals: count,
  repeated: count.describe('lines that came again under their serial with the same body: counted once'),
  errors: count.describe('lines under the serial of another body: not counted'),
  from: z.string().optional().describe('earliest instant of a payment, as its line says it'),
  to: z.string().optional(),
})
export type BacktestLines = z.infer<typeof backtestLines>

export const backtestTotals = z.object({
  discount: fen.describe('given - returned = instant + rebate + feeSaved: what it costs'),
  given: fen,
  returned: fen,
  instant: fen.describe('money off at the till, net'),
  rebate: fen.describe('paid back later, net'),
  feeSaved: fen.describe('by fee offers, net'),
  uses: count.describe('offers given by payments that succeeded'),
  paymentsReached: count.describe('payments that got an offer, also those taken back later'),
  paymentsReachedPpm: ppm,
  cardsReached: count,
  cardsReachedPpm: ppm,
  amountReached: fen.describe('gross, of the payments reached'),
})
export type BacktestTotals = z.infer<typeof backtestTotals>

const money = { given: fen, returned: fen, discount: fen }
const refusedCount = z.object({ reason, count })

export const backtestOffer = z.object({
  campaign: z.string(),
  offer: z.string(),
  name: z.string(),
  kind: z.enum(['amount', 'fee']),
  uses: count,
  ...money,
  refusals: z.array(refusedCount).describe('of payments, paid or failed, that did not get it; in precedence order'),
})
export type BacktestOffer = z.infer<typeof backtestOffer>

/** A budget, a limit that counts everybody together (per: []), or a prepaid balance. */
export const backtestBudget = z.object({
  limit: z.string().describe('as refusals name it: CAMPAIGN/OFFER#budget'),
  kind: z.enum(['budget', 'limit', 'funds']),
  period: z.string(),
  measure: z.enum(['discount', 'gross']),
  amount: fen.optional().describe('absent: no limit on the amount'),
  count: count.optional(),
  offers: z.array(z.string()).describe('codes of the offers that share it'),
  spent: fen.describe('over the whole file: net discount of its offers, or their share of a balance, or gross amounts'),
  uses: count.describe('over the whole file, less voids and reversals'),
  refusals: count,
  periodsRunOut: count.describe('periods in which it refused somebody'),
  firstRefusal: z
    .object({
      at: z.string().describe('as the line of the payment says it'),
      serial: z.string(),
      leftAmount: fen.optional(),
      leftCount: z.int().optional(),
    })
    .optional()
    .describe('absent: it never ran out'),
  days: z.array(z.object({ date: isoDate, spent: fen, uses: z.int() })),
})
export type BacktestBudget = z.infer<typeof backtestBudget>

/** Days of a summary that are kept one by one; the sums are of all. */
export const SUMMARY_DAYS_MAX = 400
const sumFen = z.int().min(0).max(AMOUNT_FEN_MAX)
const sumCount = z.int().min(0).max(1_000_000_000_000)
const promised = {
  uses: sumCount.describe('payments that got it'),
  amount: sumFen.describe('gross, of these payments'),
  given: sumFen,
  returned: sumFen.describe('by refunds, voids and reversals'),
}

/** What a back-test says of one campaign: stored with the version that it was run over. */
export const backtestSummary = z.strictObject({
  documentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
    .describe('SHA-256 of the document as canonical JSON'),
  currency: currencyCode,
  from: isoDate.describe('first day of a payment in the file, in the time zone of the campaign'),
  to: isoDate,
  paymentDays: z.int().min(1).max(100_000).describe('days on which there was a payment'),
  payments: sumCount.describe('distinct and paid, in the file'),
  ...promised,
  offers: z.array(z.strictObject({ offer: code, ...promised })).max(OFFERS_MAX),
  days: z.array(z.strictObject({ date: isoDate, ...promised })).max(SUMMARY_DAYS_MAX),
})
export type BacktestSummary = z.infer<typeof backtestSummary>

export const storedBacktest = z.object({
  campaign: code,
  version: z.int().min(1).describe('the newest that has this document'),
  summary: backtestSummary,
  ranBy: z.string().describe('API key that stored it'),
  ranAt: instantText,
  isPromise: z
    .boolean()
    .describe('the newest before the approval of its version, or the newest while it waits for one'),
})
export type StoredBacktest = z.infer<typeof storedBacktest>
export const storedBacktests = z.object({ backtests: z.array(storedBacktest).describe('newest first, at most 20') })
export type StoredBacktests = z.infer<typeof storedBacktests>

export const backtestSide = z.object({
  campaigns: z.array(z.object({ code: z.string(), name: z.string() })),
  summaries: z
    .array(backtestSummary.extend({ campaign: z.string() }))
    .describe('a campaign each, in this currency; none without a payment'),
  totals: backtestTotals,
  days: z
    .array(z.object({ date: isoDate, reached: count, ...money }))
    .describe('on which something was given or returned'),
  offers: z.array(backtestOffer),
  merchants: z
    .array(
      z.object({
        merchant: z.string(),
        name: z.string().optional(),
        payments: count,
        amount: fen,
        reached: count,
        ...money,
      }),
    )
    .describe('at which an offer was given, largest discount first'),
  funders: z.array(z.object({ partner: z.string(), ...money })),
  budgets: z.array(backtestBudget),
  refusals: z.array(refusedCount).describe('of all offers together'),
  refusedEvents: z
    .array(z.object({ reason: z.string(), count }))
    .describe('refunds, voids, reversals; without_offer: of a payment that got none'),
  discounts: z
    .array(z.object({ from: fen, below: fen, payments: count }))
    .describe('payments by what they were given, from the least bucket to the greatest that is not empty'),
})
export type BacktestSide = z.infer<typeof backtestSide>

const compared = z.object({ key: z.string(), a: z.int(), b: z.int(), difference: z.int().describe('a - b') })
export type BacktestCompared = z.infer<typeof compared>

export const backtestReport = z.object({
  currency: z.string().describe('of every amount, in its minor unit; a file in several gives a report for each'),
  timeZone: z.string().describe('of the first campaign of A: days are its days'),
  lines: backtestLines,
  days: z.array(z.object({ date: isoDate, payments: count, amount: fen })).describe('on which there was a payment'),
  a: backtestSide,
  b: backtestSide.optional().describe('the same file under --against'),
  difference: z
    .object({
      totals: z.array(compared).describe('by metric'),
      days: z.array(compared).describe('discount'),
      offers: z.array(compared).describe('discount, by offer code'),
      uses: z.array(compared).describe('by offer code'),
      merchants: z.array(compared).describe('discount'),
      funders: z.array(compared).describe('discount'),
      budgets: z.array(compared).describe('spent'),
      refusals: z.array(compared).describe('by reason'),
    })
    .optional(),
})
export type BacktestReport = z.infer<typeof backtestReport>
