import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHash } from 'node:crypto'
import { ClearingDays } from './clearing-days'
import { listFiles, listRuns, listSettlements } from './queries'
import { Stage } from './testing/stage'

let stage: Stage
beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(() => stage.close())

const FRIDAY = '2026-10-23'
const [SATURDAY, SUNDAY, MONDAY] = ['2026-10-24', '2026-10-25', '2026-10-26']

const published = (name: string, system = 'main') => readFile(join(stage.dir, system, name), 'utf8')

test('a day from its journal to its files: one row per offer and event, reverse rows with their original, totals, hash beside it', async () => {
  await stage.post(
    { date: FRIDAY, serial: 'S1', offers: [{}, { kind: 'fee', code: 'FEE', name: '手续费全免', discountFen: 51 }] },
    { date: FRIDAY, serial: 'S2', offers: [{ name: '=1+1,"x"' }] },
    { date: FRIDAY, serial: 'V2', event: 'void', originalSerial: 'S2', offers: [{ name: '=1+1,"x"' }] },
    { date: SATURDAY, serial: 'S3' },
  )
  await stage.clear(FRIDAY)
  const name = 'main_amount_20261023_v1.csv'
  const text = await published(name)
  expect(text).toBe(
    [
      'H,2026-10-23,2026-10-26,amount,main,1,',
      'event,client,serial,originalSerial,merchant,campaign,ruleVersion,offer,offerName,paymentMethod,at,rebateDate,amount,payable,feeOriginal,feeFinal,feeSaved,discount,settle',
      'capture,till,S1,,M1,CCB-Q4,1,FOOD,"满100减15",qr,2026-10-23 12:00:00,2026-10-23,100.00,85.00,0.60,0.09,0.51,15.00,15.00',
      `capture,till,S2,,M1,CCB-Q4,1,FOOD,"'=1+1,""x""",qr,2026-10-23 12:00:00,2026-10-23,100.00,85.00,0.60,0.60,0.00,15.00,15.00`,
      `void,till,V2,S2,M1,CCB-Q4,1,FOOD,"'=1+1,""x""",qr,2026-10-23 12:00:00,2026-10-23,-100.00,-85.00,-0.60,-0.60,0.00,-15.00,-15.00`,
      'T,3,100.00,15.00,15.00,0.09,0.51',
      '',
    ].join('\n'),
  )
  const hash = createHash('sha256').update(text).digest('hex')
  expect(await published(`${name}.sha256`)).toBe(`${hash}  ${name}\n`)
  expect(await published(`${name}.sig`)).toBe(`signed: ${hash}  ${name}\n`)
  for (const one of [name, `${name}.sha256`, `${name}.sig`])
    expect((await stat(join(stage.dir, 'main', one))).mode & 0o007).toBe(0)
  expect(await published('main_fee_20261023_v1.csv')).toContain('\nT,1,100.00,0.51,0.51,0.09,0.51\n')
  // Nothing happened there; the day has its file all the same.
  expect(await published('main_rebate_20261023_v1.csv')).toContain('\nT,0,0.00,0.00,0.00,0.00,0.00\n')
  expect(await readdir(join(stage.dir, '.staging'))).toEqual([])
  expect((await listFiles(stage.pool, { kind: 'amount', limit: 5 })).files).toMatchObject([
    { name, rows: 3, received: 10_000, discount: 1500, settle: 1500, sha256: hash, state: 'acknowledged' },
  ])
})

test('every known clearing system has its files, each with its own rows', async () => {
  await stage.pool.query(
    `INSERT INTO merchant (id, document, updated_by) VALUES ('M9', '{"id":"M9","name":"x","clearingSystem":"quiet"}', 'm')`,
  )
  await stage.post(
    { date: FRIDAY, serial: 'S1' },
    { date: FRIDAY, serial: 'S2', clearingSystem: 'union', offers: [{ discountFen: 700 }] },
  )
  await stage.clear(FRIDAY)
  const { files } = await listFiles(stage.pool, { kind: 'amount', limit: 9 })
  expect(files.map((one) => [one.clearingSystem, one.rows, one.discount])).toEqual([
    ['union', 1, 700],
    ['quiet', 0, 0],
    ['main', 1, 1500],
  ])
})

