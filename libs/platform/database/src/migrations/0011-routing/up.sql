-- What happened without asking for room: a success after expiry, a card learnt afterwards. It takes room and may pass the limit.
ALTER TABLE counter
  ADD COLUMN over_fen bigint NOT NULL DEFAULT 0,
  ADD COLUMN over_count bigint NOT NULL DEFAULT 0,
  ADD CONSTRAINT counter_over_not_negative CHECK (over_fen >= 0 AND over_count >= 0);

-- The routing configuration: one document, every version kept with who made it and when. The newest is live.
CREATE TABLE routing_version (
  version integer PRIMARY KEY,
  document json NOT NULL,
  maker text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON routing_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A payment's route: its attempts, each with what it took from which counters and where that stands (held, used, nowhere; what is over beside it).
CREATE TABLE route (
  client text COLLATE "C" NOT NULL,
  serial text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  state text NOT NULL CONSTRAINT route_state CHECK (state IN ('no_route', 'reserved', 'succeeded', 'failed', 'expired')),
  merchant text NOT NULL,
  body_hash text NOT NULL,
  amount_fen bigint NOT NULL,
  attempts jsonb NOT NULL,
  record jsonb NOT NULL,
  -- when the first of its reservations ends; null: nothing is reserved
  expires_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (client, serial)
);
CREATE INDEX route_expires ON route (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX route_created ON route (created_at);

-- Outcomes that count for a pool's success rate, on their way into it: whoever folds them takes them out.
CREATE TABLE route_outcome (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  pool text NOT NULL,
  ok boolean NOT NULL,
  probe boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);

-- What all processes know of a pool's success rate.
CREATE TABLE route_pool_health (
  pool text PRIMARY KEY,
  state jsonb NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON routing_version FROM lijian_app;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;

-- apply and its callers change together: the one before had fewer arguments.
DO $$
DECLARE old regprocedure;
BEGIN
  FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'apply' AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP FUNCTION %s', old);
  END LOOP;
END $$;
