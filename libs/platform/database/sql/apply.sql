-- apply: the one statement that changes money or quota. It takes a batch of decisions that were made against what the caller last
-- knew, checks that they still hold, and then writes all of them, or none and says what is different now.
--
-- t_*  transactions that decisions rest on: the version they saw (t_expected, 0 = there was none); those to be written whole in t_rows
-- q_*  routes, in the same way: q_rows are written whole.
-- c_*  counters: deltas, and the interval [lo, hi) of room for which every decision of the batch is right.
--      Grants raise lo (there must be that much room), refusals lower hi (there must not be more): neither too much nor too little is given.
--      room = limit - held - used - over; over is what happened without asking for room, so that room may be negative.
--      c_version = -1: the row's own limit rules (releases, late success, prepaid balances); without such a row there is no room.
-- refs campaigns, offers, MIDs, channels and pools granted by the batch: none of them may be suspended.
-- r_rows reverse transactions (written anew, or a refund that goes on); j_rows what is posted; e_rows events for the outbox.
-- o_rows outcomes of routes, for the success rate of their pools.
-- u_rows payments of cards, to be counted or only asked for (sql/count_card_usage.sql).
--
-- Returns { stale: false, nowMs: our clock, businessDate, counters: [those wanted], usages: [counts of u_rows, in their order] } or { stale: true, nowMs, transactions, routes, counters, suspended } with the fresh rows.
CREATE OR REPLACE FUNCTION apply(
  t_client text[], t_serial text[], t_expected integer[], t_rows jsonb,
  q_client text[], q_serial text[], q_expected integer[], q_rows jsonb,
  c_key text[], c_limit_fen bigint[], c_limit_count bigint[], c_version integer[],
  c_held_fen bigint[], c_held_count bigint[], c_used_fen bigint[], c_used_count bigint[], c_over_fen bigint[], c_over_count bigint[],
  c_lo_fen bigint[], c_hi_fen bigint[], c_lo_count bigint[], c_hi_count bigint[], c_want boolean[],
  refs text[], r_rows jsonb, j_rows jsonb, e_rows jsonb, o_rows jsonb, u_rows jsonb,
  business_zone text, cut_off interval
) RETURNS jsonb LANGUAGE plpgsql
-- A plan made while the tables were empty would keep scanning them (measured: a third of the speed).
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
  changed jsonb;
  changed_routes jsonb;
  suspended jsonb;
  counters_hold boolean;
  -- Where each counter stands while it is locked; NULL: there is none. Whoever holds a snapshot for long (a report, a dump) keeps every version of
  -- a counter since then, and a look by key walks past all of them: one look a batch.
  c_at tid[];
  are_written boolean;
  counters jsonb;
  usages jsonb;
  business_day date;
