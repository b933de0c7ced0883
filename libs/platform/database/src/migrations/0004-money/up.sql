-- The journal: every event of money, double entry, append-only. One row per event, so that it balances in itself and a hot account is no hot row.
CREATE FUNCTION journal_balances(accounts text[], amounts_fen bigint[]) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT cardinality(accounts) = cardinality(amounts_fen) AND coalesce((SELECT sum(a) FROM unnest(amounts_fen) a), 0) = 0
$$;

CREATE TABLE journal (
  business_date date NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  event text NOT NULL CONSTRAINT journal_event CHECK (event IN ('capture', 'void', 'reversal', 'refund', 'top_up', 'withdrawal',
    'collection', 'settlement', 'rebate_payout', 'transfer', 'unmatched_receipt', 'adjustment', 'write_off')),
  -- of the transaction or reverse transaction; events of people: '@' and the kind of their document
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  original_serial text COLLATE "C",
  merchant text,
  clearing_system text,
  -- what files and statements show, as it was when it happened
  detail jsonb NOT NULL,
  -- debits positive, credits negative
  accounts text[] NOT NULL,
  amounts_fen bigint[] NOT NULL,
  posted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (business_date, id),
  CONSTRAINT journal_balances CHECK (journal_balances(accounts, amounts_fen))
);
CREATE UNIQUE INDEX journal_once ON journal (client, serial, event);

-- Business dates that are closed: nothing is recorded on them any more.
CREATE TABLE business_day (
  business_date date PRIMARY KEY,
  frozen_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One seal per closed business date: what was posted until then cannot change unseen. `hash` covers `previous_hash`.
CREATE TABLE journal_seal (
  business_date date PRIMARY KEY,
  rows_count bigint NOT NULL,
  debit_fen bigint NOT NULL,
  hash bytea NOT NULL,
  previous_hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: post the opposite instead', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON business_day FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Refunds live beside voids and reversals: in two steps, hence a state. `business_date` is fixed when what happened is recorded.
ALTER TABLE reverse_transaction
  DROP CONSTRAINT reverse_transaction_kind,
  ADD CONSTRAINT reverse_transaction_kind CHECK (kind IN ('reversal', 'void', 'refund')),
  ADD COLUMN state text NOT NULL DEFAULT 'done',
  ADD CONSTRAINT reverse_transaction_state CHECK (state IN ('waiting', 'refund_held', 'done', 'cancelled', 'refused')),
  ALTER COLUMN business_date DROP NOT NULL,
  ADD COLUMN updated_at timestamptz NOT NULL DEFAULT now(),
  ADD CONSTRAINT reverse_transaction_dated CHECK (state <> 'done' OR business_date IS NOT NULL);

-- What one person enters and another approves or rejects: money that moves, and what decides about it. `hash` is of what the checker was shown.
CREATE TABLE proposal (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL,
  subject text NOT NULL,
  body jsonb NOT NULL,
  hash text NOT NULL,
  version integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'proposed' CONSTRAINT proposal_state CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn')),
  maker text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  checker text,
  checked_at timestamptz,
  reason text,
  CONSTRAINT proposal_two_people CHECK (checker IS NULL OR checker <> maker),
  CONSTRAINT proposal_decided CHECK ((state IN ('approved', 'rejected')) = (checker IS NOT NULL))
);
CREATE INDEX proposal_open ON proposal (kind, id) WHERE state = 'proposed';
CREATE INDEX proposal_subject ON proposal (kind, subject, id);

-- The role of api and worker. Whoever migrates owns the tables; what is append-only is so for the role and, by trigger, for everybody.
DO $$ BEGIN
  CREATE ROLE lijian_app NOLOGIN;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN RAISE NOTICE 'role lijian_app must be made by an administrator';
END $$;
DO $$ BEGIN
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO lijian_app;
  REVOKE UPDATE, DELETE, TRUNCATE ON journal, journal_seal, business_day FROM lijian_app;
  ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO lijian_app;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;

-- apply and its callers change together: the one before had an argument less.
DO $$
DECLARE old regprocedure;
BEGIN
  FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'apply' AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP FUNCTION %s', old);
  END LOOP;
END $$;
