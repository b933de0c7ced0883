import { KIND_OF_OFFER } from '@lijian/clearing-files'
import type { Ask } from './definition'
import { second } from './instants'
import { equals, inDates, literal, PAYMENT_EVENTS, SIGN, where } from './sql'

const currencyIn = (key: string): string => `coalesce(nullif(split_part(${key}, '@', 2), ''), 'CNY')`

/** Every version of every file, with how its date stands. Late: nobody acknowledged it in time, whatever came after. */
export const clearingFiles = ({ parameters }: Ask): string => `
  SELECT f.business_date AS date, split_part(f.clearing_system, '@', 1) AS clearing_system, ${currencyIn('f.clearing_system')} AS currency, f.kind, f.version, f.name,
    f.settlement_date, f.state, f.rows_count AS rows, f.gross_fen AS received, f.discount_fen AS discount, f.settle_fen AS settle, f.fee_final_fen AS fee,
    f.fee_saved_fen AS fee_saved, ${second('f.created_at')} AS created, ${second('f.published_at')} AS published, ${second('f.acknowledged_at')} AS acknowledged,
    CASE WHEN f.state = 'replaced' THEN NULL ELSE (SELECT max(${second('r.settled_at')}) FROM clearing_run r
      WHERE CASE f.kind WHEN 'settlement' THEN r.settlement_date = f.settlement_date ELSE r.business_date = f.business_date END) END AS settled,
    EXISTS (SELECT FROM reconciliation_case c
      WHERE c.kind = 'clearing_unacknowledged' AND c.client = '@clearing' AND c.serial = f.name) AS late,
    coalesce(p.name, '') AS replaces, coalesce((SELECT string_agg(x ->> 'message', '；') FROM jsonb_array_elements(f.reasons) x), '') AS reasons
  FROM clearing_file f LEFT JOIN clearing_file p ON p.id = f.replaces
  WHERE ${where(inDates('f.business_date', parameters), equals(currencyIn('f.clearing_system'), parameters.currency))}`

/** What counts of each date: its files that no other has replaced. */
export const clearingDates = (ask: Ask): string => {
  const of = (kind: string, what: string) => `coalesce(sum(${what}) FILTER (WHERE kind = '${kind}'), 0)::bigint`
  const number = (condition: string) => `count(*) FILTER (WHERE ${condition})::bigint`
  return `
  SELECT date, currency, count(*) AS files, coalesce(sum(rows) FILTER (WHERE kind <> 'settlement'), 0)::bigint AS rows, ${of('amount', 'settle')} AS amount,
    ${of('fee', 'settle')} AS fee, ${of('rebate', 'settle')} AS rebate, ${of('settlement', 'settle')} AS payout,
    ${number(`state = 'created'`)} AS created, ${number(`state IN ('published', 'missing') AND kind <> 'settlement'`)} AS waiting, ${number(`state = 'acknowledged'`)} AS acknowledged,
    ${number(`state = 'refused'`)} AS refused, ${number('late')} AS late
  FROM (${clearingFiles(ask)}) f WHERE state <> 'replaced' GROUP BY date, currency`
}

export const clearingRuns = ({ parameters }: Ask): string => `
  SELECT business_date AS date, settlement_date, state, early, requested_by, ${second('requested_at')} AS requested, ${second('frozen_at')} AS frozen, ${second('published_at')} AS published,
    ${second('settled_at')} AS settled, coalesce(trouble, '') AS trouble
  FROM clearing_run WHERE ${inDates('business_date', parameters)}`

const settlement = (date: string, currency: string | undefined): string => `
  SELECT s.settlement_date AS date, split_part(s.merchant, '@', 1) AS merchant, ${currencyIn('s.merchant')} AS currency, s.due_fen AS due, s.carried_in_fen AS carried_in,
    s.payout_fen AS payout, s.carried_out_fen AS carried_out, s.negative_since, (s.settlement_date - s.negative_since)::bigint AS days
  FROM merchant_settlement s WHERE ${where(date, equals(currencyIn('s.merchant'), currency))}`

/** What each merchant got on the settlement dates of the report. */
export const settlements = ({ parameters }: Ask): string =>
  settlement(inDates('s.settlement_date', parameters), parameters.currency)

/** Merchants that owe us after the last settlement of the report: whoever does stands in every settlement. */
export const carried = ({ parameters: { to, currency } }: Ask): string =>
  settlement(
    `s.carried_out_fen < 0 AND s.settlement_date = (SELECT max(settlement_date) FROM merchant_settlement WHERE settlement_date <= DATE ${literal(to)})`,
    currency,
  )

