-- A key belongs to a client (a machine), or to a person: then it is a token for the command line, has at most the rights of its person and ends.

ALTER TABLE api_key
  ALTER COLUMN client DROP NOT NULL,
  ADD COLUMN IF NOT EXISTS person text COLLATE "C" CONSTRAINT api_key_person_fkey REFERENCES person,
  ADD COLUMN IF NOT EXISTS expires_at timestamptz,
  -- Of tokens, and at most once a minute.
  ADD COLUMN IF NOT EXISTS last_used_at timestamptz;

ALTER TABLE api_key
  ADD CONSTRAINT api_key_token CHECK (client IS NOT NULL OR (person IS NOT NULL AND expires_at IS NOT NULL AND NOT 'transactions' = ANY (scopes)));

CREATE INDEX api_key_token_of ON api_key (person) WHERE client IS NULL;
