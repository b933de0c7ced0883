-- Successful payments of a card in a month ('2026-11') and on a day ('2026-11-25'): at a merchant, and apart under each of its parents.
CREATE TABLE card_usage (
  kind text COLLATE "C" NOT NULL CONSTRAINT card_usage_kind CHECK (kind IN ('merchant', 'parent')),
  holder text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  card_token text COLLATE "C" NOT NULL,
  count integer NOT NULL CONSTRAINT card_usage_counted CHECK (count > 0),
  PRIMARY KEY (kind, holder, period, card_token)
);

-- A merchant's method that is stopped because cards went over their scheme's threshold, until a written explanation is approved.
CREATE TABLE card_usage_case (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  -- nearest first
  parents text[] NOT NULL,
  state text NOT NULL CONSTRAINT card_usage_case_state
    CHECK (state IN ('waiting_explanation', 'waiting_review', 'reopened', 'kept_suspended')),
  version integer NOT NULL DEFAULT 1,
  -- of the card that opened it
  period text NOT NULL,
  threshold integer NOT NULL,
  scheme text,
  cards integer NOT NULL,
  remind_hours integer NOT NULL,
  explanation jsonb,
  decision jsonb,
  -- who did what when, oldest first
  history jsonb NOT NULL DEFAULT '[]',
  opened_at timestamptz NOT NULL DEFAULT now(),
  closed_at timestamptz
);
-- One at a time for a merchant's method; one that ended with the method still stopped can take another explanation.
CREATE UNIQUE INDEX card_usage_case_open ON card_usage_case (merchant, method) WHERE state <> 'reopened';

-- Cards over their threshold at a merchant, by the method they paid with when they were over; those without a case do not make one yet.
CREATE TABLE card_over (
  merchant text COLLATE "C" NOT NULL,
  method text COLLATE "C" NOT NULL,
  period text COLLATE "C" NOT NULL,
  card_token text COLLATE "C" NOT NULL,
  case_id bigint REFERENCES card_usage_case,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (merchant, method, period, card_token)
);
CREATE INDEX card_over_case ON card_over (case_id) WHERE case_id IS NOT NULL;

-- Who was told what of a case, and whether the gateway took it. Parents are told before the merchant.
CREATE TABLE card_usage_notice (
  case_id bigint NOT NULL REFERENCES card_usage_case,
  kind text NOT NULL,
  -- of several notices of a kind
  seq integer NOT NULL,
  recipient_kind text NOT NULL,
  recipient text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  attempts integer NOT NULL DEFAULT 0,
  delivered_at timestamptz,
  last_error text,
  PRIMARY KEY (case_id, kind, seq, recipient_kind, recipient)
);

-- apply and its callers change together: the one before had fewer arguments.
DO $$
DECLARE old regprocedure;
BEGIN
  FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'apply' AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('DROP FUNCTION %s', old);
  END LOOP;
END $$;
