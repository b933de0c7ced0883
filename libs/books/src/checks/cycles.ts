import type { Scan } from '../check'

export const cycleChecks: readonly Scan[] = [
  {
    names: ['a cycle opens with what the one before closed with, the day after'],
    looksAt: 'cycles',
    sql: `SELECT id, opening_fen, last_closing FROM (
        SELECT id, from_date, opening_fen, prepaid, lag(to_date) OVER s AS last_to, lag(closing_fen) OVER s AS last_closing, lag(prepaid) OVER s AS last_prepaid
        FROM partner_cycle WINDOW s AS (PARTITION BY partner, cycle, campaign ORDER BY from_date)
      ) c WHERE coalesce(last_to + 1 <> from_date, false) OR opening_fen <> coalesce(last_closing, 0)
        OR (last_prepaid IS NOT NULL AND jsonb_typeof(last_prepaid) = 'object' AND prepaid ->> 'openingFen' <> last_prepaid ->> 'closingFen')`,
  },
  {
    names: ['a closing prepaid balance = the journal'],
    looksAt: 'cycles',
    sql: `SELECT c.id, c.prepaid ->> 'closingFen' AS closing_fen FROM partner_cycle c WHERE jsonb_typeof(c.prepaid) = 'object' AND (c.prepaid ->> 'closingFen')::bigint <> (
        SELECT coalesce(-sum(l.fen), 0) FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.business_date <= c.to_date AND l.account = 'prepaid/' || c.partner)`,
  },
  {
    names: ['what is paid of a cycle = what was collected for it'],
    looksAt: 'cycles',
    sql: `SELECT c.id, c.paid_fen, c.waived_fen FROM partner_cycle c WHERE (c.paid_fen, c.waived_fen) <> (
        SELECT coalesce(-sum(l.fen) FILTER (WHERE j.event = 'collection'), 0), coalesce(-sum(l.fen) FILTER (WHERE j.event = 'write_off'), 0)
        FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.client LIKE '@%' AND l.account = 'receivable/' || c.partner AND (j.detail ->> 'cycleId')::bigint = c.id)`,
  },
  {
    names: ['closing = what was open of the cycles then, less the credit carried on'],
    looksAt: 'cycles',
    sql: `SELECT c.id, c.closing_fen FROM partner_cycle c WHERE c.closing_fen <> least(0, c.charged_fen - c.returned_fen + c.carried_fen) + (
        SELECT sum(e.due_fen - (
          SELECT coalesce(-sum(l.fen), 0) FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
          WHERE j.client LIKE '@%' AND l.account = 'receivable/' || e.partner AND (j.detail ->> 'cycleId')::bigint = e.id AND j.business_date <= c.to_date))
        FROM partner_cycle e WHERE (e.partner, e.cycle, e.campaign) = (c.partner, c.cycle, c.campaign) AND e.from_date <= c.from_date)`,
  },
]
