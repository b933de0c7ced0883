import { LijianError } from '@lijian/contracts/system'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import type { Proposal } from './kinds'
import { Proposals } from './proposals'

let database: { url: string; drop: () => Promise<void> }
let pool: Pool
let proposals: Proposals
const applied: number[] = []

beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 10 })
  proposals = new Proposals(pool, {
    gift: {
      read: async (_db, _subject, request) => request as { fen: number },
      check: async (_db, { body }: Proposal<{ fen: number }>) => {
        if (body.fen < 0) throw new LijianError('state_conflict', 'less than nothing')
      },
      apply: async (db, { id, body }: Proposal<{ fen: number }>) => {
        await db.query(`INSERT INTO config_change (kind, code) VALUES ('gift', $1)`, [String(id)])
        if (body.fen > 100) throw new LijianError('state_conflict', 'too much')
        applied.push(id)
      },
    },
  })
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: LijianError) => error.code,
  )
const gift = (fen = 5) => proposals.propose('gift', 'CCB', { fen }, 'maker')

test('one proposes, another approves; its flow is told both', async () => {
  const made = await gift()
  expect(made).toMatchObject({ state: 'proposed', maker: 'maker', checker: null, version: 1 })
  const approved = await proposals.approve(made.id, made.hash, 'checker')
  expect(approved).toMatchObject({ state: 'approved', checker: 'checker', version: 2 })
  expect(await proposals.approve(made.id, made.hash, 'checker')).toEqual(approved)
  expect(applied).toEqual([made.id])
  const { rows } = await pool.query(`SELECT snapshot FROM outbox WHERE serial = $1 ORDER BY id`, [String(made.id)])
  expect(rows.map(({ snapshot }) => snapshot.body.state)).toEqual(['proposed', 'approved'])
  expect(await proposals.read(made.id)).toEqual(approved)
})

test('the maker cannot approve or reject it, and the database refuses it too', async () => {
  const made = await gift()
  expect(await codeOf(proposals.approve(made.id, made.hash, 'maker'))).toBe('maker_is_checker')
  expect(await codeOf(proposals.reject(made.id, made.hash, 'maker', 'no'))).toBe('maker_is_checker')
  await expect(
    pool.query(`UPDATE proposal SET state = 'approved', checker = maker WHERE id = $1`, [made.id]),
  ).rejects.toThrow('proposal_two_people')
  await expect(pool.query(`UPDATE proposal SET state = 'approved' WHERE id = $1`, [made.id])).rejects.toThrow(
    'proposal_decided',
  )
  expect((await proposals.read(made.id)).state).toBe('proposed')
})

test('what was changed since it was shown is not approved', async () => {
  const made = await gift(5)
  const amended = await proposals.amend(made.id, { fen: 6 }, 'maker')
  expect(amended.hash).not.toBe(made.hash)
  expect(await codeOf(proposals.approve(made.id, made.hash, 'checker'))).toBe('changed_since')
  expect(await codeOf(proposals.amend(made.id, { fen: 7 }, 'other'))).toBe('forbidden')
  await proposals.approve(made.id, amended.hash, 'checker')
  expect(await codeOf(proposals.amend(made.id, { fen: 7 }, 'maker'))).toBe('state_conflict')
})

test('an effect that is refused leaves nothing behind, and the proposal open', async () => {
  const made = await gift(101)
  const count = async () => (await pool.query(`SELECT count(*)::int AS n FROM config_change`)).rows[0].n
  const before = await count()
  expect(await codeOf(proposals.approve(made.id, made.hash, 'checker'))).toBe('state_conflict')
  expect(await count()).toBe(before)
  expect((await proposals.read(made.id)).state).toBe('proposed')
  expect(await codeOf(gift(-1))).toBe('state_conflict')
})

test('of many who decide at once, one does', async () => {
  const made = await gift()
  const before = applied.length
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, (_, i) =>
      codeOf(
        i % 2 ? proposals.approve(made.id, made.hash, `c${i}`) : proposals.reject(made.id, made.hash, `c${i}`, 'no'),
      ),
    ),
  )
  expect(outcomes.filter((code) => code === undefined)).toHaveLength(1)
  expect(outcomes.filter((code) => code === 'state_conflict')).toHaveLength(9)
  expect(applied.length - before).toBeLessThanOrEqual(1)
})

test('its maker can take it back; pages go on where they ended', async () => {
  const made = await gift()
  expect(await codeOf(proposals.withdraw(made.id, 'other'))).toBe('forbidden')
  expect(await proposals.withdraw(made.id, 'maker')).toMatchObject({ state: 'withdrawn' })
  expect(await codeOf(proposals.approve(made.id, made.hash, 'checker'))).toBe('proposal_withdrawn')
  const all = await proposals.list({ kind: 'gift', limit: 100 })
  const seen: number[] = []
  for (let after: string | undefined; ;) {
    const page = await proposals.list({ kind: 'gift', limit: 2, after })
    seen.push(...page.proposals.map(({ id }) => id))
    if (page.next === undefined) break
    after = page.next
  }
  expect(seen).toEqual(all.proposals.map(({ id }) => id))
  expect(await codeOf(proposals.read(999_999))).toBe('not_found')
})
