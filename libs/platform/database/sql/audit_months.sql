-- A partition per month (UTC). ATTACH lets others go on writing; CREATE … PARTITION OF would wait for all of them.
CREATE OR REPLACE FUNCTION open_audit_month(month date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  part text := 'audit_event_' || to_char(month, 'YYYYMM');
BEGIN
  PERFORM pg_advisory_xact_lock(7221);
  -- Asked anew: what a name was looked up as before the wait is remembered.
  IF EXISTS (SELECT FROM pg_class c WHERE c.relname = part AND c.relnamespace = 'public'::regnamespace) THEN RETURN; END IF;
  EXECUTE format('CREATE TABLE %I (LIKE audit_event INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING INDEXES)', part);
  EXECUTE format('CREATE TRIGGER never_emptied BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting()', part);
  IF to_regrole('lijian_app') IS NOT NULL THEN EXECUTE format('REVOKE ALL ON %I FROM lijian_app', part); END IF;
  EXECUTE format('ALTER TABLE audit_event ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', part,
    date_trunc('month', month::timestamp) || '+00', date_trunc('month', month::timestamp) + interval '1 month' || '+00');
END $$;

-- This month and the next, so that hardly any change has to make its own.
CREATE OR REPLACE FUNCTION open_audit_months() RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT open_audit_month(((clock_timestamp() AT TIME ZONE 'UTC') + interval '1 month' * n)::date) FROM generate_series(0, 1) n
$$;

-- Drops the months that end before this day; returns their names. Raises for a day that must still be kept.
CREATE OR REPLACE FUNCTION drop_audit_months(before date) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
SET lock_timeout = '2s' AS $$
DECLARE
  part text;
BEGIN
  PERFORM must_not_be_kept('audit_days', before);
  PERFORM pg_advisory_xact_lock(7221);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'audit_event'::regclass AND c.relname ~ '^audit_event_[0-9]{6}$'
      AND to_date(right(c.relname, 6), 'YYYYMM') + interval '1 month' <= before ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT part;
  END LOOP;
END $$;

-- Raises when days from this one on must still be kept.
CREATE OR REPLACE FUNCTION must_not_be_kept(setting text, before date) RETURNS void LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
DECLARE
  days integer := (SELECT value::integer FROM installation_setting WHERE name = setting);
BEGIN
  IF before > (clock_timestamp() AT TIME ZONE 'UTC')::date - days THEN
    RAISE EXCEPTION 'days before % are kept: % is %', before, setting, days
      USING ERRCODE = 'insufficient_privilege', HINT = 'who migrates sets it: ./lijian migrate with the same environment as the worker';
  END IF;
END $$;
REVOKE EXECUTE ON FUNCTION open_audit_month, open_audit_months, drop_audit_months FROM PUBLIC;
DO $$ BEGIN
  GRANT EXECUTE ON FUNCTION open_audit_months, drop_audit_months TO lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
