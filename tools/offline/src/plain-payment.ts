import type { PaymentLine } from '@lijian/contracts'

/**
 * Whether a line is a payment whose every key is known and has the right form: the same answer as the schema of `paymentLine` (a property test
 * compares them), at a fraction of its time. What is said "no" to is looked at by the schema, which knows why.
 */
export function isPlainPayment(json: unknown): json is PaymentLine {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false
  const line = json as Record<string, unknown>
  for (const key in line) if (!(CHECKS[key]?.(line[key]) ?? false)) return false
  line['currency'] ??= 'CNY'
  return (
    line['serial'] !== undefined &&
    line['merchant'] !== undefined &&
    line['amount'] !== undefined &&
    line['paymentMethod'] !== undefined &&
    line['at'] !== undefined
  )
}

type Check = (value: unknown) => boolean

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    typeof value === 'string' && pattern.test(value)
const oneOf =
  (...values: string[]): Check =>
  (value) =>
    values.includes(value as string)
const wholeFrom =
  (min: number, max: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max

const FEN_MAX = 10_000_000_000_000
const code = matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
const listCode = matches(/^[a-z][a-z0-9_-]{0,63}$/)
/** Plain forms only; the schema knows what else is an instant. */
const INSTANT =
  /^(20[0-9][0-9])-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$/

function card(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const given = value as Record<string, unknown>
  if ('pan' in given) return Object.keys(given).length === 1 && PAN(given['pan'])
  for (const key in given) if (!(CARD[key]?.(given[key]) ?? false)) return false
  return given['token'] !== undefined
}
const PAN = matches(/^[0-9]{12,19}$/)
const CARD: Record<string, Check | undefined> = {
  __proto__: null as never,
  token: matches(/^(?![0-9]+$)[A-Za-z0-9_-]{16,128}$/),
  bin: matches(/^[0-9]{1,12}$/),
  last4: matches(/^[0-9]{4}$/),
}

const CHECKS: Record<string, Check | undefined> = {
  __proto__: null as never,
  serial: matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/),
  merchant: code,
  subMerchant: code,
  terminal: code,
  amount: wholeFrom(1, FEN_MAX),
  eligibleAmount: wholeFrom(0, FEN_MAX),
  currency: matches(/^[A-Z]{3}$/),
  paymentMethod: listCode,
  card,
  issuer: matches(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/),
  cardType: oneOf('credit', 'debit', 'prepaid', 'quasi_credit'),
  cardProduct: listCode,
  cardRegion: oneOf('domestic', 'overseas'),
  scheme: listCode,
  pinFree: (value) => typeof value === 'boolean',
  customer: (value) => typeof value === 'string' && value.length >= 1 && value.length <= 128,
  at: matches(INSTANT),
  holdSeconds: wholeFrom(1, 86_400),
  deadlineMs: wholeFrom(1, 10_000),
  outcome: oneOf('success', 'failure'),
}
