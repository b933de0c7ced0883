import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { auditChecks } from './checks/audit'
import { brokenBy } from './testing'
import { brokenInvariants } from './verify'

/** The chain of the audit, with what somebody who owns the database could do to it. */
let database: TestDatabase
let pool: Pool
const branch = (code: string) => pool.query(`INSERT INTO branch (code, name) VALUES ($1, 'x')`, [code])
const seal = async () => Number((await pool.query('SELECT seal_audit() AS sealed')).rows[0].sealed)
/** Transactions of other databases of the cluster are waited for too. */
const sealAll = async () => {
  const { rows } = await pool.query('SELECT max(id) AS id FROM audit_event')
  for (let tries = 0; tries < 200; tries++) {
    await seal()
    const reached = await pool.query('SELECT coalesce(max(to_id), 0) >= $1 AS yes FROM audit_seal', [rows[0].id])
    if (reached.rows[0].yes) return
    await new Promise((go) => setTimeout(go, 50))
  }
  throw new Error('not sealed')
}
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 3 })
  for (const codes of [
    ['b1', 'b2', 'b3'],
    ['b4', 'b5'],
  ]) {
    for (const code of codes) await branch(code)
    await sealAll()
  }
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

test('it agrees, also with what is not sealed yet', async () => {
  await branch('b6')
  expect((await pool.query('SELECT count(*)::int AS n FROM audit_seal')).rows[0].n).toBeGreaterThanOrEqual(2)
  expect(await brokenInvariants(pool as never, auditChecks)).toEqual({})
})

const off = (sql: string) => `SET session_replication_role = replica; ${sql}`
const event = (of: string) => `id = (SELECT id FROM audit_event WHERE subject = '${of}')`
const copy = (what: string) =>
  `INSERT INTO audit_event SELECT (jsonb_populate_record(e, ${what})).* FROM audit_event e WHERE ${event('b2')}`

test.each`
  name                              | bug
  ${'the audit is what was sealed'} | ${off(`UPDATE audit_event SET actor = 'somebody' WHERE ${event('b2')}`)}
`('planted: $name', async ({ name, bug }: { name: string; bug: string }) => {
  expect(await brokenBy(pool, bug)).toEqual([name])
})

test.each`
  what                                             | bug
  ${'its time is another'}                         | ${off(`UPDATE audit_event SET at = at + interval '1 microsecond' WHERE ${event('b4')}`)}
  ${'a removed event'}                             | ${off(`DELETE FROM audit_event WHERE ${event('b4')}`)}
  ${'an event put in after the seal'}              | ${copy(`jsonb_build_object('id', 0)`)}
  ${'one of another month'}                        | ${`SELECT open_audit_month('2020-01-01'); ${copy(`jsonb_build_object('at', '2020-01-02T00:00:00Z')`)}`}
  ${'a removed seal'}                              | ${off('DELETE FROM audit_seal WHERE n = 1')}
  ${'the last seal removed and its event with it'} | ${off(`DELETE FROM audit_seal WHERE n = 1; UPDATE audit_seal SET n = 1`)}
  ${'a month dropped before its time'}             | ${`DO $$ BEGIN EXECUTE 'DROP TABLE ' || (SELECT tableoid::regclass FROM audit_event LIMIT 1); END $$`}
`('found: $what', async ({ bug }: { bug: string }) => {
  expect(await brokenBy(pool, bug)).toEqual(['the audit is what was sealed'])
})

test('what a transaction adds that was open when others were sealed comes into the next seal', async () => {
  const slow = await pool.connect()
  await slow.query('BEGIN')
  await slow.query(`INSERT INTO branch (code, name) VALUES ('slow', 'x')`)
  await branch('quick')
  for (let n = 0; n < 4; n++) await seal()
  const { rows: early } = await pool.query(
    `SELECT subject FROM audit_event WHERE id <= (SELECT max(to_id) FROM audit_seal) AND subject = 'quick'`,
  )
  expect(early).toEqual([])
  await slow.query('COMMIT')
  slow.release()
  await sealAll()
  const { rows } = await pool.query(
    `SELECT subject FROM audit_event WHERE id > (SELECT max(to_id) FROM audit_seal) AND subject IN ('slow', 'quick')`,
  )
  expect(rows).toEqual([])
  expect(await brokenInvariants(pool as never, auditChecks)).toEqual({})
})

test('a database that was restored from a dump, whose transactions are numbered anew, is sealed again', async () => {
  await pool.query(`UPDATE audit_mark SET tx = '999999999999'`)
  await branch('restored')
  await sealAll()
  const { rows } = await pool.query(`SELECT max(to_id) >= (SELECT max(id) FROM audit_event) AS whole FROM audit_seal`)
  expect(rows).toEqual([{ whole: true }])
})

test('as the application’s login nobody changes, removes or writes an event, a seal or the mark', async () => {
  const app = new Pool({ connectionString: database.appUrl, max: 1 })
  const part = (await pool.query<{ part: string }>('SELECT tableoid::regclass AS part FROM audit_event LIMIT 1'))
    .rows[0]!.part
  for (const sql of [
    ...['audit_event', part].flatMap((table) => [
      `UPDATE ${table} SET actor = 'x'`,
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `INSERT INTO ${table} SELECT * FROM audit_event LIMIT 1`,
    ]),
    `DELETE FROM audit_seal`,
    `INSERT INTO audit_seal SELECT * FROM audit_seal`,
    `UPDATE audit_mark SET id = 0`,
    `UPDATE installation_setting SET value = '0'`,
    `SELECT audit_write('{}', 'x', 'insert', 'x', 'x', 'done', NULL, NULL, NULL)`,
    `SELECT audit_note('[{"act": "update", "who": {}}]')`,
    `SELECT open_audit_month('2020-01-01')`,
    `SELECT drop_audit_months(current_date + 1)`,
    `SELECT drop_decision_days(current_date + 1)`,
    `SELECT audit_table('branch', 'x', 'code')`,
    `SELECT setval('audit_event_id', 1)`,
    `ALTER TABLE branch DISABLE TRIGGER audited_insert`,
  ])
    await expect(app.query(sql)).rejects.toThrow(/permission denied|are kept|must be owner|noted where they happen/)
  await app.end()
  await expect(pool.query(`DELETE FROM ${part}`)).rejects.toThrow('append-only')
  await expect(pool.query('TRUNCATE audit_event')).rejects.toThrow('append-only')
  await expect(pool.query(`UPDATE audit_event SET actor = 'x'`)).rejects.toThrow('append-only')
})
