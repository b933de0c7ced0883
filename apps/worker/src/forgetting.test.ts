import { randomUUID } from 'node:crypto'
import { keepInstallationSettings, writeDecisions } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { forgetting } from './forgetting'

const DAY_MS = 24 * 3_600_000

test('days of the decision log beyond their time are dropped at the start; younger ones stay', async () => {
  const database = await testDatabase()
  const pool = new Pool({ connectionString: database.appUrl, max: 2 })
  const answered = (serial: string, daysAgo: number) => ({
    id: randomUUID(),
    client: 'T',
    serial,
    answeredAtMs: Date.now() - daysAgo * DAY_MS,
    merchant: 'M1',
    decision: {
      amountFen: 1,
      feeFen: 0,
      fees: null,
      facts: { at: '2026-11-25T00:00:00Z', paymentMethod: 'qr', currency: 'CNY' },
      basis: { snapshot: 's' },
    },
  })
  await writeDecisions(pool, [answered('OLD', 32), answered('EDGE', 30), answered('NEW', 0)])
  // Of a database that was told to keep them longer nothing goes.
  const refused = await new Promise<Error>((resolve, reject) => {
    const stop = forgetting(pool, 30, {
      onDropped: () => (stop(), reject(new Error('dropped'))),
      onError: (error) => (stop(), resolve(error as Error)),
    })
  })
  expect(refused.message).toMatch(/are kept: decision_log_days is 400/)
  const settings = { decisionLogDays: 30, auditDays: 30, timeZone: 'Asia/Shanghai', cutOff: '24:00', providedRoles: [] }
  await keepInstallationSettings(database.url, settings)
  const dropped = await new Promise<string[]>((resolve, reject) => {
    const stop = forgetting(pool, 30, {
      onDropped: (days) => (stop(), resolve(days)),
      onError: (error) => (stop(), reject(error as Error)),
    })
  })
  expect(dropped).toHaveLength(1)
  const { rows } = await pool.query<{ serial: string }>('SELECT serial FROM decision_log ORDER BY serial')
  expect(rows.map(({ serial }) => serial)).toEqual(['EDGE', 'NEW'])
  await pool.end()
  await database.drop()
})
