import { caseCurrency } from '@lijian/cases'
import type { Ask } from './definition'
import { dateOf, second } from './instants'
import { equals, inDates, literal, where } from './sql'

const today = ({ timeZone }: Ask): string => `(now() AT TIME ZONE ${literal(timeZone)})::date`

/** Since how many days at least: ages are shown in these steps. */
const AGES = [0, 4, 8, 31]
const ageFrom = (days: string): string =>
  `CASE ${AGES.toReversed()
    .map((from) => `WHEN ${days} >= ${from} THEN ${from}`)
    .join(' ')} ELSE 0 END::bigint`

/** Bills of these dates, each with how it was matched with our books. */
export const matchingRuns = ({ parameters }: Ask): string => `
  SELECT r.business_date AS date, r.source, r.scope, r.basis, r.state, r.lines, r.books, r.matched_lines, r.matched_books, r.outside_lines, coalesce(b.breaks, 0) AS breaks,
    ${second('r.ran_at')} AS ran
  FROM reconciliation_run r LEFT JOIN (SELECT source, scope, business_date, count(*) AS breaks FROM reconciliation_break GROUP BY 1, 2, 3) b USING (source, scope, business_date)
  WHERE ${where(inDates('r.business_date', parameters), equals('r.source', parameters.source))}`

/** What differs, each with the case that it has become. */
export const breaks = (ask: Ask): string => `
  SELECT * FROM (
    SELECT b.business_date AS date, b.id, b.source, b.class, b.client, b.serial, b.act, coalesce(b.merchant, '') AS merchant, coalesce(b.our_state, '') AS our_state,
      ${caseCurrency('b', 'b.class')} AS currency, b.ours_fen AS ours, b.theirs_fen AS theirs, b.ours_discount_fen AS ours_discount, b.theirs_discount_fen AS theirs_discount,
      b.cash_fen AS cash, greatest(${today(ask)} - b.business_date, 0)::bigint AS days, c.id AS case_id, coalesce(c.state, '') AS case_state
    FROM reconciliation_break b LEFT JOIN reconciliation_case c ON c.kind = b.class AND c.client = b.client AND c.serial = b.serial
    WHERE ${where(inDates('b.business_date', ask.parameters), equals('b.source', ask.parameters.source))}
  ) b WHERE ${where(equals('currency', ask.parameters.currency))}`

export const breakClasses = (ask: Ask): string => `
  SELECT class, source, ${ageFrom('days')} AS age_from, currency, count(*) AS breaks, count(*) FILTER (WHERE case_state = 'open') AS open,
    count(*) FILTER (WHERE case_state = 'closed') AS closed, coalesce(sum(ours), 0)::bigint AS ours, coalesce(sum(theirs), 0)::bigint AS theirs, coalesce(sum(cash), 0)::bigint AS cash
  FROM (${breaks(ask)}) b GROUP BY 1, 2, 3, 4`

/** What its resolution has booked: amounts on the debit side. */
const BOOKED = `coalesce((SELECT sum(a) FILTER (WHERE a > 0) FROM journal j, unnest(j.amounts_fen) a
  WHERE j.client = '@case' AND j.serial = c.resolved_by::text AND j.event IN ('adjustment', 'write_off', 'unmatched_receipt')), 0)::bigint`

/** Cases of these dates: of what they rest on, or else of the day they were opened. */
export const cases = (ask: Ask): string => {
  const { parameters } = ask
  const date = `coalesce(c.business_date, ${dateOf('c.opened_at', ask)})`
  return `
  SELECT * FROM (
    SELECT ${date} AS date, c.id, c.kind, coalesce(c.source, '') AS source, c.client, c.serial, coalesce(c.merchant, '') AS merchant, c.state, coalesce(c.owner, '-') AS owner,
      ${second('c.opened_at')} AS opened, ${second('c.closed_at')} AS closed, c.reopened_count::bigint AS reopened,
      greatest(CASE c.state WHEN 'open' THEN ${today(ask)} ELSE ${dateOf('c.closed_at', ask)} END - ${dateOf('c.opened_at', ask)}, 0)::bigint AS days,
      coalesce(c.resolution, '') AS resolution, coalesce(p.maker, '') AS maker, coalesce(p.checker, '') AS checker, coalesce(p.body ->> 'reason', '') AS reason,
      ${caseCurrency('c')} AS currency, c.amount_fen AS amount, c.discount_fen AS discount, c.ours_fen AS ours, c.theirs_fen AS theirs, c.cash_fen AS cash, ${BOOKED} AS booked
    FROM reconciliation_case c LEFT JOIN proposal p ON p.id = c.resolved_by
    WHERE ${where(inDates(date, parameters), equals('c.source', parameters.source))}
  ) c WHERE ${where(equals('currency', parameters.currency))}`
}

const MONEY = `coalesce(sum(amount), 0)::bigint AS amount, coalesce(sum(cash), 0)::bigint AS cash`

/** Open cases by who looks after them. */
export const owners = (ask: Ask): string => `
  SELECT owner, ${ageFrom('days')} AS age_from, currency, count(*) AS cases, max(days) AS oldest, ${MONEY} FROM (${cases(ask)}) c WHERE state = 'open' GROUP BY 1, 2, 3`

/** Closed cases by how they ended. */
export const resolutions = (ask: Ask): string => `
  SELECT resolution, kind, currency, count(*) AS cases, max(days) AS longest, ${MONEY}, sum(booked)::bigint AS booked
  FROM (${cases(ask)}) c WHERE state = 'closed' GROUP BY 1, 2, 3`

/**
 * Every line and every book of a run is matched, outside, or in a break; what two people approved of a case is what the journal has. Whatever else
 * is asked for, dates are proved whole.
 */
export const reconciliationProofs = (ask: Ask): string => `
  WITH run AS MATERIALIZED (
    SELECT r.*, b.lines AS break_lines, b.books AS break_books, b.breaks FROM reconciliation_run r LEFT JOIN LATERAL (
      SELECT sum(lines) AS lines, sum(books) AS books, count(*) AS breaks FROM reconciliation_break b WHERE b.source = r.source AND b.scope = r.scope AND b.business_date = r.business_date
    ) b ON true WHERE ${inDates('r.business_date', ask.parameters)}
  )
  SELECT concat_ws(' ', v.side, 'of', source, scope, business_date) AS what, v.ours::bigint AS ours, v.ledger::bigint AS ledger FROM run CROSS JOIN LATERAL (VALUES
    ('lines', matched_lines + outside_lines + coalesce(break_lines, 0), lines), ('books', matched_books + coalesce(break_books, 0), books),
    ('breaks', (SELECT coalesce(sum((x.value ->> 'count')::bigint), 0) FROM jsonb_each(classes) x), breaks)) v (side, ours, ledger)
  UNION ALL
  SELECT concat_ws(' ', 'booked of case', c.id), abs(CASE p.body ->> 'resolution' WHEN 'accept' THEN coalesce(c.cash_fen, 0) WHEN 'grant' THEN 0 ELSE (p.body ->> 'amount')::bigint END), ${BOOKED}
  FROM reconciliation_case c JOIN proposal p ON p.id = c.resolved_by WHERE ${inDates(`coalesce(c.business_date, ${dateOf('c.opened_at', ask)})`, ask.parameters)}`