BEGIN
  -- 1. Counters first, then transactions, then routes, each in key order: two batches queue up and never deadlock. In this order, because a refusal
  -- may rest on what another batch is just committing: once its counters are free, its transactions are seen.
  SELECT coalesce(bool_and(
    CASE WHEN x.found THEN
      (x.limit_fen IS NULL OR (x.limit_fen - x.taken_fen >= x.lo_fen AND x.limit_fen - x.taken_fen < x.hi_fen))
      AND (x.limit_fen IS NOT NULL OR x.hi_fen = 9223372036854775807)
      AND (x.limit_count IS NULL OR (x.limit_count - x.taken_count >= x.lo_count AND x.limit_count - x.taken_count < x.hi_count))
      AND (x.limit_count IS NOT NULL OR x.hi_count = 9223372036854775807)
    WHEN x.version < 0 THEN x.lo_fen <= 0 AND 0 < x.hi_fen AND x.lo_count <= 0 AND 0 < x.hi_count
    ELSE (x.limit_fen IS NULL OR (x.limit_fen >= x.lo_fen AND x.limit_fen < x.hi_fen))
      AND (x.limit_count IS NULL OR (x.limit_count >= x.lo_count AND x.limit_count < x.hi_count))
    END), true), array_agg(x.at ORDER BY x.n)
  INTO counters_hold, c_at
  FROM (
    SELECT a.n, c.at, a.version, a.lo_fen, a.hi_fen, a.lo_count, a.hi_count,
      c.key IS NOT NULL AS found,
      c.held_fen + c.used_fen + c.over_fen AS taken_fen,
      c.held_count + c.used_count + c.over_count AS taken_count,
      CASE WHEN c.key IS NULL OR a.version >= c.limit_version
        THEN CASE WHEN a.limit_fen IS NULL THEN NULL ELSE greatest(a.limit_fen, c.held_fen + c.used_fen) END
        ELSE c.limit_fen END AS limit_fen,
      CASE WHEN c.key IS NULL OR a.version >= c.limit_version
        THEN CASE WHEN a.limit_count IS NULL THEN NULL ELSE greatest(a.limit_count, c.held_count + c.used_count) END
        ELSE c.limit_count END AS limit_count
    FROM unnest(c_key, c_limit_fen, c_limit_count, c_version, c_lo_fen, c_hi_fen, c_lo_count, c_hi_count) WITH ORDINALITY
      AS a (key, limit_fen, limit_count, version, lo_fen, hi_fen, lo_count, hi_count, n)
    LEFT JOIN LATERAL (
      SELECT k.ctid AS at, k.* FROM counter k WHERE k.key = a.key FOR UPDATE
    ) c ON true
  ) x;

  -- FILTER instead of WHERE: the planner would push a condition below the lock, and rows that look right now would stay unlocked.
  -- LATERAL looks rows up one by one. A join that was planned on an empty table walked through the whole of it.
  IF cardinality(t_client) > 0 THEN
    SELECT jsonb_agg(to_jsonb(x) - 'expected') FILTER (WHERE x.version <> x.expected) INTO changed
    FROM (
      SELECT t.*, a.expected
      FROM (
        SELECT * FROM unnest(t_client, t_serial, t_expected) AS u (client, serial, expected)
        ORDER BY u.client COLLATE "C", u.serial COLLATE "C"
      ) a
      CROSS JOIN LATERAL (
        SELECT * FROM marketing_transaction k WHERE k.client = a.client AND k.serial = a.serial FOR UPDATE
      ) t
    ) x;
  END IF;

  IF cardinality(q_client) > 0 THEN
    SELECT jsonb_agg(to_jsonb(x) - 'expected') FILTER (WHERE x.version <> x.expected) INTO changed_routes
    FROM (
      SELECT r.*, a.expected
      FROM (
        SELECT * FROM unnest(q_client, q_serial, q_expected) AS u (client, serial, expected)
        ORDER BY u.client COLLATE "C", u.serial COLLATE "C"
      ) a
      CROSS JOIN LATERAL (
        SELECT * FROM route k WHERE k.client = a.client AND k.serial = a.serial FOR UPDATE
      ) r
    ) x;
  END IF;

  IF cardinality(refs) > 0 THEN
    SELECT jsonb_agg(s.ref) INTO suspended FROM suspension s WHERE s.ref = ANY (refs);
  END IF;

  IF changed IS NOT NULL OR changed_routes IS NOT NULL OR suspended IS NOT NULL OR NOT counters_hold THEN
    SELECT jsonb_agg(to_jsonb(c)) INTO counters FROM counter c WHERE c.key = ANY (c_key);
    RETURN jsonb_build_object('stale', true, 'nowMs', floor(extract(epoch FROM clock_timestamp()) * 1000), 'transactions', coalesce(changed, '[]'), 'counters', coalesce(counters, '[]'),
      'routes', coalesce(changed_routes, '[]'), 'suspended', coalesce(suspended, '[]'));
  END IF;

  -- 2. The business date by the database's clock; it stays open until we have committed.
  business_day := open_business_day(business_zone, cut_off);

  -- 3. Counters, each written once, where they were found. The CHECKs stand behind all of this. One that another batch has made meanwhile meets the
  -- primary key; the caller decides again.
  WITH delta AS (
    SELECT *, a.held_fen <> 0 OR a.held_count <> 0 OR a.used_fen <> 0 OR a.used_count <> 0 OR a.over_fen <> 0 OR a.over_count <> 0 AS is_some
    FROM unnest(c_at, c_want, c_key, c_limit_fen, c_limit_count, c_version, c_held_fen, c_held_count, c_used_fen, c_used_count, c_over_fen, c_over_count)
      AS a (at, want, key, limit_fen, limit_count, version, held_fen, held_count, used_fen, used_count, over_fen, over_count)
  ), written AS (
    UPDATE counter c SET
      held_fen = c.held_fen + a.held_fen,
      held_count = c.held_count + a.held_count,
      used_fen = c.used_fen + a.used_fen,
      used_count = c.used_count + a.used_count,
      over_fen = c.over_fen + a.over_fen,
      over_count = c.over_count + a.over_count,
      limit_fen = CASE WHEN a.version >= c.limit_version
        THEN CASE WHEN a.limit_fen IS NULL THEN NULL ELSE greatest(a.limit_fen, c.held_fen + c.used_fen) END ELSE c.limit_fen END,
      limit_count = CASE WHEN a.version >= c.limit_version
        THEN CASE WHEN a.limit_count IS NULL THEN NULL ELSE greatest(a.limit_count, c.held_count + c.used_count) END ELSE c.limit_count END,
      limit_version = greatest(c.limit_version, a.version)
    FROM delta a WHERE a.is_some AND c.ctid = a.at
    RETURNING c AS counter, a.want
  ), made AS (
    INSERT INTO counter (key, limit_fen, limit_count, limit_version, held_fen, held_count, used_fen, used_count, over_fen, over_count)
    SELECT a.key, a.limit_fen, a.limit_count, a.version, a.held_fen, a.held_count, a.used_fen, a.used_count, a.over_fen, a.over_count
    FROM delta a WHERE a.is_some AND a.at IS NULL
  )
  SELECT (SELECT count(*) FROM written) = (SELECT count(*) FROM delta a WHERE a.is_some AND a.at IS NOT NULL), (
    SELECT jsonb_agg(to_jsonb(w.counter)) FROM (
      SELECT w.counter FROM written w WHERE w.want
      UNION ALL SELECT c FROM delta a JOIN counter c ON c.ctid = a.at WHERE a.want AND NOT a.is_some
    ) w
  ) INTO are_written, counters;
  IF NOT are_written THEN
    RAISE EXCEPTION 'a locked counter is not where it was';
  END IF;
  -- Those just made have one version: a look is cheap. Asked of the INSERT, each would be compared with each of the batch.
  SELECT coalesce(counters, '[]') || coalesce(jsonb_agg(to_jsonb(c)), '[]') INTO counters
  FROM unnest(c_at, c_want, c_key) AS a (at, want, key) JOIN counter c ON c.key = a.key WHERE a.want AND a.at IS NULL;

  -- 4. Transactions. A duplicate serial in another process meets the primary key; the caller decides again.
  INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen,
    charges_are, charges, record, hold_expires_at, business_date)
  SELECT a.client, a.serial, a.version, a.marketing_serial, a.state, a.merchant, a.body_hash, a.amount_fen, a.payable_fen,
    a.charges_are, a.charges, a.record, a.hold_expires_at, CASE WHEN a.dated THEN business_day END
  FROM jsonb_to_recordset(t_rows) AS a (client text, serial text, expected integer, version integer, marketing_serial text, state text,
    merchant text, body_hash text, amount_fen bigint, payable_fen bigint, charges_are text, charges jsonb, record jsonb,
    hold_expires_at timestamptz, dated boolean)
  WHERE a.expected = 0;

  IF 0 < ANY (t_expected) THEN
    UPDATE marketing_transaction t SET
      version = a.version, marketing_serial = a.marketing_serial, state = a.state, merchant = a.merchant, body_hash = a.body_hash,
      amount_fen = a.amount_fen, payable_fen = a.payable_fen, charges_are = a.charges_are, charges = a.charges, record = a.record,
      hold_expires_at = a.hold_expires_at, business_date = coalesce(t.business_date, CASE WHEN a.dated THEN business_day END),
      updated_at = now()
    FROM jsonb_to_recordset(t_rows) AS a (client text, serial text, expected integer, version integer, marketing_serial text, state text,
      merchant text, body_hash text, amount_fen bigint, payable_fen bigint, charges_are text, charges jsonb, record jsonb,
      hold_expires_at timestamptz, dated boolean)
    WHERE a.expected > 0 AND t.client = a.client AND t.serial = a.serial;
  END IF;

  -- Rare, so that the others pay for a look only.
  IF jsonb_path_exists(t_rows, '$[*] ? ((@.state == "cancelled" || @.state == "unfunded") && @.dated == true)') THEN
    PERFORM note_unposted_results(business_day, t_rows);
  END IF;

  IF jsonb_array_length(q_rows) > 0 THEN
    INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record, expires_at)
    SELECT a.client, a.serial, a.version, a.state, a.merchant, a.body_hash, a.amount_fen, a.attempts, a.record, a.expires_at
    FROM jsonb_to_recordset(q_rows) AS a (client text, serial text, expected integer, version integer, state text, merchant text,
      body_hash text, amount_fen bigint, attempts jsonb, record jsonb, expires_at timestamptz)
    WHERE a.expected = 0;
    UPDATE route r SET version = a.version, state = a.state, merchant = a.merchant, body_hash = a.body_hash, amount_fen = a.amount_fen,
      attempts = a.attempts, record = a.record, expires_at = a.expires_at, updated_at = now()
    FROM jsonb_to_recordset(q_rows) AS a (client text, serial text, expected integer, version integer, state text, merchant text,
      body_hash text, amount_fen bigint, attempts jsonb, record jsonb, expires_at timestamptz)
    WHERE a.expected > 0 AND r.client = a.client AND r.serial = a.serial;
    INSERT INTO route_outcome (pool, ok, probe)
    SELECT a.pool, a.ok, a.probe FROM ROWS FROM (jsonb_to_recordset(o_rows) AS (pool text, ok boolean, probe boolean)) WITH ORDINALITY
      AS a (pool, ok, probe, n) ORDER BY a.n;
  END IF;

  IF jsonb_array_length(u_rows) > 0 THEN
    usages := count_card_usage(u_rows);
  END IF;

  IF jsonb_array_length(r_rows) > 0 THEN
    INSERT INTO reverse_transaction (client, serial, original_serial, kind, state, body_hash, answer, business_date)
    SELECT a.client, a.serial, a.original_serial, a.kind, a.state, a.body_hash, a.answer, CASE WHEN a.dated THEN business_day END
    FROM jsonb_to_recordset(r_rows) AS a (client text, serial text, expected boolean, original_serial text, kind text, state text,
      body_hash text, answer jsonb, dated boolean)
    WHERE NOT a.expected;
    UPDATE reverse_transaction r SET state = a.state, answer = a.answer, updated_at = now(),
      business_date = coalesce(r.business_date, CASE WHEN a.dated THEN business_day END)
    FROM jsonb_to_recordset(r_rows) AS a (client text, serial text, expected boolean, state text, answer jsonb, dated boolean)
    WHERE a.expected AND r.client = a.client AND r.serial = a.serial;
  END IF;

  IF jsonb_array_length(j_rows) > 0 THEN
    INSERT INTO journal (business_date, event, client, serial, original_serial, merchant, clearing_system, detail, accounts, amounts_fen)
    SELECT business_day, a.event, a.client, a.serial, a.original_serial, a.merchant, a.clearing_system, a.detail, a.accounts, a.amounts_fen
    FROM jsonb_to_recordset(j_rows) AS a (event text, client text, serial text, original_serial text, merchant text, clearing_system text,
      detail jsonb, accounts text[], amounts_fen bigint[]);
  END IF;

  -- 5. What Temporal has to learn, in the order in which it happened. The snapshot gets the business date that was just fixed.
  INSERT INTO outbox (lane, client, serial, workflow_id, workflow_type, snapshot, ready_at)
  SELECT a.lane, a.client, a.serial, a.workflow_id, a.workflow_type,
    CASE WHEN a.dated THEN a.snapshot || jsonb_build_object('businessDate', business_day) ELSE a.snapshot END,
    now() + a.delay_ms * interval '1 millisecond'
  FROM ROWS FROM (jsonb_to_recordset(e_rows) AS (lane smallint, client text, serial text, workflow_id text, workflow_type text,
    snapshot jsonb, delay_ms integer, dated boolean)) WITH ORDINALITY
    AS a (lane, client, serial, workflow_id, workflow_type, snapshot, delay_ms, dated, n)
  ORDER BY a.n;

  RETURN jsonb_build_object('stale', false, 'nowMs', floor(extract(epoch FROM clock_timestamp()) * 1000), 'businessDate', business_day, 'counters', counters,
    'usages', coalesce(usages, '[]'));
END $$;
