-- A code of enrolment for a person that two administrators have made or recovered; NULL: whoever has it becomes a new person with its roles.
ALTER TABLE enrolment ADD COLUMN for_person text COLLATE "C" CONSTRAINT enrolment_for_person_fkey REFERENCES person;
-- The person to whom it was shown.
ALTER TABLE enrolment ADD COLUMN made_by text COLLATE "C";
CREATE INDEX enrolment_for_person ON enrolment (for_person) WHERE for_person IS NOT NULL;

-- What was shown to its maker and opens nothing before its approval: the hash of a key, a sealed secret of a webhook. Proposals name it by its id.
CREATE TABLE waiting_secret (
  id text COLLATE "C" PRIMARY KEY,
  hash text,
  sealed bytea,
  made_at timestamptz NOT NULL DEFAULT now()
);