test('the proof finds a row that is not in the file, one that was changed, and a file that is gone', async () => {
  await stage.post({ date: FRIDAY, serial: 'S1' }, { date: FRIDAY, serial: 'S2', offers: [{ discountFen: 800 }] })
  await stage.days.open(FRIDAY, 'finance')
  const { body } = await stage.runs.freeze(FRIDAY)
  for (const { id } of body.files) await stage.runs.write(id)
  const path = join(stage.dir, '.staging', 'main_amount_20261023_v1.csv')
  const whole = await readFile(path, 'utf8')
  await writeFile(path, whole.replace(/.*S2.*\n/, ''))
  expect(await stage.runs.prove(FRIDAY)).toEqual(['main_amount_20261023_v1.csv: it is not the file that was written'])
  // The same with its hash made to fit: as if the writer had lost the row.
  const lost = whole.replace(/.*S2.*\n/, '')
  await writeFile(path, lost)
  await stage.pool.query(`UPDATE clearing_file SET sha256 = $1 WHERE kind = 'amount'`, [
    createHash('sha256').update(lost).digest('hex'),
  ])
  expect(await stage.runs.prove(FRIDAY)).toEqual([
    'main_amount_20261023_v1.csv: the trailer counts 2 rows, there are 1',
  ])
  // Nothing of it gets out.
  expect((await stage.runs.publish(FRIDAY)).body).toMatchObject({ state: 'frozen' })
  expect((await listRuns(stage.pool, { limit: 1 })).runs[0]!.trouble).toContain('the trailer counts 2 rows')
  await stage.pool.query(`UPDATE clearing_file SET sha256 = NULL WHERE kind = 'amount'`)
  expect(await stage.publish(FRIDAY)).toEqual([])
  expect((await stage.runs.current(FRIDAY)).body.state).toBe('published')
})

test('the proof finds rows that the ledger does not have so', async () => {
  await stage.post({ date: FRIDAY, serial: 'S1' })
  // What a bug of the poster would leave: the detail says 15.00, 14.00 were booked.
  await stage.pool.query(
    `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
     SELECT business_date, event, client, 'S2', merchant, clearing_system, detail, accounts, '{1400,-1400}' FROM journal`,
  )
  await stage.days.open(FRIDAY, 'finance')
  expect(await stage.publish(FRIDAY)).toEqual([
    'main_amount_20261023_v1.csv: its rows add up to 3000 fen, the ledger has 2900',
  ])
})

test("the merchant's own share is no money of ours: files, ledger and payout agree on the rest", async () => {
  const funders = (whole: number, own: number) => [
    { partner: 'CCB', amountFen: whole - own },
    { partner: '@merchant', amountFen: own },
  ]
  await stage.post(
    { date: SUNDAY, serial: 'S1', offers: [{ discountFen: 1500, funders: funders(1500, 450) }] },
    { date: SUNDAY, serial: 'S2', offers: [{ kind: 'fee', discountFen: 60, funders: funders(60, 20) }] },
    { date: SUNDAY, serial: 'S3', offers: [{ delivery: 'rebate', discountFen: 500, funders: funders(500, 100) }] },
    { date: SUNDAY, serial: 'S4', merchant: 'M2' },
    {
      date: SUNDAY,
      serial: 'R4',
      merchant: 'M2',
      event: 'refund',
      originalSerial: 'S4',
      offers: [{ discountFen: 300 }],
    },
  )
  await stage.clear(SUNDAY)
  const { files } = await listFiles(stage.pool, { limit: 9 })
  expect(files.map((one) => [one.kind, one.discount, one.settle]).sort()).toEqual([
    ['amount', 2700, 2250],
    ['fee', 60, 40],
    ['rebate', 500, 500],
  ])
  expect(await stage.runs.settle(SUNDAY)).toMatchObject({ waitsFor: [], body: { state: 'settled' } })
  // M1: 10.50 of the discount, less 1.00 of the rebate that it bears.
  expect((await listSettlements(stage.pool, { date: MONDAY, limit: 9 })).settlements).toEqual([
    { settlementDate: MONDAY, merchant: 'M1', currency: 'CNY', due: 950, carriedIn: 0, payout: 950, carriedOut: 0 },
    { settlementDate: MONDAY, merchant: 'M2', currency: 'CNY', due: 1200, carriedIn: 0, payout: 1200, carriedOut: 0 },
  ])
  expect(await balances()).toEqual({
    'bank/reserve': -2650,
    'fee-forgone/CCB': -40,
    'receivable/CCB': 1050 + 40 + 400 + 1200,
  })
})

