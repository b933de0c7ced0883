import { testDatabase } from '@lijian/testing'
import { DataSource } from 'typeorm'
import { Client } from 'pg'
import { dataSource } from './data-source'
import { migrations } from './migrations'
import { RollUps1764000000024 } from './migrations/0024-roll-ups'
import { ReportColumns1764000000025 } from './migrations/0025-report-columns'

const SEALED = ['2025-03-03', '2025-03-04']

let db: Client
let source: DataSource
let drop: () => Promise<void>

/** A database of before roll-ups, with two sealed dates and one that is open. */
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  db = new Client({ connectionString: database.url })
  await db.connect()
  await db.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public')
  source = new DataSource({
    ...dataSource(database.url).options,
    migrations: migrations.slice(0, migrations.indexOf(RollUps1764000000024)),
  })
  await source.initialize()
  await source.runMigrations()
  expect(await tables()).not.toContain('payment_day')
  await books()
  await source.destroy()
  source = dataSource(database.url)
  await source.initialize()
  await source.runMigrations()
}, 120_000)
afterAll(async () => {
  await source.destroy()
  await db.end()
  await drop()
})

const tables = async () => {
  const { rows } = await db.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
  )
  return rows.map(({ name }) => name)
}

const offer = (campaign: string, paymentMode: string, funders: Record<string, number>) => ({
  ...{ campaign, code: 'O', name: '满100减15', kind: 'amount', delivery: 'instant', paymentMode },
  funders: Object.entries(funders).map(([partner, amountFen]) => ({ partner, amountFen })),
})
const two = [offer('C1', 'postpay', { CCB: 900, '@merchant': 100 }), offer('C2', 'prepay', { CCB: 30 })]

async function books(): Promise<void> {
  await db.query(`INSERT INTO merchant (id, document, updated_by) VALUES ('M1', '{"id": "M1", "name": "老街面馆", "region": "440300"}', 'm')`) // prettier-ignore
  const paid = async (day: string, serial: string, event: string, offers: unknown) =>
    db.query(
      `INSERT INTO journal (business_date, event, client, serial, merchant, clearing_system, detail, accounts, amounts_fen)
       VALUES ($1, $2, 'till', $3, 'M1', 'main', $4, '{receivable/CCB,merchant-discount/M1}', '{900,-900}')`,
      [day, event, serial, JSON.stringify({ amountFen: 10_000, paymentMethod: 'qr', offers })],
    )
  for (const day of [...SEALED, '2025-03-05']) {
    for (const serial of ['A', 'B']) await paid(day, `${day}-${serial}`, 'capture', two)
    await paid(day, `${day}-R`, 'refund', [two[0]])
  }
  // Not yet told what failed: the row of the transaction alone knows.
  const record = {
    facts: { paymentMethod: 'qr', at: '2025-03-03T04:00:00.000Z', currency: 'CNY' },
    ...{ discountFen: 900, clearingSystem: 'main' },
    offers: [{ ...offer('C1', '', {}), discount: 900, funders: [{ partner: 'CCB', amount: 900 }] }],
  }
  for (const [serial, state, day] of [
    ['F', 'cancelled', SEALED[0]],
    ['U', 'unfunded', SEALED[1]],
    ['H', 'confirmed', null],
    ['X', 'cancelled', null],
  ])
    // prettier-ignore
    await db.query(
      `INSERT INTO marketing_transaction (client, serial, version, marketing_serial, state, merchant, body_hash, amount_fen, payable_fen, charges_are, charges, record, business_date)
       VALUES ('till', $1, 1, 'm', $2, 'M1', 'h', 10000, 9100, 'none', '[{"offer": "O", "key": "@funds/CCB"}]', $3, $4)`,
      [serial, state, JSON.stringify(record), day],
    )
  for (const day of SEALED)
    await db.query(
      `INSERT INTO journal_seal (business_date, rows_count, debit_fen, hash, previous_hash) VALUES ($1, 3, 2700, 'h', 'p')`,
      [day],
    )
}

