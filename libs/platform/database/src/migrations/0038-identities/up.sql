-- Other ways to prove who one is: an identity provider, and passkeys.

-- Who a person is at a provider: issuer and subject. A name or an address of mail may become somebody else's.
CREATE TABLE person_identity (
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL CONSTRAINT person_identity_person_fkey REFERENCES person,
  made_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX person_identity_of ON person_identity (person);

-- Sign-ins that are at the provider now; each comes back once.
CREATE TABLE oidc_attempt (
  state text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of what the cookie of this browser holds.
  browser text COLLATE "C" NOT NULL,
  nonce text NOT NULL,
  verifier text NOT NULL,
  -- Where the browser goes afterwards: a path of ours.
  back text NOT NULL,
  -- That steps up; NULL: a new one begins.
  session text COLLATE "C",
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX oidc_attempt_made_at ON oidc_attempt (made_at);

-- Logout tokens that were taken; each once.
CREATE TABLE oidc_logout (
  issuer text COLLATE "C" NOT NULL,
  jti text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (issuer, jti)
);

-- Of a session that a provider has opened: who, and which of its own sessions.
ALTER TABLE session ADD COLUMN issuer text COLLATE "C", ADD COLUMN provider_session text COLLATE "C";
CREATE INDEX session_at_provider ON session (issuer, provider_session) WHERE ended_at IS NULL AND issuer IS NOT NULL;
-- Those that ended long ago are swept.
CREATE INDEX session_ends_at ON session (ends_at);

CREATE TABLE passkey (
  -- The credential's own, base64url.
  id text COLLATE "C" PRIMARY KEY,
  person text COLLATE "C" NOT NULL CONSTRAINT passkey_person_fkey REFERENCES person,
  name text NOT NULL,
  public_key bytea NOT NULL,
  -- Of the authenticator; 0 where it keeps none.
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  made_at timestamptz NOT NULL DEFAULT now(),
  last_used_at timestamptz
);
CREATE INDEX passkey_of ON passkey (person);

-- What a passkey is to sign; each once.
CREATE TABLE passkey_challenge (
  challenge text COLLATE "C" PRIMARY KEY,
  -- That registers a passkey or steps up; NULL: somebody signs in.
  session text COLLATE "C",
  made_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX passkey_challenge_made_at ON passkey_challenge (made_at);
