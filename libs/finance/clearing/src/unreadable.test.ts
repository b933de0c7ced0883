import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { listRuns } from './queries'
import { ClearingRuns } from './runs'
import { Stage } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

const FRIDAY = '2026-10-23'
let day = 1
const nextDate = () => `2026-11-${String(++day).padStart(2, '0')}`
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

test('a hostile merchant, layout and group: the date is cleared for everybody else, no file leaves its folder, and the run says it in words', async () => {
  const MONDAY = '2026-10-26'
  await stage.pool.query('DELETE FROM merchant')
  await stage.pool.query('DELETE FROM clearing_system')
  const merchants: [id: string, document: string][] = [
    ['NUL', String.raw`{"id":"NUL","name":"a\u0000b","clearingSystem":"nul\u0000"}`],
    ['HALF', String.raw`{"id":"HALF","name":"\ud800","clearingSystem":"half"}`],
    ['PATH', '{"id":"PATH","name":"x","clearingSystem":"../../../../tmp/lijian-stolen"}'],
    ['OBJECT', '{"id":"OBJECT","name":"x","clearingSystem":{"__proto__":{"a":1}}}'],
    ['LONG', JSON.stringify({ id: 'LONG', name: 'x'.repeat(1_000_000), clearingSystem: 'y'.repeat(1_000_000) })],
    ['SCALAR', '"just a text"'],
    ['SQL', `{"id":"SQL","name":"'; DROP TABLE journal; --","clearingSystem":"'; DROP TABLE journal; --"}`],
    ['LIST', '[1,2,3]'],
    ['FINE', '{"id":"FINE","name":"=cmd|calc","clearingSystem":"union"}'],
  ]
  for (const [id, document] of merchants)
    await stage.pool.query(`INSERT INTO merchant (id, document, updated_by) VALUES ($1, $2, 'm')`, [id, document])
  const layouts: [code: string, layouts: string][] = [
    ['union', String.raw`{"amount":{"columns":[{"field":"kind","values":{"a\u0000":"b"}}]},"fee":"constructor"}`],
    ['half', '{"__proto__":{"amount":"csv"},"rebate":null}'],
    ['none', 'null'],
    ['word', '"csv"'],
    ['../stolen', '{}'],
  ]
  for (const [code, stored] of layouts)
    await stage.pool.query(`INSERT INTO clearing_system (code, name, layouts, updated_by) VALUES ($1, 'x', $2, 'm')`, [
      code,
      stored,
    ])
  await stage.pool.query(
    `INSERT INTO card_group (code, name, bins, updated_by) VALUES (E'\u202e"; --', repeat('x', 1000000), '{"","__proto__"}', 'm')`,
  )
  await stage.pool.query(
    `INSERT INTO group_page (kind, code, version, page, members) VALUES ('card', E'\u202e"; --', 1, 0, decode('00ff', 'hex'))`,
  )
  await stage.post(
    { date: MONDAY, serial: 'H1', clearingSystem: 'union' },
    { date: MONDAY, serial: 'H2', merchant: 'NUL' },
    { date: MONDAY, serial: 'H3', clearingSystem: 'half' },
  )
  await stage.days.open(MONDAY, 'finance')
  expect(await stage.publish(MONDAY)).toEqual([])

  const run = (await listRuns(stage.pool, { limit: 9 })).runs.find(({ businessDate }) => businessDate === MONDAY)!
  expect(run.state).toBe('published')
  expect([...new Set(run.files.map(({ clearingSystem }) => clearingSystem))].sort()).toEqual(
    ['half', 'main', 'none', 'nul', 'union', 'word'], // prettier-ignore
  )
  expect(await published('union_amount_20261026_v1.csv', 'union')).toContain('\ncapture,till,H1,')
  expect(await published('main_amount_20261026_v1.csv')).toContain('\ncapture,till,H2,,NUL,')
  expect(await published('half_amount_20261026_v1.csv', 'half')).toContain('\ncapture,till,H3,')
  const folders = (await readdir(stage.dir)).filter((name) => name !== '.staging')
  expect(folders.filter((name) => !/^[a-z]+$/.test(name))).toEqual([])

  expect(run.trouble).toMatch(/^the date is cleared without what could not be read of /)
  for (const name of ['merchant/NUL', 'merchant/HALF', 'merchant/PATH', 'merchant/OBJECT', 'merchant/LONG'])
    expect(run.trouble).toContain(name)
  expect(run.trouble).toMatch(/and \d+ more: enter them again$/)
  expect(run.trouble!.length).toBeLessThan(2_000)
  const { rows } = await stage.pool.query<{ serial: string }>(
    `SELECT serial FROM reconciliation_case WHERE kind = 'clearing_document'`,
  )
  const cases = rows.map(({ serial }) => serial)
  for (const name of ['merchant/SCALAR', 'merchant/SQL', 'merchant/LIST', 'layout/union/amount', 'layout/union/fee'])
    expect(cases).toContain(name)
  for (const name of ['layout/half/rebate', 'layout/none/amount', 'layout/word/fee', 'layout/../stolen'])
    expect(cases).toContain(name)
  expect(cases).not.toContain('merchant/FINE')
  expect(cases).not.toContain('layout/half/amount')

  // Somebody enters them again: nothing is left to say.
  await stage.pool.query(`UPDATE merchant SET document = json_build_object('id', id, 'name', 'x')`)
  await stage.pool.query(`DELETE FROM clearing_system`)
  await stage.runs.publish(MONDAY)
  await stage.runs.prove(MONDAY)
  expect(
    (await listRuns(stage.pool, { limit: 9 })).runs.find(({ businessDate }) => businessDate === MONDAY)!.trouble,
  ).toBe(undefined)
})

