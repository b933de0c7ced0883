-- 营销商户: what lists of merchants are asked for stands in columns beside the document. A trigger keeps them, whoever writes the document.
ALTER TABLE merchant
  ADD COLUMN name text COLLATE "C",
  ADD COLUMN mcc text COLLATE "C",
  ADD COLUMN region text COLLATE "C",
  ADD COLUMN branch text COLLATE "C",
  ADD COLUMN status text COLLATE "C",
  -- The import that changed it last.
  ADD COLUMN import_id bigint;

CREATE FUNCTION merchant_columns() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE document json := NEW.document;
BEGIN
  -- As `readable` of libs/platform/contracts: no field of a JSON with such an escape can be asked for.
  IF document::text ~* '\\u(0000|d[89a-f])' THEN
    document := regexp_replace(document::text, '(\\\\|\\ud[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2})|\\u(?:0000|d[89a-f][0-9a-f]{2})', '\1', 'gi')::json;
  END IF;
  -- Documents from before texts had a maximum: an index holds no more.
  NEW.name := left(document ->> 'name', 200);
  NEW.mcc := left(document ->> 'mcc', 100);
  NEW.region := left(document ->> 'region', 100);
  NEW.branch := left(document ->> 'branch', 100);
  NEW.status := left(coalesce(document ->> 'status', 'active'), 100);
  RETURN NEW;
END $$;
CREATE TRIGGER merchant_columns BEFORE INSERT OR UPDATE OF document ON merchant FOR EACH ROW EXECUTE FUNCTION merchant_columns();
UPDATE merchant SET document = document;

-- Every list goes by id in the order of its bytes, so each of these is read from a place onwards and no list is sorted (0039 has the one by id alone).
CREATE INDEX merchant_by_name ON merchant (name);
CREATE INDEX merchant_by_mcc ON merchant (mcc, id COLLATE "C");
CREATE INDEX merchant_by_branch ON merchant (branch, id COLLATE "C");
-- A region covers its subdivisions: 44 ⊃ 4403 ⊃ 440305.
CREATE INDEX merchant_by_province ON merchant (left(region, 2), id COLLATE "C");
CREATE INDEX merchant_by_city ON merchant (left(region, 4), id COLLATE "C");
CREATE INDEX merchant_by_district ON merchant (region, id COLLATE "C");
CREATE INDEX merchant_by_status ON merchant (status, id COLLATE "C") WHERE status <> 'active';
CREATE INDEX merchant_by_import ON merchant (import_id, id COLLATE "C") WHERE import_id IS NOT NULL;

-- Groups of merchants. A version is what the group had then; a later one notes only who came and who went.
CREATE TABLE merchant_group (
  code text COLLATE "C" PRIMARY KEY,
  name text,
  -- In force; 0: nobody was ever in it.
  version integer NOT NULL DEFAULT 0,
  -- The newest, in force or not: numbers are never used again.
  latest_version integer NOT NULL DEFAULT 0,
  member_count integer NOT NULL DEFAULT 0,
  updated_by text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE merchant_group_version (
  code text COLLATE "C" NOT NULL CONSTRAINT merchant_group_version_code_fkey REFERENCES merchant_group,
  version integer NOT NULL,
  -- What it was made from.
  base integer NOT NULL,
  state text NOT NULL CONSTRAINT merchant_group_version_state CHECK (state IN ('draft', 'in_force', 'replaced', 'dropped')),
  member_count integer NOT NULL,
  added integer NOT NULL,
  removed integer NOT NULL,
  -- SHA-256 of the base's digest, who came and who went: two with one digest have the same members and the same past.
  digest text COLLATE "C" NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  put_in_force_by text,
  put_in_force_at timestamptz,
  PRIMARY KEY (code, version)
);
-- One draft at a time: a newer one drops it.
CREATE UNIQUE INDEX merchant_group_version_draft ON merchant_group_version (code) WHERE state = 'draft';

-- In version v are those with from_version <= v and no to_version, or one above v.
CREATE TABLE merchant_group_member (
  code text COLLATE "C" NOT NULL,
  merchant text COLLATE "C" NOT NULL,
  from_version integer NOT NULL,
  to_version integer,
  PRIMARY KEY (code, merchant, from_version)
);
CREATE INDEX merchant_group_member_of ON merchant_group_member (merchant, code);
CREATE INDEX merchant_group_member_came ON merchant_group_member (code, from_version, merchant);
CREATE INDEX merchant_group_member_went ON merchant_group_member (code, to_version, merchant) WHERE to_version IS NOT NULL;

-- Files of merchants and of merchant groups are imported as those of cards are, and an import may be cancelled.
ALTER TABLE group_import DROP CONSTRAINT group_import_kind;
ALTER TABLE group_import ADD CONSTRAINT group_import_kind
  CHECK (kind IN ('card_group', 'customer_group', 'merchant_group', 'merchant'));
ALTER TABLE group_import ADD COLUMN cancelled_by text;
