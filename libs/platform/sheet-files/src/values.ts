import { DEFAULT_CURRENCY, decimalsOf } from '@lijian/contracts/money'
import type { Column, ColumnOf, Row } from './columns'
import { wallClock } from './wall-clock'

/** Values of rows from JavaScript, as exact text. Each has its counterpart in values-sql.ts: both make the same bytes. */

const isAbsent = (value: Row[string]): value is null | undefined => value === null || value === undefined

export function textOf({ key }: Column, row: Row): string | undefined {
  const value = row[key]
  if (isAbsent(value)) return undefined
  if (typeof value !== 'string') throw wrong(key, 'text', value)
  return value
}

export function flagOf({ key }: Column, row: Row): boolean | undefined {
  const value = row[key]
  if (isAbsent(value)) return undefined
  if (typeof value !== 'boolean') throw wrong(key, 'true or false', value)
  return value
}

export function wholeOf({ key }: Column, row: Row): bigint | undefined {
  const value = row[key]
  if (isAbsent(value)) return undefined
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value)
  throw wrong(key, 'a whole number', value)
}

/** The decimals of an amount, by its own currency or that of its row. */
export function decimalsIn({ currency }: ColumnOf<'amount'>, row: Row): number {
  const code = typeof currency === 'string' ? currency : (row[currency.column] ?? DEFAULT_CURRENCY)
  return decimalsOf(code as string)
}

/** `decimalText(-5n, 2)` = `-0.05`. */
export function decimalText(whole: bigint, decimals: number): string {
  if (decimals === 0) return String(whole)
  const digits = String(whole < 0n ? -whole : whole).padStart(decimals + 1, '0')
  return `${whole < 0n ? '-' : ''}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

export function dateOf({ key }: Column, row: Row): string | undefined {
  const value = row[key]
  if (isAbsent(value)) return undefined
  if (typeof value !== 'string' || !isDate(value)) throw wrong(key, 'a date like 2026-01-31', value)
  return value
}

const isDate = (text: string) =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true

/** Seconds since 1970 on the wall clock of the zone. */
export function wallSecondsOf({ key }: Column, row: Row, zone: string): number | undefined {
  const value = row[key]
  if (isAbsent(value)) return undefined
  const instant =
    value instanceof Date ||
    typeof value === 'number' ||
    (typeof value === 'string' && /[Zz]|[+-]\d\d:?\d\d$/.test(value))
      ? new Date(value).getTime()
      : NaN
  if (Number.isNaN(instant)) throw wrong(key, 'an instant with its offset', value)
  return wallClock(instant, zone)
}

/** The value itself may be a customer's: it stays out of the message. */
const wrong = (key: string, expected: string, value: unknown) =>
  new TypeError(
    `column ${key}: ${expected} is expected, found ${value instanceof Date ? 'a Date' : `a ${typeof value}`}`,
  )
