-- What two people decide changes in the database transaction of their approval, and to what they have seen. The application's login cannot do it
-- otherwise. A trigger's first word is a condition over `r`, the row as it becomes (or was, when it goes), `o`, the row before, and `p`, an approval of
-- this transaction. The second, where there is one, is a condition over `r` and `o` that needs nobody.
CREATE OR REPLACE FUNCTION demand_approval() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  rows_of text := 'SELECT EXISTS (SELECT FROM (SELECT ($1).*) r, (SELECT ($2).*) o';
  asked text := rows_of || format(', proposal p WHERE p.state = ''approved'' AND p.checked_at = now() AND (%s))', TG_ARGV[0]);
  fits boolean;
BEGIN
  IF is_owner(TG_RELID) THEN RETURN coalesce(NEW, OLD); END IF;
  IF TG_NARGS > 1 THEN asked := format('%s OR %s WHERE %s)', asked, replace(rows_of, 'SELECT EXISTS', 'EXISTS'), TG_ARGV[1]); END IF;
  IF TG_OP = 'INSERT' THEN EXECUTE asked INTO fits USING NEW, NEW;
  ELSIF TG_OP = 'UPDATE' THEN EXECUTE asked INTO fits USING NEW, OLD;
  ELSE EXECUTE asked INTO fits USING OLD, OLD;
  END IF;
  IF NOT fits THEN
    RAISE EXCEPTION '% of % needs an approval of two people in the same transaction', lower(TG_OP), TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;

CREATE OR REPLACE FUNCTION is_named_by_live(kind text, named text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$ BEGIN
  RETURN EXISTS (SELECT FROM campaign c JOIN campaign_facts f ON f.code = c.code AND f.version = c.live_version
    WHERE named = ANY (CASE kind WHEN 'card_group' THEN f.card_groups WHEN 'customer_group' THEN f.customer_groups ELSE f.merchant_groups END));
END $$;
CREATE OR REPLACE FUNCTION is_erasing() RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM erasure WHERE state = 'running')
$$;

