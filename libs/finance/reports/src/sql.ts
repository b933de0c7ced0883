import type { ReportParameters } from '@lijian/contracts/finance'
import { escapeLiteral } from 'pg'

/** Text as an SQL literal: COPY takes no parameters. */
export const literal = (text: string): string => escapeLiteral(text)

/** Business dates of the report. */
export const inDates = (column: string, { from, to }: ReportParameters): string =>
  `${column} BETWEEN DATE ${literal(from)} AND DATE ${literal(to)}`

/** The conditions that are asked for, as ANDs. */
export const where = (...conditions: readonly (string | false)[]): string =>
  conditions
    .filter((one) => one !== false)
    .map((one) => `(${one})`)
    .join(' AND ') || 'true'

export const equals = (expression: string, value: string | undefined): string | false =>
  value !== undefined && `${expression} = ${literal(value)}`

/** The currency of a journal row j. Clearing systems of other currencies than the default carry it behind an @. */
export const CURRENCY = `coalesce(nullif(split_part(j.clearing_system, '@', 2), ''), 'CNY')`

/** Events of payments: what was captured, and what came back. */
export const PAYMENT_EVENTS = `('capture', 'void', 'reversal', 'refund')`
/** +1 of what was captured, -1 of what came back. */
export const SIGN = `CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END`
