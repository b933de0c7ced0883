-- Refusals of a date by campaign, offer and reason, added up from the decision log once the date is over: the log of a month is too long to be read.
CREATE TABLE refusal_day (
  date date NOT NULL,
  campaign text COLLATE "C" NOT NULL,
  offer text COLLATE "C" NOT NULL,
  reason text COLLATE "C" NOT NULL,
  currency text COLLATE "C" NOT NULL,
  -- Payments whose last answer of the date says so.
  payments bigint NOT NULL,
  amount_fen bigint NOT NULL,
  PRIMARY KEY (date, campaign, offer, reason, currency)
);
-- Reports ask for one campaign.
CREATE INDEX refusal_day_campaign ON refusal_day (campaign, date);

-- Which dates were added up, in which zone, and from how many answers of the log.
CREATE TABLE refusal_day_count (
  date date PRIMARY KEY,
  zone text NOT NULL,
  answers bigint NOT NULL,
  counted_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refusal_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON refusal_day_count FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON refusal_day, refusal_day_count FROM lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
