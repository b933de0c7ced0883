-- One statement of a partner over closed business dates. The cycles of one stream (partner, cycle, and the campaign where the cycle is its end)
-- follow each other without a gap, so that each opens with what the one before closed with.
CREATE TABLE partner_cycle (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  partner text COLLATE "C" NOT NULL,
  cycle text NOT NULL CONSTRAINT partner_cycle_kind CHECK (cycle IN ('day', 'week', 'month', 'quarter', 'end')),
  campaign text COLLATE "C" NOT NULL,
  period text NOT NULL,
  from_date date NOT NULL,
  to_date date NOT NULL,
  campaigns text[] NOT NULL,
  state text NOT NULL CONSTRAINT partner_cycle_state CHECK (state IN ('issued', 'confirmed', 'disputed', 'closed')),
  version integer NOT NULL DEFAULT 1,
  -- the receivable of this stream, in fen
  opening_fen bigint NOT NULL,
  charged_fen bigint NOT NULL,
  returned_fen bigint NOT NULL,
  collected_fen bigint NOT NULL,
  adjusted_fen bigint NOT NULL,
  closing_fen bigint NOT NULL,
  -- what this cycle asks for: charged − returned, less the credit that the one before left
  carried_fen bigint NOT NULL,
  due_fen bigint NOT NULL,
  paid_fen bigint NOT NULL DEFAULT 0,
  waived_fen bigint NOT NULL DEFAULT 0,
  prepaid jsonb,
  lines jsonb NOT NULL,
  disputes jsonb NOT NULL DEFAULT '[]',
  statement_rows bigint NOT NULL,
  statement_sha256 text NOT NULL,
  issued_at timestamptz NOT NULL DEFAULT now(),
  confirmed_at timestamptz,
  confirmed_by text,
  closed_at timestamptz,
  CONSTRAINT partner_cycle_dates CHECK (from_date <= to_date),
  CONSTRAINT partner_cycle_sums CHECK (closing_fen = opening_fen + charged_fen - returned_fen - collected_fen - adjusted_fen),
  CONSTRAINT partner_cycle_due CHECK (carried_fen <= 0 AND due_fen = greatest(0, charged_fen - returned_fen + carried_fen)),
  CONSTRAINT partner_cycle_open CHECK (paid_fen >= 0 AND waived_fen >= 0 AND paid_fen + waived_fen <= due_fen),
  CONSTRAINT partner_cycle_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL) AND (state <> 'closed' OR paid_fen + waived_fen = due_fen))
);
CREATE UNIQUE INDEX partner_cycle_dates_once ON partner_cycle (partner, cycle, campaign, from_date);
CREATE UNIQUE INDEX partner_cycle_period_once ON partner_cycle (partner, cycle, period);
