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
