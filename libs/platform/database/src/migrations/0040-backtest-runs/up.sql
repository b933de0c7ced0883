-- Back-tests that were asked for, and how far they are: the table is the truth about them, as report_run is about reports.
CREATE TABLE backtest_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- Of whoever asks: sent again it is this run.
  serial text COLLATE "C" NOT NULL,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  request_hash text COLLATE "C" NOT NULL,
  -- [{code, version}] of stored campaigns, and those to compare with.
  campaigns jsonb NOT NULL,
  against jsonb,
  -- Stored days; NULL: a file, whose lines stand in backtest_lines.
  from_date date,
  to_date date,
  state text NOT NULL CONSTRAINT backtest_run_state CHECK (state IN ('waiting_file', 'queued', 'running', 'done', 'failed', 'cancelled', 'expired')),
  -- Counts every start. What an earlier one still does is of no effect.
  attempt integer NOT NULL DEFAULT 0,
  put_back integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  started_at timestamptz,
  heard_at timestamptz,
  cancel_requested boolean NOT NULL DEFAULT false,
  lines_done bigint NOT NULL DEFAULT 0,
  lines_total bigint,
  -- SHA-256 of the lines of a file: the same file again is the one that is there.
  lines_hash text COLLATE "C",
  finished_at timestamptz,
  failure text,
  -- A report for each currency.
  reports jsonb,
  expires_at timestamptz,
  CONSTRAINT backtest_run_days CHECK ((from_date IS NULL) = (to_date IS NULL)),
  CONSTRAINT backtest_run_ended CHECK ((state IN ('done', 'failed', 'cancelled', 'expired')) = (finished_at IS NOT NULL)),
  CONSTRAINT backtest_run_made CHECK (state <> 'done' OR (reports IS NOT NULL AND expires_at IS NOT NULL))
);
CREATE UNIQUE INDEX backtest_run_once ON backtest_run (requested_by, serial);
CREATE INDEX backtest_run_waiting ON backtest_run (due_at) WHERE state IN ('queued', 'running');
CREATE INDEX backtest_run_expiry ON backtest_run (expires_at) WHERE state IN ('waiting_file', 'done');

-- Payments of a file, packed, without card numbers: the edge has made tokens of them. They go when their run ends.
CREATE TABLE backtest_lines (
  run bigint NOT NULL CONSTRAINT backtest_lines_run_fkey REFERENCES backtest_run (id),
  part integer NOT NULL,
  lines bytea NOT NULL,
  PRIMARY KEY (run, part)
);
-- Packed already.
ALTER TABLE backtest_lines ALTER COLUMN lines SET STORAGE EXTERNAL;