async function balances(): Promise<Record<string, number>> {
  const rows = await stage.rows<{ account: string; fen: number }>(
    `SELECT account, sum(a)::float8 AS fen FROM journal j CROSS JOIN LATERAL unnest(accounts, amounts_fen) p (account, a)
     GROUP BY 1 HAVING sum(a) <> 0 ORDER BY 1`,
  )
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]))
}

test('dates due on one day are settled together, once; a negative day is carried, and becomes a case after 30 days', async () => {
  await stage.post(
    { date: FRIDAY, serial: 'S1' },
    {
      date: SATURDAY,
      serial: 'R0',
      event: 'refund',
      originalSerial: 'S0',
      merchant: 'M2',
      offers: [{ discountFen: 900 }],
    },
    { date: SUNDAY, serial: 'S2', merchant: 'M2', offers: [{ discountFen: 200 }] },
  )
  await stage.clear(FRIDAY)
  expect((await stage.runs.settle(FRIDAY)).waitsFor).toEqual([SATURDAY, SUNDAY])
  await stage.clear(SATURDAY)
  await stage.clear(SUNDAY)
  await Promise.all([FRIDAY, SATURDAY, SUNDAY].map((date) => stage.runs.settle(date)))
  expect((await listSettlements(stage.pool, { date: MONDAY, limit: 9 })).settlements).toEqual([
    { settlementDate: MONDAY, merchant: 'M1', currency: 'CNY', due: 1500, carriedIn: 0, payout: 1500, carriedOut: 0 },
    { settlementDate: MONDAY, merchant: 'M2', currency: 'CNY', due: -700, carriedIn: 0, payout: 0, carriedOut: -700 },
  ])
  expect(await stage.rows(`SELECT serial FROM journal WHERE event = 'settlement'`)).toEqual([{ serial: MONDAY }])
  await stage.runs.publishSettlement(SUNDAY)
  await stage.runs.publishSettlement(FRIDAY)
  expect(await published('settlement_20261026_v1.csv', 'settlement')).toBe(
    'settlementDate,merchant,due,carriedIn,payout,carriedOut\n2026-10-26,M1,15.00,0.00,15.00,0.00\n2026-10-26,M2,-7.00,0.00,0.00,-7.00\nT,2,15.00\n',
  )
  // The next days pay it off bit by bit.
  await stage.post({ date: MONDAY, serial: 'S5', merchant: 'M2', offers: [{ discountFen: 600 }] })
  await stage.clear(MONDAY)
  await stage.runs.settle(MONDAY)
  expect((await listSettlements(stage.pool, { date: '2026-10-27', limit: 9 })).settlements).toEqual([
    {
      settlementDate: '2026-10-27',
      merchant: 'M2',
      currency: 'CNY',
      due: 600,
      carriedIn: -700,
      payout: 0,
      carriedOut: -100,
    },
  ])
  expect(await stage.rows('SELECT kind FROM reconciliation_case')).toEqual([])
  await stage.pool.query(
    `UPDATE merchant_settlement SET negative_since = '2026-09-28' WHERE settlement_date = '2026-10-27'`,
  )
  await stage.clear('2026-10-27')
  await stage.runs.settle('2026-10-27')
  expect(await stage.rows('SELECT kind, merchant, amount_fen::int AS fen FROM reconciliation_case')).toEqual([
    { kind: 'settlement_negative', merchant: 'M2', fen: 100 },
  ])
  await stage.post({ date: '2026-10-28', serial: 'S6', merchant: 'M2', offers: [{ discountFen: 250 }] })
  await stage.clear('2026-10-28')
  await stage.runs.settle('2026-10-28')
  expect((await listSettlements(stage.pool, { date: '2026-10-29', limit: 9 })).settlements).toMatchObject([
    { merchant: 'M2', carriedIn: -100, payout: 150, carriedOut: 0 },
  ])
  expect(await balances()).toMatchObject({ 'bank/reserve': -1650 })
})

