import type { ClientBase } from 'pg'
import type { Ask, ReportDefinition, Section } from './definition'
import { currencyOf } from './funds'
import { jsonColumns, orderOf } from './reading'
import { literal } from './sql'

type Db = Pick<ClientBase, 'query'>

/** What a bank's statement (对账单) says beside its lines. Amounts are in the currency's minor unit. */
export interface StatementFigures {
  partner: string
  /** `CCB ****1234`; empty: none is known. */
  account: string
  currency: string
  openingFen: number
  income: { count: number; amountFen: number }
  expense: { count: number; amountFen: number }
  closingFen: number
  /** SHA-256 of the lines, in hexadecimal: the same lines have the same, whatever shows them. */
  sha256: string
}

/** The section whose lines a statement has, of the kind of report that has statements. */
export const statementSection = ({ kind, sections }: ReportDefinition): Section | undefined =>
  kind === 'partner-funds' ? sections.find(({ section }) => section === 'entries') : undefined

/** In the transaction of a snapshot. */
export async function statementFigures(
  db: Db,
  { sections }: ReportDefinition,
  section: Section,
  ask: Ask,
): Promise<StatementFigures> {
  const days = sections.find((one) => one.section === 'days')!
  const { partner = '' } = ask.parameters
  const { rows } = await db.query<
    Omit<StatementFigures, 'income' | 'expense'> & Record<'inCount' | 'outCount' | 'inFen' | 'outFen', number>
  >(
    `WITH line AS (SELECT ${jsonColumns(section)} FROM (${section.rows(ask)}) r),
      day AS (SELECT * FROM (${days.rows(ask)}) d)
    SELECT (SELECT concat_ws(' ', name, '(' || code || ')') FROM partner WHERE code = ${literal(partner)}) AS partner,
      coalesce((SELECT concat_ws(' ', deposit_account ->> 'bank', '****' || (deposit_account ->> 'last4')) FROM partner WHERE code = ${literal(partner)}), '') AS account,
      ${currencyOf(ask)} AS currency,
      (SELECT opening FROM day ORDER BY date LIMIT 1) AS "openingFen", (SELECT closing FROM day ORDER BY date DESC LIMIT 1) AS "closingFen",
      count(*) FILTER (WHERE income <> 0) AS "inCount", coalesce(sum(income), 0)::bigint AS "inFen",
      count(*) FILTER (WHERE expense <> 0) AS "outCount", coalesce(sum(expense), 0)::bigint AS "outFen",
      encode(sha256(coalesce(string_agg(sha256(convert_to(to_jsonb(r)::text, 'UTF8')), ''::bytea ORDER BY ${orderOf(section)}), ''::bytea)), 'hex') AS sha256
    FROM line r`,
  )
  const { inCount, inFen, outCount, outFen, ...rest } = rows[0]!
  return { ...rest, income: { count: inCount, amountFen: inFen }, expense: { count: outCount, amountFen: outFen } }
}
