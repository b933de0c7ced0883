import { LIMITS, steadyClient } from '@lijian/database'
import { putRows, testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { ReportPages } from '../pages'
import { ANSWER_DAYS, CAMPAIGN, campaignTables } from '../testing/campaign-world'
import { dateAt, wholeReport, ZONE } from '../testing/whole-section'

let pool: Pool
let sql: ReturnType<typeof steadyClient>
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url, max: 2 })
  sql = steadyClient(database.url, { name: 'test' }, LIMITS.work)
  await sql.connect()
  for (const day of ANSWER_DAYS) await sql.query('SELECT open_decision_day($1)', [day])
})
afterAll(async () => {
  await Promise.all([pool.end(), sql.end()])
  await drop()
})

test('refusals of a date that is over are added up once, and stand when their log is gone', async () => {
  const answer = { serial: 'A1', at: '2026-03-02T04:00:00.000Z', merchant: 'M1', currency: 'CNY', amountFen: 700 }
  const refused = { [`${CAMPAIGN}/O1`]: 'bin', [`${CAMPAIGN}/O10`]: 'region' }
  const other = { because: undefined, counters: undefined, suspended: undefined }
  const none = { events: [], rows: [], counters: [], document: null, booked: [], backtests: [] }
  await putRows(
    sql,
    campaignTables({ ...none, approved: { 2: null, 3: null }, answers: [{ ...answer, ...other, refused }] }),
  )
  const asked = { from: '2026-03-01', to: '2026-03-03', campaign: CAMPAIGN }
  const seen = async () => (await wholeReport(new ReportPages(pool, ZONE), 'campaign-effect', asked))['offers']!.rows
  const expected = [
    { offer: 'O1', reason: 'bin', currency: 'CNY', payments: 1, amount: 700 },
    { offer: 'O10', reason: 'region', currency: 'CNY', payments: 1, amount: 700 },
  ]
  expect(await seen()).toEqual(expected)
  const book = async () => (await pool.query(`SELECT book_refusal_day('2026-03-02', $1) AS is_new`, [ZONE])).rows[0]
  const both = await Promise.all([book(), book()])
  expect(both.map(({ is_new }) => is_new as boolean).sort()).toEqual([false, true])
  expect(await seen()).toEqual(expected)
  await sql.query('DELETE FROM decision_log')
  expect(await seen()).toEqual(expected)
})

test('dates that are over are booked, an open one is not, and nothing is booked twice', async () => {
  await sql.query(
    `SET session_replication_role = replica; DELETE FROM refusal_day_count; SET session_replication_role = origin`,
  )
  const book = async () => (await sql.query('SELECT d::text AS d FROM book_refusal_days($1) d', [ZONE])).rows.map(({ d }) => d as string) // prettier-ignore
  const today = dateAt(new Date().toISOString())
  const first = await book()
  expect(first.length).toBe(31)
  expect(first.every((date) => date < today)).toBe(true)
  expect(await book()).toEqual([])
})
