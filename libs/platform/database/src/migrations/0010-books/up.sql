-- Balances of sealed dates: one row per account and date on which it moved. Debits positive.
CREATE TABLE account_day (
  account text COLLATE "C" NOT NULL,
  business_date date NOT NULL,
  opening_fen bigint NOT NULL,
  debit_fen bigint NOT NULL,
  credit_fen bigint NOT NULL,
  closing_fen bigint NOT NULL,
  PRIMARY KEY (account, business_date),
  CONSTRAINT account_day_sums CHECK (closing_fen = opening_fen + debit_fen - credit_fen AND debit_fen >= 0 AND credit_fen >= 0)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Which migrations were applied is the owner's to write.
DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON account_day FROM lijian_app;
  IF to_regclass('migrations') IS NOT NULL THEN REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON migrations FROM lijian_app; END IF;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;

-- Days of the decision log: only the owner of a table can add or drop its partitions, so these run as him.
CREATE FUNCTION open_decision_day(day date) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- Several processes may meet a new day at once: one makes the partition, the others wait for it and find it.
  PERFORM pg_advisory_xact_lock(7202);
  EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF decision_log FOR VALUES FROM (%L) TO (%L)',
    'decision_log_' || to_char(day, 'YYYYMMDD'), day || ' 00:00:00+00', day + 1 || ' 00:00:00+00');
END $$;

CREATE FUNCTION drop_decision_days(before date) RETURNS SETOF text LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
-- Rather later than in anybody's way: the lock is on the whole log.
SET lock_timeout = '2s' AS $$
DECLARE
  part text;
BEGIN
  PERFORM pg_advisory_xact_lock(7202);
  FOR part IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'decision_log'::regclass AND c.relname ~ '^decision_log_[0-9]{8}$'
      AND c.relname < 'decision_log_' || to_char(before, 'YYYYMMDD') ORDER BY c.relname
  LOOP
    EXECUTE format('DROP TABLE %I', part);
    RETURN NEXT part;
  END LOOP;
END $$;
REVOKE EXECUTE ON FUNCTION open_decision_day, drop_decision_days FROM PUBLIC;
DO $$ BEGIN
  GRANT EXECUTE ON FUNCTION open_decision_day, drop_decision_days TO lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
