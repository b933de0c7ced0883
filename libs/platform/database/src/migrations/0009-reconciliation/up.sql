-- How files of a source are written, beside the layouts that come with Lijian: column mappings of banks.
CREATE TABLE bill_layout (
  code text PRIMARY KEY,
  document jsonb NOT NULL,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- One import of a file. Lines count only once it is accepted; a refused one has left none.
CREATE TABLE bill_file (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  layout text NOT NULL,
  source text NOT NULL,
  basis text NOT NULL,
  -- whose serials it speaks of; '*': the file itself says so
  scope text COLLATE "C" NOT NULL,
  business_date date NOT NULL,
  name text,
  state text NOT NULL DEFAULT 'reading' CONSTRAINT bill_file_state CHECK (state IN ('reading', 'accepted', 'refused', 'cut_off')),
  sha256 text,
  bytes bigint NOT NULL DEFAULT 0,
  lines bigint NOT NULL DEFAULT 0,
  -- of them, those that another file had brought before
  known_lines bigint NOT NULL DEFAULT 0,
  errors jsonb,
  imported_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at timestamptz
);
CREATE UNIQUE INDEX bill_file_once ON bill_file (source, scope, sha256) WHERE state = 'accepted';
CREATE INDEX bill_file_day ON bill_file (business_date, source);

CREATE TABLE bill_line (
  source text COLLATE "C" NOT NULL,
  client text COLLATE "C" NOT NULL,
  line_key text COLLATE "C" NOT NULL,
  file_id bigint NOT NULL,
  line_no integer NOT NULL,
  business_date date NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  serial text COLLATE "C",
  original_serial text COLLATE "C",
  reference text COLLATE "C",
  offer text,
  -- first six and last four digits
  card text,
  amount_fen bigint NOT NULL,
  discount_fen bigint,
  payable_fen bigint,
  fee_fen bigint,
  at timestamptz,
  PRIMARY KEY (source, client, line_key)
);
CREATE INDEX bill_line_day ON bill_line (source, business_date);
CREATE INDEX bill_line_serial ON bill_line (client, serial);
CREATE INDEX bill_line_reference ON bill_line (reference) WHERE serial IS NULL;
CREATE INDEX journal_reference ON journal ((detail ->> 'reference'))
  WHERE event IN ('top_up', 'collection', 'withdrawal', 'unmatched_receipt');

-- What one source and our books say of one business date, counted. Matched lines are counted, only what differs is kept.
CREATE TABLE reconciliation_run (
  source text NOT NULL,
  scope text COLLATE "C" NOT NULL,
  business_date date NOT NULL,
  basis text NOT NULL,
  lines bigint NOT NULL,
  books bigint NOT NULL,
  matched_lines bigint NOT NULL,
  matched_books bigint NOT NULL,
  outside_lines bigint NOT NULL,
  matched_fen bigint NOT NULL,
  classes jsonb NOT NULL,
  -- pending: within the buffer; counted: what differs has become cases
  state text NOT NULL DEFAULT 'pending' CONSTRAINT reconciliation_run_state CHECK (state IN ('pending', 'counted')),
  ran_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (source, scope, business_date)
);

CREATE TABLE reconciliation_break (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source text NOT NULL,
  scope text COLLATE "C" NOT NULL,
  business_date date NOT NULL,
  class text NOT NULL,
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  act text NOT NULL,
  merchant text,
  our_state text,
  ours_fen bigint,
  theirs_fen bigint,
  ours_discount_fen bigint,
  theirs_discount_fen bigint,
  -- money in hand less what the books say; null: no money is concerned
  cash_fen bigint,
  lines integer NOT NULL,
  books integer NOT NULL,
  file_id bigint,
  line_no integer
);
CREATE INDEX reconciliation_break_day ON reconciliation_break (source, scope, business_date);

-- Cases: what they rest on, and how they ended. Closing one takes an approved proposal, and that takes two people.
ALTER TABLE reconciliation_case
  ADD COLUMN source text,
  ADD COLUMN business_date date,
  ADD COLUMN our_state text,
  ADD COLUMN ours_fen bigint,
  ADD COLUMN theirs_fen bigint,
  ADD COLUMN cash_fen bigint,
  ADD COLUMN file_id bigint REFERENCES bill_file (id),
  ADD COLUMN line_no integer,
  ADD COLUMN evidence text,
  ADD COLUMN resolution text CONSTRAINT reconciliation_case_resolution CHECK (resolution IN ('accept', 'grant', 'adjust', 'write_off')),
  ADD COLUMN resolved_by bigint REFERENCES proposal (id),
  ADD COLUMN closed_at timestamptz,
  ADD COLUMN reopened_count integer NOT NULL DEFAULT 0,
  ADD COLUMN reopen_reason text,
  ADD COLUMN reminded_at timestamptz,
  ADD CONSTRAINT reconciliation_case_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state = 'closed') = (resolved_by IS NOT NULL)
    AND (state = 'closed') = (resolution IS NOT NULL)) NOT VALID;
CREATE INDEX reconciliation_case_open ON reconciliation_case (id) WHERE state = 'open';
CREATE INDEX reconciliation_case_serial ON reconciliation_case (client, serial);
