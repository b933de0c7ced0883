-- A rule template: which of its versions campaigns are made from (approved last) and which is the newest.
CREATE TABLE rule_template (
  code text COLLATE "C" PRIMARY KEY,
  latest_version integer NOT NULL,
  approved_version integer,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rule_template_version (
  code text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  -- ruleTemplate of libs/platform/contracts, in the order of its keys
  document json NOT NULL,
  state text NOT NULL,
  maker text NOT NULL,
  checker text,
  created_at timestamptz NOT NULL DEFAULT now(),
  approved_at timestamptz,
  retired_at timestamptz,
  PRIMARY KEY (code, version),
  CONSTRAINT rule_template_version_code_fkey FOREIGN KEY (code) REFERENCES rule_template (code),
  CONSTRAINT rule_template_version_state CHECK (state IN ('not_approved', 'approved', 'retired')),
  -- What a release brings was read by those who made the release.
  CONSTRAINT rule_template_version_two_people CHECK (checker IS NULL OR checker <> maker OR maker = '@release'),
  CONSTRAINT rule_template_version_decided CHECK ((state = 'not_approved') = (checker IS NULL) AND (state = 'retired') = (retired_at IS NOT NULL))
);

-- From which template a version of a campaign was made, and with which parameters. Never changed.
CREATE TABLE campaign_origin (
  code text NOT NULL,
  version integer NOT NULL,
  template text COLLATE "C" NOT NULL,
  template_version integer NOT NULL,
  parameters json NOT NULL,
  PRIMARY KEY (code, version),
  CONSTRAINT campaign_origin_version_fkey FOREIGN KEY (code, version) REFERENCES campaign_version (code, version),
  CONSTRAINT campaign_origin_template_fkey FOREIGN KEY (template, template_version) REFERENCES rule_template_version (code, version)
);
CREATE INDEX campaign_origin_template ON campaign_origin (template, code, version);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON campaign_origin FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
DO $$ BEGIN
  REVOKE DELETE, TRUNCATE ON rule_template, rule_template_version FROM lijian_app;
  -- What a version says is what its checker has read.
  REVOKE UPDATE ON rule_template_version FROM lijian_app;
  GRANT UPDATE (state, checker, approved_at, retired_at) ON rule_template_version TO lijian_app;
  REVOKE UPDATE, DELETE, TRUNCATE ON campaign_origin FROM lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