test('rebates are paid when they are due, less what was taken back', async () => {
  const document = {
    code: 'CCB-Q4',
    to: '2026-12-31',
    offers: [
      { code: 'LATER', rebateAfterDays: 2 },
      { code: 'AT-END', rebateFrom: 'end', rebateAfterDays: 1 },
    ],
  }
  await stage.pool.query(`INSERT INTO campaign (code, latest_version) VALUES ('CCB-Q4', 1)`)
  await stage.pool.query(
    `INSERT INTO campaign_version (code, version, document, state, maker, checker) VALUES ('CCB-Q4', 1, $1, 'approved', 'm', 'c')`,
    [JSON.stringify(document)],
  )
  const rebate = (code: string, discountFen: number) => [{ code, delivery: 'rebate' as const, discountFen }]
  await stage.post(
    { date: '2026-10-26', serial: 'S1', offers: rebate('LATER', 500) },
    { date: '2026-10-26', serial: 'S2', offers: rebate('AT-END', 300) },
    { date: '2026-10-27', serial: 'R1', event: 'refund', originalSerial: 'S1', offers: rebate('LATER', 200) },
  )
  await stage.clear('2026-10-26')
  expect(await published('main_rebate_20261026_v1.csv')).toMatch(/S1,.*,2026-10-28,100\.00[^]*S2,.*,2027-01-01,100\.00/)
  await stage.runs.settle('2026-10-26')
  await stage.clear('2026-10-27')
  await stage.runs.settle('2026-10-27')
  const payouts = () =>
    stage.rows(`SELECT serial, amounts_fen::int[] AS fen FROM journal WHERE event = 'rebate_payout' ORDER BY id`)
  expect(await payouts()).toEqual([{ serial: '2026-10-28', fen: [300, -300] }])
  expect(await stage.rows(`SELECT due_date::text AS due FROM rebate_due WHERE paid_on IS NULL`)).toEqual([
    { due: '2027-01-01' },
  ])
})

test('a date that is not over is closed only when asked to be early; what comes then is booked on the next', async () => {
  const today = () =>
    stage.rows<{ date: string }>(`SELECT open_business_day('Asia/Shanghai', interval '24 hours')::text AS date`)
  const [{ date } = { date: '' }] = await today()
  const next = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10)
  await expect(stage.days.open(date, 'finance')).rejects.toThrow(`Business date ${date} is not over`)
  await expect(stage.days.open(next, 'finance', { early: true })).rejects.toThrow(`Business date ${next} has not begun`)
  await stage.post({ date, serial: 'S1' })
  await stage.days.open(date, 'finance', { early: true })
  expect(await stage.publish(date)).toEqual([])
  expect(await today()).toEqual([{ date: next }])
  // Trying a second day within one: the date that is open is ahead of the clock.
  await stage.post({ date: next, serial: 'S2' })
  await stage.days.open(next, 'finance', { early: true })
  expect(await stage.publish(next)).toEqual([])
  const days = new ClearingDays({ pool: stage.pool, timeZone: 'Asia/Shanghai', cutOff: '24:00' })
  await expect(days.open(next, 'finance', { early: true })).rejects.toThrow('LIJIAN_EARLY_CLOSE is off')
  // What the schedule does tonight finds nothing left to open.
  expect(await stage.days.openDue('schedule')).toEqual([])
})
