-- Whom the house was asked to forget. Tokens and serials stand here while it is under way, and go with its end.
CREATE TABLE erasure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  state text NOT NULL DEFAULT 'proposed',
  legal_basis text NOT NULL,
  -- What the person was named by, such as {card, customer}: kinds, never values.
  named_by text[] NOT NULL,
  -- Places that the law keeps for now: [{place, until, basis}].
  held_back jsonb NOT NULL DEFAULT '[]',
  -- Of the person, under every token key.
  tokens text[],
  -- Of the person's payments, as they were found: [[client, serial]].
  payments jsonb,
  -- By place: {state, rows, until}.
  places jsonb NOT NULL DEFAULT '{}',
  certificate jsonb,
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL DEFAULT now(),
  begun_at timestamptz,
  ended_at timestamptz,
  CONSTRAINT erasure_state CHECK (state IN ('proposed', 'running', 'done', 'dropped')),
  CONSTRAINT erasure_forgets CHECK ((state IN ('done', 'dropped')) = (tokens IS NULL) AND (tokens IS NOT NULL OR payments IS NULL)),
  CONSTRAINT erasure_ended CHECK ((state IN ('done', 'dropped')) = (ended_at IS NOT NULL) AND (state = 'done') = (certificate IS NOT NULL))
);
