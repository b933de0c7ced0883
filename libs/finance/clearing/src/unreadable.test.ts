import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const FRIDAY = '2026-10-23'
const published = (name: string, system = 'main') => readFile(join(stage.dir, system, name), 'utf8')

test('a document that cannot be read stops no date: the rest is cleared, and it is a case', async () => {
  const unread = (id: string) => String.raw`{"id":"${id}","name":"a\u0000b","clearingSystem":"gone"}`
  await stage.pool.query(`INSERT INTO merchant (id, document, updated_by) VALUES ('M8', $1, 'm')`, [unread('M8')])
  await stage.pool.query(`INSERT INTO campaign (code, latest_version) VALUES ('ODD', 1)`)
  await stage.pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker) VALUES ('ODD', 1, $1, 'approved', 'm')`,
    [String.raw`{"code":"ODD","name":"\ud800","offers":[{"code":"BACK","rebateAfterDays":3}]}`],
  )
  await stage.pool.query(`INSERT INTO clearing_system (code, name, layouts, updated_by) VALUES ('odd', 'x', $1, 'm')`, [
    JSON.stringify({ amount: { encoding: 'latin1' } }),
  ])
  await stage.post(
    { date: FRIDAY, serial: 'S1', merchant: 'M8', clearingSystem: 'union' },
    { date: FRIDAY, serial: 'S2', clearingSystem: 'odd' },
    { date: FRIDAY, serial: 'S3', offers: [{ campaign: 'ODD', version: 1, code: 'BACK', delivery: 'rebate' }] },
  )
  await stage.clear(FRIDAY)
  expect(await published('union_amount_20261023_v1.csv', 'union')).toContain('\ncapture,till,S1,,M8,')
  expect(await published('odd_amount_20261023_v1.csv', 'odd')).toContain('\ncapture,till,S2,')
  expect(await published('main_rebate_20261023_v1.csv')).toContain('\ncapture,till,S3,')
  const { rows } = await stage.pool.query(
    `SELECT serial, merchant FROM reconciliation_case WHERE kind = 'clearing_document' ORDER BY serial`,
  )
  expect(rows).toEqual([
    { serial: 'campaign/ODD/1', merchant: null },
    { serial: 'layout/odd/amount', merchant: null },
    { serial: 'merchant/M8', merchant: 'M8' },
  ])
})
