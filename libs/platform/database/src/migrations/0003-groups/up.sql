-- Members of card and customer groups, as fingerprints (16 bytes of SHA-256 of a keyed token), ascending, 4096 in a page.
CREATE TABLE group_page (
  kind text NOT NULL,
  code text NOT NULL,
  version integer NOT NULL,
  page integer NOT NULL,
  members bytea NOT NULL,
  PRIMARY KEY (kind, code, version, page)
);
-- Fingerprints look like noise: compressing them is lost time.
ALTER TABLE group_page ALTER COLUMN members SET STORAGE EXTERNAL;

ALTER TABLE card_group ADD COLUMN members_version integer NOT NULL DEFAULT 0;
ALTER TABLE card_group ADD COLUMN member_count integer NOT NULL DEFAULT 0;

WITH member AS (
  SELECT DISTINCT g.code, substring(sha256(convert_to(card, 'UTF8')) FROM 1 FOR 16) AS fingerprint
  FROM card_group g, unnest(g.cards) AS card
), numbered AS (
  SELECT code, fingerprint, (row_number() OVER (PARTITION BY code ORDER BY fingerprint) - 1) / 4096 AS page FROM member
)
INSERT INTO group_page (kind, code, version, page, members)
SELECT 'card_group', code, 1, page, string_agg(fingerprint, ''::bytea ORDER BY fingerprint) FROM numbered GROUP BY code, page;

UPDATE card_group g SET members_version = 1, member_count = p.count
FROM (SELECT code, sum(length(members) / 16)::integer AS count FROM group_page GROUP BY code) p WHERE p.code = g.code;
ALTER TABLE card_group DROP COLUMN cards;

CREATE TABLE customer_group (
  code text PRIMARY KEY,
  name text,
  members_version integer NOT NULL DEFAULT 0,
  member_count integer NOT NULL DEFAULT 0,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Files that were sent to replace, add or remove members. Never a line of the file: numbers of lines and what is wrong with them.
CREATE TABLE group_import (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CONSTRAINT group_import_kind CHECK (kind IN ('card_group', 'customer_group')),
  code text NOT NULL,
  mode text NOT NULL CONSTRAINT group_import_mode CHECK (mode IN ('replace', 'add', 'remove')),
  state text NOT NULL CONSTRAINT group_import_state CHECK (state IN ('running', 'done', 'failed')),
  failure text,
  changed boolean,
  lines integer NOT NULL DEFAULT 0,
  accepted integer NOT NULL DEFAULT 0,
  duplicates integer,
  error_count integer NOT NULL DEFAULT 0,
  errors jsonb NOT NULL DEFAULT '[]',
  bytes bigint NOT NULL DEFAULT 0,
  total_bytes bigint,
  member_count integer,
  started_by text NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz
);
-- One at a time for a group.
CREATE UNIQUE INDEX group_import_running ON group_import (kind, code) WHERE state = 'running';
CREATE INDEX group_import_of ON group_import (kind, code, id);
