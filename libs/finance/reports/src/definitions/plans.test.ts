import { LIMITS, steadyClient } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import type { ReportDefinition } from '../definition'
import { ZONE } from '../testing/whole-section'
import { auditReport } from './audit'
import { campaignEffectReport } from './campaign-effect'
import { routingReport } from './routing'

const DAYS = 90
const A_DAY = 200
/** Some sections read their day more than once, and a forecast reads seven. */
const MOST_ROWS = (DAYS * A_DAY) / 4

let sql: ReturnType<typeof steadyClient>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  sql = steadyClient(database.url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  const each = `generate_series(0, ${DAYS - 1}) d, generate_series(1, ${A_DAY}) n`
  const day = `DATE '2026-01-01' + d`
  const noon = `(${day})::timestamptz + interval '12 hours'`
  await sql.query(`
    SET timezone = 'UTC'; SET session_replication_role = replica;
    INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
      SELECT ${day}, 'capture', 'till', 'S' || d || '-' || n, 'M' || n % 9, 'main', jsonb_build_object('amountFen', 100, 'offers',
        jsonb_build_array(jsonb_build_object('campaign', 'C' || n % 3, 'code', 'O', 'discountFen', 1, 'funders', '[]'::jsonb))), '{}', '{}' FROM ${each};
    INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are, charges, record, created_at)
      SELECT 'till', 'S' || d || '-' || n, 1, 'm', 'confirmed', 'M' || n % 9, 'h', 100, 99, 'none', '[]', '{"facts": {"cardToken": "t"}}', ${noon} FROM ${each};
    SELECT open_decision_day((${day})::date) FROM generate_series(0, ${DAYS - 1}) d;
    INSERT INTO decision_log (client, serial, answered_at, id, merchant, decision)
      SELECT 'till', 'N' || d || '-' || n, ${noon}, gen_random_uuid(), 'M' || n % 9, '{"amountFen": 100, "facts": {"currency": "CNY"}, "basis": {"counters": {"C1#budget||total": [0,0,5,1,5,null]}}}' FROM ${each};
    INSERT INTO counter (key, limit_count, limit_version, used_count) SELECT 'C' || n % 90 || '/O#card.day|t' || n || '|' || (${day})::text, 1, 1, 1 FROM ${each};
    INSERT INTO counter (key, limit_count, limit_version, used_count) SELECT '@route/mid/X' || n || '|' || (${day})::text, 1, 1, 1 FROM ${each};
    INSERT INTO route (client, serial, version, state, merchant, body_hash, amount_fen, attempts, record, created_at)
      SELECT 'till', 'S' || d || '-' || n, 1, 'succeeded', 'M' || n % 9, 'h', 100, jsonb_build_array(jsonb_build_object('mid', 'X' || n, 'channel', 'C', 'pool', 'P',
        'state', 'succeeded', 'costFen', 1, 'over', '[]'::jsonb, 'charges', jsonb_build_array(jsonb_build_object('key', '@route/mid/X' || n || '|' || (${day})::text)),
        'usage', jsonb_build_object('merchant', 'M' || n % 9, 'parents', '[]'::jsonb))), '{"facts": {"method": "qr"}, "decisions": []}', ${noon} FROM ${each};
    INSERT INTO card_usage (kind, holder, period, card_token, count) SELECT 'merchant', 'M' || n % 9, to_char(${day}, 'YYYY-MM-DD'), 't' || n, 1 FROM ${each};
    INSERT INTO config_change (kind, code, changed_at) SELECT 'campaign', 'C' || n, ${noon} FROM ${each};
    INSERT INTO proposal (kind, subject, body, hash, maker, made_at, state, checker, checked_at)
      SELECT 'top_up', 'CCB', '{}', 'h', 'm', ${noon}, CASE n % 9 WHEN 0 THEN 'proposed' ELSE 'approved' END, CASE WHEN n % 9 > 0 THEN 'c' END,
        CASE WHEN n % 9 > 0 THEN ${noon} END FROM ${each};
    INSERT INTO campaign_version (code, version, document, state, maker, created_at, checker, approved_at)
      SELECT 'C' || n, d + 1, '{}', 'approved', 'm', ${noon}, 'c', ${noon} FROM ${each};
    INSERT INTO report_run (kind, parameters, format, language, encoding, request_hash, data_version, requested_by)
      SELECT 'merchant', '{}', 'csv', 'zh', 'utf-8', 'h' || n, 'open', 'k' FROM generate_series(1, 20) n;
    INSERT INTO report_access (run, act, actor, at) SELECT 1 + n % 20, 'link', 'k', ${noon} FROM ${each};
    ANALYZE`)
}, 120_000)
afterAll(async () => {
  await sql.end()
  await drop()
})

interface Node {
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

/** Rows that were read of each table, those that a filter threw away too. */
function readBy(node: Node, read: Map<string, number> = new Map<string, number>()): Map<string, number> {
  const table = node['Relation Name']?.replace(/_\d{8}$/, '')
  const rows = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0) // prettier-ignore
  if (table !== undefined) read.set(table, (read.get(table) ?? 0) + rows * node['Actual Loops'])
  for (const plan of node.Plans ?? []) readBy(plan, read)
  return read
}

const sections = [campaignEffectReport, routingReport, auditReport].flatMap((definition: ReportDefinition) =>
  definition.sections.map((section) => ({ name: `${definition.kind} ${section.section}`, section })),
)

test.each(sections)('$name of one day reads no months', async ({ section }) => {
  const ask = { parameters: { from: '2026-02-14', to: '2026-02-14', campaign: 'C1' }, timeZone: ZONE }
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${section.rows(ask)}`,
  )
  const read = readBy(rows[0]!['QUERY PLAN'][0].Plan)
  expect(read.size).toBeGreaterThan(0)
  for (const [table, count] of read) expect([table, count]).toEqual([table, Math.min(count, MOST_ROWS)])
})
