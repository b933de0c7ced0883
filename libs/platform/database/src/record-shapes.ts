import { fee, feeSchedule, grantedOffer, refusal, storedFacts, TRANSACTION_STATES } from '@lijian/contracts/marketing'
import { cardType } from '@lijian/contracts/system'
import { z } from 'zod'
import type { RouteAttempt, RouteRecord, StoredRouteCharge } from './route-rows'
import type { StoredCharge, StoredRefund, Teller, TransactionRecord } from './rows'
import {
  REVERSE_VERSION,
  ROUTE_VERSION,
  TRANSACTION_VERSION,
  upcastReverse,
  upcastRoute,
  upcastTransaction,
} from './upcast'

/** Today's shapes of what is stored as JSON. Payments neither read nor write through them: `./lijian verify` and tests do. */
const fen = z.int()
const text = z.string()
const counters = z.record(text, z.array(z.number().nullable()).readonly()).readonly()

const teller: z.ZodType<Teller> = z.strictObject({
  id: text,
  withdrawn: z.enum(['deadline', 'unavailable']).optional(),
})

const charge: z.ZodType<StoredCharge> = z.strictObject({
  key: text,
  fen,
  count: z.int(),
  offer: text,
  measure: z.literal('gross').optional(),
  ofFen: fen.optional(),
  refund: text.optional(),
})

const refund: z.ZodType<StoredRefund> = z.strictObject({
  serial: text,
  state: z.enum(['waiting', 'refund_held', 'done']),
  amountFen: fen,
  eligibleFen: fen.nullable(),
  at: text,
  part: z
    .strictObject({
      amountFen: fen,
      eligibleFen: fen,
      payerFen: fen,
      discountFen: fen,
      fee: z.strictObject({ originalFen: fen, finalFen: fen, savedFen: fen }),
      offers: z.array(
        z.strictObject({
          code: text,
          kind: z.enum(['amount', 'fee']),
          delivery: z.enum(['instant', 'rebate']),
          discountFen: fen,
          funders: z.array(z.strictObject({ partner: text, amount: fen })),
        }),
      ),
      last: z.boolean(),
      whole: z.boolean(),
    })
    .nullable(),
  succeeded: z.boolean(),
  bodyHash: text,
})

const basis = z.strictObject({
  snapshot: text,
  counters: counters.optional(),
  suspended: z.array(text).optional(),
  others: z.array(text).optional(),
  draws: z.strictObject({ formula: z.literal(2), places: z.record(text, z.int()) }).optional(),
})

const result = z.strictObject({
  outcome: z.enum(['success', 'failure']),
  paidFen: fen.nullable(),
  upstreamSerial: text.optional(),
  paidAt: text.optional(),
})

const transactionRecord: z.ZodType<TransactionRecord> = z.strictObject({
  v: z.literal(TRANSACTION_VERSION),
  discountFen: fen,
  fee,
  offers: z.array(grantedOffer),
  released: z.array(grantedOffer),
  first: z.strictObject({ discountFen: fen, payableFen: fen, fee, offers: z.array(grantedOffer) }).nullable(),
  reasons: z.array(refusal).nullable(),
  facts: storedFacts.nullable(),
  askedFacts: storedFacts.optional(),
  basis: basis.optional(),
  fees: feeSchedule.nullable(),
  result: result.nullable(),
  voidKeepsCount: z.array(text),
  reversedBy: text.nullable(),
  emptyBecause: z.enum(['deadline', 'unknown_original', 'offers_released']).nullable(),
  notify: z.boolean(),
  tellers: z.array(teller).optional(),
  perhapsUntold: z.literal(true).optional(),
  countsOpen: z.literal(true).optional(),
  refunds: z.array(refund).optional(),
  clearingSystem: text.optional(),
  feeOnRefund: z.enum(['return', 'keep']).optional(),
})

const routeCharge: z.ZodType<StoredRouteCharge> = z.strictObject({ key: text, fen, count: z.int() })

const earlier = z.array(text)

