-- Results that posted nothing, on the date on which they were told: failed upstream, or paid while no money was there for the discount. The row of the
-- transaction shows only how it stands now. Written by `apply`; shaped as the journal is, without accounts.
CREATE TABLE unposted_result (
  business_date date NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  event text NOT NULL CONSTRAINT unposted_result_event CHECK (event IN ('failed', 'unfunded')),
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  merchant text NOT NULL,
  clearing_system text NOT NULL,
  detail jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (business_date, id)
);
CREATE UNIQUE INDEX unposted_result_once ON unposted_result (client, serial, event);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON unposted_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Roll-ups of sealed dates, written by the seal. One row for all payments of a date that differ in nothing but time, serial and amounts.
CREATE TABLE payment_day (
  business_date date NOT NULL,
  -- 1, 2, 3 … within the date
  n integer NOT NULL,
  event text NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  currency text NOT NULL,
  method text COLLATE "C" NOT NULL,
  payments bigint NOT NULL,
  amount_fen bigint NOT NULL,
  PRIMARY KEY (business_date, n)
);
-- What its offers gave, by funder.
CREATE TABLE payment_share_day (
  business_date date NOT NULL,
  n integer NOT NULL,
  -- Of the share among all shares of one payment.
  part integer NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  offer text COLLATE "C" NOT NULL,
  offer_name text NOT NULL,
  kind text NOT NULL,
  delivery text NOT NULL,
  payment_mode text NOT NULL,
  partner text COLLATE "C" NOT NULL,
  amount_fen bigint NOT NULL,
  PRIMARY KEY (business_date, n, part)
);
-- Merchants of a date as they were at the seal.
CREATE TABLE merchant_day (
  business_date date NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  name text NOT NULL,
  region text NOT NULL,
  PRIMARY KEY (business_date, merchant)
);
-- What payments of a date have posted, by account: debits positive.
CREATE TABLE payment_posting_day (
  business_date date NOT NULL,
  account text COLLATE "C" NOT NULL,
  fen bigint NOT NULL,
  PRIMARY KEY (business_date, account)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_posting_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_share_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON merchant_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON unposted_result, payment_day, payment_share_day, merchant_day, payment_posting_day FROM lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
