-- What a back-test said of a version of a campaign, kept so that whoever approves it and its report see what was promised. Never changed.
CREATE TABLE campaign_backtest (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL,
  version integer NOT NULL,
  -- SHA-256 of the summary in its canonical form: the same back-test sent again is the row that is there.
  summary_hash text COLLATE "C" NOT NULL,
  -- backtestSummary of libs/platform/contracts
  summary jsonb NOT NULL,
  ran_by text NOT NULL,
  ran_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT campaign_backtest_version_fkey FOREIGN KEY (code, version) REFERENCES campaign_version (code, version)
);
CREATE UNIQUE INDEX campaign_backtest_once ON campaign_backtest (code, version, summary_hash);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_backtest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON campaign_backtest FROM lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
