import { z } from 'zod'
import { DEFAULT_CURRENCY } from '../money'
import { cardToken } from '../system/card-number'
import { LijianError } from '../system/errors'
import { amountFen, code, currencyCode, instant, listCode, positiveFen, serial } from '../system/primitives'
import { cardFacts, learntFacts } from './payment-facts'
import { identityText, lineText } from '../system/text'

/** A card as it comes to the edge: the number itself (turned into a token at once, never stored) or a token made earlier. */
export const cardByPan = z.strictObject({ pan: z.string().regex(/^[0-9]{12,19}$/, 'expected 12 to 19 digits') })
export const cardByToken = z.strictObject({
  token: cardToken,
  bin: z
    .string()
    .regex(/^[0-9]{1,12}$/, 'expected the first 1 to 12 digits')
    .optional()
    .describe(
      'more than 8 (6 of a card that has fewer than 16 digits, or of which nobody knows) serve BIN groups only and are not kept',
    ),
  last4: z
    .string()
    .regex(/^[0-9]{4}$/, 'expected the last four digits')
    .optional(),
  earlier: z
    .array(cardToken)
    .min(1)
    .max(8)
    .optional()
    .describe(
      "the card's tokens under earlier token keys of the installation, the last first: limits of running periods count by them",
    ),
})
export const card = z.union([cardByPan, cardByToken])
export type CardInput = z.infer<typeof card>

const identity = identityText.min(1).max(128)
const identities = z.strictObject({
  device: identity.optional(),
  phone: identity.optional(),
  bankPhone: identity.optional(),
  idNumber: identity.optional(),
  account: identity.optional(),
  card: identity.optional(),
})

/** A part is never more than its whole: goods that nobody paid for would reach a tier. */
export const eligibleWithin: [
  check: (body: { amount: number; eligibleAmount?: number | undefined }) => boolean,
  says: { path: PropertyKey[]; error: string },
] = [
  ({ amount, eligibleAmount }) => eligibleAmount === undefined || eligibleAmount <= amount,
  { path: ['eligibleAmount'], error: 'is more than "amount": expected at most that' },
]

const transactionFields = z.strictObject({
  serial,
  merchant: code,
  subMerchant: code.optional(),
  terminal: code.optional(),
  amount: positiveFen.describe('gross amount in fen'),
  eligibleAmount: amountFen
    .optional()
    .describe('part of the amount that offers look at: goods excluded, net of other discounts'),
  currency: currencyCode.default(DEFAULT_CURRENCY),
  paymentMethod: listCode,
  card: card.optional(),
  ...cardFacts,
  customer: identityText.min(1).max(128).optional(),
  identities: identities.optional(),
  facts: z.array(listCode).max(32).optional(),
  at: instant.optional().describe('the instant that decides window and period; default: when the request arrives'),
  holdSeconds: z.int().min(1).max(86_400).optional(),
  deadlineMs: z.int().min(1).max(10_000).optional(),
})
/** Body of POST /v1/transactions (DESIGN §3). Card facts are optional: what is missing is filled from the BIN table. */
export const transactionRequest = transactionFields.refine(...eligibleWithin)
export type TransactionRequest = z.infer<typeof transactionRequest>

/** Body of POST /v1/transactions/{serial}/result. */
export const resultRequest = z.strictObject({
  outcome: z.enum(['success', 'failure']),
  paid: amountFen
    .optional()
    .describe(
      'what was sent upstream, in the minor unit; a success needs it, unless the client may omit it (mayOmitPaid)',
    ),
  marketingSerial: serial
    .optional()
    .describe('of the answer that the payer acted on; then money is a case even where nothing is held any more'),
  upstreamSerial: lineText.min(1).max(128).optional(),
  paidAt: instant.optional(),
  card: card.optional(),
  ...learntFacts,
})
export type ResultRequest = z.infer<typeof resultRequest>

/** Both doors ask this before anything is decided: only what was sent upstream tells which answer the payer acted on. Throws LijianError paid_required. */
export function mustSayPaid({ outcome, paid }: Pick<ResultRequest, 'outcome' | 'paid'>, mayOmitPaid: boolean): void {
  if (outcome === 'failure' || paid !== undefined || mayOmitPaid) return
  throw new LijianError('paid_required', 'A success without "paid": send what was sent upstream, in the minor unit')
}

/** Body of POST /v1/transactions/{serial}/reversal and …/void: the reverse transaction's own serial. */
export const reverseRequest = z.strictObject({ serial })
export type ReverseRequest = z.infer<typeof reverseRequest>
export type ReverseKind = 'reversal' | 'void'
