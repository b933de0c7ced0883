-- SHA-256 of (hash of the seal before || SHA-256 of each event of a range and month, in order of id).
CREATE OR REPLACE FUNCTION audit_range_hash(of_month date, after_id bigint, last_id bigint, previous bytea) RETURNS TABLE (events bigint, hash bytea)
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT count(*), sha256(previous || coalesce(string_agg(
    sha256(convert_to((to_jsonb(e) || jsonb_build_object('at', extract(epoch FROM e.at)))::text, 'UTF8')), ''::bytea ORDER BY e.id), ''::bytea))
  FROM audit_event e
  WHERE e.id > after_id AND e.id <= last_id
    AND e.at >= of_month::timestamp AT TIME ZONE 'UTC' AND e.at < (of_month + interval '1 month') AT TIME ZONE 'UTC'
$$;

-- Chains and seals what no open transaction can add to. Called twice it gets there: the first call sets the mark, the next one after every
-- transaction before the mark has ended seals up to it. Nobody who writes waits. Returns how many events were sealed.
CREATE OR REPLACE FUNCTION seal_audit() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  -- Read before this transaction has an id: whoever has an event's id up to here has a smaller one.
  reached bigint := (SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM audit_event_id);
  mark audit_mark;
  last_one audit_seal;
  part date;
  sealed bigint := 0;
  previous bytea;
  n bigint;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NOT NULL THEN RAISE EXCEPTION 'seal_audit begins its transaction'; END IF;
  PERFORM pg_advisory_xact_lock(7222);
  PERFORM pg_current_xact_id();
  SELECT * INTO mark FROM audit_mark;
  SELECT * INTO last_one FROM audit_seal s ORDER BY s.n DESC LIMIT 1;
  n := coalesce(last_one.n, 0);
  previous := coalesce(last_one.hash, '\x00');
  IF mark.tx <= pg_snapshot_xmin(pg_current_snapshot()) AND mark.id > coalesce(last_one.to_id, 0) THEN
    FOR part IN SELECT DISTINCT date_trunc('month', e.at AT TIME ZONE 'UTC')::date AS month FROM audit_event e
      WHERE e.id > coalesce(last_one.to_id, 0) AND e.id <= mark.id ORDER BY month
    LOOP
      n := n + 1;
      INSERT INTO audit_seal (n, month, from_id, to_id, events, hash, previous_hash)
      SELECT n, part, coalesce(last_one.to_id, 0), mark.id, h.events, h.hash, previous
      FROM audit_range_hash(part, coalesce(last_one.to_id, 0), mark.id, previous) h
      RETURNING hash, sealed + events INTO previous, sealed;
    END LOOP;
  END IF;
  -- Of another cluster (restored from a dump): its transactions are numbered anew.
  IF mark.tx IS NULL OR mark.tx <= pg_snapshot_xmin(pg_current_snapshot()) OR mark.tx > pg_current_xact_id() THEN
    INSERT INTO audit_mark (id, tx) VALUES (reached, pg_current_xact_id())
    ON CONFLICT (is_one) DO UPDATE SET id = excluded.id, tx = excluded.tx;
  END IF;
  RETURN sealed;
END $$;
REVOKE EXECUTE ON FUNCTION seal_audit FROM PUBLIC;
DO $$ BEGIN
  GRANT EXECUTE ON FUNCTION seal_audit TO lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
