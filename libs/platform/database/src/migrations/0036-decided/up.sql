-- What two people have decided stays as they saw it, for everybody; what the application may change of a row is named by column.
CREATE FUNCTION keep_decided_proposal() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION keep_decision() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION keep_campaign_version() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE FUNCTION keep_api_key() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep_decided BEFORE INSERT OR UPDATE OR DELETE ON proposal FOR EACH ROW EXECUTE FUNCTION keep_decided_proposal();
CREATE TRIGGER keep_decided BEFORE UPDATE OR DELETE ON proposal_decision FOR EACH ROW EXECUTE FUNCTION keep_decision();
CREATE TRIGGER keep_decided BEFORE UPDATE OR DELETE ON campaign_version FOR EACH ROW EXECUTE FUNCTION keep_campaign_version();
CREATE TRIGGER keep_granted BEFORE UPDATE OR DELETE ON api_key FOR EACH ROW EXECUTE FUNCTION keep_api_key();

DO $$ BEGIN
  REVOKE UPDATE, DELETE, TRUNCATE ON proposal, proposal_decision, campaign_version, api_key FROM lijian_app;
  GRANT UPDATE (body, hash, before, amount_fen, needs, version, state, checker, checked_at, reason) ON proposal TO lijian_app;
  GRANT UPDATE (decision, actor, on_behalf_of, at) ON proposal_decision TO lijian_app;
  GRANT UPDATE (state, checker, approved_at) ON campaign_version TO lijian_app;
  GRANT UPDATE (person, revoked_at, last_used_at) ON api_key TO lijian_app;
EXCEPTION WHEN undefined_object THEN NULL;
END $$;
