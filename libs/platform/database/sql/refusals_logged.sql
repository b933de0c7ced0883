-- Offers that the answers of one date in a zone did not give, with their reason: of each payment its last answer without an offer on that date. An answer of
-- which nothing is to be said by offer (a deadline) is a row without offers.
CREATE OR REPLACE FUNCTION refusals_logged(day date, zone text)
RETURNS TABLE (client text, serial text, currency text, amount_fen bigint, refused json) LANGUAGE sql STABLE AS $$
  SELECT DISTINCT ON (l.client, l.serial) l.client, l.serial, coalesce(l.decision -> 'facts' ->> 'currency', 'CNY'), (l.decision ->> 'amountFen')::bigint,
    l.decision -> 'refused'
  FROM (
    -- NUL and halves of surrogate pairs must not stop the date: as `readable` of libs/platform/contracts has it.
    SELECT client, serial, answered_at, id, CASE WHEN decision::text ~* '\\u(0000|d[89a-f])' THEN regexp_replace(decision::text,
      '(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1', 'gi')::json ELSE decision END AS decision
    FROM decision_log
    WHERE answered_at >= day::timestamp AT TIME ZONE zone AND answered_at < (day + 1)::timestamp AT TIME ZONE zone
  ) l
  ORDER BY l.client, l.serial, l.answered_at DESC, l.id DESC
$$;
