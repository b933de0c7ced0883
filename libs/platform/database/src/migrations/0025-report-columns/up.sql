-- What reports ask of a payment and of a share stands in its own row: no join over a month of roll-ups.
ALTER TABLE payment_day
  ADD COLUMN discount_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN fee_saved_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN rebate_fen bigint NOT NULL DEFAULT 0,
  -- Of all these, by how the funders pay.
  ADD COLUMN prepaid_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN postpaid_fen bigint NOT NULL DEFAULT 0;
ALTER TABLE payment_share_day
  ADD COLUMN event text NOT NULL DEFAULT '',
  ADD COLUMN merchant text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN currency text NOT NULL DEFAULT '',
  ADD COLUMN method text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN payments bigint NOT NULL DEFAULT 0,
  ADD COLUMN paid_fen bigint NOT NULL DEFAULT 0,
  -- Where a payment counts once for each campaign, offer or partner: see share_firsts.
  ADD COLUMN firsts smallint NOT NULL DEFAULT 0;

-- Once for each time that a schedule means, however often its question is repeated.
ALTER TABLE report_run ADD COLUMN scheduled_at timestamptz;
CREATE UNIQUE INDEX report_run_scheduled ON report_run (schedule, scheduled_at) WHERE scheduled_at IS NOT NULL;
-- Attempts that ended because their process was stopped; they say nothing about the report.
ALTER TABLE report_run ADD COLUMN put_back integer NOT NULL DEFAULT 0;

-- The audit report of some dates reads these alone.
CREATE INDEX config_change_at ON config_change (changed_at);
CREATE INDEX proposal_made ON proposal (made_at);
CREATE INDEX proposal_checked ON proposal (checked_at) WHERE checked_at IS NOT NULL;
CREATE INDEX campaign_version_made ON campaign_version (created_at);
CREATE INDEX campaign_version_approved ON campaign_version (approved_at) WHERE approved_at IS NOT NULL;
CREATE INDEX report_access_at ON report_access (at);
