-- Adds up the refusals of one date, once: whoever comes second waits and changes nothing. Returns whether it was this call.
CREATE OR REPLACE FUNCTION book_refusal_day(day date, zone text) RETURNS boolean LANGUAGE plpgsql
SET work_mem = '96MB' SET jit = off AS $$
DECLARE
  is_new boolean;
BEGIN
  -- One statement: the count and the sums are of the same answers.
  WITH counted AS (
    INSERT INTO refusal_day_count (date, zone, answers)
    SELECT day, zone, count(*) FROM decision_log l
    WHERE l.answered_at >= day::timestamp AT TIME ZONE zone AND l.answered_at < (day + 1)::timestamp AT TIME ZONE zone
    ON CONFLICT DO NOTHING RETURNING true AS done
  ), sums AS (
    INSERT INTO refusal_day (date, campaign, offer, reason, currency, payments, amount_fen)
    SELECT day, split_part(r.key, '/', 1), split_part(r.key, '/', 2), r.value, l.currency, count(*), coalesce(sum(l.amount_fen), 0)
    FROM refusals_logged(day, zone) l, json_each_text(l.refused) r
    WHERE EXISTS (SELECT FROM counted) GROUP BY 2, 3, 4, 5
  )
  SELECT EXISTS (SELECT FROM counted) INTO is_new;
  RETURN is_new;
END $$;

-- Dates of the zone that are over and were not added up yet, up to 31 back. Five minutes after midnight: what was answered just before it is in the log by then.
CREATE OR REPLACE FUNCTION book_refusal_days(zone text) RETURNS SETOF date LANGUAGE plpgsql AS $$
DECLARE
  over date := ((clock_timestamp() - interval '5 minutes') AT TIME ZONE zone)::date - 1;
  day date;
BEGIN
  FOR day IN SELECT d::date FROM generate_series((over - 30)::timestamp, over::timestamp, interval '1 day') d
    WHERE NOT EXISTS (SELECT FROM refusal_day_count c WHERE c.date = d::date) ORDER BY 1
  LOOP
    IF book_refusal_day(day, zone) THEN RETURN NEXT day; END IF;
  END LOOP;
END $$;
