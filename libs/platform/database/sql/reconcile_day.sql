-- What a line or an event is about, in words that both sides share: a void and a reversal undo alike.
CREATE OR REPLACE FUNCTION reconcile_act(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE kind WHEN 'payment' THEN 'payment' WHEN 'capture' THEN 'payment' WHEN 'refund' THEN 'refund' WHEN 'void' THEN 'undo' WHEN 'reversal' THEN 'undo'
    WHEN 'receipt' THEN 'receipt' WHEN 'payout' THEN 'payout' END
$$;

-- Of what we have booked on the bank account of own funds: did money come or go?
CREATE OR REPLACE FUNCTION reconcile_cash_act(entry journal) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN entry.amounts_fen[array_position(entry.accounts, 'bank/own')] > 0 THEN 'receipt' ELSE 'payout' END
$$;

-- What our books hold against a source of this kind. covered: the source must have it.
CREATE OR REPLACE FUNCTION reconcile_book(detail jsonb, basis text, covers text[]) RETURNS TABLE (fen bigint, discount_fen bigint, covered boolean)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT x.fen, CASE WHEN basis = 'transactions' THEN (detail ->> 'discountFen')::bigint END,
    CASE basis WHEN 'transactions' THEN true WHEN 'bill' THEN detail ->> 'paymentMethod' = ANY (covers) ELSE x.fen <> 0 END
  FROM (SELECT CASE basis
    WHEN 'transactions' THEN (detail ->> 'amountFen')::bigint
    WHEN 'bill' THEN (detail ->> 'payableFen')::bigint
    -- What the merchant is to get back: discounts without the shares that it bears itself.
    ELSE (SELECT coalesce(sum((f ->> 'amountFen')::bigint), 0)::bigint FROM jsonb_array_elements(detail -> 'offers') o, jsonb_array_elements(o -> 'funders') f
      WHERE o ->> 'kind' = 'amount' AND o ->> 'delivery' = 'instant' AND f ->> 'partner' <> '@merchant') END AS fen) x
$$;

-- Compares what one source says of a business date with our books, in one pass over both, and keeps what differs. Repeating it gives the same;
-- lines and results that have come since are seen. What has no partner on its own date is looked for on every other (cut-offs differ).
--
-- p_basis  transactions: gross amount and discount by serial; bill: amount against our payable; acknowledgement: what is settled per
--          transaction; bank: receipts and payouts by bank reference.
-- p_scope  the client whose serials they are; '*': lines say so themselves.
-- p_covers payment methods of which a bill has every payment: what is missing in it is short. Empty: nothing is concluded from absence.
--
-- Classes: marketing_missing (they have it, we do not), payment_missing (we have it, they do not), amount_differs, state_differs, unfunded,
-- over (they have more than we), short (they have less), unmatched_receipt, unmatched_payout. outside: nothing of ours.
-- Every line is matched, outside, or in one break; every book is matched or in one break.
CREATE OR REPLACE FUNCTION reconcile_day(p_source text, p_scope text, p_basis text, p_day date, p_covers text[]) RETURNS void
LANGUAGE plpgsql SET work_mem = '128MB' AS $$
DECLARE
  same record;
  other record;
BEGIN
  PERFORM pg_advisory_xact_lock(7306, hashtext(p_source || '/' || p_scope || '/' || p_day));
  CREATE TEMP TABLE IF NOT EXISTS reconcile_left (
    client text COLLATE "C", serial text COLLATE "C", act text, lines integer, theirs_fen bigint, theirs_discount_fen bigint, success boolean,
    original_serial text COLLATE "C", file_id bigint, line_no integer, ours boolean, covered boolean, ours_fen bigint, ours_discount_fen bigint,
    merchant text
  ) ON COMMIT DROP;
  TRUNCATE reconcile_left;
  -- Both sides are read whole; planned on statistics of before the import, a loop over one of them would not end.
  PERFORM set_config('enable_nestloop', 'off', true);

  WITH theirs AS (
    SELECT client, CASE WHEN p_basis = 'bank' THEN reference
        -- Some numbers of refunds are unique within an order only: one of another order is not ours, whatever its number.
        WHEN kind = 'refund' AND EXISTS (SELECT 1 FROM journal j WHERE j.client = bill_line.client AND j.serial = bill_line.serial AND j.event = 'refund'
          AND j.original_serial <> bill_line.original_serial) THEN original_serial || '/' || serial
        ELSE serial END AS serial, reconcile_act(kind) AS act, 1 AS lines,
      amount_fen AS fen, CASE WHEN p_basis = 'transactions' THEN coalesce(discount_fen, amount_fen - payable_fen) END AS discount_fen,
      state = 'success' AS success, original_serial, file_id, line_no
    FROM bill_line
    WHERE source = p_source AND business_date = p_day AND (p_scope = '*' OR client = p_scope) AND p_basis <> 'acknowledgement'
    UNION ALL
    -- A row for each offer there; our books know the transaction.
    SELECT client, serial, reconcile_act(kind), count(*)::integer, sum(amount_fen)::bigint, NULL, bool_and(state = 'success'), min(original_serial), min(file_id), min(line_no)
    FROM bill_line
    WHERE source = p_source AND business_date = p_day AND (p_scope = '*' OR client = p_scope) AND p_basis = 'acknowledgement'
    GROUP BY client, serial, reconcile_act(kind)
  ), ours AS (
    SELECT j.client, j.serial, reconcile_act(j.event) AS act, b.fen, b.discount_fen, b.covered, j.merchant
    FROM journal j, reconcile_book(j.detail, p_basis, p_covers) b
    WHERE j.business_date = p_day AND j.event IN ('capture', 'void', 'reversal', 'refund') AND (p_scope = '*' OR j.client = p_scope) AND p_basis <> 'bank'
      -- Bills are in yuan.
      AND (p_basis <> 'bill' OR NOT j.detail ? 'currency')
    UNION ALL
    SELECT p_scope, j.detail ->> 'bankReference', reconcile_cash_act(j), abs(j.amounts_fen[array_position(j.accounts, 'bank/own')]), NULL, true, NULL
    FROM journal j
    WHERE j.business_date = p_day AND 'bank/own' = ANY (j.accounts) AND j.detail ->> 'bankReference' IS NOT NULL AND p_basis = 'bank'
  ), pair AS MATERIALIZED (
    SELECT coalesce(t.client, o.client) AS client, coalesce(t.serial, o.serial, '') AS serial, coalesce(t.act, o.act, 'other') AS act, t.lines,
      t.fen AS theirs_fen, t.discount_fen AS theirs_discount_fen, t.success, t.original_serial, t.file_id, t.line_no,
      o.act IS NOT NULL AS ours, o.covered, o.fen AS ours_fen, o.discount_fen AS ours_discount_fen, o.merchant,
      t.success AND t.fen = o.fen AND (t.discount_fen IS NULL OR t.discount_fen = o.discount_fen) AS matched
    FROM theirs t FULL JOIN ours o ON t.client = o.client AND t.serial = o.serial AND t.act = o.act
  ), kept AS (
    INSERT INTO reconcile_left
    SELECT client, serial, act, lines, theirs_fen, theirs_discount_fen, success, original_serial, file_id, line_no, ours, covered, ours_fen,
      ours_discount_fen, merchant
    FROM pair WHERE matched IS DISTINCT FROM true AND (lines IS NOT NULL OR covered)
  )
  SELECT coalesce(sum(lines), 0) AS lines, count(*) FILTER (WHERE matched OR (ours AND (lines IS NOT NULL OR covered))) AS books,
    coalesce(sum(lines) FILTER (WHERE matched), 0) AS matched_lines, count(*) FILTER (WHERE matched) AS matched_books,
    coalesce(sum(ours_fen) FILTER (WHERE matched), 0) AS matched_fen
  INTO same FROM pair;
  PERFORM set_config('enable_nestloop', 'on', true);
  ANALYZE reconcile_left;

  DELETE FROM reconciliation_break WHERE source = p_source AND scope = p_scope AND business_date = p_day;

  WITH completed AS (
    SELECT l.client, l.serial, l.act, l.lines AS own_lines, l.ours AS own_books, l.original_serial,
      l.lines IS NOT NULL OR t.lines IS NOT NULL AS has_theirs, l.ours OR o.fen IS NOT NULL AS has_ours,
      coalesce(l.success, t.success) AS success, coalesce(l.theirs_fen, t.fen) AS theirs_fen,
      CASE WHEN l.lines IS NULL THEN t.discount_fen ELSE l.theirs_discount_fen END AS theirs_discount_fen,
      coalesce(l.ours_fen, o.fen) AS ours_fen, CASE WHEN l.ours THEN l.ours_discount_fen ELSE o.discount_fen END AS ours_discount_fen,
      coalesce(l.merchant, o.merchant, m.merchant) AS merchant, coalesce(l.file_id, t.file_id) AS file_id, coalesce(l.line_no, t.line_no) AS line_no,
      m.state AS our_state, m.payable_fen,
      l.act IN ('refund', 'undo') AND EXISTS (SELECT 1 FROM journal c WHERE c.client = l.client AND c.serial = l.original_serial AND c.event = 'capture') AS of_ours
    FROM reconcile_left l
    LEFT JOIN LATERAL (
      SELECT sum(b.fen)::bigint AS fen, sum(b.discount_fen)::bigint AS discount_fen, min(j.merchant) AS merchant
      FROM journal j, reconcile_book(j.detail, p_basis, p_covers) b
      WHERE NOT l.ours AND p_basis <> 'bank' AND j.client = l.client AND j.serial = l.serial AND j.event IN ('capture', 'void', 'reversal', 'refund')
        AND reconcile_act(j.event) = l.act AND j.business_date <> p_day AND (p_basis <> 'bill' OR NOT j.detail ? 'currency')
      HAVING count(*) > 0
      UNION ALL
      SELECT sum(abs(j.amounts_fen[array_position(j.accounts, 'bank/own')]))::bigint, NULL, NULL
      FROM journal j
      WHERE NOT l.ours AND p_basis = 'bank' AND j.detail ->> 'bankReference' = l.serial AND 'bank/own' = ANY (j.accounts)
        AND reconcile_cash_act(j) = l.act AND j.business_date <> p_day
      HAVING count(*) > 0
    ) o ON true
    LEFT JOIN LATERAL (
      SELECT count(*) AS lines, sum(b.amount_fen)::bigint AS fen,
        CASE WHEN p_basis = 'transactions' THEN sum(coalesce(b.discount_fen, b.amount_fen - b.payable_fen))::bigint END AS discount_fen,
        bool_and(b.state = 'success') AS success, min(b.file_id) AS file_id, min(b.line_no) AS line_no
      FROM bill_line b
      WHERE l.lines IS NULL AND p_basis <> 'bank' AND b.client = l.client AND b.serial = l.serial AND b.source = p_source
        AND reconcile_act(b.kind) = l.act AND b.business_date <> p_day
      HAVING count(*) > 0
      UNION ALL
      SELECT count(*), sum(b.amount_fen)::bigint, NULL, true, min(b.file_id), min(b.line_no)
      FROM bill_line b
      WHERE l.lines IS NULL AND p_basis = 'bank' AND b.serial IS NULL AND b.reference = l.serial AND b.source = p_source AND b.client = l.client
        AND reconcile_act(b.kind) = l.act AND b.business_date <> p_day
      HAVING count(*) > 0
    ) t ON true
    LEFT JOIN marketing_transaction m ON m.client = l.client AND m.serial = l.serial AND l.act = 'payment'
  ), classed AS MATERIALIZED (
    SELECT *, CASE
      WHEN act = 'other' THEN 'outside'
      WHEN has_theirs AND NOT success THEN CASE
        -- They say that it failed: agreed, when we have undone it or never had it.
        WHEN NOT has_ours THEN 'outside'
        WHEN our_state IN ('reversed', 'voided', 'refunded') THEN 'matched'
        ELSE 'state_differs' END
      WHEN has_theirs AND has_ours THEN CASE
        WHEN theirs_fen = ours_fen AND (theirs_discount_fen IS NULL OR theirs_discount_fen = ours_discount_fen) THEN 'matched'
        WHEN p_basis IN ('transactions', 'bank') THEN 'amount_differs'
        WHEN theirs_fen > ours_fen THEN 'over' ELSE 'short' END
      WHEN p_basis = 'bank' THEN CASE WHEN has_ours THEN 'payment_missing' WHEN act = 'receipt' THEN 'unmatched_receipt' ELSE 'unmatched_payout' END
      WHEN p_basis = 'acknowledgement' THEN CASE WHEN has_theirs THEN 'over' ELSE 'short' END
      WHEN has_ours THEN CASE p_basis WHEN 'transactions' THEN 'payment_missing' ELSE 'short' END
      WHEN act <> 'payment' THEN CASE WHEN of_ours OR theirs_discount_fen > 0 THEN 'marketing_missing' ELSE 'outside' END
      WHEN our_state = 'unfunded' AND (p_basis = 'bill' OR theirs_discount_fen > 0) THEN 'unfunded'
      WHEN p_basis = 'bill' THEN CASE WHEN our_state IN ('held', 'cancelled', 'expired') THEN 'state_differs' ELSE 'outside' END
      WHEN theirs_discount_fen > 0 THEN CASE WHEN our_state IS NULL THEN 'marketing_missing' ELSE 'state_differs' END
      ELSE 'outside' END AS class
    FROM completed
  ), kept AS (
    INSERT INTO reconciliation_break (source, scope, business_date, class, client, serial, act, merchant, our_state, ours_fen, theirs_fen,
      ours_discount_fen, theirs_discount_fen, cash_fen, lines, books, file_id, line_no)
    SELECT p_source, p_scope, p_day, class, client, serial, act, merchant, our_state, ours_fen, theirs_fen, ours_discount_fen, theirs_discount_fen,
      -- Of a bill more is more in hand, of what is paid out it is less; a refund goes the other way.
      CASE WHEN p_basis <> 'transactions' AND class IN ('over', 'short', 'amount_differs', 'unmatched_receipt', 'unmatched_payout')
        THEN (coalesce(theirs_fen, 0) - coalesce(ours_fen, 0)) * CASE WHEN act = 'payout' THEN -1 WHEN p_basis = 'bank' THEN 1
          WHEN (p_basis = 'acknowledgement') = (act = 'payment') THEN -1 ELSE 1 END END,
      coalesce(own_lines, 0), CASE WHEN own_books THEN 1 ELSE 0 END, file_id, line_no
    FROM classed WHERE class NOT IN ('matched', 'outside')
  )
  SELECT coalesce(sum(own_lines) FILTER (WHERE class = 'matched'), 0) AS matched_lines, count(*) FILTER (WHERE class = 'matched' AND own_books) AS matched_books,
    coalesce(sum(own_lines) FILTER (WHERE class = 'outside'), 0) AS outside_lines,
    coalesce(sum(ours_fen) FILTER (WHERE class = 'matched' AND own_books), 0) AS matched_fen
  INTO other FROM classed;

  INSERT INTO reconciliation_run AS r (source, scope, business_date, basis, lines, books, matched_lines, matched_books, outside_lines, matched_fen, classes)
  SELECT p_source, p_scope, p_day, p_basis, same.lines, same.books, same.matched_lines + other.matched_lines, same.matched_books + other.matched_books,
    other.outside_lines, same.matched_fen + other.matched_fen,
    coalesce((SELECT jsonb_object_agg(class, jsonb_build_object('count', n, 'lines', l, 'books', b)) FROM (
      SELECT class, count(*) AS n, sum(lines) AS l, sum(books) AS b FROM reconciliation_break
      WHERE source = p_source AND scope = p_scope AND business_date = p_day GROUP BY class) c), '{}')
  ON CONFLICT (source, scope, business_date) DO UPDATE SET basis = excluded.basis, lines = excluded.lines, books = excluded.books,
    matched_lines = excluded.matched_lines, matched_books = excluded.matched_books, outside_lines = excluded.outside_lines,
    matched_fen = excluded.matched_fen, classes = excluded.classes, ran_at = now();
END $$;
