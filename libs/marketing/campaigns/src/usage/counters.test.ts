import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { keyCountsOf } from './counters'

let pool: Pool
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  pool = new Pool({ connectionString: database.url })
  drop = () => database.drop()
})
afterAll(async () => {
  await pool.end()
  await drop()
})

test('counters of one limit are a range of the primary key, and never more than allowed', async () => {
  await pool.query(
    `INSERT INTO counter (key, limit_version, used_count) SELECT 'U6/F#card.month|c' || i || '|2026-12-01', 1, 1 FROM generate_series(1, 300) i`,
  )
  await pool.query(
    `INSERT INTO counter (key, limit_version, used_count)
     VALUES ('U6/F#card.monthly|c1|2026-12-01', 1, 1), ('U6/F#card.month|c1|2026-11-01', 1, 1), ('U6/F#card.month|free|2026-12-01', 1, 0)`,
  )
  const of = { limitId: 'U6/F#card.month', period: '2026-12-01', limitFen: null, limitCount: 1 }
  expect(await keyCountsOf(pool, of)).toEqual({ keys: 300, full: 300, isAtLeast: false })
  expect(await keyCountsOf(pool, { ...of, limitCount: 2 })).toEqual({ keys: 300, full: 0, isAtLeast: false })
  expect(await keyCountsOf(pool, of, 100)).toMatchObject({ isAtLeast: true })
})
