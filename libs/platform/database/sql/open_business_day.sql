-- The business date of what is recorded now, by the database's clock: an instant belongs to day D when local time + (24:00 - cut-off) falls
-- on D. Whoever records on D holds D's lock, shared, until it commits; whoever closes D takes it alone and so waits for them, and nobody
-- waits for it: by then the clock gives the next day. A day that is closed is never given again, not even when the clock was set back.
CREATE OR REPLACE FUNCTION open_business_day(business_zone text, cut_off interval) RETURNS date LANGUAGE plpgsql AS $$
DECLARE
  business_day date;
  again date;
BEGIN
  business_day := ((clock_timestamp() AT TIME ZONE business_zone) + (interval '24 hours' - cut_off))::date;
  LOOP
    PERFORM pg_advisory_xact_lock_shared(7301, business_day - date '2000-01-01');
    again := greatest(((clock_timestamp() AT TIME ZONE business_zone) + (interval '24 hours' - cut_off))::date,
      (SELECT max(b.business_date) + 1 FROM business_day b));
    EXIT WHEN again = business_day;
    business_day := again;
  END LOOP;
  RETURN business_day;
END $$;
