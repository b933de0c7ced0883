import { randomBytes } from 'node:crypto'
import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { grantAppLogin, scramVerifier } from './app-login'

let database: TestDatabase
let app: Client
const role = `t_app_${randomBytes(4).toString('hex')}`
const urlOf = (user: string, password: string) => {
  const url = new URL(database.url)
  url.username = user
  url.password = password
  return url.toString()
}
const asOwner = async (sql: string) => {
  const owner = new Client({ connectionString: database.url })
  await owner.connect()
  try {
    return await owner.query(sql)
  } finally {
    await owner.end()
  }
}

beforeAll(async () => {
  database = await testDatabase()
  await grantAppLogin(database.url, urlOf(role, "it's %5Ba secret"))
  app = new Client({ connectionString: urlOf(role, "it's %5Ba secret") })
  await app.connect()
})
afterAll(async () => {
  await app.end()
  await asOwner(`DROP ROLE ${role}`)
  await database.drop()
})

/** The owner writes them, or a function that runs as the owner. */
const READ_ONLY = ['migrations', 'audit_event', 'audit_seal', 'audit_mark', 'installation_setting']
/** Rows are added and some of their columns changed; a table-wide right is none of the login's. */
const BY_COLUMN = [
  ...['proposal', 'proposal_decision', 'campaign_version', 'api_key', 'delegation', 'enrolment'],
  ...['person_identity'],
]
const APPEND_ONLY = [
  ...['routing_version', 'journal', 'journal_seal', 'business_day', 'account_day'],
  ...['unposted_result', 'payment_day', 'payment_share_day', 'payment_posting_day', 'merchant_day'],
  ...['refusal_day', 'refusal_day_count', 'campaign_backtest', 'campaign_origin', 'partner_version', 'account_reveal'],
]
const CHANGES: Readonly<Record<string, string>> = {
  routing_version: `maker = ''`,
  partner_version: `maker = ''`,
  account_reveal: `actor = ''`,
  refusal_day: 'payments = 0',
  refusal_day_count: 'answers = 0',
  campaign_backtest: 'version = 0',
  campaign_origin: 'version = 0',
}
/** What two people decide is never removed; of these rows the triggers of `demand_approval.sql` say what may change. */
const NEVER_REMOVED = [
  ...['campaign', 'rule_template', 'partner', 'partner_cycle', 'role', 'person', 'branch', 'client'],
  ...['merchant', 'merchant_group', 'merchant_group_version', 'reconciliation_case', 'card_usage_case'],
  ...['clearing_system', 'clearing_run', 'clearing_file', 'bill_layout', 'erasure'],
]
/** What a version says stays; its state is a column that may change. */
const KEPT: Readonly<Record<string, string>> = {
  rule_template_version: 'INSERT SELECT',
  suspension: 'DELETE INSERT SELECT',
  routing_draft: 'DELETE INSERT SELECT',
  ...Object.fromEntries(NEVER_REMOVED.map((table) => [table, 'INSERT SELECT UPDATE'])),
}

test('the login reads and writes every table, adds to what is append-only, and changes none of it', async () => {
  const { rows } = await app.query<{ name: string; may: string[] }>(
    `SELECT c.relname AS name, coalesce(array_agg(p ORDER BY p) FILTER (WHERE has_table_privilege(c.oid, p)), '{}') AS may
     FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES']) p
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') GROUP BY 1`,
  )
  const rights = Object.fromEntries(rows.map(({ name, may }) => [name, may.join(' ')]))
  expect(rows.length).toBeGreaterThan(20)
  for (const [name, may] of Object.entries(rights))
    expect([name, may]).toEqual([
      name,
      KEPT[name] ??
        (READ_ONLY.includes(name)
          ? 'SELECT'
          : /^audit_event_\d/.test(name)
            ? ''
            : [...APPEND_ONLY, ...BY_COLUMN].includes(name)
              ? 'INSERT SELECT'
              : 'DELETE INSERT SELECT UPDATE'),
    ])
  for (const table of APPEND_ONLY)
    for (const sql of [
      `UPDATE ${table} SET ${CHANGES[table] ?? 'business_date = now()'}`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
    ])
      await expect(app.query(sql)).rejects.toThrow(`permission denied for table ${table}`)
  await app.query(`UPDATE rule_template_version SET state = 'retired', retired_at = now() WHERE code = 'NONE'`)
  for (const column of ['document', 'maker', 'version'])
    await expect(app.query(`UPDATE rule_template_version SET ${column} = NULL`)).rejects.toThrow('permission denied')
})

test('it cannot switch the triggers off, make tables, or become somebody else', async () => {
  await expect(app.query('SET session_replication_role = replica')).rejects.toThrow('permission denied')
  await expect(app.query('ALTER TABLE journal DISABLE TRIGGER append_only')).rejects.toThrow('must be owner')
  await expect(app.query('CREATE TABLE mine ()')).rejects.toThrow('permission denied for schema public')
  await expect(app.query('SET ROLE lijian')).rejects.toThrow('permission denied')
})

test('a table that a later migration makes is read; what changes there is granted by the migration', async () => {
  await asOwner('CREATE TABLE later (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, what text)')
  expect((await app.query('SELECT * FROM later')).rows).toEqual([])
  for (const sql of [`INSERT INTO later (what) VALUES ('a')`, `UPDATE later SET what = 'b'`, 'DELETE FROM later'])
    await expect(app.query(sql)).rejects.toThrow('permission denied for table later')
  await asOwner('GRANT INSERT ON later TO lijian_app')
  await app.query(`INSERT INTO later (what) VALUES ('a')`)
})

test('again it only gets another password; who may do everything is refused', async () => {
  await grantAppLogin(database.url, urlOf(role, 'another'))
  const old = new Client({ connectionString: urlOf(role, "it's %5Ba secret") })
  const fresh = new Client({ connectionString: urlOf(role, 'another') })
  await fresh.connect()
  await fresh.end()
  await expect(old.connect()).rejects.toThrow('password authentication failed')
  await old.end().catch(() => undefined)
  await expect(grantAppLogin(database.url, database.url)).rejects.toThrow('may do everything')
  await expect(grantAppLogin(database.url, urlOf(role, ''))).rejects.toThrow('name a user and a password')
})

test('the verifier is what PostgreSQL would make of the password itself', async () => {
  const { rows } = await asOwner(`SET password_encryption = 'scram-sha-256';
    ALTER ROLE ${role} PASSWORD 'it''s %5Ba secret'; SELECT rolpassword AS kept FROM pg_authid WHERE rolname = '${role}'`).then(
    (all) => (all as unknown as { rows: { kept: string }[] }[]).at(-1)!,
  )
  const { kept } = rows[0]!
  const salt = Buffer.from(/:(.*)\$/.exec(kept)![1]!, 'base64')
  expect(scramVerifier("it's %5Ba secret", salt)).toBe(kept)
})

test('the password is in no statement: a log of all of them does not have it', async () => {
  const sent: string[] = []
  const query = jest.spyOn(Client.prototype, 'query').mockName('query')
  await grantAppLogin(database.url, urlOf(role, "it's %5Ba secret"))
  for (const [first] of query.mock.calls) sent.push(String(first))
  query.mockRestore()
  expect(sent.join('\n')).toContain('SCRAM-SHA-256$4096:')
  expect(sent.join('\n')).not.toContain('a secret')
})