test('what stops a date before it has files stands in its trouble', async () => {
  const TUESDAY = '2026-10-27'
  await stage.days.open(TUESDAY, 'finance')
  await stage.pool.query('ALTER TABLE rebate_due RENAME TO rebate_gone')
  await expect(stage.runs.freeze(TUESDAY)).rejects.toThrow('rebate_due')
  const trouble = async () => (await listRuns(stage.pool, { limit: 1 })).runs[0]!.trouble
  expect(await trouble()).toContain('rebate_due')
  await stage.pool.query('ALTER TABLE rebate_gone RENAME TO rebate_due')
  expect(await stage.publish(TUESDAY)).toEqual([])
  expect(await trouble()).toBe(undefined)
})

test.each([
  ['offers are no list', '{"offers":{"code":"BACK"}}'],
  ['an offer is no object', '{"offers":["BACK",7,null,[{"code":"BACK"}]]}'],
  ['days are a text', '{"offers":[{"code":"BACK","rebateAfterDays":"soon"}]}'],
  ['days are without end', '{"offers":[{"code":"BACK","rebateAfterDays":99999999999999999999}]}'],
  ['a list', '[1]'],
  ['a word', '"BACK"'],
])('a rebate of a document that is none as we know them is due on its date: %s', async (why, document) => {
  const code = `ODD-${why.replaceAll(' ', '-')}`
  const date = nextDate()
  await stage.pool.query(`INSERT INTO campaign (code, latest_version) VALUES ($1, 1)`, [code])
  await stage.pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker) VALUES ($1, 1, $2, 'approved', 'm')`,
    [code, document],
  )
  await stage.post({ date, serial: code, offers: [{ campaign: code, version: 1, code: 'BACK', delivery: 'rebate' }] })
  await stage.clear(date)
  expect(await published(`main_rebate_${date.replaceAll('-', '')}_v1.csv`)).toContain(`,${code},`)
})

test('a date is cleared although refusals could not be added up, and somebody is told', async () => {
  const date = nextDate()
  await stage.post({ date, serial: 'LEFT' })
  await stage.pool.query('ALTER TABLE refusal_day_count RENAME TO away')
  const told: unknown[] = []
  const runs = new ClearingRuns({
    ...{ pool: stage.pool, dir: stage.dir, timeZone: 'Asia/Shanghai', cutOff: '24:00' },
    onRefusalsLeft: (error) => told.push(error),
  })
  await stage.days.open(date, 'finance')
  expect((await runs.freeze(date)).body.files.map(({ rows }) => rows)).toEqual([1, 0, 0])
  await stage.pool.query('ALTER TABLE away RENAME TO refusal_day_count')
  expect(told).toEqual([expect.objectContaining({ message: expect.stringContaining('refusal_day_count') })])
})
