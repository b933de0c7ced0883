import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { differences, firstRowsOfAll, withSnapshot } from '../reading'
import { build, DATES, type World } from '../testing/payment-world'
import { merchantReport } from './merchant'
import { partnerTransactionsReport } from './partner-transactions'

/** Books of two dates, of which the first is sealed: proofs hold both against the ledger. */
const [SEALED, OPEN] = DATES as [string, string]
const paid = (date: string, serial: string) => ({
  date,
  serial,
  event: 'capture' as const,
  originalSerial: '',
  merchant: 'M1',
  currency: 'CNY',
  method: 'wechat',
  amountFen: 10_000,
  offers: [
    {
      campaign: 'C1',
      code: 'O1',
      name: '满100减15',
      kind: 'amount' as const,
      delivery: 'instant' as const,
      mode: 'postpay' as const,
      funders: [{ partner: 'CCB', fen: 1500 }],
    },
  ],
})
const world: World = {
  events: [paid(SEALED, 'S1'), paid(OPEN, 'S2')],
  sealedTo: SEALED,
  names: Object.fromEntries([...DATES, 'now'].map((day) => [day, { M1: '老街面馆' }])),
}
let pool: Pool
let drop: () => Promise<void>

beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url, max: 2 })
  pool.on('error', () => undefined)
  await build(pool, world)
})
afterAll(async () => {
  await pool.end()
  await drop()
})

const ask = { parameters: { from: SEALED, to: OPEN, partner: 'CCB' }, timeZone: 'Asia/Shanghai' }
const found = (definition: typeof merchantReport) =>
  withSnapshot(pool, { definition, ask, signal: new AbortController().signal }, (db) =>
    differences(db, definition, ask),
  )

/** Planted as the owner could, with the triggers off, and taken back. */
async function planted(bug: string, undo: string): Promise<string[][]> {
  const as = async (sql: string) => pool.query(`BEGIN; SET LOCAL session_replication_role = replica; ${sql}; COMMIT`)
  await as(bug)
  try {
    return [await found(merchantReport), await found(partnerTransactionsReport)]
  } finally {
    await as(undo)
  }
}

test('right books have no differences', async () => {
  expect([await found(merchantReport), await found(partnerTransactionsReport)]).toEqual([[], []])
})

const postedMore = (by: string, serial: string) =>
  `UPDATE journal SET amounts_fen = ARRAY[amounts_fen[1] + ${by}, amounts_fen[2] - ${by}] WHERE serial = '${serial}'`
const rollUp = (by: string) => `UPDATE payment_share_day SET amount_fen = amount_fen + ${by}`
const digest = (by: string) => `UPDATE payment_posting_day SET fen = fen + ${by} WHERE account = 'receivable/CCB'`
const LEDGER_MORE = ['merchant-discount/M1: -3000, in the ledger -3001', 'receivable/CCB: 3000, in the ledger 3001']

test.each`
  what                                  | bug                      | undo                        | told
  ${'a posting of an open date'}        | ${postedMore('1', 'S2')} | ${postedMore('(-1)', 'S2')} | ${LEDGER_MORE}
  ${'a share in the roll-up of a date'} | ${rollUp('1')}           | ${rollUp('(-1)')}           | ${['merchant-discount/M1: -3001, in the ledger -3000', 'receivable/CCB: 3001, in the ledger 3000']}
  ${'a posting that the seal added up'} | ${digest('1')}           | ${digest('(-1)')}           | ${['receivable/CCB: 3000, in the ledger 3001']}
  ${'postings of a date, all of them'}  | ${digest('-1500')}       | ${digest('1500')}           | ${['receivable/CCB: 3000, in the ledger 1500']}
`('planted: $what', async ({ bug, undo, told }: { bug: string; undo: string; told: string[] }) => {
  for (const differ of await planted(bug, undo)) expect([...differ].sort()).toEqual(told)
})

test.each(merchantReport.sections)(
  '$section: added up here or by PostgreSQL, count and totals are the same',
  (section) =>
    withSnapshot(pool, { definition: merchantReport, ask, signal: new AbortController().signal }, async (db) => {
      const whole = await firstRowsOfAll(db, section, ask, 1000)
      const cut = await firstRowsOfAll(db, section, ask, whole.count - 1)
      expect(whole.count).toBeGreaterThan(0)
      expect(cut).toEqual({ ...whole, rows: whole.rows.slice(0, -1) })
      expect(JSON.stringify(cut.totals)).toBe(JSON.stringify(whole.totals))
    }),
)
