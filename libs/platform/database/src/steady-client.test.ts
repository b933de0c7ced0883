import { setTimeout as sleep } from 'node:timers/promises'
import { Cable, testDatabase } from '@lijian/testing'
import { Client, type Pool } from 'pg'
import type { DataSource } from 'typeorm'
import { dataSource } from './data-source'
import { LIMITS, type Limits } from './limits'
import { hotPool, steadyClient, steadyPool } from './pool'
import { isDatabaseAway } from './sql-state'

let database: Awaited<ReturnType<typeof testDatabase>>
let cable: Cable
let server: Client
const opened: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  database = await testDatabase()
  server = new Client({ connectionString: database.url })
  await server.connect()
})
afterAll(async () => {
  await server.end()
  await database.drop()
})
beforeEach(async () => {
  cable = await Cable.to(database.url)
})
afterEach(async () => {
  await Promise.all(opened.splice(0).map((close) => close()))
  await cable.close()
})

/** Like the house's own, but faster. */
const quick: Limits = { connect: 2000, statement: 250, lock: 200, idleInTransaction: 300, silence: 400 }
const asking: Limits = { ...quick, statement: 60_000, lock: 60_000, idleInTransaction: 60_000, asks: true }

function pool(limits: Limits, max = 3): Pool {
  const made = steadyPool(cable.url, { name: 'lijian-test', max, limits })
  opened.push(() => made.end())
  return made
}

async function source(limits: Limits): Promise<DataSource> {
  const made = await dataSource(cable.url, { poolSize: 3, name: 'lijian-test', limits }).initialize()
  opened.push(() => made.destroy())
  return made
}

const all = <T>(n: number, what: (i: number) => Promise<T>) => Promise.all(Array.from({ length: n }, (_, i) => what(i)))
const msOf = async (what: Promise<unknown>): Promise<number> => {
  const begun = performance.now()
  await what.catch(() => undefined)
  return performance.now() - begun
}

describe.each`
  kind               | limits    | withinMs
  ${'a limit'}       | ${quick}  | ${1500}
  ${'a second look'} | ${asking} | ${4000}
`('dead connections are found by $kind', ({ limits, withinMs }: { limits: Limits; withinMs: number }) => {
  test('of a pool: the first use tells, and its neighbours are thrown away with it', async () => {
    const db = pool(limits)
    await all(3, () => db.query('SELECT pg_sleep(0.05)'))
    cable.halfOpen()
    const failed = await db.query('SELECT 1').catch((error: unknown) => error)
    expect(isDatabaseAway(failed)).toBe(true)
    expect(await msOf(all(3, () => db.query('SELECT 1')))).toBeLessThan(300)
    expect((await db.query('SELECT 7 AS n')).rows).toEqual([{ n: 7 }])
  })

  test('of TypeORM: likewise', async () => {
    const db = await source(limits)
    await all(3, () => db.query('SELECT pg_sleep(0.05)'))
    cable.halfOpen()
    expect(await msOf(db.query('SELECT 1'))).toBeLessThan(withinMs)
    expect(await db.query('SELECT 7 AS n')).toEqual([{ n: 7 }])
  })

  test('in a transaction: it fails, and the pool closes in time', async () => {
    const db = pool(limits)
    const client = await db.connect()
    await client.query('BEGIN')
    cable.halfOpen()
    expect(await msOf(client.query('SELECT 1'))).toBeLessThan(withinMs)
    client.release(true)
    expect(await msOf(db.end())).toBeLessThan(2500)
    opened.length = 0
  })
})

test('a statement that PostgreSQL works on is not taken for dead', async () => {
  const db = pool(asking)
  await db.query('SELECT pg_sleep(3)')
  // Neither is one that waits for a lock, nor its neighbours.
  const holder = await db.connect()
  await holder.query('SELECT pg_advisory_lock(1)')
  const waiting = db.query('SELECT pg_advisory_lock(1)')
  await sleep(2500)
  await holder.query('SELECT pg_advisory_unlock(1)')
  await waiting
  holder.release()
}, 180_000)

test('a road that is slow is not taken for dead', async () => {
  const db = pool({ ...quick, statement: 5000 })
  cable.delay(150)
  expect((await db.query('SELECT 7 AS n')).rows).toEqual([{ n: 7 }])
})

test('a long answer that keeps coming is not taken for silence', async () => {
  const db = pool({ ...quick, statement: 60_000, silence: 300 })
  const { rows } = await db.query(`SELECT i, repeat('x', 9000), pg_sleep(0.01) FROM generate_series(1, 80) i`)
  expect(rows).toHaveLength(80)
})

test.each`
  _case            | broken                               | code
  ${'a statement'} | ${'SELECT pg_sleep(2)'}              | ${'57014'}
  ${'a lock'}      | ${'SELECT pg_advisory_xact_lock(2)'} | ${'55P03'}
`('PostgreSQL ends what is above the limit of $_case', async ({ broken, code }) => {
  await server.query('SELECT pg_advisory_lock(2)')
  await expect(pool(quick).query(broken)).rejects.toMatchObject({ code })
  await server.query('SELECT pg_advisory_unlock_all()')
})

test('a transaction that stands still is ended, and its locks are free', async () => {
  const client = await pool(quick).connect()
  await client.query('BEGIN; SELECT pg_advisory_xact_lock(3)')
  await server.query('SELECT pg_advisory_lock(3)')
  await server.query('SELECT pg_advisory_unlock(3)')
  await expect(client.query('SELECT 1')).rejects.toThrow()
  client.release(true)
})

test('PostgreSQL may end sessions again and again; the process lives', async () => {
  const [db, typeorm, hot] = [
    pool(asking),
    await source(asking),
    hotPool(cable.url, { application_name: 'lijian-test' }),
  ]
  const listener = steadyClient(cable.url, { name: 'lijian-test' }, LIMITS.polls)
  opened.push(
    () => hot.end(),
    () => listener.end(),
  )
  await listener.connect()
  const until = Date.now() + 2000
  let ended = 0
  const use = async (query: () => Promise<unknown>) => {
    while (Date.now() < until) await query().catch(() => undefined)
  }
  const kill = async () => {
    while (Date.now() < until) {
      const sql = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'lijian-test'`
      ended += (await server.query(sql)).rows.length
      await sleep(5)
    }
  }
  await Promise.all([
    kill(),
    use(() => db.query('SELECT 1')),
    use(() => typeorm.query('SELECT 1')),
    use(() => typeorm.transaction((manager) => manager.query('SELECT 1'))),
    use(() => hot.query('SELECT 1')),
  ])
  expect(ended).toBeGreaterThan(20)
  // The last ends may be heard only by the next queries, one for each connection.
  const asked = () => typeorm.query<{ n: number }[]>('SELECT 7 AS n')
  let answer = asked()
  for (let left = 10; left > 0; left--) answer = answer.catch(asked)
  expect(await answer).toEqual([{ n: 7 }])
})

test('PostgreSQL looks after a client that vanishes, and options of the URL stay', async () => {
  const url = new URL(cable.url)
  url.searchParams.set('options', '-c work_mem=7MB')
  const db = steadyPool(url.toString(), { name: 'lijian-test', max: 1, limits: LIMITS.work })
  opened.push(() => db.end())
  const shown = async (name: string) => (await db.query(`SELECT current_setting('${name}') AS s`)).rows[0].s as string
  expect(await shown('work_mem')).toBe('7MB')
  expect(await shown('client_connection_check_interval')).toBe('10s')
  expect(await shown('idle_in_transaction_session_timeout')).toBe('15min')
})