/** What payments of these dates have posted for each kind of file (docs/reference/postings.md), and what their files must show. */
const LEDGER = (ask: Ask): string => `
  SELECT j.business_date, coalesce(j.clearing_system, 'main') AS clearing_system, k.kind, count(*) FILTER (WHERE o.rows > 0) AS some, sum(o.rows) AS rows,
    sum((j.detail ->> 'amountFen')::bigint * ${SIGN}) FILTER (WHERE o.rows > 0) AS received, sum(o.discount * ${SIGN}) AS discount,
    sum((j.detail ->> 'feeFinalFen')::bigint * ${SIGN}) FILTER (WHERE o.rows > 0) AS fee, sum(k.fen) AS settle
  FROM journal j CROSS JOIN LATERAL (
    SELECT coalesce(-sum(l.fen) FILTER (WHERE l.account LIKE 'merchant-discount/%'), 0) AS merchant, coalesce(-sum(l.fen) FILTER (WHERE l.account LIKE 'fee-forgone/%'), 0) AS fee,
      coalesce(-sum(l.fen) FILTER (WHERE split_part(l.account, '@', 1) = 'rebates-payable'), 0) AS rebate
    FROM unnest(j.accounts, j.amounts_fen) l (account, fen)
  ) b CROSS JOIN LATERAL (
    -- Of a rebate its merchant bears, the share is taken from what that merchant gets: it is no discount.
    SELECT coalesce(sum((f ->> 'amountFen')::bigint), 0) * ${SIGN} AS fen FROM jsonb_array_elements(j.detail -> 'offers') o (offer), jsonb_array_elements(o.offer -> 'funders') f
    WHERE ${KIND_OF_OFFER} = 'rebate' AND f ->> 'partner' = '@merchant'
  ) own CROSS JOIN LATERAL (VALUES ('amount', b.merchant + own.fen), ('fee', b.fee), ('rebate', b.rebate)) k (kind, fen)
  CROSS JOIN LATERAL (
    SELECT count(*) AS rows, coalesce(sum((o.offer ->> 'discountFen')::bigint), 0) AS discount FROM jsonb_array_elements(j.detail -> 'offers') o (offer) WHERE ${KIND_OF_OFFER} = k.kind
  ) o
  WHERE ${inDates('j.business_date', ask.parameters)} AND j.event IN ${PAYMENT_EVENTS} GROUP BY 1, 2, 3`

/**
 * Files that were published say what the ledger says; what merchants get is what their dates have posted, each settlement opens with what was
 * carried, and what is paid out was posted. Whatever currency is asked for, dates are proved whole.
 */
export const clearingProofs = (ask: Ask): string => {
  const inRange = inDates('settlement_date', ask.parameters)
  return `
  WITH ledger AS MATERIALIZED (${LEDGER(ask)}),
  compared AS (
    SELECT business_date, clearing_system, kind, f.name, v.side, coalesce(v.ours, 0)::bigint AS ours, coalesce(v.ledger, 0)::bigint AS ledger
    FROM (SELECT * FROM clearing_file WHERE kind <> 'settlement' AND state NOT IN ('created', 'replaced') AND ${inDates('business_date', ask.parameters)}) f
    FULL JOIN ledger l USING (business_date, clearing_system, kind)
    CROSS JOIN LATERAL (VALUES ('rows', f.rows_count, l.rows), ('received', f.gross_fen, l.received), ('discount', f.discount_fen, l.discount),
      ('settle', f.settle_fen, l.settle), ('fee', f.fee_final_fen, l.fee)) v (side, ours, ledger)
    WHERE f.id IS NOT NULL OR EXISTS (SELECT FROM clearing_run r WHERE r.business_date = l.business_date AND r.state NOT IN ('opened', 'frozen'))
  ), due AS (
    SELECT r.settlement_date, substr(l.account, length('merchant-discount/') + 1) COLLATE "C" AS merchant, -sum(l.fen) AS fen
    FROM clearing_run r JOIN journal j USING (business_date), unnest(j.accounts, j.amounts_fen) l (account, fen)
    WHERE r.state = 'settled' AND ${inRange.replace('settlement_date', 'r.settlement_date')} AND j.event <> 'settlement' AND l.account LIKE 'merchant-discount/%' GROUP BY 1, 2
  ), settled AS (
    SELECT * FROM (
      SELECT *, lag(carried_out_fen, 1, 0::bigint) OVER (PARTITION BY merchant ORDER BY settlement_date) AS before FROM merchant_settlement
    ) s WHERE ${inRange}
  ), paid AS (
    SELECT settlement_date, ${currencyIn('merchant')} AS currency, sum(payout_fen) AS fen FROM settled GROUP BY 1, 2
  )
  SELECT concat_ws(' ', side, 'of', coalesce(name, concat_ws(' ', business_date, clearing_system, kind))) AS what, ours, ledger FROM compared UNION ALL
  SELECT concat_ws(' ', 'due of', merchant, 'on', settlement_date), coalesce(s.due_fen, 0), coalesce(d.fen, 0)::bigint FROM settled s FULL JOIN due d USING (settlement_date, merchant) UNION ALL
  SELECT concat_ws(' ', 'carried of', merchant, 'on', settlement_date), carried_in_fen, before FROM settled UNION ALL
  SELECT concat_ws(' ', 'payouts of', p.settlement_date, p.currency), p.fen::bigint, coalesce((
    SELECT -sum(l.fen) FROM journal j, unnest(j.accounts, j.amounts_fen) l (account, fen) WHERE j.client = '@settlement' AND j.event = 'settlement'
      AND j.serial = p.settlement_date || CASE p.currency WHEN 'CNY' THEN '' ELSE '@' || p.currency END AND split_part(l.account, '@', 1) = 'bank/reserve'), 0)::bigint FROM paid p`
}
