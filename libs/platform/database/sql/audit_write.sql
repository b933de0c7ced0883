-- Who acts: the first comment of the statement, as the application's connections write it. It comes with the statement, so it can be nobody else's.
CREATE OR REPLACE FUNCTION audit_acting() RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT coalesce(substring(left(current_query(), 2000) FROM '^/\*lijian (\{[^*]*\})\*/')::jsonb, '{}')
$$;

CREATE OR REPLACE FUNCTION audit_write(who jsonb, op text, of_act text, kind text, of_subject text, of_result text, before jsonb, after jsonb, shown jsonb)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  moment timestamptz := clock_timestamp();
  zone text := coalesce((SELECT value FROM installation_setting WHERE name = 'time_zone'), 'UTC');
  cut_off interval := coalesce((SELECT value FROM installation_setting WHERE name = 'cut_off'), '24:00')::interval;
BEGIN
  -- Before the id: a seal knows by it which transactions may still bring one.
  PERFORM pg_current_xact_id();
  IF to_regclass('audit_event_' || to_char(moment AT TIME ZONE 'UTC', 'YYYYMM')) IS NULL THEN
    PERFORM open_audit_month((moment AT TIME ZONE 'UTC')::date);
  END IF;
  INSERT INTO audit_event VALUES (
    nextval('audit_event_id'), moment,
    greatest(((moment AT TIME ZONE zone) + (interval '24 hours' - cut_off))::date, (SELECT max(b.business_date) + 1 FROM business_day b)),
    coalesce(who ->> 'actor', 'database/' || session_user), who ->> 'person', who ->> 'branch', who ->> 'session', who ->> 'address', who ->> 'request',
    session_user, coalesce(who ->> 'operation', op), of_act, kind, of_subject, of_result,
    sha256(convert_to(before::text, 'UTF8')), sha256(convert_to(after::text, 'UTF8')), shown);
END $$;
REVOKE EXECUTE ON FUNCTION audit_write FROM PUBLIC;
