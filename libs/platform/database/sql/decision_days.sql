-- Days of the decision log: only the owner of a table can add or drop its partitions, so these run as him.
CREATE OR REPLACE FUNCTION open_decision_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Several processes may meet a new day at once: one makes the partition, the others wait for it and find it.
  PERFORM pg_advisory_xact_lock(7209);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF decision_log FOR VALUES FROM (%L) TO (%L)',
    'decision_log_' || to_char(day, 'YYYYMMDD'), day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
END $$;

-- Refuses days that must be kept: what an answer rested on stands nowhere else.
CREATE OR REPLACE FUNCTION drop_decision_days(before date) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Rather later than in anybody's way: the lock is on the whole log.
SET lock_timeout = '2s' AS $$
DECLARE
  part text;
BEGIN
  PERFORM must_not_be_kept('decision_log_days', before);
  PERFORM pg_advisory_xact_lock(7209);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'decision_log'::regclass AND c.relname ~ '^decision_log_[0-9]{8}$'
      AND c.relname < 'decision_log_' || to_char(before, 'YYYYMMDD') ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT part;
  END LOOP;
END $$;
