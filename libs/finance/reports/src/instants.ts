import type { Ask } from './definition'
import { literal } from './sql'

/** The first instant of the report's dates and the one after its last, in the institution's zone. PostgreSQL prunes partitions and finds index ranges by them. */
export const firstInstant = ({ parameters: { from }, timeZone }: Ask): string =>
  `(timestamp ${literal(from)} AT TIME ZONE ${literal(timeZone)})`
export const endInstant = ({ parameters: { to }, timeZone }: Ask): string =>
  `((timestamp ${literal(to)} + interval '1 day') AT TIME ZONE ${literal(timeZone)})`

/** Instants of the report's dates. */
export const inInstants = (column: string, ask: Ask): string =>
  `${column} >= ${firstInstant(ask)} AND ${column} < ${endInstant(ask)}`

/** Instants are shown to the second: a page begins behind what was shown. */
export const second = (column: string): string => `date_trunc('second', ${column})`

/** Whole seconds between two instants; null when one is missing. */
export const secondsBetween = (from: string, to: string): string => `floor(extract(epoch FROM ${to} - ${from}))::bigint`

export const dateOf = (column: string, { timeZone }: Ask): string =>
  `(${column} AT TIME ZONE ${literal(timeZone)})::date`
