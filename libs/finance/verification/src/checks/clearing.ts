import type { Scan } from '../check'

/** What was booked of one date for a kind of file (docs/reference/postings.md): the share that a merchant bears of a rebate is taken from what it gets, and is no discount. */
const LEDGER = `SELECT j.business_date, coalesce(j.clearing_system, 'main') AS clearing_system, k.kind, sum(k.fen)::bigint AS fen
  FROM journal j CROSS JOIN LATERAL (
    SELECT coalesce(sum(a) FILTER (WHERE account LIKE 'merchant-discount/%'), 0) AS merchant, coalesce(sum(a) FILTER (WHERE account LIKE 'fee-forgone/%'), 0) AS fee,
      coalesce(sum(a) FILTER (WHERE split_part(account, '@', 1) = 'rebates-payable'), 0) AS rebate
    FROM unnest(j.accounts, j.amounts_fen) p (account, a)) b
  CROSS JOIN LATERAL (VALUES
    ('amount', -b.merchant + CASE WHEN b.rebate <> 0 THEN CASE WHEN j.event = 'capture' THEN 1 ELSE -1 END * (
       SELECT coalesce(sum((f ->> 'amountFen')::bigint), 0) FROM jsonb_array_elements(j.detail -> 'offers') o, jsonb_array_elements(o -> 'funders') f
       WHERE o ->> 'kind' = 'amount' AND o ->> 'delivery' = 'rebate' AND f ->> 'partner' = '@merchant') ELSE 0 END),
    ('fee', -b.fee), ('rebate', -b.rebate)) AS k (kind, fen)
  WHERE j.event IN ('capture', 'void', 'reversal', 'refund') AND j.business_date >= SINCE
    -- Of dates whose files have been published. A run is frozen again while one file is replaced; the others stand meanwhile.
    AND j.business_date IN (SELECT business_date FROM clearing_run WHERE state NOT IN ('opened', 'frozen')
      UNION ALL SELECT business_date FROM clearing_file WHERE kind <> 'settlement' AND state <> 'created')
  GROUP BY 1, 2, 3`

export const clearingChecks: readonly Scan[] = [
  {
    names: ['totals of files = totals of the ledger'],
    looksAt: 'files',
    sql: `WITH ledger AS (${LEDGER}), file AS (
        SELECT business_date, clearing_system, kind, name, settle_fen FROM clearing_file
        WHERE kind <> 'settlement' AND state NOT IN ('created', 'replaced') AND business_date >= SINCE
      )
      SELECT coalesce(f.business_date, l.business_date)::text AS business_date, coalesce(f.kind, l.kind) AS kind, f.name,
        coalesce(f.settle_fen, 0) AS file_fen, coalesce(l.fen, 0) AS ledger_fen
      FROM file f FULL JOIN ledger l ON l.business_date = f.business_date AND l.clearing_system = f.clearing_system AND l.kind = f.kind
      WHERE coalesce(f.settle_fen, 0) <> coalesce(l.fen, 0)
        -- A replacement that is still being made stands for its file.
        AND NOT EXISTS (SELECT FROM clearing_file n WHERE n.business_date = l.business_date AND n.clearing_system = l.clearing_system AND n.kind = l.kind AND n.state = 'created')`,
  },
  {
    names: ['a published file has every row that was planned, and a hash'],
    looksAt: 'files',
    sql: `SELECT name, rows_count, rows_written FROM clearing_file
      WHERE state NOT IN ('created', 'replaced') AND business_date >= SINCE AND (rows_written <> rows_count OR sha256 IS NULL)`,
  },
  {
    names: ['what a merchant gets back = its days, each settlement opening with what was carried'],
    looksAt: 'settlements',
    sql: `WITH due AS (
        SELECT r.settlement_date, substr(l.account, length('merchant-discount/') + 1) COLLATE "C" AS merchant, -sum(l.fen)::bigint AS fen
        FROM clearing_run r JOIN journal j USING (business_date), unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE r.state = 'settled' AND j.event <> 'settlement' AND l.account LIKE 'merchant-discount/%' GROUP BY 1, 2
      ), settled AS (
        SELECT *, lag(carried_out_fen, 1, 0::bigint) OVER (PARTITION BY merchant ORDER BY settlement_date) AS before_fen FROM merchant_settlement
      )
      SELECT coalesce(s.settlement_date, d.settlement_date)::text AS settlement_date, coalesce(s.merchant, d.merchant) AS merchant, s.due_fen, d.fen AS posted_fen,
        s.carried_in_fen, s.before_fen
      FROM settled s FULL JOIN due d ON d.settlement_date = s.settlement_date AND d.merchant = s.merchant
      WHERE coalesce(s.due_fen, 0) <> coalesce(d.fen, 0) OR s.carried_in_fen <> s.before_fen`,
  },
  {
    names: ['payouts of a settlement date = what it posted'],
    looksAt: 'settlements',
    sql: `WITH paid AS (
        SELECT settlement_date::text AS day, 'merchants' AS what, split_part(merchant, '@', 2) AS currency, sum(payout_fen)::bigint AS fen
        FROM merchant_settlement GROUP BY 1, 3
        UNION ALL SELECT paid_on::text, 'rebates', split_part(clearing_system, '@', 2), sum(amount_fen)::bigint
        FROM rebate_due WHERE paid_on IS NOT NULL GROUP BY 1, 3
      ), posted AS (
        SELECT j.detail ->> 'settlementDate' AS day, CASE j.event WHEN 'settlement' THEN 'merchants' ELSE 'rebates' END AS what,
          split_part(l.account, '@', 2) AS currency, -sum(l.fen)::bigint AS fen
        FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
        WHERE j.event IN ('settlement', 'rebate_payout') AND split_part(l.account, '@', 1) = 'bank/reserve' GROUP BY 1, 2, 3
      )
      SELECT day, what, currency, coalesce(p.fen, 0) AS paid_fen, coalesce(o.fen, 0) AS posted_fen
      FROM paid p FULL JOIN posted o USING (day, what, currency) WHERE coalesce(p.fen, 0) <> coalesce(o.fen, 0)`,
  },
]
