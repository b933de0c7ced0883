import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { DAY_NOT_OVER, DAY_NOT_READY, freezeBusinessDay, openBusinessDay, sealBusinessDay } from './business-day'

const SHANGHAI = 'Asia/Shanghai'

let database: { url: string; drop: () => Promise<void> }
let pool: Pool
beforeEach(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 12 })
  // The database is dropped while its last connections still say goodbye.
  pool.on('error', () => undefined)
})
afterEach(async () => {
  await pool.end()
  await database.drop()
})

const sqlState = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  )

/** A cut-off that comes `ms` from now, by the database's clock, and the business date that it ends. */
async function cutOffIn(ms: number): Promise<{ cutOff: string; day: string; atMs: number }> {
  const { rows } = await pool.query<{ cut: string; day: string; at: number }>(
    `SELECT to_char(at AT TIME ZONE $2, 'HH24:MI:SS.MS') AS cut, (at AT TIME ZONE $2)::date::text AS day, extract(epoch FROM at)::float8 * 1000 AS at
     FROM (SELECT date_trunc('milliseconds', clock_timestamp() + $1 * interval '1 millisecond') AS at) a`,
    [ms, SHANGHAI],
  )
  return { cutOff: rows[0]!.cut, day: rows[0]!.day, atMs: rows[0]!.at }
}

const post = (day: { timeZone: string; cutOff: string }, serial: string, accounts = '{a,b}', amounts = '{5,-5}') =>
  pool.query(
    `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
     VALUES (open_business_day($1, $2), 'transfer', '@test', $3, '{}', $4, $5)`,
    [day.timeZone, day.cutOff, serial, accounts, amounts],
  )

test('while payments are recorded without pause, the cut-off divides them at its millisecond, and freezing blocks nobody', async () => {
  const { cutOff, day, atMs } = await cutOffIn(1500)
  const rule = { timeZone: SHANGHAI, cutOff }
  let going = true
  let longestMs = 0
  const writers = Array.from({ length: 8 }, async (_, w) => {
    for (let i = 0; going; i++) {
      const started = performance.now()
      await post(rule, `${w}-${i}`)
      longestMs = Math.max(longestMs, performance.now() - started)
    }
  })
  expect(await sqlState(freezeBusinessDay(pool, day, rule))).toBe(DAY_NOT_OVER)
  for (;;) {
    const frozen = await sqlState(freezeBusinessDay(pool, day, rule))
    if (frozen === undefined) break
    expect(frozen).toBe(DAY_NOT_OVER)
  }
  const closed = await pool.query(`SELECT count(*)::int AS n FROM journal WHERE business_date = $1`, [day])
  await new Promise((resolve) => setTimeout(resolve, 200))
  going = false
  await Promise.all(writers)
  const { rows } = await pool.query<{ day: string; n: number; first: number; last: number }>(
    `SELECT business_date::text AS day, count(*)::int AS n, min(extract(epoch FROM posted_at)::float8 * 1000) AS first,
       max(extract(epoch FROM posted_at)::float8 * 1000) AS last
     FROM journal GROUP BY 1 ORDER BY 1`,
  )
  expect(rows.map((row) => row.day)).toHaveLength(2)
  // What was frozen is what stays, and there were payments on both sides.
  expect(rows[0]).toMatchObject({ day, n: closed.rows[0].n })
  expect(rows[0]!.n).toBeGreaterThan(20)
  expect(rows[1]!.n).toBeGreaterThan(20)
  expect(rows[1]!.first).toBeGreaterThanOrEqual(atMs)
})

test('whoever still records on a date makes its freeze wait, and nobody else', async () => {
  const rule = { timeZone: SHANGHAI, cutOff: (await cutOffIn(150)).cutOff }
  const slow = await pool.connect()
  await slow.query('BEGIN')
  const day = await openBusinessDay(slow, rule)
  await new Promise((resolve) => setTimeout(resolve, 200))
  let frozen = false
  const freezing = freezeBusinessDay(pool, day, rule).then(() => (frozen = true))
  await new Promise((resolve) => setTimeout(resolve, 100))
  await post(rule, 'next day')
  expect(frozen).toBe(false)
  await slow.query('COMMIT')
  slow.release()
  await freezing
  const { rows } = await pool.query('SELECT business_date::text AS day FROM journal')
  expect(rows[0].day > day).toBe(true)
})

