-- Balances of one sealed date: a row for each account that moved on it; opening = closing of the account's row before. Dates in order.
CREATE OR REPLACE FUNCTION book_account_days(day date) RETURNS void LANGUAGE sql AS $$
  INSERT INTO account_day (account, business_date, opening_fen, debit_fen, credit_fen, closing_fen)
  SELECT p.account, day, coalesce(d.closing_fen, 0), p.debit, p.credit, coalesce(d.closing_fen, 0) + p.debit - p.credit
  FROM (
    SELECT l.account COLLATE "C" AS account, coalesce(sum(l.fen) FILTER (WHERE l.fen > 0), 0)::bigint AS debit,
      coalesce(-sum(l.fen) FILTER (WHERE l.fen < 0), 0)::bigint AS credit
    FROM journal j, unnest(j.accounts, j.amounts_fen) AS l (account, fen)
    WHERE j.business_date = day GROUP BY 1
  ) p
  LEFT JOIN LATERAL (SELECT a.closing_fen FROM account_day a WHERE a.account = p.account ORDER BY a.business_date DESC LIMIT 1) d ON true
$$;
