import { holdsCardNumber } from '@lijian/contracts/system'
import { CURRENCY_DECIMALS } from '@lijian/contracts/money'
import type { PaymentLine } from '@lijian/contracts/marketing'
import { ANY, CODE, CURRENCY, digits, Fields, ISSUER, LIST_CODE, PlainReader, SERIAL, TOKEN } from './plain-text'

/** A payment line while it is read: every key there, so that all lines have one shape. */
interface Draft {
  serial: string
  merchant: string
  subMerchant: string | undefined
  terminal: string | undefined
  amount: number
  eligibleAmount: number | undefined
  currency: string
  paymentMethod: string
  card: PaymentLine['card']
  issuer: string | undefined
  cardType: PaymentLine['cardType']
  cardProduct: string | undefined
  cardRegion: PaymentLine['cardRegion']
  scheme: string | undefined
  pinFree: boolean | undefined
  customer: string | undefined
  identities: PaymentLine['identities']
  facts: string[] | undefined
  at: string
  holdSeconds: number | undefined
  deadlineMs: number | undefined
  outcome: PaymentLine['outcome']
}

const FEN_MAX = 10_000_000_000_000
const FACTS_MAX = 32
/** Plain forms only; the schema knows what else is an instant. */
const INSTANT =
  /^20[0-9][0-9]-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,9})?(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])$/
const ALL_DIGITS = /^[0-9]+$/
const [PAN, BIN, LAST4] = [digits(12, 19), digits(1, 12), digits(4, 4)]

interface Card {
  pan: string | undefined
  token: string | undefined
  bin: string | undefined
  last4: string | undefined
}
const CARD = new Fields<Card>([
  { name: 'pan', read: (reader, card) => (card.pan = reader.string(PAN)) !== '' },
  {
    name: 'token',
    read: (reader, card) =>
      (card.token = reader.string(TOKEN)) !== '' && !ALL_DIGITS.test(card.token) && !holdsCardNumber(card.token),
  },
  { name: 'bin', read: (reader, card) => (card.bin = reader.string(BIN)) !== '' },
  { name: 'last4', read: (reader, card) => (card.last4 = reader.string(LAST4)) !== '' },
])

/** A number of a card, or a token with what else is known; not both. */
function readCard(reader: PlainReader): PaymentLine['card'] {
  const card: Card = { pan: undefined, token: undefined, bin: undefined, last4: undefined }
  if (!reader.object(CARD, card)) return undefined
  const { pan, token, bin, last4 } = card
  if (pan !== undefined) return token === undefined && bin === undefined && last4 === undefined ? { pan } : undefined
  return token === undefined ? undefined : { token, bin, last4 }
}

type Identities = NonNullable<PaymentLine['identities']>
const IDENTITIES = new Fields<Identities>(
  (['device', 'phone', 'bankPhone', 'idNumber', 'account', 'card'] as const).map((name) => ({
    name,
    read: (reader, identities) => (identities[name] = reader.string(ANY)) !== '',
  })),
)

function oneOf<T extends string>(reader: PlainReader, values: readonly T[]): T | undefined {
  const value = reader.string(LIST_CODE)
  return values.find((known) => known === value)
}
const CARD_TYPES = ['credit', 'debit', 'prepaid', 'quasi_credit'] as const
const CARD_REGIONS = ['domestic', 'overseas'] as const
const OUTCOMES = ['success', 'failure'] as const

const FIELDS = new Fields<Draft>([
  { name: 'serial', read: (reader, line) => (line.serial = reader.string(SERIAL)) !== '' },
  { name: 'merchant', read: (reader, line) => (line.merchant = reader.string(CODE)) !== '' },
  { name: 'subMerchant', read: (reader, line) => (line.subMerchant = reader.string(CODE)) !== '' },
  { name: 'terminal', read: (reader, line) => (line.terminal = reader.string(CODE)) !== '' },
  { name: 'amount', read: (reader, line) => (line.amount = reader.integer(1, FEN_MAX)) !== -1 },
  { name: 'eligibleAmount', read: (reader, line) => (line.eligibleAmount = reader.integer(0, FEN_MAX)) !== -1 },
  { name: 'currency', read: (reader, line) => CURRENCY_DECIMALS.has((line.currency = reader.string(CURRENCY))) },
  { name: 'paymentMethod', read: (reader, line) => (line.paymentMethod = reader.string(LIST_CODE)) !== '' },
  { name: 'card', read: (reader, line) => (line.card = readCard(reader)) !== undefined },
  { name: 'issuer', read: (reader, line) => (line.issuer = reader.string(ISSUER)) !== '' },
  { name: 'cardType', read: (reader, line) => (line.cardType = oneOf(reader, CARD_TYPES)) !== undefined },
  { name: 'cardProduct', read: (reader, line) => (line.cardProduct = reader.string(LIST_CODE)) !== '' },
  { name: 'cardRegion', read: (reader, line) => (line.cardRegion = oneOf(reader, CARD_REGIONS)) !== undefined },
  { name: 'scheme', read: (reader, line) => (line.scheme = reader.string(LIST_CODE)) !== '' },
  { name: 'pinFree', read: (reader, line) => (line.pinFree = reader.boolean()) !== undefined },
  { name: 'customer', read: (reader, line) => (line.customer = reader.string(ANY)) !== '' },
  { name: 'identities', read: (reader, line) => reader.object(IDENTITIES, (line.identities = {})) },
  { name: 'facts', read: (reader, line) => (line.facts = reader.strings(LIST_CODE, FACTS_MAX)) !== undefined },
  { name: 'at', read: (reader, line) => INSTANT.test((line.at = reader.string(ANY))) },
  { name: 'holdSeconds', read: (reader, line) => (line.holdSeconds = reader.integer(1, 86_400)) !== -1 },
  { name: 'deadlineMs', read: (reader, line) => (line.deadlineMs = reader.integer(1, 10_000)) !== -1 },
  { name: 'outcome', read: (reader, line) => (line.outcome = oneOf(reader, OUTCOMES)) !== undefined },
])

const reader = new PlainReader()

/**
 * A payment whose every key is known and plainly written, read in one pass: the same line as JSON.parse and the schema of `paymentLine` make of it (a
 * property test compares them), at a fraction of their time. undefined: the schema has to look, and knows why.
 */
export function plainPayment(text: string): PaymentLine | undefined {
  const line: Draft = {
    serial: '',
    merchant: '',
    subMerchant: undefined,
    terminal: undefined,
    amount: 0,
    eligibleAmount: undefined,
    currency: 'CNY',
    paymentMethod: '',
    card: undefined,
    issuer: undefined,
    cardType: undefined,
    cardProduct: undefined,
    cardRegion: undefined,
    scheme: undefined,
    pinFree: undefined,
    customer: undefined,
    identities: undefined,
    facts: undefined,
    at: '',
    holdSeconds: undefined,
    deadlineMs: undefined,
    outcome: undefined,
  }
  const isPlain = reader.whole(text, FIELDS, line)
  const { serial, merchant, amount, paymentMethod, at } = line
  return isPlain && serial && merchant && amount && (line.eligibleAmount ?? 0) <= amount && paymentMethod && at
    ? line
    : undefined
}
