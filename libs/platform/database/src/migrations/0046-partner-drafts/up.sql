-- A partner, or a change of it, waits here until another person has approved it. Sealed as in `partner`, at the same places.
CREATE TABLE partner_draft (
  code text PRIMARY KEY,
  name text NOT NULL,
  kind text NOT NULL,
  payment_mode text NOT NULL,
  currency text NOT NULL,
  status text NOT NULL,
  contacts bytea,
  deposit_account jsonb,
  payout_account jsonb,
  warn_below_fen bigint,
  warn_below_ppm integer,
  -- Known once it is proposed.
  proposal bigint CONSTRAINT partner_draft_proposal_fkey REFERENCES proposal
);

-- What was approved: of accounts and contacts the SHA-256 of the sealed text.
CREATE TABLE partner_version (
  code text NOT NULL,
  version integer NOT NULL,
  document jsonb NOT NULL,
  -- NULL: it stood before two people had to agree.
  maker text,
  checker text,
  proposal bigint CONSTRAINT partner_version_proposal_fkey REFERENCES proposal,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (code, version)
);
INSERT INTO partner_version (code, version, document)
SELECT code, 1, jsonb_strip_nulls(jsonb_build_object(
  'name', name, 'kind', kind, 'paymentMode', payment_mode, 'currency', currency, 'status', status,
  'contacts', CASE WHEN contacts IS NOT NULL THEN jsonb_build_object('sealed', encode(sha256(contacts), 'hex')) END,
  'depositAccount', CASE WHEN deposit_account IS NOT NULL THEN jsonb_build_object(
    'bank', deposit_account ->> 'bank', 'number', '****' || (deposit_account ->> 'last4'),
    'sealed', encode(sha256(convert_to(deposit_account ->> 'sealed', 'UTF8')), 'hex')) END,
  'payoutAccount', CASE WHEN payout_account IS NOT NULL THEN jsonb_build_object(
    'bank', payout_account ->> 'bank', 'number', '****' || (payout_account ->> 'last4'),
    'sealed', encode(sha256(convert_to(payout_account ->> 'sealed', 'UTF8')), 'hex')) END,
  'warnBelow', CASE WHEN coalesce(warn_below_fen, warn_below_ppm) IS NOT NULL THEN jsonb_build_object('amount', warn_below_fen, 'ppm', warn_below_ppm) END))
FROM partner;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON partner_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Who has seen the whole account numbers of a proposal.
CREATE TABLE account_reveal (
  proposal bigint NOT NULL CONSTRAINT account_reveal_proposal_fkey REFERENCES proposal,
  hash text NOT NULL,
  person text NOT NULL,
  actor text NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (proposal, hash, person)
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account_reveal FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON partner_version, account_reveal FROM lijian_app;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;
