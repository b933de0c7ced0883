-- Counts what a batch says of cards and answers the counts after it, in the order asked. Called by apply, after everything it may refuse.
--
-- u_rows: [{ kind, holder, period, card, add, over?: { threshold, cardsOver, remindHours, scheme, methods, parents } }], each (kind, holder, period, card)
-- once; add 0 only asks. `over` stands at merchants whose scheme has a threshold: what a card above it means.
CREATE OR REPLACE FUNCTION count_card_usage(u_rows jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  counts jsonb;
  went_over boolean;
  one record;
BEGIN
  -- In one order: two batches queue up and never deadlock.
  INSERT INTO card_usage AS u (kind, holder, period, card_token, count)
  SELECT a.kind, a.holder, a.period, a.card, a.add
  FROM jsonb_to_recordset(u_rows) AS a (kind text, holder text, period text, card text, add integer)
  WHERE a.add > 0 ORDER BY a.kind, a.holder, a.period, a.card
  ON CONFLICT (kind, holder, period, card_token) DO UPDATE SET count = u.count + excluded.count;

  -- Looked up one by one, whatever was in the table when the plan was made.
  SELECT jsonb_agg(x.count ORDER BY x.n), bool_or(x.add > 0 AND x.count > (x.over ->> 'threshold')::integer)
  INTO counts, went_over
  FROM (
    SELECT a.add, a.over, a.n, coalesce((
      SELECT u.count FROM card_usage u WHERE u.kind = a.kind AND u.holder = a.holder AND u.period = a.period AND u.card_token = a.card), 0) AS count
    FROM ROWS FROM (jsonb_to_recordset(u_rows) AS (kind text, holder text, period text, card text, add integer, over jsonb)) WITH ORDINALITY
      AS a (kind, holder, period, card, add, over, n)
  ) x;

  IF went_over THEN
    FOR one IN
      SELECT a.holder, m.method, a.period, a.card, a.over
      FROM jsonb_to_recordset(u_rows) AS a (kind text, holder text, period text, card text, add integer, over jsonb)
      JOIN card_usage u ON u.kind = a.kind AND u.holder = a.holder AND u.period = a.period AND u.card_token = a.card,
        LATERAL jsonb_array_elements_text(a.over -> 'methods') AS m (method)
      WHERE a.add > 0 AND u.count > (a.over ->> 'threshold')::integer
      ORDER BY a.holder, m.method, a.period, a.card
    LOOP
      PERFORM card_went_over(one.holder, one.method, one.period, one.card, one.over);
    END LOOP;
  END IF;
  RETURN counts;
END $$;
