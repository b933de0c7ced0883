-- The hash of one business date: SHA-256 of (hash of the seal before || SHA-256 of each of its rows, in order of id).
CREATE OR REPLACE FUNCTION journal_day_hash(day date, previous bytea) RETURNS TABLE (rows_count bigint, debit_fen bigint, hash bytea)
LANGUAGE sql STABLE AS $$
  SELECT count(*), coalesce(sum(r.debit_fen), 0)::bigint, sha256(previous || coalesce(string_agg(r.row_hash, ''::bytea ORDER BY r.id), ''::bytea))
  FROM (
    SELECT j.id,
      (SELECT sum(a) FILTER (WHERE a > 0) FROM unnest(j.amounts_fen) a) AS debit_fen,
      sha256(convert_to(jsonb_build_array(j.business_date, j.id, j.event, j.client, j.serial, j.original_serial, j.merchant,
        j.clearing_system, j.detail, j.accounts, j.amounts_fen, extract(epoch FROM j.posted_at))::text, 'UTF8')) AS row_hash
    FROM journal j WHERE j.business_date = day
  ) r
$$;

-- Seals a closed business date and books its balances, once; dates are sealed in order. Raises when the date, or the one before, is not ready.
CREATE OR REPLACE FUNCTION seal_business_day(day date) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  earlier date;
  previous bytea;
  sealed bytea;
BEGIN
  PERFORM pg_advisory_xact_lock(7302, 0);
  SELECT s.hash INTO sealed FROM journal_seal s WHERE s.business_date = day;
  IF FOUND THEN RETURN sealed; END IF;
  IF NOT EXISTS (SELECT 1 FROM business_day b WHERE b.business_date = day) THEN
    RAISE EXCEPTION 'business date % is not frozen', day USING ERRCODE = 'LJ002', HINT = 'freeze it first';
  END IF;
  SELECT max(b.business_date) INTO earlier FROM business_day b WHERE b.business_date < day;
  SELECT s.hash INTO previous FROM journal_seal s WHERE s.business_date = earlier;
  IF earlier IS NOT NULL AND NOT FOUND THEN
    RAISE EXCEPTION 'business date % is not sealed', earlier USING ERRCODE = 'LJ002', HINT = 'seal it first: dates are sealed in order';
  END IF;
  IF EXISTS (SELECT 1 FROM journal_seal s WHERE s.business_date > day) THEN
    RAISE EXCEPTION 'a later date than % is sealed', day USING ERRCODE = 'LJ002';
  END IF;
  INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash)
  SELECT day, h.rows_count, h.debit_fen, h.hash, coalesce(previous, '\x00')
  FROM journal_day_hash(day, coalesce(previous, '\x00')) h
  RETURNING hash INTO sealed;
  PERFORM book_account_days(day);
  PERFORM book_payment_days(day);
  RETURN sealed;
END $$;
