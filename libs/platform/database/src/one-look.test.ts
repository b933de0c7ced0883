import { testDatabase } from '@lijian/testing'
import { Client } from 'pg'
import { applyBatch } from './apply'
import type { Batch, CounterWrite } from './batch'

const DAY = { timeZone: 'Asia/Shanghai', cutOff: '00:00' }
const NOTHING: Batch = {
  transactions: [],
  guards: [],
  routes: [],
  routeGuards: [],
  outcomes: [],
  usages: [],
  counters: [],
  refs: [],
  reverses: [],
  journal: [],
  events: [],
}

let database: { url: string; drop: () => Promise<void> }
let db: Client
beforeAll(async () => {
  database = await testDatabase()
  db = new Client({ connectionString: database.url })
  await db.connect()
})
afterAll(async () => {
  await db.end()
  await database.drop()
})

const take = (key: string, fen: number, want = true): CounterWrite => ({
  ...{ key, version: 1, want, limitFen: 1000, limitCount: null },
  ...{ heldFen: fen, heldCount: Math.sign(fen), usedFen: 0, usedCount: 0, overFen: 0, overCount: 0 },
  ...{ loFen: fen, hiFen: Infinity, loCount: -Infinity, hiCount: Infinity },
})
const apply = (...counters: CounterWrite[]) => applyBatch(db, { ...NOTHING, counters }, DAY)
const heldOf = ({ counters }: Awaited<ReturnType<typeof apply>>) =>
  Object.fromEntries(counters.map(({ key, heldFen }) => [key, heldFen]))

/** So far, with those that the statistics have not counted yet. */
async function looks(): Promise<number> {
  const { rows } = await db.query<{ idx_scan: string }>(
    `SELECT idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'counter'`,
  )
  return Number(rows[0]!.idx_scan)
}

test('each counter is looked up by its key once a batch: a look walks past all versions that a long snapshot keeps', async () => {
  await apply(take('a', 1), take('b', 1))
  await db.query('BEGIN')
  try {
    const before = await looks()
    expect(heldOf(await apply(take('a', 2), take('b', 3)))).toEqual({ a: 3, b: 4 })
    expect((await looks()) - before).toBe(2)
  } finally {
    await db.query('ROLLBACK')
  }
})

test('wanted counters come back as they are now: written, made, and only looked at', async () => {
  await apply(take('written', 5), take('same', 6), take('unasked', 7))
  const applied = await apply(
    take('written', 1),
    take('made', 2),
    take('same', 0),
    take('none', 0),
    take('unasked', 1, false),
  )
  expect(applied.stale).toBe(false)
  expect(heldOf(applied)).toEqual({ written: 6, made: 2, same: 6 })
  expect(heldOf(await apply(take('unasked', 0)))).toEqual({ unasked: 8 })
})

test('more than there is room for is stale, and changes nothing', async () => {
  await apply(take('full', 999))
  const refused = await apply(take('full', 2), take('other', 1))
  expect(refused.stale).toBe(true)
  expect(heldOf(refused)).toEqual({ full: 999 })
  expect(heldOf(await apply(take('full', 0), take('other', 0)))).toEqual({ full: 999 })
})

test('two sessions that add to one counter, one waiting for the other, both count', async () => {
  await apply(take('shared', 1))
  const other = new Client({ connectionString: database.url })
  await other.connect()
  try {
    await db.query('BEGIN')
    await apply(take('shared', 10))
    const waiting = applyBatch(other, { ...NOTHING, counters: [take('shared', 100)] }, DAY)
    await db.query('COMMIT')
    expect(heldOf(await waiting)).toEqual({ shared: 111 })
  } finally {
    await other.end()
  }
})