test('a closed date is never given again, not even by a clock that was set back', async () => {
  const rule = { timeZone: SHANGHAI, cutOff: '24:00' }
  const { rows } = await pool.query<{ day: string }>('SELECT open_business_day($1, $2)::text AS day', [
    SHANGHAI,
    '24:00',
  ])
  await pool.query(`INSERT INTO business_day (business_date) VALUES ($1::date + 1)`, [rows[0]!.day])
  await post(rule, 'late')
  const { rows: posted } = await pool.query(`SELECT (business_date - $1::date)::int AS ahead FROM journal`, [
    rows[0]!.day,
  ])
  expect(posted[0].ahead).toBe(2)
})

describe('the journal', () => {
  const rule = { timeZone: SHANGHAI, cutOff: '24:00' }

  test('refuses what does not balance, a second time, a change and a deletion, also for its owner', async () => {
    await post(rule, '1')
    expect(await sqlState(post(rule, '1'))).toBe('23505')
    expect(await sqlState(post(rule, '2', '{a,b}', '{5,-4}'))).toBe('23514')
    expect(await sqlState(post(rule, '2', '{a}', '{5,-5}'))).toBe('23514')
    expect(await sqlState(pool.query(`UPDATE journal SET serial = 'x'`))).toBe('42501')
    expect(await sqlState(pool.query('DELETE FROM journal'))).toBe('42501')
    expect(await sqlState(pool.query('TRUNCATE journal'))).toBe('42501')
  })

  test("is only added to by the application's role", async () => {
    const client = await pool.connect()
    await client.query('SET ROLE lijian_app')
    await client.query(
      `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen)
       VALUES (open_business_day($1, $2), 'transfer', '@test', 'app', '{}', '{}', '{}')`,
      [SHANGHAI, '24:00'],
    )
    for (const table of ['journal', 'journal_seal', 'business_day'])
      for (const sql of [`UPDATE ${table} SET business_date = now()`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
        await expect(client.query(sql)).rejects.toThrow(`permission denied for table ${table}`)
    await client.query('RESET ROLE')
    client.release()
  })

  test('is sealed day by day, each seal over the one before', async () => {
    for (const [day, serial] of [
      ['2026-11-01', '1'],
      ['2026-11-01', '2'],
      ['2026-11-03', '3'],
    ])
      await pool.query(
        `INSERT INTO journal (business_date, event, client, serial, detail, accounts, amounts_fen) VALUES ($1, 'transfer', '@test', $2, '{}', '{a,b}', '{7,-7}')`,
        [day, serial],
      )
    expect(await sqlState(sealBusinessDay(pool, '2026-11-01'))).toBe(DAY_NOT_READY)
    for (const day of ['2026-11-01', '2026-11-02', '2026-11-03']) await freezeBusinessDay(pool, day, rule)
    expect(await sqlState(sealBusinessDay(pool, '2026-11-02'))).toBe(DAY_NOT_READY)
    const first = await sealBusinessDay(pool, '2026-11-01')
    expect(await sealBusinessDay(pool, '2026-11-01')).toBe(first)
    const second = await sealBusinessDay(pool, '2026-11-02')
    await sealBusinessDay(pool, '2026-11-03')
    const { rows } = await pool.query(
      `SELECT rows_count::int, debit_fen::int, encode(hash, 'hex') AS hash, encode(previous_hash, 'hex') AS previous FROM journal_seal ORDER BY business_date`,
    )
    expect(rows).toEqual([
      { rows_count: 2, debit_fen: 14, hash: first, previous: '00' },
      { rows_count: 0, debit_fen: 0, hash: second, previous: first },
      { rows_count: 1, debit_fen: 7, hash: expect.any(String), previous: second },
    ])
    // What an administrator changes behind the trigger's back is found.
    await pool.query('ALTER TABLE journal DISABLE TRIGGER append_only')
    await pool.query(`UPDATE journal SET amounts_fen = '{8,-8}' WHERE serial = '2'`)
    const again = await pool.query(`SELECT encode(hash, 'hex') AS hash FROM journal_day_hash('2026-11-01', '\\x00')`)
    expect(again.rows[0].hash).not.toBe(first)
  })
})
