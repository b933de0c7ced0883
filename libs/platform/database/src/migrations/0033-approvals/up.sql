-- One table for every decision of two people.

ALTER TABLE proposal
  -- What it changes from; NULL: nothing was there, or it changes nothing that stands.
  ADD COLUMN before jsonb,
  ADD COLUMN branch text COLLATE "C" NOT NULL DEFAULT 'head-office' CONSTRAINT proposal_branch_fkey REFERENCES branch,
  -- What policies look at.
  ADD COLUMN amount_fen bigint,
  -- Behind the key; NULL: of a release before, the key itself.
  ADD COLUMN maker_person text,
  -- So many others approve it.
  ADD COLUMN needs smallint NOT NULL DEFAULT 1 CONSTRAINT proposal_needs CHECK (needs IN (1, 2)),
  ADD COLUMN expires_at timestamptz,
  DROP CONSTRAINT proposal_state,
  ADD CONSTRAINT proposal_state CHECK (state IN ('proposed', 'approved', 'rejected', 'withdrawn', 'expired'));
CREATE INDEX proposal_inbox ON proposal (id) WHERE state = 'proposed';
CREATE INDEX proposal_made_by ON proposal (maker_person, id);

-- Who has said what about which contents. A second person counts under the same hash only.
CREATE TABLE proposal_decision (
  proposal bigint NOT NULL CONSTRAINT proposal_decision_proposal_fkey REFERENCES proposal,
  person text NOT NULL,
  hash text NOT NULL,
  decision text NOT NULL CONSTRAINT proposal_decision_what CHECK (decision IN ('approved', 'rejected')),
  -- The key or person that asked.
  actor text NOT NULL,
  -- During an absence: whose right it was.
  on_behalf_of text,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (proposal, hash, person)
);

-- Of a kind the row with the greatest from_fen that the amount reaches; '*' stands for every kind without rows.
CREATE TABLE approval_policy (
  kind text COLLATE "C" NOT NULL,
  from_fen bigint NOT NULL DEFAULT 0 CONSTRAINT approval_policy_from CHECK (from_fen >= 0),
  approvers smallint NOT NULL DEFAULT 1 CONSTRAINT approval_policy_approvers CHECK (approvers IN (1, 2)),
  -- Approvers are of another branch than the maker.
  other_branch boolean NOT NULL DEFAULT false,
  -- One of these roles, beside the scope; NULL: the scope is enough.
  roles text[],
  expires_after_hours integer NOT NULL DEFAULT 720 CONSTRAINT approval_policy_expires CHECK (expires_after_hours BETWEEN 1 AND 8784),
  PRIMARY KEY (kind, from_fen)
);
INSERT INTO approval_policy (kind) VALUES ('*');

-- During a dated absence somebody else has one's right to decide. Made by an approval.
CREATE TABLE delegation (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  absent text COLLATE "C" NOT NULL CONSTRAINT delegation_absent_fkey REFERENCES person,
  stands_in text COLLATE "C" NOT NULL CONSTRAINT delegation_stands_in_fkey REFERENCES person,
  from_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL,
  proposal bigint NOT NULL CONSTRAINT delegation_proposal_fkey REFERENCES proposal,
  ended_at timestamptz,
  CONSTRAINT delegation_two CHECK (absent <> stands_in),
  CONSTRAINT delegation_span CHECK (from_at < until_at)
);
CREATE INDEX delegation_stands_in ON delegation (stands_in, until_at);
