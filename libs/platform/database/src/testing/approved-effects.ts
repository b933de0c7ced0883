import type { ApprovalKindName } from '@lijian/contracts/people'
import { createHash } from 'node:crypto'

/** What each kind of decision brings about, as statements of the application. */
export interface Effect {
  subject: string
  body: object
  /** Each by itself is refused; together they are what an approval brings about. */
  sql: string[]
  /** Statements before, which need nobody. */
  first?: string
}

const SEALED = { sealed: 'U0VBTEVE', bank: 'CCB', last4: '5678' }
const HASH = createHash('sha256').update(SEALED.sealed).digest('hex')
const entry = (event: string, client: string, fen: number, detail: object = { partner: 'CCB' }) =>
  `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
   SELECT '2026-01-01', '${event}', '${client}', id::text, '${JSON.stringify(detail)}', '{cash/bank,partner/CCB}', '{${fen},${-fen}}' FROM mine`
const json = (of: object) => `'${JSON.stringify(of)}'`

export const EFFECTS: Readonly<Record<ApprovalKindName, Effect | string>> = {
  campaign: {
    subject: 'A',
    body: { version: 2, document: { name: 'a' } },
    sql: [
      `UPDATE campaign_version SET state = 'approved', checker = 'c', approved_at = now() WHERE code = 'A' AND version = 2`,
      `UPDATE campaign SET live_version = 2 WHERE code = 'A'`,
    ],
  },
  rule_template: {
    subject: 'T',
    body: { version: 1, document: { code: 'T' } },
    sql: [
      `UPDATE rule_template_version SET state = 'approved', checker = 'c', approved_at = now() WHERE code = 'T'`,
      `UPDATE rule_template SET approved_version = 1 WHERE code = 'T'`,
    ],
  },
  resume: {
    subject: 'A',
    body: {},
    sql: [`DELETE FROM suspension WHERE ref = 'A'`, `INSERT INTO resumption (ref, resumed_by) VALUES ('A', 'c')`],
  },
  resume_route: { subject: '@route/mid/M', body: {}, sql: [`DELETE FROM suspension WHERE ref = '@route/mid/M'`] },
  partner: {
    subject: 'CCB',
    body: { name: 'CCB', status: 'active', payoutAccount: { sealed: HASH } },
    sql: [
      `UPDATE partner SET payout_account = ${json(SEALED)}, accounts_version = accounts_version + 1 WHERE code = 'CCB'`,
      `INSERT INTO partner_version (code, version, document, maker, checker, proposal) SELECT 'CCB', 9, body, 'm', 'c', id FROM mine`,
    ],
  },
  receipt: {
    subject: 'CCB',
    body: { amount: 500 },
    sql: [`UPDATE partner SET funded_fen = funded_fen + 500 WHERE code = 'CCB'`, entry('top_up', '@receipt', 500)],
  },
  withdrawal: {
    subject: 'CCB',
    body: { amount: 500 },
    sql: [
      `UPDATE partner SET funded_fen = funded_fen - 500 WHERE code = 'CCB'`,
      entry('withdrawal', '@withdrawal', 500),
    ],
  },
  credit_line: {
    subject: 'CCB',
    body: { creditLine: 700 },
    sql: [`UPDATE partner SET credit_line_fen = 700 WHERE code = 'CCB'`],
  },
  transfer: { subject: 'institution', body: { amount: 500 }, sql: [entry('transfer', '@transfer', 500, {})] },
  collection: {
    subject: 'CCB',
    body: { cycle: 1, amount: 500 },
    sql: [`UPDATE partner_cycle SET paid_fen = 500`, entry('collection', '@collection', 500)],
  },
  cycle_adjustment: {
    subject: 'CCB',
    body: { cycle: 1, amount: 300 },
    sql: [`UPDATE partner_cycle SET waived_fen = 300`, entry('write_off', '@cycle_adjustment', 300)],
  },
  case_resolution: {
    subject: '1',
    body: { resolution: 'accept' },
    sql: [
      `UPDATE reconciliation_case SET state = 'closed', resolution = 'accept', resolved_by = (SELECT id FROM mine), closed_at = now() WHERE id = 1`,
      entry('adjustment', '@case', 7, { case: 1 }),
    ],
  },
  card_usage: {
    subject: '1',
    body: { merchant: 'M-1', method: 'qr' },
    sql: [
      `UPDATE card_usage_case SET state = 'reopened', closed_at = now() WHERE id = 1`,
      `DELETE FROM suspension WHERE ref = '@route/merchant-method/M-1/qr'`,
    ],
  },
  routing: {
    subject: 'routing',
    body: { version: 7 },
    sql: [`INSERT INTO routing_version (version, document, maker, proposal) SELECT 7, '{}', 'm', id FROM mine`],
  },
  shared_pool: 'the approved proposal is its whole effect',
  merchant_fees: {
    subject: 'M-1',
    body: { id: 'M-1', fees: { default: { ppm: 0 } } },
    sql: [`UPDATE merchant SET document = '{"id": "M-1", "fees": {"default": {"ppm": 0}}}' WHERE id = 'M-1'`],
  },
  card_group: {
    subject: 'CG',
    body: { code: 'CG', digest: 'd5' },
    sql: [
      `UPDATE card_group SET members_version = 2, member_count = 5 WHERE code = 'CG'`,
      `INSERT INTO group_page (kind, code, version, page, members) VALUES ('card_group', 'CG', 2, 0, '\\x00')`,
      `DELETE FROM group_page WHERE kind = 'card_group' AND code = 'CG' AND version = 1`,
    ],
  },
  customer_group: {
    subject: 'UG',
    body: { code: 'UG', digest: 'd6' },
    sql: [`UPDATE customer_group SET members_version = 2, member_count = 6 WHERE code = 'UG'`],
  },
  merchant_group: {
    subject: 'G',
    body: { version: 2, digest: 'd2' },
    sql: [`UPDATE merchant_group_version SET state = 'in_force' WHERE code = 'G' AND version = 2`],
  },
  clearing_system: {
    subject: 'CLS',
    body: { name: 'n', layouts: { amount: 'x' } },
    sql: [`INSERT INTO clearing_system (code, name, layouts, updated_by) VALUES ('CLS', 'n', '{"amount":"x"}', 'm')`],
  },
  bill_layout: {
    subject: 'B',
    body: { code: 'B' },
    sql: [`INSERT INTO bill_layout (code, document, updated_by) VALUES ('B', '{"code": "B"}', 'm')`],
  },
  acknowledgement: 'a machine of the clearing system says the same at once',
  early_close: {
    subject: '2026-01-02',
    body: {},
    sql: [
      `INSERT INTO clearing_run (business_date, settlement_date, requested_by, early) VALUES ('2026-01-02', '2026-01-03', 'm', true)`,
    ],
  },
  replacement: { subject: '1', body: {}, sql: [`UPDATE clearing_file SET state = 'replaced' WHERE id = 1`] },
  client: {
    subject: 'c',
    body: { webhookUrl: 'https://evil.example' },
    sql: [
      `UPDATE client SET webhook_url = 'https://evil.example', webhook_sealed = 'x' WHERE code = 'c'`,
      `UPDATE client SET merchants = '{M-9}', open_holds_max = 9 WHERE code = 'c'`,
    ],
  },
  api_key: {
    subject: 'k2',
    body: { client: 'c', scopes: ['admin'] },
    sql: [`INSERT INTO api_key (id, client, name, hash, scopes) VALUES ('k2', 'c', 'k', 'h2', '{admin}')`],
  },
  branch: {
    subject: 'b',
    body: { name: 'B', parent: 'head-office' },
    sql: [`INSERT INTO branch (code, name, parent) VALUES ('b', 'B', 'head-office')`],
  },
  person: {
    subject: 'li.na',
    body: { roles: ['administrator'], branch: 'head-office', status: 'active' },
    sql: [`UPDATE person SET roles = '{administrator}' WHERE login = 'li.na'`],
  },
  recovery: {
    subject: 'li.na',
    body: {},
    sql: [`DELETE FROM person_password WHERE person = 'p1'`, `DELETE FROM person_totp WHERE person = 'p1'`],
  },
  role: {
    subject: 'operator',
    body: { scopes: ['admin', 'read'] },
    sql: [
      `UPDATE role SET scopes = '{admin,read}' WHERE code = 'operator'`,
      `DELETE FROM role_conflict WHERE 'operator' IN (one, other)`,
    ],
  },
  approval_policy: {
    subject: 'any',
    body: {},
    sql: [
      `DELETE FROM approval_policy WHERE kind = '*'`,
      `INSERT INTO approval_policy (kind, from_fen, expires_after_hours) VALUES ('*', 1, 1)`,
    ],
  },
  delegation: {
    subject: 'p1',
    body: { standsIn: 'p2', until: '2030-01-02T00:00:00.000Z' },
    sql: [
      `INSERT INTO delegation (absent, stands_in, from_at, until_at, proposal)
       SELECT 'p1', 'p2', '2030-01-01T00:00:00Z', '2030-01-02T00:00:00Z', id FROM mine`,
    ],
  },
  erasure: {
    subject: '1',
    body: { erasure: 1 },
    sql: [`UPDATE erasure SET state = 'running', begun_at = now() WHERE id = 1`],
  },
}

