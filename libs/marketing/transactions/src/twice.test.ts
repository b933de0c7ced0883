import { brokenInvariants } from '@lijian/verification'
import { Client } from 'pg'
import { campaign, Stage } from './testing/stage'
import type { Transactions } from './types'

let stage: Stage
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

const reversal = (kind: 'void' | 'reversal', of: string) => (door: Transactions) =>
  door.reverse({ client: 'T', originalSerial: of, serial: `${of}-V`, kind, bodyHash: kind, door: 'http' })
const refund = (of: string, amountFen: number) => (door: Transactions) =>
  door.refund({
    client: 'T',
    originalSerial: of,
    serial: `${of}-R`,
    amountFen,
    bodyHash: JSON.stringify([of, amountFen]),
    deadlineMs: 60_000,
  })
const refundResult = (of: string, outcome: 'success' | 'failure') => (door: Transactions) =>
  door.refundResult({ client: 'T', originalSerial: of, serial: `${of}-R`, outcome })
const result = (of: string, outcome: 'success' | 'failure') => (door: Transactions) =>
  door.result(stage.outcome(of, outcome))
const confirm = async (door: Transactions, serial: string) => {
  await door.query(stage.ask(serial, 10_000))
  await result(serial, 'success')(door)
}

type Ask = (door: Transactions) => Promise<object>
/** What has to come before, and what comes twice. */
const KINDS: Record<string, (serial: string) => { before: Ask[]; twice: Ask }> = {
  query: (s) => ({ before: [], twice: (door) => door.query(stage.ask(s, 10_000)) }),
  success: (s) => ({ before: [(door) => door.query(stage.ask(s, 10_000))], twice: result(s, 'success') }),
  failure: (s) => ({ before: [(door) => door.query(stage.ask(s, 10_000))], twice: result(s, 'failure') }),
  'success of nothing': (s) => ({ before: [], twice: result(s, 'success') }),
  'reversal of a hold': (s) => ({
    before: [(door) => door.query(stage.ask(s, 10_000))],
    twice: reversal('reversal', s),
  }),
  reversal: (s) => ({ before: [(door) => confirm(door, s) as never], twice: reversal('reversal', s) }),
  void: (s) => ({ before: [(door) => confirm(door, s) as never], twice: reversal('void', s) }),
  refund: (s) => ({ before: [(door) => confirm(door, s) as never], twice: refund(s, 3000) }),
  'refund of a hold': (s) => ({ before: [(door) => door.query(stage.ask(s, 10_000))], twice: refund(s, 3000) }),
  'refund done': (s) => ({
    before: [(door) => confirm(door, s) as never, refund(s, 3000)],
    twice: refundResult(s, 'success'),
  }),
  'refund undone': (s) => ({
    before: [(door) => confirm(door, s) as never, refund(s, 3000)],
    twice: refundResult(s, 'failure'),
  }),
  'refund done while it waits': (s) => ({
    before: [(door) => door.query(stage.ask(s, 10_000)), refund(s, 3000)],
    twice: refundResult(s, 'success'),
  }),
  'refund undone while it waits': (s) => ({
    before: [(door) => door.query(stage.ask(s, 10_000)), refund(s, 3000)],
    twice: refundResult(s, 'failure'),
  }),
}

/** As HTTP would send it. */
const bytes = (answer: Promise<object>) =>
  answer.then(
    (one) => JSON.stringify(one),
    (error: { code?: string; message: string }) => `${error.code}: ${error.message}`,
  )

const counts = () =>
  stage.sql
    .query(
      `SELECT (SELECT count(*) FROM journal)::int AS journal, (SELECT count(*) FROM outbox)::int AS outbox,
         (SELECT count(*) FROM reverse_transaction)::int AS reverses,
         (SELECT coalesce(sum(held_fen + 3 * used_fen + 7 * held_count + 11 * used_count), 0) FROM counter)::int AS counters`,
    )
    .then(({ rows }) => rows[0] as Record<string, number>)

/** One answer for all, and effects of one: `once` says what one alone leaves. */
async function same(answers: Promise<object>[]): Promise<string> {
  const all = await Promise.all(answers.map(bytes))
  expect(new Set(all)).toEqual(new Set([all[0]]))
  return all[0]!
}

