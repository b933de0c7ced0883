import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { openAdmission } from './admission'

test('warm: every connection is open and has planned its statement before anybody pays, and nothing has changed', async () => {
  const database = await testDatabase()
  const sql = new Client({ connectionString: database.url })
  await sql.connect()
  const admission = openAdmission({ databaseUrl: database.url, timeZone: 'Asia/Shanghai', cutOff: '24:00' })
  await admission.warm()
  const open = () =>
    sql
      .query<{ n: number; asked: boolean }>(
        `SELECT count(*)::int AS n, bool_and(query LIKE '%apply(%') AS asked FROM pg_stat_activity
         WHERE application_name = 'lijian-hot' AND datname = current_database()`,
      )
      .then(({ rows }) => rows[0])
  expect(await open()).toEqual({ n: 4, asked: true })
  const { rows } = await sql.query('SELECT (SELECT count(*) FROM counter) + (SELECT count(*) FROM outbox) AS n')
  expect(rows).toEqual([{ n: 0 }])
  await admission.close()
  await sql.end()
  await database.drop()
})
