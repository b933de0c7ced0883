import { CURRENCY_DECIMALS } from '@lijian/contracts/money'
import type { ColumnOf } from './columns'
import { identifier, literal, type Source } from './sql'
import { EPOCH_DAY, SERIAL_DECIMALS } from './wall-clock'

/** The counterpart of values.ts in PostgreSQL: exact text of a value, NULL of NULL. */

/** `whole` × 10^-decimals: numeric keeps the decimals of the factor. */
export const decimalNumberSql = (whole: string, decimals: number): string =>
  decimals === 0 ? `(${whole})::numeric` : `(${whole} * ${factor(decimals)})`

export const decimalSql = (whole: string, decimals: number): string =>
  decimals === 0 ? `(${whole})::text` : `${decimalNumberSql(whole, decimals)}::text`

const factor = (decimals: number) => `0.${'1'.padStart(decimals, '0')}`

/** One expression for each number of decimals that the currencies of a column have. */
export function byDecimals(
  { currency }: ColumnOf<'amount'>,
  of: Source,
  decimalsOfCode: (code: string) => number,
  make: (decimals: number) => string,
): string {
  if (typeof currency === 'string') return make(decimalsOfCode(currency))
  const cases = UNUSUAL.map(([decimals, codes]) => `WHEN ${of(currency.column)} IN (${codes}) THEN ${make(decimals)}`)
  return `CASE ${cases.join(' ')} ELSE ${make(USUAL_DECIMALS)} END`
}

/** Of nearly every currency. */
export const USUAL_DECIMALS = 2
/** Whether a code is that of a currency with two decimals; a row without one counts as such. */
export const isUsualSql = (code: string): string =>
  `coalesce(${code} NOT IN (${UNUSUAL.map(([, codes]) => codes).join(', ')}), true)`

const UNUSUAL = [0, 3, 4].map((decimals) => {
  const codes = [...CURRENCY_DECIMALS].filter(([, has]) => has === decimals).map(([code]) => literal(code))
  return [decimals, codes.join(', ')] as const
})

/** The wall clock of a zone, to the second: a timestamp without zone. */
export const wallSql = (instant: string, zone: string): string => `(${instant} AT TIME ZONE ${literal(zone)})`

export const dateSerialSql = (date: string): string => `(${date} - date '1899-12-30')::text`

/** A whole number and how many of its digits are decimals, as wall-clock.ts makes it. A double holds microseconds of these centuries. */
export const instantSerialSql = (instant: string, zone: string): { text: string; decimals: number } => ({
  text: `(((floor(date_part('epoch', ${wallSql(instant, zone)}))::bigint + ${EPOCH_DAY * 86_400}) * 62500 + 27) / 54)::text`,
  decimals: SERIAL_DECIMALS,
})

/** A name in a list of the SELECT. */
export const named = (sql: string, key: string): string => `${sql} AS ${identifier(key)}`