describe.each(Object.keys(KINDS))('%s twice at once', (name) => {
  test('in one batch, in two, in two processes, and just after: one answer, one effect', async () => {
    stage = await Stage.open([campaign({ budget: { amount: 1_000_000 } })])
    const wide = await stage.transactions()
    const narrow = await stage.transactions({ batchMax: 1 })
    const other = await stage.transactions({ batchMax: 1 })
    const ways: Transactions[][] = [
      [wide, wide],
      [narrow, narrow],
      [wide, other],
      Array.from({ length: 8 }, (_, i) => (i % 2 ? wide : other)),
      Array.from({ length: 8 }, () => narrow),
    ]
    let grown: Record<string, number> | undefined
    for (const [i, doors] of [[wide], ...ways, ...ways].entries()) {
      const { before, twice } = KINDS[name]!(`S${i}`)
      for (const ask of before) await ask(wide)
      const was = await counts()
      const told = await same(doors.map(twice))
      const is = await counts()
      const more = Object.fromEntries(Object.keys(is).map((key) => [key, is[key]! - was[key]!]))
      grown ??= more
      expect({ i, ...more }).toEqual({ i, ...grown })
      expect(await same([twice(other), twice(wide)])).toBe(told)
      expect(await counts()).toEqual(is)
    }
  })
})

/** Both wait for a row that this holds; then the second finds what the first has written. */
async function meetAtRow(serial: string, meet: () => Promise<object>[]): Promise<string> {
  const holder = new Client({ connectionString: stage.url })
  await holder.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT 1 FROM marketing_transaction WHERE serial = $1 FOR UPDATE', [serial])
  const answers = meet()
  await blocked(answers.length)
  await holder.query('COMMIT')
  await holder.end()
  return same(answers)
}

async function blocked(n: number): Promise<void> {
  for (;;) {
    const { rows } = await stage.sql.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows[0]!.n >= n) return
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test.each(['reversal', 'void', 'reversal of a hold', 'refund', 'refund done', 'refund undone'])(
  '%s: the second has looked before the first wrote, and is told what the first wrote',
  async (name) => {
    stage = await Stage.open([campaign()])
    const doors = [await stage.transactions({ batchMax: 1 }), await stage.transactions({ batchMax: 1 })]
    for (const [serial, pair] of [
      ['S1', [doors[0]!, doors[0]!]],
      ['S2', [doors[0]!, doors[1]!]],
    ] as const) {
      const { before, twice } = KINDS[name]!(serial)
      for (const ask of before) await ask(doors[0]!)
      expect(await meetAtRow(serial, () => pair.map(twice))).toContain(`"serial":"${serial}-`)
    }
  },
)

test('a refund that is newer than what was read of its original is found by the guard', async () => {
  stage = await Stage.open([campaign()])
  const first = await stage.transactions()
  await confirm(first, 'S1')
  const { sql } = stage
  const rowOf = async () => (await sql.query(`SELECT version, record FROM marketing_transaction`)).rows[0] as never
  const put = ({ version, record }: { version: number; record: object }) =>
    sql.query('UPDATE marketing_transaction SET version = $1, record = $2', [version, record])
  const older = await rowOf()
  await refund('S1', 3000)(first)
  const newer = await rowOf()
  // Back to before the refund; then the cold process reads the original, and the refund comes before it reads that.
  await sql.query('CREATE TABLE kept AS SELECT * FROM reverse_transaction')
  await sql.query('DELETE FROM reverse_transaction')
  await put(older)
  await sql.query('BEGIN')
  await sql.query('LOCK TABLE reverse_transaction IN ACCESS EXCLUSIVE MODE')
  const told = refundResult('S1', 'success')(await stage.transactions())
  const watch = new Client({ connectionString: stage.url })
  await watch.connect()
  for (let n = 0; n === 0;)
    n = (
      await watch.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      )
    ).rows[0]!.n
  await watch.end()
  await put(newer)
  await sql.query('INSERT INTO reverse_transaction SELECT * FROM kept')
  await sql.query('DROP TABLE kept')
  await sql.query('COMMIT')
  expect(await told).toMatchObject({ state: 'partially_refunded', left: 7000 })
})

test('a result that meets a waiting refund and no document in memory moves its counters once', async () => {
  stage = await Stage.open([campaign({ budget: { amount: 1_000_000 } })])
  const first = await stage.transactions()
  await first.query(stage.ask('S1', 10_000))
  await refund('S1', 10_000)(first)
  await stage.put([campaign({ budget: { amount: 2_000_000 } })], [], 2)
  const fresh = await stage.transactions()
  // Beside another, so that the batch is written whatever becomes of the one that has to wait for its document.
  await fresh.query(stage.ask('S2', 10_000))
  const told = await Promise.all([result('S1', 'success')(fresh), result('S2', 'success')(fresh)])
  expect(told).toMatchObject([{ state: 'confirmed' }, { state: 'confirmed' }])
  expect(await refund('S1', 10_000)(fresh)).toMatchObject({ state: 'refund_held', left: 0 })
})
