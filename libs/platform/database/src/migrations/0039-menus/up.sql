-- 分公司 of a campaign; whoever makes it says which, and head office has what nobody said.
ALTER TABLE campaign ADD COLUMN branch text COLLATE "C" NOT NULL DEFAULT 'head-office' CONSTRAINT campaign_branch_fkey REFERENCES branch;
-- Of which version of which campaign it is a copy.
ALTER TABLE campaign ADD COLUMN copied_from text;
ALTER TABLE campaign ADD COLUMN copied_version integer;
ALTER TABLE campaign ADD CONSTRAINT campaign_copied CHECK ((copied_from IS NULL) = (copied_version IS NULL));

-- What lists ask of a version's document: a document may have megabytes, and a list reads hundreds of them.
CREATE TABLE campaign_facts (
  code text NOT NULL,
  version integer NOT NULL,
  name text,
  time_zone text,
  -- ISO dates as the document has them.
  from_date text COLLATE "C",
  to_date text COLLATE "C",
  partners text[] NOT NULL,
  merchants text[] NOT NULL,
  merchant_groups text[] NOT NULL,
  -- Some offer names no merchants, and so is open at every one.
  any_merchant boolean NOT NULL,
  -- {code, name, kind, hash} of each offer; equal hashes: the same offer.
  offers jsonb NOT NULL,
  PRIMARY KEY (code, version),
  CONSTRAINT campaign_facts_version_fkey FOREIGN KEY (code, version) REFERENCES campaign_version (code, version)
);

-- A view of a list that somebody keeps: its filters, columns and order as the console has them.
CREATE TABLE saved_view (
  -- The person, or the API key.
  owner text COLLATE "C" NOT NULL,
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  page text COLLATE "C" NOT NULL,
  state jsonb NOT NULL,
  shared boolean NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, code)
);
CREATE INDEX saved_view_shared ON saved_view (page, owner, code) WHERE shared;

-- Searched from their beginnings, whatever the collation of the database is.
CREATE INDEX merchant_prefix ON merchant (id COLLATE "C");
CREATE INDEX campaign_prefix ON campaign (code COLLATE "C");
CREATE INDEX partner_prefix ON partner (code COLLATE "C");
CREATE INDEX clearing_file_prefix ON clearing_file (name COLLATE "C");