const attempt: z.ZodType<RouteAttempt> = z.strictObject({
  mid: text,
  channel: text,
  pool: text,
  secretRef: text.optional(),
  costFen: z.number(),
  probe: z.boolean(),
  state: z.enum(['reserved', 'succeeded', 'failed', 'expired']),
  chargesAre: z.enum(['held', 'used', 'none']),
  charges: z.array(routeCharge),
  over: z.array(routeCharge),
  usage: z
    .strictObject({ cardToken: text, earlier: earlier.optional(), day: text, merchant: text, parents: z.array(text) })
    .optional(),
  exclude: z.array(text),
  at: text,
  expiresAt: text,
  timedOut: z.literal(true).optional(),
  counted: z.literal(true).optional(),
  failure: text.optional(),
  upstreamSerial: text.optional(),
  resultAt: text.optional(),
  tellers: z.array(teller).optional(),
  instead: z.strictObject({ amountFen: fen, noOffer: z.unknown().optional() }).optional(),
})

const decision = z.strictObject({
  version: z.int(),
  drawKey: text,
  at: text,
  exclude: z.array(text),
  amountFen: fen,
  mid: text.nullable(),
  counters: counters.optional(),
  health: z.record(text, z.unknown()).optional(),
  suspended: z.array(text).optional(),
  withoutCounters: z.literal(true).optional(),
})

const routeRecord: z.ZodType<RouteRecord> = z.strictObject({
  v: z.literal(ROUTE_VERSION),
  facts: z.strictObject({
    method: text,
    type: text,
    issuer: text.optional(),
    cardType: text.optional(),
    scheme: text.optional(),
    cardToken: text.optional(),
    earlier: earlier.optional(),
    region: text.optional(),
    industry: text.optional(),
  }),
  decisions: z.array(decision),
  noOffer: z.unknown().optional(),
  undone: z.array(z.strictObject({ mid: text, tellers: z.array(teller) })).optional(),
  learnt: z

    .strictObject({
      cardToken: text.optional(),
      earlier: earlier.optional(),
      cardType: cardType.optional(),
      scheme: text.optional(),
    })
    .optional(),
})

const ofReverse = { v: z.literal(REVERSE_VERSION), amount: fen }
const undoneAnswer = z.strictObject({
  ...ofReverse,
  serial: text,
  originalSerial: text,
  kind: z.enum(['reversal', 'void']),
  state: z.enum(['reversed', 'voided']),
  discount: fen,
  payable: fen,
  offers: z.array(grantedOffer),
  fee,
})
const refundAnswer = z.strictObject({
  ...ofReverse,
  originalState: z.enum(TRANSACTION_STATES),
  payer: fen.optional(),
  discount: fen.optional(),
  offers: z.array(grantedOffer).optional(),
  fee: fee.optional(),
  left: fen.optional(),
  reason: text.optional(),
})

const transactionJson = z.strictObject({ record: transactionRecord, charges: z.array(charge) })
const routeJson = z.strictObject({ record: routeRecord, attempts: z.array(attempt) })

type Json = Record<string, unknown>

/** What is stored as JSON in a row of these tables, parsed in today's shape. */
const PARSED = {
  marketing_transaction: ({ record, charges }: Json) =>
    transactionJson.safeParse({ record: upcastTransaction(record as Json), charges }),
  route: ({ record, attempts }: Json) => routeJson.safeParse({ record: upcastRoute(record as Json), attempts }),
  reverse_transaction: ({ kind, answer }: Json) =>
    (kind === 'refund' ? refundAnswer : undoneAnswer).safeParse(upcastReverse(answer as Json)),
} as const

export type RecordTable = keyof typeof PARSED
/** The columns that a row's shape is read from. */
export const RECORD_COLUMNS: Readonly<Record<RecordTable, string>> = {
  marketing_transaction: 'record, charges',
  route: 'record, attempts',
  reverse_transaction: 'kind, answer',
}

/** Where a row's JSON does not have the shape of its version; undefined: it has. Paths and words of the shape, nothing of what stands there. */
export function shapeFault(table: RecordTable, row: Json): string | undefined {
  const parsed = PARSED[table](row)
  if (parsed.success) return undefined
  const [issue] = parsed.error.issues
  return `${issue!.path.join('.')}: ${issue!.message}`
}