-- Campaigns, and templates of rules. A release brings templates of its own, and never takes the place of people's.
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON campaign_version FOR EACH ROW
  WHEN (NEW.state <> 'not_approved') EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON campaign_version FOR EACH ROW
  WHEN (NEW.state <> OLD.state) EXECUTE FUNCTION demand_approval(
  $$p.kind = 'campaign' AND p.subject = r.code AND p.body -> 'version' = to_jsonb(r.version) AND p.body -> 'document' = audit_image(r.document)$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON campaign FOR EACH ROW
  WHEN (NEW.live_version IS NOT NULL) EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON campaign FOR EACH ROW
  WHEN ((NEW.code, NEW.live_version) IS DISTINCT FROM (OLD.code, OLD.live_version)) EXECUTE FUNCTION demand_approval(
  $$p.kind = 'campaign' AND p.subject = r.code AND r.code = o.code AND p.body -> 'version' = to_jsonb(r.live_version)$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON rule_template_version FOR EACH ROW
  WHEN (NEW.state <> 'not_approved') EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON rule_template_version FOR EACH ROW
  WHEN ((NEW.state <> OLD.state AND NEW.state <> 'retired') OR (NEW.checker, NEW.approved_at) IS DISTINCT FROM (OLD.checker, OLD.approved_at))
  EXECUTE FUNCTION demand_approval(
  $$o.state = 'not_approved' AND p.kind = 'rule_template' AND p.subject = r.code AND p.body -> 'version' = to_jsonb(r.version) AND p.body -> 'document' = audit_image(r.document)$$,
  $$o.state = 'not_approved' AND r.checker = '@release' AND NOT EXISTS (SELECT FROM rule_template_version v WHERE v.code = r.code AND v.maker <> '@release')$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON rule_template FOR EACH ROW
  WHEN (NEW.approved_version IS NOT NULL) EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON rule_template FOR EACH ROW
  WHEN (NEW.code <> OLD.code OR (NEW.approved_version IS DISTINCT FROM OLD.approved_version AND NEW.approved_version IS NOT NULL)) EXECUTE FUNCTION demand_approval(
  'false',
  $$r.code = o.code AND EXISTS (SELECT FROM rule_template_version v WHERE v.code = r.code AND v.version = r.approved_version AND v.state = 'approved')$$);

-- Partners, their accounts, and what they have paid in.
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON partner FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'partner' AND p.subject = r.code AND r.funded_fen = 0 AND r.credit_line_fen = 0$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON partner FOR EACH ROW
  WHEN ((NEW.code, NEW.name, NEW.kind, NEW.payment_mode, NEW.currency, NEW.status, NEW.contacts, NEW.deposit_account, NEW.payout_account,
    NEW.warn_below_fen, NEW.warn_below_ppm, NEW.accounts_version, NEW.branch) IS DISTINCT FROM
    (OLD.code, OLD.name, OLD.kind, OLD.payment_mode, OLD.currency, OLD.status, OLD.contacts, OLD.deposit_account, OLD.payout_account,
    OLD.warn_below_fen, OLD.warn_below_ppm, OLD.accounts_version, OLD.branch)) EXECUTE FUNCTION demand_approval(
  $$p.kind = 'partner' AND p.subject = r.code AND r.code = o.code AND p.body ->> 'status' = r.status AND p.body ->> 'name' = r.name
    AND p.body #>> '{depositAccount,sealed}' IS NOT DISTINCT FROM encode(sha256(convert_to(r.deposit_account ->> 'sealed', 'UTF8')), 'hex')
    AND p.body #>> '{payoutAccount,sealed}' IS NOT DISTINCT FROM encode(sha256(convert_to(r.payout_account ->> 'sealed', 'UTF8')), 'hex')$$);
CREATE OR REPLACE TRIGGER demand_approval_funds BEFORE UPDATE ON partner FOR EACH ROW
  WHEN (NEW.funded_fen <> OLD.funded_fen) EXECUTE FUNCTION demand_approval(
  $$p.subject = r.code AND (p.kind, r.funded_fen - o.funded_fen) IN (('receipt', (p.body ->> 'amount')::bigint), ('withdrawal', -(p.body ->> 'amount')::bigint))$$);
CREATE OR REPLACE TRIGGER demand_approval_credit BEFORE UPDATE ON partner FOR EACH ROW
  WHEN (NEW.credit_line_fen <> OLD.credit_line_fen) EXECUTE FUNCTION demand_approval(
  $$p.kind = 'credit_line' AND p.subject = r.code AND (p.body ->> 'creditLine')::bigint = r.credit_line_fen$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT ON partner_version FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'partner' AND p.id = r.proposal AND p.subject = r.code AND p.body = r.document$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON partner_cycle FOR EACH ROW
  WHEN ((NEW.paid_fen, NEW.waived_fen) IS DISTINCT FROM (OLD.paid_fen, OLD.waived_fen)) EXECUTE FUNCTION demand_approval(
  $$p.subject = r.partner AND p.body -> 'cycle' = to_jsonb(r.id)
    AND ((p.kind = 'collection' AND r.waived_fen = o.waived_fen AND r.paid_fen - o.paid_fen BETWEEN 0 AND (p.body ->> 'amount')::bigint)
      OR (p.kind = 'cycle_adjustment' AND r.paid_fen = o.paid_fen AND r.waived_fen - o.waived_fen = (p.body ->> 'amount')::bigint))$$);

-- Money that people book. What payments and settlements book comes by other events.
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT ON journal FOR EACH ROW
  WHEN (NEW.event IN ('top_up', 'withdrawal', 'collection', 'transfer', 'unmatched_receipt', 'adjustment', 'write_off')) EXECUTE FUNCTION demand_approval(
  $$p.id::text = r.serial AND p.subject = coalesce(r.detail ->> 'partner', r.detail ->> 'case', 'institution') AND p.kind = CASE r.client WHEN '@case' THEN 'case_resolution' ELSE substr(r.client, 2) END
    AND (r.event NOT IN ('top_up', 'withdrawal', 'transfer') OR (p.body ->> 'amount')::bigint = ANY (r.amounts_fen))$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON reconciliation_case FOR EACH ROW
  WHEN (NEW.state = 'closed') EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON reconciliation_case FOR EACH ROW
  WHEN (NEW.state = 'closed' AND (NEW.state, NEW.resolution, NEW.resolved_by, NEW.closed_at) IS DISTINCT FROM (OLD.state, OLD.resolution, OLD.resolved_by, OLD.closed_at))
  EXECUTE FUNCTION demand_approval(
  $$o.state = 'open' AND p.kind = 'case_resolution' AND p.id = r.resolved_by AND p.subject = r.id::text AND p.body ->> 'resolution' = r.resolution$$);

-- Who may do what.
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE ON branch FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'branch' AND p.subject = r.code AND r.code = o.code AND p.body ->> 'name' = r.name AND p.body ->> 'parent' IS NOT DISTINCT FROM r.parent$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE ON role FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'role' AND p.subject = r.code AND r.code = o.code AND p.body -> 'scopes' = to_jsonb(r.scopes)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE OR DELETE ON role_conflict FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'role' AND p.subject IN (r.one, r.other)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE OR DELETE ON approval_policy FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'approval_policy' AND p.subject = CASE r.kind WHEN '*' THEN 'any' ELSE r.kind END AND r.kind = o.kind$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON delegation FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'delegation' AND p.id = r.proposal AND p.subject = r.absent AND p.body ->> 'standsIn' = r.stands_in AND (p.body ->> 'until')::timestamptz = r.until_at$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON delegation FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at) EXECUTE FUNCTION demand_approval('false');

-- A code for a new person is the owner's to make. Of an identity provider come roles that migrations were told.
CREATE OR REPLACE FUNCTION provided_roles() RETURNS text[] LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT string_to_array((SELECT value FROM installation_setting WHERE name = 'provided_roles'), ',')
$$;
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'person' AND p.subject = r.login AND p.body -> 'roles' = to_jsonb(r.roles) AND p.body ->> 'branch' = r.branch$$,
  $$r.roles <@ provided_roles() OR EXISTS (SELECT FROM enrolment e WHERE e.used_at = now() AND e.person IS NULL AND e.for_person IS NULL AND e.roles = r.roles)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON person FOR EACH ROW
  WHEN ((NEW.id, NEW.login, NEW.roles, NEW.branch) IS DISTINCT FROM (OLD.id, OLD.login, OLD.roles, OLD.branch) OR (NEW.status <> OLD.status AND NEW.status <> 'disabled'))
  EXECUTE FUNCTION demand_approval(
  $$p.kind = 'person' AND p.subject = r.login AND r.login = o.login AND p.body -> 'roles' = to_jsonb(r.roles) AND p.body ->> 'branch' = r.branch AND p.body ->> 'status' = r.status$$,
  $$(r.id, r.login, r.status) = (o.id, o.login, o.status) AND r.roles <@ provided_roles() AND EXISTS (SELECT FROM person_identity i WHERE i.person = r.id)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT ON person_identity FOR EACH ROW EXECUTE FUNCTION demand_approval('false',
  $$EXISTS (SELECT FROM person s WHERE s.id = r.person AND s.made_at = now())$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON enrolment FOR EACH ROW EXECUTE FUNCTION demand_approval('false',
  $$r.roles = '{}' AND NOT EXISTS (SELECT FROM person_password w WHERE w.person = r.for_person) AND EXISTS (SELECT FROM proposal q JOIN person s ON s.login = q.subject
    WHERE s.id = r.for_person AND q.state = 'approved' AND q.kind IN ('person', 'recovery') AND q.maker_person = r.made_by)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON enrolment FOR EACH ROW
  WHEN (OLD.used_at IS NOT NULL AND NEW.used_at IS DISTINCT FROM OLD.used_at) EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE DELETE ON person_password FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'recovery' AND EXISTS (SELECT FROM person s WHERE s.id = r.person AND s.login = p.subject)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE DELETE ON person_totp FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'recovery' AND EXISTS (SELECT FROM person s WHERE s.id = r.person AND s.login = p.subject)$$);

-- Clients' addresses and keys. A token is its person's, and opens what that person's roles open; a key without power reads and sends payments.
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON client FOR EACH ROW
  WHEN (NEW.webhook_url IS NOT NULL OR NEW.webhook_secret IS NOT NULL OR NEW.webhook_sealed IS NOT NULL) EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON client FOR EACH ROW
  WHEN (NEW.code <> OLD.code OR NEW.webhook_url IS DISTINCT FROM OLD.webhook_url OR (NEW.webhook_secret IS NOT NULL AND NEW.webhook_secret IS DISTINCT FROM OLD.webhook_secret)
    OR (OLD.webhook_secret IS NULL AND NEW.webhook_sealed IS DISTINCT FROM OLD.webhook_sealed)) EXECUTE FUNCTION demand_approval(
  $$p.kind = 'client' AND p.subject = r.code AND r.code = o.code AND p.body ->> 'webhookUrl' IS NOT DISTINCT FROM r.webhook_url AND r.webhook_secret IS NULL$$);
-- A client that is made in this transaction begins with its bounds.
CREATE OR REPLACE TRIGGER demand_approval_bounds BEFORE UPDATE ON client FOR EACH ROW
  WHEN ((NEW.merchants, NEW.merchant_groups, NEW.open_holds_max) IS DISTINCT FROM (OLD.merchants, OLD.merchant_groups, OLD.open_holds_max))
  EXECUTE FUNCTION demand_approval($$p.kind = 'client' AND p.subject = r.code$$, $$o.created_at = now()$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT ON api_key FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'api_key' AND p.subject = r.id AND p.body -> 'scopes' = to_jsonb(r.scopes) AND p.body ->> 'client' = r.client AND r.person IS NULL$$,
  $$(r.client IS NULL AND r.person IS NOT NULL AND r.expires_at IS NOT NULL) OR (r.person IS NULL AND NOT EXISTS (
    SELECT FROM unnest(r.scopes) s WHERE s NOT IN ('transactions', 'read') AND s NOT LIKE 'read.%'))$$);

-- What is stopped, and what routes.
CREATE OR REPLACE TRIGGER demand_approval BEFORE DELETE ON suspension FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$(p.kind IN ('resume', 'resume_route') AND p.subject = r.ref) OR (p.kind = 'card_usage' AND r.suspended_by = '@card-usage'
    AND r.ref = format('@route/merchant-method/%s/%s', p.body ->> 'merchant', p.body ->> 'method'))$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE ON resumption FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind IN ('resume', 'resume_route') AND p.subject = r.ref$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON card_usage_case FOR EACH ROW
  WHEN (NEW.state = 'reopened' AND OLD.state <> 'reopened') EXECUTE FUNCTION demand_approval($$p.kind = 'card_usage' AND p.subject = r.id::text$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT ON routing_version FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'routing' AND p.id = r.proposal AND p.body -> 'version' = to_jsonb(r.version)$$);

-- What merchants pay, and to whom it goes; and who takes part in what is live.
CREATE OR REPLACE FUNCTION demand_fees() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  old_document jsonb;
  new_document jsonb;
BEGIN
  -- Without an escape nothing needs to be left out: an import asks this for each of its rows.
  IF strpos(OLD.document::text, '\u') + strpos(NEW.document::text, '\u') = 0 THEN
    old_document := OLD.document;
    new_document := NEW.document;
  ELSE
    old_document := audit_image(OLD.document);
    new_document := audit_image(NEW.document);
  END IF;
  IF NEW.id = OLD.id AND (old_document -> 'fees', old_document -> 'feeOnRefund', old_document -> 'clearingSystem') IS NOT DISTINCT FROM
    (new_document -> 'fees', new_document -> 'feeOnRefund', new_document -> 'clearingSystem') THEN RETURN NEW; END IF;
  IF is_owner(TG_RELID) OR EXISTS (
    SELECT FROM proposal p, coalesce(p.body -> 'merchants' -> NEW.id, CASE p.subject WHEN NEW.id THEN p.body END) shown
    WHERE NEW.id = OLD.id AND p.state = 'approved' AND p.checked_at = now() AND p.kind = 'merchant_fees'
      AND (shown -> 'fees', shown -> 'feeOnRefund', shown -> 'clearingSystem') IS NOT DISTINCT FROM
        (new_document -> 'fees', new_document -> 'feeOnRefund', new_document -> 'clearingSystem')) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'fees of merchant % need an approval of two people in the same transaction', OLD.id USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON merchant FOR EACH ROW
  WHEN (NEW.id <> OLD.id OR NEW.document::text <> OLD.document::text) EXECUTE FUNCTION demand_fees();
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON merchant_group_version FOR EACH ROW
  WHEN (NEW.state <> 'draft') EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON merchant_group_version FOR EACH ROW
  WHEN (NEW.state = 'in_force' AND OLD.state <> 'in_force') EXECUTE FUNCTION demand_approval(
  $$p.kind = 'merchant_group' AND p.subject = r.code AND p.body -> 'version' = to_jsonb(r.version) AND p.body ->> 'digest' = r.digest$$,
  $$NOT EXISTS (SELECT FROM campaign c JOIN campaign_facts f ON f.code = c.code AND f.version = c.live_version WHERE r.code = ANY (f.merchant_groups))$$);
-- Cards and customers of a group that a live campaign names. A draft's pages have version -1; whoever is erased leaves the pages without being asked about.
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON card_group FOR EACH ROW
  WHEN ((NEW.code, NEW.bins, NEW.members_version, NEW.member_count) IS DISTINCT FROM (OLD.code, OLD.bins, OLD.members_version, OLD.member_count))
  EXECUTE FUNCTION demand_approval(
  $$p.kind = 'card_group' AND p.subject = r.code AND r.code = o.code AND EXISTS (SELECT FROM member_group_draft d
    WHERE d.kind = p.kind AND d.code = r.code AND d.digest = p.body ->> 'digest' AND d.member_count = r.member_count AND coalesce(d.bins, o.bins) = r.bins)$$,
  $$r.code = o.code AND (NOT is_named_by_live('card_group', r.code) OR (r.bins = o.bins AND r.member_count < o.member_count AND is_erasing()))$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON customer_group FOR EACH ROW
  WHEN ((NEW.code, NEW.members_version, NEW.member_count) IS DISTINCT FROM (OLD.code, OLD.members_version, OLD.member_count))
  EXECUTE FUNCTION demand_approval(
  $$p.kind = 'customer_group' AND p.subject = r.code AND r.code = o.code AND EXISTS (SELECT FROM member_group_draft d
    WHERE d.kind = p.kind AND d.code = r.code AND d.digest = p.body ->> 'digest' AND d.member_count = r.member_count)$$,
  $$r.code = o.code AND (NOT is_named_by_live('customer_group', r.code) OR (r.member_count < o.member_count AND is_erasing()))$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE OR DELETE ON group_page FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = r.kind AND p.subject = r.code AND (r.kind, r.code) = (o.kind, o.code)$$,
  $$(r.kind, r.code) = (o.kind, o.code) AND (r.version = -1 AND o.version = -1 OR is_erasing() OR NOT is_named_by_live(r.kind, r.code))$$);

-- Files of money: how they look, which is replaced, and which date ends early.
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE ON clearing_system FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'clearing_system' AND p.subject = r.code AND r.code = o.code AND p.body -> 'layouts' = audit_image(r.layouts)$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE INSERT OR UPDATE ON bill_layout FOR EACH ROW EXECUTE FUNCTION demand_approval(
  $$p.kind = 'bill_layout' AND p.subject = r.code AND r.code = o.code AND p.body = r.document$$);
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON clearing_file FOR EACH ROW
  WHEN ((NEW.state = 'replaced' AND OLD.state <> 'replaced') OR (OLD.state IN ('acknowledged', 'replaced')
    AND (NEW.state, NEW.sha256, NEW.gross_fen, NEW.discount_fen, NEW.settle_fen, NEW.fee_final_fen, NEW.fee_saved_fen) IS DISTINCT FROM
      (OLD.state, OLD.sha256, OLD.gross_fen, OLD.discount_fen, OLD.settle_fen, OLD.fee_final_fen, OLD.fee_saved_fen))) EXECUTE FUNCTION demand_approval(
  $$o.state NOT IN ('acknowledged', 'replaced') AND p.kind = 'replacement' AND p.subject = r.id::text$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON clearing_run FOR EACH ROW
  WHEN (NEW.early) EXECUTE FUNCTION demand_approval($$p.kind = 'early_close' AND p.subject = r.business_date::text$$);
CREATE OR REPLACE TRIGGER demand_approval_new BEFORE INSERT ON erasure FOR EACH ROW
  WHEN (NEW.state <> 'proposed') EXECUTE FUNCTION demand_approval('false');
CREATE OR REPLACE TRIGGER demand_approval BEFORE UPDATE ON erasure FOR EACH ROW
  WHEN (NEW.state <> OLD.state AND OLD.state = 'proposed' AND NEW.state <> 'dropped') EXECUTE FUNCTION demand_approval(
  $$p.kind = 'erasure' AND p.body -> 'erasure' = to_jsonb(r.id)$$);
