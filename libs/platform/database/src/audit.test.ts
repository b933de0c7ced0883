import { testDatabase, type TestDatabase } from '@lijian/testing'
import { Client, type Pool } from 'pg'
import { acting, actAs } from './acting'
import { dataSource } from './data-source'
import { LIMITS } from './limits'
import { inTransaction } from './in-transaction'
import { steadyPool } from './pool'

interface Event {
  actor: string
  person: string | null
  via: string
  operation: string
  act: string
  subject_kind: string
  subject: string
  request: string | null
  diff: Record<string, { before?: unknown; after?: unknown }>
}

let database: TestDatabase
let pool: Pool
let owner: Client
beforeAll(async () => {
  database = await testDatabase()
  pool = steadyPool(database.appUrl, { name: 'audit-test', max: 2, limits: LIMITS.work })
  owner = new Client({ connectionString: database.url })
  await owner.connect()
  // Two people decide about these; here it is about who is told of a change.
  await owner.query(
    'ALTER TABLE branch DISABLE TRIGGER demand_approval; ALTER TABLE person DISABLE TRIGGER demand_approval_new',
  )
})
afterAll(async () => {
  await pool.end()
  await owner.end()
  await database.drop()
})

const since = async () => Number((await owner.query('SELECT coalesce(max(id), 0) AS id FROM audit_event')).rows[0].id)
const eventsAfter = async (id: number) =>
  (await owner.query<Event>('SELECT * FROM audit_event WHERE id > $1 ORDER BY id', [id])).rows
const who = (actor: string) => ({ actor, operation: `as-${actor}`, request: `r-${actor}`, address: '192.0.2.1' })
const putBranch = (code: string, name = code) =>
  pool.query(`INSERT INTO branch (code, name) VALUES ($1, $2) ON CONFLICT (code) DO UPDATE SET name = excluded.name`, [
    code,
    name,
  ])

test('a change is an event of the same database transaction, with who acts and what differs', async () => {
  const from = await since()
  await acting(who('k1'), () => putBranch('b1', 'One'))
  await acting(who('k2'), () => putBranch('b1', 'Two'))
  await acting(who('k3'), async () => {
    await expect(
      inTransaction(pool, async (db) => {
        await db.query(`UPDATE branch SET name = 'Gone' WHERE code = 'b1'`)
        throw new Error('undone')
      }),
    ).rejects.toThrow('undone')
  })
  expect(await eventsAfter(from)).toMatchObject([
    {
      actor: 'k1',
      operation: 'as-k1',
      act: 'insert',
      subject_kind: 'branch',
      subject: 'b1',
      request: 'r-k1',
      diff: { name: { after: 'One' } },
    },
    { actor: 'k2', operation: 'as-k2', act: 'update', subject: 'b1', diff: { name: { before: 'One', after: 'Two' } } },
  ])
})

test('a change that changes nothing, and one that nobody asked for', async () => {
  const from = await since()
  await putBranch('b1', 'Two')
  await owner.query(`UPDATE branch SET name = 'Three' WHERE code = 'b1'`)
  const events = await eventsAfter(from)
  expect(events).toHaveLength(1)
  expect(events[0]).toMatchObject({ operation: 'UPDATE', actor: `database/${events[0]!.via}` })
})

test('many at once over few connections, in transactions and without, by TypeORM too: each is whose it is', async () => {
  const source = dataSource(database.appUrl, { poolSize: 2 })
  await source.initialize()
  const from = await since()
  await Promise.all(
    Array.from({ length: 60 }, (_, i) => {
      const code = `m${i}`
      const work = [
        () => putBranch(code),
        () => inTransaction(pool, (db) => db.query(`INSERT INTO branch (code, name) VALUES ($1, 'x')`, [code])),
        () =>
          source.transaction((manager) => manager.query(`INSERT INTO branch (code, name) VALUES ($1, 'x')`, [code])),
        () => pool.query({ name: 'one', text: `INSERT INTO branch (code, name) VALUES ($1, 'x')`, values: [code] }),
      ][i % 4]!
      return i % 5 === 0 ? work() : acting({ operation: 'many', actor: `a${i}*/` }, work)
    }),
  )
  const events = await eventsAfter(from)
  expect(events).toHaveLength(60)
  for (const { subject, actor, via } of events) {
    const i = Number(subject.slice(1))
    expect([subject, actor]).toEqual([subject, i % 5 === 0 ? `database/${via}` : `a${i}*/`])
  }
  await source.destroy()
})

test('who it is may turn out on the way; what work has left behind acts as nobody', async () => {
  const from = await since()
  let later: Promise<unknown> = Promise.resolve()
  await acting({ operation: 'signIn' }, async () => {
    actAs({ actor: 'p-1', person: 'p-1' })
    await putBranch('t1')
    later = new Promise((done) => setTimeout(done, 30)).then(() => putBranch('t2'))
  })
  await acting({ operation: 'other' }, () => later)
  expect((await eventsAfter(from)).map(({ actor, subject }) => [actor.split('/')[0], subject])).toEqual([
    ['p-1', 't1'],
    ['database', 't2'],
  ])
})

