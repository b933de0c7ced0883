-- Who did what, when, from where, to what, and what changed. Partitioned by month (UTC): retention drops whole months.

-- What functions of the database go by. `./lijian migrate` writes it from its environment; the application reads it.
CREATE TABLE installation_setting (
  name text COLLATE "C" PRIMARY KEY,
  value text NOT NULL
);
INSERT INTO installation_setting VALUES
  ('audit_days', '2190'), ('decision_log_days', '400'), ('time_zone', 'Asia/Shanghai'), ('cut_off', '24:00');

CREATE SEQUENCE audit_event_id;
CREATE TABLE audit_event (
  id bigint NOT NULL,
  at timestamptz NOT NULL,
  business_date date NOT NULL,
  -- Id of the API key or person that asked; of what nobody asked for, the login of the database.
  actor text COLLATE "C" NOT NULL,
  person text COLLATE "C",
  branch text COLLATE "C",
  session text COLLATE "C",
  address text,
  request text COLLATE "C",
  -- The login of the database that wrote.
  via text NOT NULL,
  operation text COLLATE "C" NOT NULL,
  act text NOT NULL CONSTRAINT audit_event_act CHECK (act IN ('insert', 'update', 'delete', 'sign_in', 'refusal', 'read')),
  subject_kind text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  result text NOT NULL CONSTRAINT audit_event_result CHECK (result IN ('done', 'refused')),
  -- SHA-256 of the row as a text of JSON.
  before_hash bytea,
  after_hash bytea,
  -- By field: before and after, with what is sensitive masked. Of others than changes: what else there is to say.
  diff jsonb,
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_event_actor ON audit_event (actor, id);
CREATE INDEX audit_event_person ON audit_event (person, id) WHERE person IS NOT NULL;
CREATE INDEX audit_event_subject ON audit_event (subject_kind, subject, id);

-- One seal per range of ids and month. `hash` covers `previous_hash`, so that the last one stands for all.
CREATE TABLE audit_seal (
  n bigint PRIMARY KEY,
  month date NOT NULL,
  -- after from_id, up to to_id
  from_id bigint NOT NULL,
  to_id bigint NOT NULL,
  events bigint NOT NULL,
  hash bytea NOT NULL,
  previous_hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT audit_seal_range CHECK (from_id < to_id AND events > 0)
);
-- Up to where the next seal may go, once every transaction that began before `tx` has ended.
CREATE TABLE audit_mark (
  is_one boolean PRIMARY KEY DEFAULT true CONSTRAINT audit_mark_one CHECK (is_one),
  id bigint NOT NULL,
  tx xid8 NOT NULL
);

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: nobody changes what was recorded', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
-- Row triggers reach every partition; a partition gets its own against TRUNCATE.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

-- The application writes events through functions only: none of it chooses an id, a time or a login.
DO $$ BEGIN
  REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON audit_event, audit_seal, audit_mark, installation_setting FROM lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
