import { inTransaction } from '@lijian/database'
import { Pool } from 'pg'
import { grantUnfunded } from './grant-late'
import { brokenInvariants } from '@lijian/verification'
import { campaign, Stage } from './testing/stage'

const DAY = { timeZone: 'Asia/Shanghai', cutOff: '24:00' }
let stage: Stage
let pool: Pool
afterEach(async () => {
  await pool.end()
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

/** S1 was held, expired, its place was taken by S2, and then its success came. */
async function unfunded(change: Parameters<typeof campaign>[0], before?: string) {
  stage = await Stage.open([campaign(change)])
  pool = new Pool({ connectionString: stage.url })
  if (before !== undefined) await stage.sql.query(before)
  const transactions = await stage.transactions()
  await transactions.query(stage.ask('S1', 10_000))
  stage.nowMs += 900_000
  await transactions.expire('T', 'S1')
  await transactions.query(stage.ask('S2', 10_000))
  await transactions.result(stage.outcome('S2', 'success'))
  expect(await transactions.result(stage.outcome('S1', 'success'))).toMatchObject({ state: 'unfunded' })
  return transactions
}
const grant = () => inTransaction(pool, (db) => grantUnfunded(db, { client: 'T', serial: 'S1' }, DAY))
const counter = async (key: string) =>
  (
    await stage.sql.query('SELECT used_fen::int AS fen, used_count::int AS count FROM counter WHERE key LIKE $1', [
      `${key}%`,
    ])
  ).rows
const posted = async () =>
  (
    await stage.sql.query(
      `SELECT accounts, amounts_fen::int[] AS amounts FROM journal WHERE serial = 'S1' AND event = 'capture'`,
    )
  ).rows

test('a full quota is not asked: the funder has consented; it is posted like a capture, and every process sees it', async () => {
  const transactions = await unfunded({ budget: { amount: 1500 } })
  const { row, businessDate } = await grant()
  expect(row).toMatchObject({ state: 'confirmed', chargesAre: 'none', charges: [] })
  expect(businessDate).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(await counter('CCB-Q4#budget')).toEqual([{ fen: 1500, count: 1 }])
  expect(await posted()).toEqual([{ accounts: ['receivable/CCB', 'merchant-discount/M1'], amounts: [1500, -1500] }])
  const { rows } = await stage.sql.query(
    `SELECT snapshot ->> 'state' AS state FROM outbox WHERE serial = 'S1' ORDER BY id DESC LIMIT 1`,
  )
  expect(rows).toEqual([{ state: 'confirmed' }])
  // The door that answered "unfunded" before decides on the new row.
  expect(
    await transactions.reverse({
      client: 'T',
      originalSerial: 'S1',
      serial: 'V1',
      kind: 'void',
      bodyHash: 'v',
      door: 'http',
    }),
  ).toMatchObject({ state: 'voided' })
})

test('a quota with room is charged', async () => {
  await unfunded({ budget: { amount: 1500 }, limits: [{ per: ['merchant'], period: 'total', count: 5 }] } as never)
  const { row } = await grant()
  expect(row.charges).toHaveLength(1)
  expect(row.chargesAre).toBe('used')
  const { rows } = await stage.sql.query(`SELECT used_count::int AS count FROM counter WHERE key LIKE '%merchant%'`)
  expect(rows).toEqual([{ count: 2 }])
})

test('a prepaid balance must have the money', async () => {
  await unfunded(
    { paymentMode: 'prepay' },
    `INSERT INTO counter (key, limit_fen, limit_version) VALUES ('@funds/CCB||total', 1500, 0)`,
  )
  await expect(grant()).rejects.toMatchObject({
    code: 'state_conflict',
    detail: 'The prepaid balance of CCB is short: book a receipt first',
  })
  expect(await posted()).toEqual([])
  await stage.sql.query(`UPDATE counter SET limit_fen = 3000 WHERE key = '@funds/CCB||total'`)
  expect((await grant()).row.state).toBe('confirmed')
  expect(await counter('@funds/CCB')).toEqual([{ fen: 3000, count: 0 }])
})

test('not twice, not what has refunds, not what is confirmed', async () => {
  await unfunded({ budget: { amount: 1500 } })
  await grant()
  await expect(grant()).rejects.toMatchObject({ code: 'state_conflict', extra: { state: 'confirmed' } })
  expect(await posted()).toHaveLength(1)
  await expect(
    inTransaction(pool, (db) => grantUnfunded(db, { client: 'T', serial: 'NONE' }, DAY)),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('what has refunds cannot be told any more', async () => {
  const transactions = await unfunded({ budget: { amount: 1500 } })
  await transactions.refund({
    client: 'T',
    originalSerial: 'S1',
    serial: 'R1',
    amountFen: 5000,
    bodyHash: 'r',
    deadlineMs: 10_000,
  })
  await expect(grant()).rejects.toMatchObject({
    code: 'state_conflict',
    detail: expect.stringContaining('has refunds'),
  })
})

test('of many grants at once one is posted', async () => {
  await unfunded({ budget: { amount: 1500 } })
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, grant))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await posted()).toHaveLength(1)
})