test('what is sensitive is masked, what is long is its hash, and many rows are one event', async () => {
  const from = await since()
  await pool.query(
    `INSERT INTO person (id, login, name, branch, roles) VALUES ('p-1', 'li.na', 'Li Na', 'head-office', '{operator}')`,
  )
  await pool.query(`INSERT INTO merchant (id, document, updated_by) VALUES ('M1', $1, 'k')`, [
    JSON.stringify({
      name: 'Cafe',
      note: 'call 13812345678 or a.b@c.com, card 6222021234567890128',
      payoutAccount: 'x',
      long: 'y'.repeat(3000),
    }),
  ])
  await pool.query(
    `INSERT INTO merchant (id, document, updated_by) SELECT 'N' || n, '{}', 'k' FROM generate_series(1, 101) n`,
  )
  await pool.query(`UPDATE merchant SET updated_at = now()`)
  const [person, merchant, many, ...rest] = await eventsAfter(from)
  expect(person!.diff).toMatchObject({
    name: { after: '***' },
    login: { after: '***' },
    roles: { after: ['operator'] },
  })
  const text = JSON.stringify(merchant!.diff)
  expect(text).toContain('sha256:')
  expect(text).toContain('call *** or ***, card ***')
  expect(text).not.toMatch(/13812345678|6222021234567890128|a\.b@c|Li Na/)
  expect(many).toMatchObject({ subject: '*', diff: { rows: 101, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } })
  expect(rest).toEqual([expect.objectContaining({ act: 'update', subject: '*' })])
})

/** Payments and what is added up from them; progress and caches; what has its own history. None of it is a person's act. */
const NOT_AUDITED = [
  ...[
    'marketing_transaction',
    'reverse_transaction',
    'journal',
    'counter',
    'route',
    'oidc_attempt',
    'oidc_logout',
    'outbox',
    'passkey_challenge',
    'webhook_delivery',
    'decision_log',
  ],
  ...[
    'unposted_result',
    'payment_day',
    'payment_share_day',
    'payment_posting_day',
    'merchant_day',
    'refusal_day',
    'refusal_day_count',
  ],
  ...[
    'account_day',
    'business_day',
    'journal_seal',
    'rebate_due',
    'merchant_settlement',
    'catalog_snapshot',
    'config_change',
  ],
  ...[
    'card_over',
    'card_usage',
    'card_usage_notice',
    'route_capacity',
    'route_capacity_run',
    'route_curve',
    'route_outcome',
    'route_pool_health',
  ],
  ...[
    'bill_line',
    'group_page',
    'reconciliation_break',
    'reconciliation_run',
    'report_run',
    'report_delivery',
    'report_link',
  ],
  ...[
    'campaign_facts',
    'backtest_lines',
    'merchant_group_member',
    'open_hold',
    'sign_in_failure',
    'migrations',
    'audit_event',
    'audit_seal',
    'audit_mark',
  ],
]

test('every table is audited, or is known not to be', async () => {
  const { rows } = await owner.query<{ name: string; audited: boolean }>(
    `SELECT c.relname AS name, EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'audited_%') AS audited
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition`,
  )
  const not = rows.filter(({ audited }) => !audited).map(({ name }) => name)
  expect(not.sort()).toEqual([...NOT_AUDITED].sort())
})

test('a document that jsonb does not take is changed all the same', async () => {
  const from = await since()
  await owner.query(
    `INSERT INTO merchant (id, document, updated_by) VALUES ('NUL', '{"name":"a\\u0000b\\ud83c"}', 'k')`,
  )
  await owner.query(`UPDATE merchant SET document = '{"name":"ab"}' WHERE id = 'NUL'`)
  await owner.query(`UPDATE merchant SET document = '{"name":"c"}' WHERE id = 'NUL'`)
  expect((await eventsAfter(from)).map(({ diff }) => diff)).toMatchObject([
    { document: { after: { name: 'ab' } } },
    { 'document.name': { before: 'ab', after: 'c' } },
  ])
})

test('after a month that nobody has opened a change opens its own', async () => {
  const part = (await owner.query(`SELECT 'audit_event_' || to_char(now() AT TIME ZONE 'UTC', 'YYYYMM') AS part`))
    .rows[0].part
  await owner.query(`DROP TABLE ${part}`)
  await Promise.all(['o1', 'o2', 'o3'].map((code) => acting(who('k9'), () => putBranch(code))))
  expect((await owner.query(`SELECT count(*)::int AS n FROM ${part}`)).rows[0].n).toBe(3)
})
