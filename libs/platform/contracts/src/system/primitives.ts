import { z } from 'zod'
import { CURRENCY_DECIMALS } from '../money'
import { noCard } from './card-number'

/** Amounts are integers in fen (the currency's minor unit); 10^13 fen = 100 billion yuan keeps every sum a safe integer. */
export const AMOUNT_FEN_MAX = 10_000_000_000_000
export const amountFen = z.int().min(0).max(AMOUNT_FEN_MAX)
export const positiveFen = z.int().min(1).max(AMOUNT_FEN_MAX)
/** Rates are parts per million: 1,000,000 = 100 %. */
export const ratePpm = z.int().min(0).max(1_000_000)

/** Codes of documents (campaign, offer, merchant, partner, card group). They stand in counter keys and URLs, hence the alphabet. */
export const code = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'expected 1 to 64 of A-Z a-z 0-9 . _ - , beginning with a letter or digit',
  )
/** Open code lists (payment methods, schemes, issuers …): lower-case words; issuers are bank codes as the BIN table has them. */
export const listCode = z
  .string()
  .regex(/^[a-z][a-z0-9_-]{0,63}$/, 'expected a lower-case code such as "apple_pay"')
  .refine(...noCard)
export const issuerCode = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'expected a bank code such as "ICBC"')
  .refine(...noCard)

/** A transaction system's serial number: printable ASCII without spaces, slashes or quotes. It is part of workflow ids and URLs. */
export const serial = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/,
    'expected 1 to 64 of A-Z a-z 0-9 . _ : - , beginning with a letter or digit',
  )

const currencyError = 'expected an ISO 4217 code such as "CNY"'
/** ISO 4217; amounts beside it count its minor unit. A code without one (XXX, XAU) is no money. */
export const currencyCode = z
  .string()
  .regex(/^[A-Z]{3}$/, { error: currencyError, abort: true })
  .refine((code) => CURRENCY_DECIMALS.has(code), { error: currencyError })

const dateError = 'expected a date such as "2026-10-01"'
/** PostgreSQL knows no year 0. */
export const isoDate = z.iso.date(dateError).refine((date) => !date.startsWith('0000'), dateError)
/** An instant with its offset, e.g. 2026-10-01T12:00:00+08:00; read down to the millisecond. */
export const instant = z.iso
  .datetime({ offset: true, error: 'expected an instant with offset such as "2026-10-01T12:00:00+08:00"' })
  .max(40)

export const cardType = z.enum(['credit', 'debit', 'prepaid', 'quasi_credit'])
export type CardType = z.infer<typeof cardType>
export const cardRegion = z.enum(['domestic', 'overseas'])
export type CardRegion = z.infer<typeof cardRegion>

/** ISO 18245 merchant category code; whether it exists is checked where a campaign is read. */
export const mccCode = z.string().regex(/^[0-9]{4}$/, 'expected four digits')
/** GB/T 2260: province, city or district; trailing zeros may be left out. */
export const regionCode = z.string().regex(/^[0-9]{2,6}$/, 'expected a GB/T 2260 code')
export const countryCode = z.string().regex(/^[A-Z]{2}$/, 'expected ISO 3166 alpha-2')
