-- Who works with Lijian: branches, roles, persons, how they prove who they are, and their sessions.

-- 分公司: a tree. Whoever belongs to a branch sees it and what is below.
CREATE TABLE branch (
  code text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  parent text COLLATE "C" CONSTRAINT branch_parent_fkey REFERENCES branch
);
INSERT INTO branch VALUES ('head-office', '总部', NULL);

-- A role is a named set of scopes.
CREATE TABLE role (
  code text COLLATE "C" PRIMARY KEY,
  name text NOT NULL,
  name_zh text NOT NULL,
  scopes text[] NOT NULL
);
INSERT INTO role VALUES
  ('operator', 'Operator', '运营经办', '{campaigns.make,merchants,card-groups,partners,read}'),
  ('reviewer', 'Reviewer', '运营复核', '{campaigns.check,read}'),
  ('finance-maker', 'Finance, maker', '财务经办', '{funding.make,reconciliation,cases,finance,read}'),
  ('finance-checker', 'Finance, checker', '财务复核', '{funding.check,cases,read}'),
  ('risk', 'Risk', '风控', '{routing,cases,read}'),
  ('auditor', 'Auditor', '审计', '{read}'),
  ('administrator', 'Administrator', '系统管理员', '{admin}');

-- Separation of duties: nobody holds both roles of a pair.
CREATE TABLE role_conflict (
  one text COLLATE "C" CONSTRAINT role_conflict_one_fkey REFERENCES role,
  other text COLLATE "C" CONSTRAINT role_conflict_other_fkey REFERENCES role,
  why text NOT NULL,
  PRIMARY KEY (one, other),
  CONSTRAINT role_conflict_once CHECK (one < other)
);
INSERT INTO role_conflict
  SELECT least(a, b), greatest(a, b), why FROM (VALUES
    ('operator', 'reviewer', 'who makes a campaign does not approve campaigns'),
    ('finance-maker', 'finance-checker', 'who moves money does not approve moves of money'),
    ('administrator', 'operator', 'who gives rights does not use them'),
    ('administrator', 'reviewer', 'who gives rights does not use them'),
    ('administrator', 'finance-maker', 'who gives rights moves no money'),
    ('administrator', 'finance-checker', 'who gives rights moves no money'),
    ('administrator', 'risk', 'who gives rights does not use them'),
    ('auditor', 'operator', 'who audits changes nothing'),
    ('auditor', 'reviewer', 'who audits changes nothing'),
    ('auditor', 'finance-maker', 'who audits changes nothing'),
    ('auditor', 'finance-checker', 'who audits changes nothing'),
    ('auditor', 'risk', 'who audits changes nothing'),
    ('auditor', 'administrator', 'who audits changes nothing')) pair (a, b, why);

CREATE TABLE person (
  id text COLLATE "C" PRIMARY KEY,
  login text COLLATE "C" NOT NULL,
  name text NOT NULL,
  branch text COLLATE "C" NOT NULL CONSTRAINT person_branch_fkey REFERENCES branch,
  roles text[] NOT NULL,
  status text NOT NULL DEFAULT 'active' CONSTRAINT person_status CHECK (status IN ('active', 'disabled')),
  language text NOT NULL DEFAULT 'zh-CN' CONSTRAINT person_language CHECK (language IN ('zh-CN', 'en')),
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX person_login ON person (login);

-- A local account: the hash (Argon2id) of its password, and of those before, which do not come again.
CREATE TABLE person_password (
  person text COLLATE "C" PRIMARY KEY CONSTRAINT person_password_person_fkey REFERENCES person,
  hash text NOT NULL,
  earlier text[] NOT NULL DEFAULT '{}',
  must_change boolean NOT NULL DEFAULT false,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- The second factor (RFC 6238). A step is used once.
CREATE TABLE person_totp (
  person text COLLATE "C" PRIMARY KEY CONSTRAINT person_totp_person_fkey REFERENCES person,
  secret bytea NOT NULL,
  confirmed_at timestamptz,
  last_step bigint NOT NULL DEFAULT 0
);

-- Wrong passwords of a login, whether it exists or not: an answer tells nobody which logins there are.
CREATE TABLE sign_in_failure (
  login_hash text COLLATE "C" PRIMARY KEY,
  failures integer NOT NULL,
  last_at timestamptz NOT NULL,
  locked_until timestamptz NOT NULL
);
-- Old ones are swept.
CREATE INDEX sign_in_failure_last_at ON sign_in_failure (last_at);

CREATE TABLE session (
  id text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of what the cookie holds.
  hash text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL CONSTRAINT session_person_fkey REFERENCES person,
  started_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  ends_at timestamptz NOT NULL,
  -- When the second factor was shown last; NULL: not in this session.
  strong_at timestamptz,
  address text NOT NULL,
  agent text NOT NULL,
  ended_at timestamptz,
  ended_because text
);
CREATE UNIQUE INDEX session_hash ON session (hash);
CREATE INDEX session_of_person ON session (person) WHERE ended_at IS NULL;

-- One-time codes with which an installation gets its administrators; made on the server, kept as SHA-256.
CREATE TABLE enrolment (
  hash text COLLATE "C" PRIMARY KEY,
  roles text[] NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  person text COLLATE "C" CONSTRAINT enrolment_person_fkey REFERENCES person
);
