-- How files for one clearing system look. A system without a row gets the layouts that come with Lijian.
CREATE TABLE clearing_system (
  code text PRIMARY KEY,
  name text NOT NULL,
  layouts json NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- One run per business date. `version` grows with everything that its flow is told.
CREATE TABLE clearing_run (
  business_date date PRIMARY KEY,
  settlement_date date NOT NULL,
  state text NOT NULL DEFAULT 'opened'
    CONSTRAINT clearing_run_state CHECK (state IN ('opened', 'frozen', 'published', 'acknowledged', 'settled')),
  version integer NOT NULL DEFAULT 1,
  trouble text,
  -- Asked for before the date was over.
  early boolean NOT NULL DEFAULT false,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  frozen_at timestamptz,
  published_at timestamptz,
  settled_at timestamptz
);
CREATE INDEX clearing_run_settlement ON clearing_run (settlement_date);

-- One file per date, kind and clearing system, and each of its versions. `layout` as it was: made again, a file is the same.
CREATE TABLE clearing_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  business_date date NOT NULL,
  kind text NOT NULL CONSTRAINT clearing_file_kind CHECK (kind IN ('amount', 'fee', 'rebate', 'settlement')),
  clearing_system text NOT NULL,
  version integer NOT NULL,
  settlement_date date NOT NULL,
  layout json NOT NULL,
  name text NOT NULL CONSTRAINT clearing_file_name UNIQUE,
  rows_count bigint NOT NULL,
  rows_written bigint NOT NULL DEFAULT 0,
  gross_fen bigint NOT NULL,
  discount_fen bigint NOT NULL,
  settle_fen bigint NOT NULL,
  fee_final_fen bigint NOT NULL,
  fee_saved_fen bigint NOT NULL,
  sha256 text,
  bytes bigint,
  proved_at timestamptz,
  state text NOT NULL DEFAULT 'created'
    CONSTRAINT clearing_file_state CHECK (state IN ('created', 'published', 'missing', 'acknowledged', 'refused', 'replaced')),
  reasons jsonb,
  replaces bigint CONSTRAINT clearing_file_replaces_fkey REFERENCES clearing_file (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  published_at timestamptz,
  acknowledged_at timestamptz,
  CONSTRAINT clearing_file_proved CHECK (state IN ('created', 'replaced') OR (proved_at IS NOT NULL AND sha256 IS NOT NULL))
);
-- Of each file one version counts.
CREATE UNIQUE INDEX clearing_file_current ON clearing_file (business_date, kind, clearing_system) WHERE state <> 'replaced';
CREATE UNIQUE INDEX clearing_file_version ON clearing_file (business_date, kind, clearing_system, version);

-- When rebates of a business date are to be paid; paid_on is the settlement date whose posting paid them.
CREATE TABLE rebate_due (
  business_date date NOT NULL,
  clearing_system text NOT NULL,
  due_date date NOT NULL,
  amount_fen bigint NOT NULL,
  paid_on date,
  PRIMARY KEY (business_date, clearing_system, due_date)
);
CREATE INDEX rebate_due_unpaid ON rebate_due (due_date) WHERE paid_on IS NULL;

-- What each merchant gets back on a settlement date. carried_*: 0 or negative; negative_since: the first settlement date that was left negative.
CREATE TABLE merchant_settlement (
  settlement_date date NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  due_fen bigint NOT NULL,
  carried_in_fen bigint NOT NULL,
  payout_fen bigint NOT NULL,
  carried_out_fen bigint NOT NULL,
  negative_since date,
  PRIMARY KEY (settlement_date, merchant),
  CONSTRAINT merchant_settlement_sums CHECK (due_fen + carried_in_fen = payout_fen + carried_out_fen),
  CONSTRAINT merchant_settlement_signs CHECK (payout_fen >= 0 AND carried_in_fen <= 0 AND carried_out_fen <= 0
    AND (payout_fen = 0 OR carried_out_fen = 0) AND (carried_out_fen < 0) = (negative_since IS NOT NULL))
);
CREATE INDEX merchant_settlement_merchant ON merchant_settlement (merchant, settlement_date);

-- The list of transactions (GET /v1/transactions): newest first, of all or of one merchant. Neither column ever changes.
CREATE INDEX IF NOT EXISTS marketing_transaction_created ON marketing_transaction (created_at);
CREATE INDEX IF NOT EXISTS marketing_transaction_merchant ON marketing_transaction (merchant, created_at);
CREATE INDEX reverse_transaction_created ON reverse_transaction (created_at);

-- 0004 made it without `early`.
DROP FUNCTION IF EXISTS freeze_business_day(date, text, interval);
