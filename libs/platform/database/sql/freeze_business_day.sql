-- Closes a business date: waits for whoever still records on it, then nothing is recorded on it any more. Closing it again changes nothing.
-- Raises LJ001 while the date is not over by the database's clock; `early` closes the one that is open now: what is recorded from then on belongs
-- to the next. Needs a database transaction of its own.
CREATE OR REPLACE FUNCTION freeze_business_day(day date, business_zone text, cut_off interval, early boolean DEFAULT false)
RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
  now_open date := ((clock_timestamp() AT TIME ZONE business_zone) + (interval '24 hours' - cut_off))::date;
  frozen timestamptz;
BEGIN
  IF early THEN
    now_open := greatest(now_open, (SELECT max(b.business_date) + 1 FROM business_day b));
  END IF;
  IF now_open < day OR (now_open = day AND NOT early) THEN
    RAISE EXCEPTION 'business date % is not over', day USING ERRCODE = 'LJ001', HINT = 'freeze it after its cut-off';
  END IF;
  -- Alone: those who hold it shared are about to commit; new ones already take the next day's.
  PERFORM pg_advisory_xact_lock(7301, day - date '2000-01-01');
  INSERT INTO business_day (business_date) VALUES (day) ON CONFLICT DO NOTHING;
  SELECT frozen_at INTO frozen FROM business_day WHERE business_date = day;
  RETURN frozen;
END $$;
