-- A routing document waits here until another person has approved it; `routing_version` has what is or was in force, and the newest is live.

ALTER TABLE routing_version
  -- NULL: in force since before two people had to agree, and counts as approved.
  ADD COLUMN proposal bigint CONSTRAINT routing_version_proposal_fkey REFERENCES proposal,
  ADD COLUMN checker text;

-- Its number is never given again. Once approved the row moves to `routing_version`.
CREATE TABLE routing_draft (
  version integer PRIMARY KEY,
  document json NOT NULL,
  -- SHA-256 (hex) of the canonical document, as the proposal says it.
  sha256 text NOT NULL,
  maker text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  -- The version that was live, and its parts that differ; NULL: none was live.
  base integer,
  base_parts jsonb,
  -- Known once it is proposed.
  proposal bigint CONSTRAINT routing_draft_proposal_fkey REFERENCES proposal
);
CREATE INDEX routing_draft_proposal ON routing_draft (proposal);
