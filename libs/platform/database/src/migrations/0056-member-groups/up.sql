-- Which groups of cards and customers a version names; sql/note_campaign_groups.sql fills them.
ALTER TABLE campaign_facts ADD COLUMN card_groups text[] COLLATE "C" NOT NULL DEFAULT '{}';
ALTER TABLE campaign_facts ADD COLUMN customer_groups text[] COLLATE "C" NOT NULL DEFAULT '{}';

-- What a group of cards or customers would become, while another person looks at it. Its members are pages of version -1.
CREATE TABLE member_group_draft (
  kind text NOT NULL CONSTRAINT member_group_draft_kind CHECK (kind IN ('card_group', 'customer_group')),
  code text NOT NULL,
  -- The version of the members that it was made from.
  base integer NOT NULL,
  -- Null: the BIN prefixes stay as they are.
  bins text[],
  -- False: the members stay as they are, and there are no pages.
  has_members boolean NOT NULL,
  member_count integer NOT NULL,
  added integer NOT NULL,
  removed integer NOT NULL,
  -- SHA-256 of its pages and prefixes.
  digest text COLLATE "C" NOT NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (kind, code)
);
DO $$ BEGIN
  GRANT SELECT, INSERT, UPDATE, DELETE ON member_group_draft TO lijian_app;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;
