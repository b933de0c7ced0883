-- A result must find room on the page of its query: then no index is touched (HOT). Pages written before keep their rows until VACUUM FULL.
ALTER TABLE marketing_transaction SET (fillfactor = 60);
ALTER TABLE route SET (fillfactor = 60);
ALTER TABLE reverse_transaction SET (fillfactor = 60);

-- Small or hot tables whose dead rows are read again by every poll or every payment: cleaned by number, not by share, and without pauses.
ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE route_outcome SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE counter SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
ALTER TABLE marketing_transaction SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);
ALTER TABLE route SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 10000);

-- Each API process asks each second for the newest change of clients.
CREATE INDEX config_change_kind ON config_change (kind, id);
-- Each scrape of the worker counts these; the table only grows.
CREATE INDEX webhook_delivery_stuck ON webhook_delivery (client, serial) WHERE delivered_at IS NULL AND last_error IS NOT NULL;

-- The days of the decision log had the number of the outbox's lanes and of documents: a new day waited for a campaign being saved.
CREATE OR REPLACE FUNCTION open_decision_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Several processes may meet a new day at once: one makes the partition, the others wait for it and find it.
  PERFORM pg_advisory_xact_lock(7209);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF decision_log FOR VALUES FROM (%L) TO (%L)',
    'decision_log_' || to_char(day, 'YYYYMMDD'), day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
END $$;

CREATE OR REPLACE FUNCTION drop_decision_days(before date) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Rather later than in anybody's way: the lock is on the whole log.
SET lock_timeout = '2s' AS $$
DECLARE
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(7209);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'decision_log'::regclass AND c.relname ~ '^decision_log_[0-9]{8}$'
      AND c.relname < 'decision_log_' || to_char(before, 'YYYYMMDD') ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT part;
  END LOOP;
END $$;
