-- What two people decide is changed by their approval alone: sql/demand_approval.sql has the triggers.
-- Rights that nobody uses are taken back: what is decided is never removed, and these columns are the ones that change.
DO $$ BEGIN
  REVOKE DELETE, TRUNCATE ON campaign, rule_template, partner, partner_cycle, role, person, person_identity, branch, client, delegation, enrolment,
    merchant, merchant_group, merchant_group_version, reconciliation_case, card_usage_case, clearing_system, clearing_run, clearing_file, bill_layout,
    erasure FROM lijian_app;
  REVOKE UPDATE ON delegation, enrolment, suspension, routing_draft, person_identity, api_key FROM lijian_app;
  GRANT UPDATE (ended_at) ON delegation TO lijian_app;
  GRANT UPDATE (used_at, person) ON enrolment TO lijian_app;
  GRANT UPDATE (resume_requested_by) ON suspension TO lijian_app;
  GRANT UPDATE (proposal) ON routing_draft TO lijian_app;
  -- No longer whose a key is.
  REVOKE UPDATE (person) ON api_key FROM lijian_app;
  GRANT UPDATE (revoked_at, last_used_at) ON api_key TO lijian_app;
  -- What a later migration makes is read, and no more: it grants what the application changes there.
  ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE INSERT, UPDATE, DELETE ON TABLES FROM lijian_app;
EXCEPTION WHEN undefined_object THEN RAISE NOTICE 'no role lijian_app: grant it its rights when it is there';
END $$;
