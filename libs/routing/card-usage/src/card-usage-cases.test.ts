import { brokenInvariants } from '@lijian/verification'
import { merchantMethodRef } from '@lijian/contracts/routing'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { CardUsageCases } from './card-usage-cases'
import { beginNotice, endNotice } from './notices'
import { cardsByUsage } from './usage'

let pool: Pool
let drop: () => Promise<void>
let cases: CardUsageCases
beforeAll(async () => {
  const database = await testDatabase()
  drop = database.drop
  pool = new Pool({ connectionString: database.url, max: 8 })
  cases = new CardUsageCases(pool)
})
afterAll(async () => {
  await pool.end()
  await drop()
})
beforeEach(() =>
  pool.query('TRUNCATE card_usage, card_over, card_usage_notice, card_usage_case, suspension, outbox RESTART IDENTITY'),
)

const PERIOD = '2026-11'
const REF = '@route/merchant-method/M1/unionpay'
/** A payment of a card, as `apply` counts it: more than one in the month is over. */
async function pay(card: string, times = 1, cardsOver = 1): Promise<void> {
  const over = { threshold: 1, cardsOver, remindHours: 24, methods: ['unionpay'], parents: ['P1'] }
  const row = { kind: 'merchant', holder: 'M1', period: PERIOD, card, add: times, over }
  await pool.query('SELECT count_card_usage($1)', [JSON.stringify([row])])
}
const isStopped = async () => (await pool.query('SELECT FROM suspension WHERE ref = $1', [REF])).rowCount === 1
const file = { file: 'oss://m1.pdf' }
const code = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: { code?: string }) => error.code,
  )
/** What is counted here has no routes: that check stands in libs/routing/attempts. */
const broken = async () => {
  const { 'payments of cards = successes of their routes': _, ...others } = await brokenInvariants(pool as never)
  return others
}

test('SQL, TypeScript and the books call the method that is stopped by one name', async () => {
  await pay('ct_1', 2)
  expect((await pool.query('SELECT ref FROM suspension')).rows).toEqual([{ ref: REF }])
  expect(merchantMethodRef('M1', 'unionpay')).toBe(REF)
  expect(await broken()).toEqual({})
})

test('one hands in, another approves: the method is open again; the same again is the same answer', async () => {
  await pay('ct_1', 2)
  expect(await isStopped()).toBe(true)
  expect(await cases.list({ limit: 5 })).toMatchObject({
    cases: [{ id: 1, state: 'waiting_explanation', waitsFor: 'the written explanation of M1', cards: 1 }],
  })
  expect(await code(cases.approve(1, 'checker'))).toBe('state_conflict')
  const explained = await cases.explain(1, { ...file, note: 'restocks daily' }, 'maker')
  expect(explained).toMatchObject({ state: 'waiting_review', waitsFor: 'a reviewer other than maker' })
  expect(await cases.explain(1, { ...file, note: 'restocks daily' }, 'maker')).toEqual(explained)
  expect(await code(cases.approve(1, 'maker'))).toBe('maker_is_checker')
  expect(await isStopped()).toBe(true)
  const approved = await cases.approve(1, 'checker')
  expect(approved).toMatchObject({ state: 'reopened', decision: { by: 'checker' } })
  expect(approved.waitsFor).toBeUndefined()
  expect(await cases.approve(1, 'checker')).toEqual(approved)
  expect(await code(cases.approve(1, 'third'))).toBe('state_conflict')
  expect(await code(cases.explain(1, file, 'maker'))).toBe('state_conflict')
  expect(await isStopped()).toBe(false)
  expect(await broken()).toEqual({})
  expect(await cases.read(1)).toMatchObject({
    cardsOver: [{ cardToken: 'ct_1', period: PERIOD, count: 2 }],
    history: [{ what: 'opened' }, { what: 'explained', by: 'maker', words: file.file }, { what: 'approved' }],
  })
  const told = await pool.query<{ version: number; state: string }>(
    `SELECT (snapshot ->> 'version')::int AS version, snapshot #>> '{body,state}' AS state FROM outbox
     WHERE snapshot #>> '{body,merchant}' IS NOT NULL ORDER BY id`,
  )
  expect(told.rows).toEqual([
    { version: 1, state: 'waiting_explanation' },
    { version: 2, state: 'waiting_review' },
    { version: 3, state: 'reopened' },
  ])
  expect(await code(cases.read(99))).toBe('not_found')
})

test('what the flow is told by the database is what the use case says', async () => {
  await pay('ct_1', 2)
  await cases.explain(1, file, 'maker')
  await cases.reject(1, { reason: 'no invoices', keepSuspended: false }, 'checker')
  const { rows } = await pool.query<{ body: object }>(
    `SELECT snapshot -> 'body' AS body FROM outbox WHERE snapshot #>> '{body,merchant}' IS NOT NULL ORDER BY id DESC LIMIT 1`,
  )
  expect(rows[0]!.body).toEqual(await cases.snapshot(1))
})

