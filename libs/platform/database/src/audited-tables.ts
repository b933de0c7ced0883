/** How changes of a table become events. */
export interface AuditedTable {
  /** What the subject of its events is called; absent: the table's name. */
  kind?: string
  key: string
  /** Fields that the audit shows as "***". */
  masked?: string
  /** Fields that are nobody's act: progress, and when something was seen. */
  ignored?: string
  /** Absent: all of them. */
  ops?: string
}

const SEEN = { ignored: 'updated_at' }

/**
 * Tables that people change. Every migration brings the triggers up to this list; a test names each table that is neither here nor known to be none of
 * them. A table of payments never comes here: each of its statements would pay for it.
 */
export const AUDITED: Readonly<Record<string, AuditedTable>> = {
  campaign: { key: 'code' },
  campaign_version: { key: 'code,version' },
  campaign_origin: { key: 'code,version', ops: 'INSERT' },
  rule_template: { key: 'code' },
  rule_template_version: { key: 'code,version' },
  backtest_run: { key: 'id', ops: 'INSERT' },
  campaign_backtest: { key: 'id', ops: 'INSERT' },
  suspension: { key: 'ref' },
  resumption: { key: 'ref' },
  merchant: { key: 'id', ignored: 'updated_at,name,mcc,region,branch,status,import_id' },
  merchant_group: { key: 'code', ...SEEN },
  merchant_group_version: { key: 'code,version' },
  member_group_draft: { key: 'kind,code' },
  card_group: { key: 'code', ...SEEN },
  customer_group: { key: 'code', ...SEEN },
  group_import: { key: 'id', ignored: 'lines,accepted,duplicates,error_count,errors,bytes,total_bytes' },
  routing_version: { key: 'version' },
  partner: { key: 'code', masked: 'contacts,deposit_account,payout_account', ...SEEN },
  partner_draft: { key: 'code', masked: 'contacts,deposit_account,payout_account', ...SEEN },
  partner_version: { key: 'code,version', ops: 'INSERT' },
  // Each read of a whole account number.
  account_reveal: { key: 'proposal,person', ops: 'INSERT' },
  routing_draft: { key: 'version' },
  erasure: { key: 'id', masked: 'tokens,payments,salt' },
  proposal: { key: 'id' },
  proposal_decision: { key: 'proposal,person' },
  approval_policy: { key: 'kind,from_fen' },
  delegation: { key: 'id' },
  client: { key: 'code', masked: 'webhook_secret,webhook_sealed,webhook_sealed_before' },
  api_key: { key: 'id', masked: 'hash', ignored: 'last_used_at' },
  branch: { key: 'code' },
  role: { key: 'code' },
  role_conflict: { key: 'one,other' },
  person: { key: 'id', masked: 'name,login' },
  person_password: { key: 'person', masked: 'hash,earlier' },
  person_totp: { key: 'person', masked: 'secret', ignored: 'last_step' },
  person_identity: { key: 'person', masked: 'subject' },
  passkey: { key: 'id', masked: 'public_key', ignored: 'counter,last_used_at' },
  session: { key: 'id', masked: 'hash', ignored: 'seen_at,ends_at' },
  enrolment: { key: 'hash', masked: 'hash' },
  waiting_secret: { key: 'id', masked: 'hash,sealed' },
  decision_proof: { key: 'id' },
  clearing_system: { key: 'code', ...SEEN },
  bill_layout: { key: 'code', ...SEEN },
  clearing_run: { key: 'business_date' },
  clearing_file: {
    key: 'id',
    ignored:
      'rows_written,rows_count,gross_fen,discount_fen,settle_fen,fee_final_fen,fee_saved_fen,bytes,proved_at,layout',
  },
  bill_file: { key: 'id', ignored: 'lines,known_lines,bytes,errors' },
  partner_cycle: { key: 'id', ignored: 'lines' },
  reconciliation_case: { key: 'id', ignored: 'reminded_at' },
  // What a payment opens is nobody's act.
  card_usage_case: { key: 'id', ignored: 'cards', ops: 'UPDATE DELETE' },
  report_schedule: { key: 'code', ...SEEN },
  report_access: { kind: 'report_run', key: 'run', ops: 'INSERT' },
  saved_view: { key: 'owner,code', ...SEEN },
  installation_setting: { key: 'name' },
}

/** The statements that bring the triggers up to the list. What stands stays, and what is not there yet is left out. */
export const auditTables = (): { sql: string; values: string[] }[] =>
  Object.entries(AUDITED).map(([table, { kind, key, masked = '', ignored = '', ops = 'INSERT UPDATE DELETE' }]) => ({
    sql: 'SELECT audit_table($1, $2, $3, $4, $5, $6)',
    values: [table, kind ?? table, key, masked, ignored, ops],
  }))
