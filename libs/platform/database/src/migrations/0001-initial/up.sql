CREATE TABLE client (
  code text PRIMARY KEY,
  name text NOT NULL,
  webhook_url text,
  webhook_secret text,
  rate_per_second integer,
  deadline_ms integer,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE api_key (
  id text PRIMARY KEY,
  client text NOT NULL REFERENCES client (code),
  name text NOT NULL,
  hash text NOT NULL,
  scopes text[] NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);
CREATE UNIQUE INDEX api_key_hash ON api_key (hash);

CREATE TABLE campaign (
  code text PRIMARY KEY,
  live_version integer,
  latest_version integer NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE campaign_version (
  code text NOT NULL REFERENCES campaign (code),
  version integer NOT NULL,
  -- json keeps the document as its maker wrote it
  document json NOT NULL,
  state text NOT NULL CONSTRAINT campaign_version_state CHECK (state IN ('not_approved', 'approved')),
  maker text NOT NULL,
  checker text,
  created_at timestamptz NOT NULL DEFAULT now(),
  approved_at timestamptz,
  PRIMARY KEY (code, version),
  CONSTRAINT campaign_version_two_people CHECK (checker IS NULL OR checker <> maker)
);

-- One row per suspended campaign ("CODE") or offer ("CAMPAIGN/OFFER"); the admission statement looks here, so it acts on the next payment.
CREATE TABLE suspension (
  ref text COLLATE "C" PRIMARY KEY,
  suspended_by text NOT NULL,
  suspended_at timestamptz NOT NULL DEFAULT now(),
  resume_requested_by text
);

CREATE TABLE merchant (
  id text PRIMARY KEY,
  document json NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE card_group (
  code text PRIMARY KEY,
  name text,
  bins text[] NOT NULL,
  cards text[] NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE partner (
  code text PRIMARY KEY,
  name text NOT NULL,
  credit_line_fen bigint NOT NULL DEFAULT 0 CONSTRAINT partner_credit_line CHECK (credit_line_fen >= 0),
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE top_up (
  partner text NOT NULL REFERENCES partner (code),
  reference text NOT NULL,
  amount_fen bigint NOT NULL CONSTRAINT top_up_amount CHECK (amount_fen > 0),
  entered_by text NOT NULL,
  entered_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (partner, reference)
);

-- What other processes must read again: documents that changed, in order.
CREATE TABLE config_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  code text NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE counter (
  key text COLLATE "C" PRIMARY KEY,
  limit_fen bigint,
  limit_count bigint,
  limit_version integer NOT NULL,
  held_fen bigint NOT NULL DEFAULT 0,
  held_count bigint NOT NULL DEFAULT 0,
  used_fen bigint NOT NULL DEFAULT 0,
  used_count bigint NOT NULL DEFAULT 0,
  CONSTRAINT counter_within_limit_fen CHECK (limit_fen IS NULL OR held_fen + used_fen <= limit_fen),
  CONSTRAINT counter_within_limit_count CHECK (limit_count IS NULL OR held_count + used_count <= limit_count),
  CONSTRAINT counter_not_negative CHECK (held_fen >= 0 AND held_count >= 0 AND used_fen >= 0 AND used_count >= 0)
) WITH (fillfactor = 50);

CREATE TABLE marketing_transaction (
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  marketing_serial text NOT NULL,
  state text NOT NULL CONSTRAINT marketing_transaction_state CHECK (state IN
    ('no_offer', 'held', 'confirmed', 'cancelled', 'expired', 'reversed', 'voided', 'unfunded', 'partially_refunded', 'refunded')),
  merchant text NOT NULL,
  body_hash text NOT NULL,
  amount_fen bigint NOT NULL,
  payable_fen bigint NOT NULL,
  -- where the charges stand in their counters: held, used, or nowhere
  charges_are text NOT NULL CONSTRAINT marketing_transaction_charges_are CHECK (charges_are IN ('held', 'used', 'none')),
  charges jsonb NOT NULL,
  record jsonb NOT NULL,
  hold_expires_at timestamptz,
  business_date date,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client, serial),
  CONSTRAINT marketing_transaction_held CHECK ((state = 'held') = (charges_are = 'held'))
);

CREATE TABLE reverse_transaction (
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  original_serial text COLLATE "C" NOT NULL,
  kind text NOT NULL CONSTRAINT reverse_transaction_kind CHECK (kind IN ('reversal', 'void')),
  body_hash text NOT NULL,
  answer jsonb NOT NULL,
  business_date date NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client, serial)
);
CREATE INDEX reverse_transaction_original ON reverse_transaction (client, original_serial);

-- What Temporal still has to learn. Rows leave when the relay has delivered them; order within a lane is order of id.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  lane smallint NOT NULL,
  client text NOT NULL,
  serial text NOT NULL,
  workflow_id text NOT NULL,
  workflow_type text NOT NULL,
  snapshot jsonb NOT NULL,
  ready_at timestamptz NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outbox_lane ON outbox (lane, id);

CREATE TABLE reconciliation_case (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  client text NOT NULL,
  serial text NOT NULL,
  merchant text,
  amount_fen bigint,
  discount_fen bigint,
  paid_fen bigint,
  state text NOT NULL DEFAULT 'open' CONSTRAINT reconciliation_case_state CHECK (state IN ('open', 'closed')),
  owner text,
  opened_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX reconciliation_case_once ON reconciliation_case (kind, client, serial);

-- Final states on their way to the transaction system; what is stuck is visible here and as a metric.
CREATE TABLE webhook_delivery (
  client text NOT NULL,
  serial text NOT NULL,
  version integer NOT NULL,
  state text NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_error text,
  first_attempt_at timestamptz,
  delivered_at timestamptz,
  PRIMARY KEY (client, serial, version)
);
