import { scanOf, type Scan } from '../check'

/** What was collected for a cycle or given up of it, by date: such postings name it. */
const SETTLED = `settled AS MATERIALIZED (
  SELECT c.id, c.partner, c.cycle, c.campaign, j.business_date, j.event, -sum(l.fen) AS fen
  FROM journal j CROSS JOIN LATERAL unnest(j.accounts, j.amounts_fen) AS l (account, fen)
  JOIN partner_cycle c ON c.id = (j.detail ->> 'cycleId')::bigint AND l.account = 'receivable/' || c.partner
  WHERE j.event IN ('collection', 'write_off') AND j.detail ? 'cycleId' GROUP BY 1, 2, 3, 4, 5, 6
)`

export const cycleChecks: readonly Scan[] = [
  scanOf(
    'cycles',
    'c.id, c.partner, c.cycle, c.period, c.opening_fen, c.last_closing AS closing_before_fen',
    `(SELECT *, lag(to_date) OVER s AS last_to, lag(closing_fen) OVER s AS last_closing, lag(prepaid) OVER s AS last_prepaid
      FROM partner_cycle WINDOW s AS (PARTITION BY partner, cycle, campaign ORDER BY from_date)) c`,
    {
      'a cycle opens with what the one before closed with, the day after': `c.to_date >= SINCE AND (
        coalesce(c.last_to + 1 <> c.from_date, false) OR c.opening_fen <> coalesce(c.last_closing, 0)
        OR (jsonb_typeof(c.last_prepaid) = 'object' AND (c.prepaid ->> 'openingFen') IS DISTINCT FROM (c.last_prepaid ->> 'closingFen')))`,
    },
  ),
  {
    names: ['a closing prepaid balance = the journal'],
    looksAt: 'cycles',
    // Each day's balance once; a cycle has that of the last day on or before its end.
    sql: `WITH days AS (
        SELECT l.account, j.business_date, -sum(l.fen) AS fen FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE l.account LIKE 'prepaid/%' AND EXISTS (SELECT FROM partner_cycle) GROUP BY 1, 2
      ), balances AS (
        SELECT account, business_date AS from_date, lead(business_date, 1, 'infinity') OVER s AS until_date, sum(fen) OVER s AS fen
        FROM days WINDOW s AS (PARTITION BY account ORDER BY business_date)
      )
      SELECT c.id, c.partner, c.cycle, c.period, (c.prepaid ->> 'closingFen')::float8 AS closing_fen, coalesce(b.fen, 0)::float8 AS posted_fen
      FROM partner_cycle c
      LEFT JOIN balances b ON b.account = 'prepaid/' || c.partner AND c.to_date >= b.from_date AND c.to_date < b.until_date
      WHERE jsonb_typeof(c.prepaid) = 'object' AND c.to_date >= SINCE AND (c.prepaid ->> 'closingFen')::numeric <> coalesce(b.fen, 0)`,
  },
  {
    names: ['what is paid of a cycle = what was collected for it'],
    looksAt: 'cycles',
    sql: `WITH ${SETTLED}, sums AS (
        SELECT id, coalesce(sum(fen) FILTER (WHERE event = 'collection'), 0) AS paid, coalesce(sum(fen) FILTER (WHERE event = 'write_off'), 0) AS waived
        FROM settled GROUP BY 1
      )
      SELECT c.id, c.partner, c.cycle, c.period, c.paid_fen, c.waived_fen, coalesce(s.paid, 0)::float8 AS paid_posted_fen,
        coalesce(s.waived, 0)::float8 AS waived_posted_fen
      FROM partner_cycle c LEFT JOIN sums s USING (id) WHERE (c.paid_fen, c.waived_fen) <> (coalesce(s.paid, 0), coalesce(s.waived, 0))`,
  },
  {
    names: ['closing = what was open of the cycles then, less the credit carried on'],
    looksAt: 'cycles',
    sql: `WITH ${SETTLED}, paid AS (
        SELECT c.id, sum(s.fen) AS fen FROM partner_cycle c
        JOIN settled s ON (s.partner, s.cycle, s.campaign) = (c.partner, c.cycle, c.campaign) AND s.business_date <= c.to_date GROUP BY 1
      ), due AS (
        SELECT *, sum(due_fen) OVER (PARTITION BY partner, cycle, campaign ORDER BY from_date) AS all_due_fen FROM partner_cycle
      )
      SELECT c.id, c.partner, c.cycle, c.period, c.closing_fen, o.fen::float8 AS open_fen
      FROM due c LEFT JOIN paid USING (id),
        LATERAL (SELECT c.all_due_fen - coalesce(paid.fen, 0) + least(0, c.charged_fen - c.returned_fen + c.carried_fen) AS fen) o
      WHERE c.to_date >= SINCE AND c.closing_fen <> o.fen`,
  },
]
