import { merchantListQuery } from '@lijian/contracts/marketing'
import { LIMITS, steadyClient } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { listStatement } from './list'

const MERCHANTS = 60_000
const PAGE = 50
/** A page and what lies beside it; never a part of all merchants. */
const MOST_ROWS = 40 * PAGE

let sql: ReturnType<typeof steadyClient>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  sql = steadyClient(database.url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  await sql.query(`
    INSERT INTO branch VALUES ('south', '华南', 'head-office'), ('shenzhen', '深圳', 'south'), ('north', '华北', 'head-office');
    INSERT INTO merchant (id, document, updated_by) SELECT 'M' || lpad(n::text, 7, '0'), json_build_object(
        'id', 'M' || lpad(n::text, 7, '0'), 'name', (ARRAY['面馆', '超市', '药店', '茶铺', '书店'])[1 + n % 5] || n, 'mcc', (5000 + n % 200)::text,
        'region', (ARRAY['440305', '440106', '110105', '310000', '510100', '330100', '320500', '420100', '610100', '350200'])[1 + n % 10],
        'branch', CASE n % 50 WHEN 0 THEN 'shenzhen' WHEN 1 THEN 'north' ELSE 'head-office' END, 'status', CASE n % 300 WHEN 0 THEN 'left' ELSE 'active' END), 'm'
      FROM generate_series(1, ${MERCHANTS}) n;
    INSERT INTO merchant_group (code, version, latest_version, member_count, updated_by) VALUES ('SMALL', 2, 2, 600, 'm'), ('LARGE', 1, 1, 50000, 'm');
    INSERT INTO merchant_group_member SELECT 'SMALL', id, 1 + n % 3, NULL FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM merchant) m WHERE n % 100 = 0;
    INSERT INTO merchant_group_member SELECT 'LARGE', id, 1, NULL FROM merchant WHERE id <= 'M0050000';
    ANALYZE`)
}, 120_000)
afterAll(async () => {
  await sql.end()
  await drop()
})

interface Node {
  'Node Type': string
  'Relation Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: Node[]
}

/** Rows that were read of merchants and members, those that a filter threw away too. */
function readBy(node: Node): number {
  const rows = node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0) // prettier-ignore
  const own = node['Relation Name']?.startsWith('merchant') === true ? rows * node['Actual Loops'] : 0
  return (node.Plans ?? []).reduce((sum, plan) => sum + readBy(plan), own)
}

const lists: [string, Record<string, string>][] = [
  ['all', {}],
  ['all, further on', { after: 'M0040000' }],
  ['one id', { q: 'M0031234' }],
  ['how many ids begin', { q: 'M00' }],
  ['how few names begin', { q: '茶铺1234' }],
  ['how many names begin', { q: '面馆' }],
  ['an MCC', { mcc: '5011' }],
  ['an MCC, further on', { mcc: '5011', after: 'M0040000' }],
  ['a province', { region: '44' }],
  ['a city', { region: '440300' }],
  ['a district', { region: '440305', after: 'M0040000' }],
  ['a branch and what is below it', { branch: 'south' }],
  ['who has left', { status: 'left' }],
  ['who is there', { status: 'active' }],
  ['a small group', { group: 'SMALL' }],
  ['a large group, further on', { group: 'LARGE', after: 'M0040000' }],
  ['an MCC in a province', { mcc: '5011', region: '44' }],
]

test.each(lists)('a page of %s reads no part of all merchants', async (_, asked) => {
  const { text, values } = listStatement(merchantListQuery.parse({ ...asked, limit: String(PAGE) }))
  const { rows } = await sql.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${text}`, values)
  const read = readBy(rows[0]!['QUERY PLAN'][0].Plan)
  expect(read).toBeGreaterThan(0)
  expect(read).toBeLessThan(MOST_ROWS)
})

test.each(lists)('a page of %s has what a look at every merchant finds', async (_, asked) => {
  const { text, values } = listStatement(merchantListQuery.parse({ ...asked, limit: '500' }))
  const { rows: all } =
    await sql.query<{ id: string; name: string; mcc: string; region: string; branch: string; status: string; small: boolean; large: boolean }>( // prettier-ignore
      `SELECT id, name, mcc, region, branch, status, id IN (SELECT merchant FROM merchant_group_member WHERE code = 'SMALL' AND from_version <= 2) AS small,
       id <= 'M0050000' AS large FROM merchant ORDER BY id COLLATE "C"`,
    )
  const { after = '', q = '', mcc, region = '', branch, status, group } = asked
  const expected = all.filter(
    (one) =>
      one.id > after &&
      (one.id.startsWith(q) || one.name.startsWith(q)) &&
      (mcc === undefined || one.mcc === mcc) &&
      one.region.startsWith(region.replace(/(00)+$/, '')) &&
      (branch === undefined || one.branch === 'shenzhen') &&
      (status === undefined || one.status === status) &&
      (group === undefined || (group === 'SMALL' ? one.small : one.large)),
  )
  const found = await sql.query<{ id: string }>(text, values)
  expect(found.rows.map(({ id }) => id)).toEqual(expected.slice(0, 501).map(({ id }) => id))
})