test('sent back, and kept suspended: the method stays stopped until another explanation is approved', async () => {
  await pay('ct_1', 2)
  await cases.explain(1, file, 'maker')
  expect(await code(cases.reject(1, { reason: 'no', keepSuspended: true }, 'maker'))).toBe('maker_is_checker')
  const returned = await cases.reject(1, { reason: 'no invoices', keepSuspended: false }, 'checker')
  expect(returned).toMatchObject({ state: 'waiting_explanation', decision: { reason: 'no invoices' } })
  expect(await cases.reject(1, { reason: 'no invoices', keepSuspended: false }, 'checker')).toEqual(returned)
  // A better one may replace it, by somebody else too: who handed in the last one does not decide.
  await cases.explain(1, file, 'maker')
  expect(await cases.explain(1, { file: 'oss://m1-b.pdf' }, 'checker')).toMatchObject({
    waitsFor: 'a reviewer other than checker',
  })
  expect(await cases.reject(1, { reason: 'not credible', keepSuspended: true }, 'maker')).toMatchObject({
    state: 'kept_suspended',
    closedAt: expect.any(String) as string,
  })
  expect(await isStopped()).toBe(true)
  expect(await broken()).toEqual({})
  expect(await cases.explain(1, file, 'checker')).toMatchObject({ state: 'waiting_review' })
  expect(await cases.approve(1, 'maker')).toMatchObject({ state: 'reopened' })
  expect(await isStopped()).toBe(false)
  expect(await broken()).toEqual({})
})

test('what a person stopped stays stopped when the case ends', async () => {
  await pool.query('INSERT INTO suspension (ref, suspended_by) VALUES ($1, $2)', [REF, 'ak_person'])
  await pay('ct_1', 2)
  await cases.explain(1, file, 'maker')
  await cases.approve(1, 'checker')
  expect(await isStopped()).toBe(true)
})

test('two reviewers at once, and a card that goes over at that moment: one end, and the card has a case', async () => {
  for (let round = 1; round <= 12; round++) {
    await pool.query('TRUNCATE card_usage, card_over, card_usage_notice, card_usage_case, suspension RESTART IDENTITY')
    await pay('ct_1', 2)
    await cases.explain(1, file, 'maker')
    const [, approved, kept] = await Promise.all([
      pay('ct_2', 2),
      code(cases.approve(1, 'one')),
      code(cases.reject(1, { reason: 'no', keepSuspended: true }, 'two')),
    ])
    expect([approved, kept].sort()).toEqual(['state_conflict', undefined])
    const { rows } = await pool.query<{ state: string }>(
      `SELECT c.state FROM card_over o JOIN card_usage_case c ON c.id = o.case_id WHERE o.card_token = 'ct_2'`,
    )
    expect([round, rows.length]).toEqual([round, 1])
    expect(await broken()).toEqual({})
  }
})

test('pages, newest first, by state, merchant and method', async () => {
  for (let i = 1; i <= 3; i++) {
    await pay(`ct_${i}`, 2)
    await cases.explain(i, file, 'maker')
    if (i < 3) await cases.approve(i, 'checker')
  }
  const first = await cases.list({ limit: 2, merchant: 'M1', method: 'unionpay' })
  expect([first.cases.map(({ id }) => id), first.next]).toEqual([[3, 2], '2'])
  expect((await cases.list({ limit: 2, after: first.next! })).cases.map(({ id }) => id)).toEqual([1])
  expect((await cases.list({ limit: 5, state: 'reopened' })).cases.map(({ id }) => id)).toEqual([2, 1])
  expect((await cases.list({ limit: 5, merchant: 'M2' })).cases).toEqual([])
  expect(await cardsByUsage(pool, { merchant: 'M1', min: 2, limit: 2 }, '2026-11-25')).toEqual({
    of: 'merchant',
    code: 'M1',
    period: PERIOD,
    cards: [
      { cardToken: 'ct_1', count: 2 },
      { cardToken: 'ct_2', count: 2 },
    ],
  })
})

test('a notice is written down before it is sent, sent once, and not at all when it is no longer so', async () => {
  await pay('ct_1', 2)
  const notice = { case: 1, kind: 'opened', seq: 1, to: 'parent', code: 'P1' } as const
  const begun = await beginNotice(pool, notice, true)
  expect(begun).toMatchObject({
    idempotencyKey: 'card-usage/1/opened/1/parent/P1',
    body: { notice: 'opened', to: { kind: 'parent_institution', code: 'P1' }, case: { merchant: 'M1', cards: 1 } },
  })
  expect(JSON.stringify(begun)).not.toContain('ct_1')
  await endNotice(pool, notice, 'the receiver answered 503')
  await beginNotice(pool, notice, true)
  await endNotice(pool, notice, undefined)
  expect(await beginNotice(pool, notice, true)).toEqual({ done: 'delivered' })
  expect(await beginNotice(pool, { ...notice, to: 'merchant', code: 'M1' }, false)).toEqual({ done: 'recorded' })
  // A flow that was told of others by a signal reaches nobody but the case's own.
  expect(await beginNotice(pool, { ...notice, seq: 2, code: 'P9' }, true)).toEqual({ done: 'over' })
  expect(await beginNotice(pool, { ...notice, to: 'merchant', code: 'M9' }, true)).toEqual({ done: 'over' })
  expect((await cases.read(1)).notices).toMatchObject([
    { to: 'parent', attempts: 2, deliveredAt: expect.any(String) as string },
    { to: 'merchant', attempts: 0 },
  ])
  await cases.explain(1, file, 'maker')
  await cases.approve(1, 'checker')
  expect(await beginNotice(pool, { ...notice, kind: 'reminder', seq: 2 }, true)).toEqual({ done: 'over' })
  expect(await beginNotice(pool, { ...notice, kind: 'kept_suspended' }, true)).toEqual({ done: 'over' })
  expect(await beginNotice(pool, { ...notice, kind: 'reopened', seq: 3 }, true)).toMatchObject({ body: {} })
})