/** Rows that stand before: what the decisions of two are about. */
export const STANDING = `
  INSERT INTO client (code, name, webhook_url, webhook_sealed) VALUES ('c', 'c', 'https://good.example', 'old');
  INSERT INTO campaign (code, live_version, latest_version) VALUES ('A', 1, 2);
  INSERT INTO campaign_version (code, version, document, state, maker, checker, approved_at)
    VALUES ('A', 1, '{}', 'approved', 'm', 'c', now()), ('A', 2, '{"name":"a"}', 'not_approved', 'm', NULL, NULL);
  INSERT INTO rule_template (code, latest_version) VALUES ('T', 1);
  INSERT INTO rule_template_version (code, version, document, state, maker) VALUES ('T', 1, '{"code": "T"}', 'not_approved', 'm');
  INSERT INTO suspension (ref, suspended_by) VALUES ('A', 'm'), ('@route/mid/M', 'm'), ('@route/merchant-method/M-1/qr', '@card-usage');
  INSERT INTO partner (code, name, funded_fen) VALUES ('CCB', 'CCB', 1000);
  INSERT INTO reconciliation_case (kind, client, serial) VALUES ('x', 'c', 's');
  INSERT INTO merchant (id, document, updated_by) VALUES ('M-1', '{"id": "M-1", "fees": {"default": {"ppm": 6000}}}', 'm');
  INSERT INTO merchant_group (code, version, latest_version, updated_by) VALUES ('G', 1, 2, 'm');
  INSERT INTO merchant_group_version (code, version, base, state, member_count, added, removed, digest, made_by)
    VALUES ('G', 1, 0, 'in_force', 1, 1, 0, 'd1', 'm'), ('G', 2, 1, 'draft', 2, 1, 0, 'd2', 'm');
  INSERT INTO card_group (code, bins, members_version, member_count, updated_by) VALUES ('CG', '{}', 1, 1, 'm');
  INSERT INTO customer_group (code, members_version, member_count, updated_by) VALUES ('UG', 1, 1, 'm');
  INSERT INTO group_page (kind, code, version, page, members) VALUES ('card_group', 'CG', 1, 0, '\\x01');
  INSERT INTO member_group_draft (kind, code, base, has_members, member_count, added, removed, digest, made_by)
    VALUES ('card_group', 'CG', 1, true, 5, 4, 0, 'd5', 'm'), ('customer_group', 'UG', 1, true, 6, 5, 0, 'd6', 'm');
  INSERT INTO partner_cycle (partner, cycle, campaign, period, from_date, to_date, campaigns, state, opening_fen, charged_fen, returned_fen, collected_fen,
      adjusted_fen, closing_fen, carried_fen, due_fen, lines, statement_rows, statement_sha256)
    VALUES ('CCB', 'month', '', '2026-01', '2026-01-01', '2026-01-31', '{}', 'issued', 0, 1000, 0, 0, 0, 1000, 0, 1000, '[]', 0, 'x');
  INSERT INTO clearing_file (business_date, kind, clearing_system, version, settlement_date, layout, name, rows_count, gross_fen, discount_fen, settle_fen,
      fee_final_fen, fee_saved_fen) VALUES ('2026-01-01', 'amount', 'CLS', 1, '2026-01-02', '{}', 'f', 0, 0, 0, 0, 0, 0);
  INSERT INTO card_usage_case (merchant, method, parents, state, period, threshold, cards, remind_hours) VALUES ('M-1', 'qr', '{}', 'waiting_review', 'p', 1, 1, 1);
  INSERT INTO person (id, login, name, branch, roles) VALUES ('p1', 'li.na', 'L', 'head-office', '{operator}'), ('p2', 'wu', 'W', 'head-office', '{operator}');
  INSERT INTO person_password (person, hash) VALUES ('p1', 'h');
  INSERT INTO person_totp (person, secret) VALUES ('p1', 'x');
  INSERT INTO erasure (legal_basis, named_by, tokens, requested_by) VALUES ('b', '{card}', '{t}', 'm');
  INSERT INTO campaign_facts (code, version, partners, merchants, merchant_groups, any_merchant, offers) VALUES ('A', 1, '{}', '{}', '{G}', false, '[]')
    ON CONFLICT (code, version) DO UPDATE SET merchant_groups = '{G}';
  UPDATE campaign_facts SET card_groups = '{CG}', customer_groups = '{UG}' WHERE code = 'A' AND version = 1;
  CREATE VIEW mine AS SELECT p.id, p.body FROM (SELECT) one LEFT JOIN proposal p ON p.checked_at = now() AND p.state = 'approved';
  GRANT SELECT ON mine TO lijian_app`
