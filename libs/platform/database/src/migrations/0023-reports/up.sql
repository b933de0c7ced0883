-- What was asked for, and how far it is: the truth about reports. A queue only wakes who makes them.
CREATE TABLE report_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  parameters jsonb NOT NULL,
  -- Of a format that has one table; NULL: the first, or all.
  section text,
  format text NOT NULL,
  language text NOT NULL,
  encoding text NOT NULL,
  -- SHA-256 of kind, parameters, section, format, language and encoding in their canonical form.
  request_hash text NOT NULL,
  -- What state of the books it shows: the same request about the same state is the same report.
  data_version text NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  schedule text,
  state text NOT NULL DEFAULT 'queued',
  -- Counts every start. What an earlier one still does is of no effect.
  attempt integer NOT NULL DEFAULT 0,
  -- Not before: a try that failed waits.
  due_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  -- Of the attempt that runs; silent for long, another one begins.
  heard_at timestamptz,
  cancel_requested boolean NOT NULL DEFAULT false,
  rows_written bigint NOT NULL DEFAULT 0,
  finished_at timestamptz,
  snapshot text,
  rows_count bigint,
  bytes bigint,
  sha256 text COLLATE "C",
  file_name text,
  -- What a statement prints on each page: whoever has the paper finds the run.
  check_code text COLLATE "C",
  failure text,
  expires_at timestamptz,
  CONSTRAINT report_run_state CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
  CONSTRAINT report_run_format CHECK (format IN ('csv', 'xlsx', 'pdf')),
  CONSTRAINT report_run_ended CHECK ((state IN ('done', 'failed', 'cancelled', 'expired')) = (finished_at IS NOT NULL)),
  CONSTRAINT report_run_made CHECK (state NOT IN ('done', 'expired') OR (rows_count IS NOT NULL AND bytes IS NOT NULL AND sha256 IS NOT NULL
    AND file_name IS NOT NULL AND snapshot IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE UNIQUE INDEX report_run_once ON report_run (request_hash, data_version) WHERE state IN ('queued', 'running', 'done');
CREATE INDEX report_run_waiting ON report_run (due_at) WHERE state IN ('queued', 'running');
CREATE INDEX report_run_expiry ON report_run (expires_at) WHERE state = 'done';
CREATE INDEX report_run_check_code ON report_run (check_code) WHERE check_code IS NOT NULL;
CREATE INDEX report_run_sha256 ON report_run (sha256) WHERE sha256 IS NOT NULL;

-- A link opens one file once. Only its SHA-256 is kept.
CREATE TABLE report_link (
  hash bytea PRIMARY KEY,
  run bigint NOT NULL REFERENCES report_run (id),
  asked_by text NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX report_link_expiry ON report_link (expires_at);

-- Who had a link made and who took the file, for ever.
CREATE TABLE report_access (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run bigint NOT NULL REFERENCES report_run (id),
  act text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT report_access_act CHECK (act IN ('link', 'download', 'deliver'))
);
CREATE INDEX report_access_run ON report_access (run, id);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON report_access FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A report made again and again: what, when, and where it goes.
CREATE TABLE report_schedule (
  code text COLLATE "C" PRIMARY KEY,
  document jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Where the file of a run is sent, each place once.
CREATE TABLE report_delivery (
  run bigint NOT NULL REFERENCES report_run (id),
  target text NOT NULL,
  document jsonb NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  delivered_at timestamptz,
  last_error text,
  PRIMARY KEY (run, target)
);
CREATE INDEX report_delivery_waiting ON report_delivery (due_at) WHERE delivered_at IS NULL;