const rollUps = async () => ({
  payments: (await db.query(`SELECT *, business_date::text AS day FROM payment_day ORDER BY business_date, n`)).rows,
  shares: (
    await db.query(`SELECT *, business_date::text AS day FROM payment_share_day ORDER BY business_date, n, part`)
  ).rows,
  postings: (
    await db.query(`SELECT *, business_date::text AS day FROM payment_posting_day ORDER BY business_date, account`)
  ).rows,
  merchants: (await db.query(`SELECT *, business_date::text AS day FROM merchant_day ORDER BY business_date`)).rows,
})

test('results of before that posted nothing are written down on their dates', async () => {
  const { rows } = await db.query(
    `SELECT business_date::text AS day, event, serial, clearing_system, detail ->> 'amountFen' AS amount, detail #>> '{offers,0,paymentMode}' AS mode,
       detail #>> '{offers,0,funders,0,amountFen}' AS share FROM unposted_result ORDER BY serial`,
  )
  const as = { clearing_system: 'main', amount: '10000', mode: 'prepay', share: '900' }
  expect(rows).toEqual([
    { day: SEALED[0], event: 'failed', serial: 'F', ...as },
    { day: SEALED[1], event: 'unfunded', serial: 'U', ...as },
  ])
})

test('dates that were sealed before have their roll-ups, the open one has none', async () => {
  const { payments, shares, postings, merchants } = await rollUps()
  expect(
    payments.map(({ day, event, payments: n, amount_fen, discount_fen, prepaid_fen, postpaid_fen }) =>
      [day, event, n, amount_fen, discount_fen, prepaid_fen, postpaid_fen].join(' '),
    ),
  ).toEqual([
    // prettier-ignore
    '2025-03-03 capture 2 20000 2060 60 2000',
    '2025-03-03 failed 1 10000 900 900 0',
    '2025-03-03 refund 1 10000 1000 0 1000',
    '2025-03-04 capture 2 20000 2060 60 2000',
    '2025-03-04 refund 1 10000 1000 0 1000',
    '2025-03-04 unfunded 1 10000 900 900 0',
  ])
  // Campaign 2, offer 4, both 8, partner 16, with campaign 32, with offer 64, with both 128.
  expect(shares.filter(({ n, day }) => day === SEALED[0] && n === 1)).toMatchObject([
    { ...{ part: 1, campaign: 'C1', partner: 'CCB', amount_fen: 1800, payments: 2, paid_fen: 20_000 }, firsts: 254 },
    {
      ...{ part: 2, campaign: 'C1', partner: '@merchant', amount_fen: 200, event: 'capture' },
      firsts: 254 - 2 - 4 - 8,
    },
    {
      ...{ part: 3, campaign: 'C2', partner: 'CCB', amount_fen: 60, merchant: 'M1', method: 'qr' },
      firsts: 254 - 4 - 16 - 64,
    },
  ])
  expect(postings.map(({ account, fen }) => `${account} ${fen}`)).toEqual(
    SEALED.flatMap(() => ['merchant-discount/M1 -2700', 'receivable/CCB 2700']),
  )
  expect(merchants.map(({ day, name }) => `${day} ${name}`)).toEqual(SEALED.map((day) => `${day} 老街面馆`)) // prettier-ignore
})

test('roll-ups of the release before get their new columns and keep their names', async () => {
  await db.query(
    `SET session_replication_role = replica; UPDATE merchant_day SET name = '旧名'; SET session_replication_role = origin`,
  )
  const made = await rollUps()
  const columns = {
    payment_day: ['discount_fen', 'fee_saved_fen', 'rebate_fen', 'prepaid_fen', 'postpaid_fen'],
    payment_share_day: ['event', 'merchant', 'currency', 'method', 'payments', 'paid_fen', 'firsts'],
    report_run: ['scheduled_at', 'put_back'],
  }
  for (const [table, names] of Object.entries(columns))
    await db.query(`ALTER TABLE ${table} ${names.map((name) => `DROP COLUMN ${name}`).join(', ')}`)
  await db.query('DROP INDEX config_change_at, proposal_made, proposal_checked, campaign_version_made, campaign_version_approved, report_access_at') // prettier-ignore
  const runner = source.createQueryRunner()
  await new ReportColumns1764000000025().up(runner)
  await runner.release()
  expect(await rollUps()).toEqual(made)
  await expect(db.query('DELETE FROM payment_day')).rejects.toThrow(/append-only/)
})
