import { once } from 'node:events'
import { Proposals } from '@lijian/approvals'
import { canonicalJson } from '@lijian/contracts/system'
import { insertPerson } from '@lijian/identity'
import { forkSource, testDatabase } from '@lijian/testing'
import fc from 'fast-check'
import { Pool } from 'pg'
import { branchKind } from './branches'
import type { Deed } from './testing/decider-process'

/** What three persons do, in any order and on two processes at once, gives at most one effect, and never one that is one person's alone. */
const SCALE = Number(process.env.LIJIAN_TEST_FC_SCALE ?? 1)

let database: { url: string; drop: () => Promise<void> }
let pool: Pool
let proposals: Proposals
/** Each person, and a key of theirs. */
const persons: { id: string; key: string }[] = []
let deciders: { act: (deeds: Deed[]) => Promise<string[]>; stop: () => void }[]

beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 4 })
  proposals = new Proposals(pool, { branch: branchKind })
  await pool.query(`INSERT INTO client (code, name) VALUES ('people', 'people')`)
  for (const login of ['anna', 'bo', 'chen']) {
    const id = await insertPerson(pool, { login, name: login, roles: ['administrator'] })
    const key = `key-${login}`
    await pool.query(
      `INSERT INTO api_key (id, client, person, name, hash, scopes) VALUES ($1, 'people', $2, $1, $1, '{admin}')`,
      [key, id],
    )
    persons.push({ id, key })
  }
  deciders = await Promise.all([decider(), decider()])
})
afterAll(async () => {
  for (const { stop } of deciders ?? []) stop()
  await pool.end()
  await database.drop()
})

async function decider() {
  const child = forkSource(require.resolve('./testing/decider-process'), { DECIDER_DATABASE_URL: database.url })
  await once(child, 'message')
  const act = async (deeds: Deed[]) => {
    if (deeds.length === 0) return []
    const answered = once(child, 'message')
    child.send(deeds)
    return (await answered)[0] as string[]
  }
  return { act, stop: () => child.kill() }
}

const deed = fc.record({
  what: fc.constantFrom(
    ...(['propose', 'amend', 'approve', 'approve', 'approve', 'reject', 'withdraw', 'expire'] as const),
    ...(['disable', 'revoke', 'change'] as const),
  ),
  who: fc.nat(2),
  byKey: fc.boolean(),
  on: fc.nat(1),
  name: fc.constantFrom('North', 'South'),
  asShown: fc.boolean(),
})
type Planned = typeof deed extends fc.Arbitrary<infer One> ? One : never
const AROUND = ['disable', 'revoke', 'change']

/** Done by others beside the proposals: somebody leaves, a key is revoked, the time is over, the branch is changed behind their back. */
const around = async ({ what, who, name }: Planned, id: number, subject: string): Promise<void> => {
  const { id: person, key } = persons[who]!
  if (what === 'disable') await pool.query(`UPDATE person SET status = 'disabled' WHERE id = $1`, [person])
  if (what === 'revoke') await pool.query('UPDATE api_key SET revoked_at = now() WHERE id = $1', [key])
  if (what === 'expire')
    await pool.query(`UPDATE proposal SET expires_at = now() WHERE id = $1 AND state = 'proposed'`, [id])
  if (what === 'change')
    await pool.query(
      `INSERT INTO branch (code, name, parent) VALUES ($1, $2, 'head-office') ON CONFLICT (code) DO UPDATE SET name = excluded.name`,
      [subject, `${name} by hand`],
    )
}

interface Told {
  id: number
  state: string
  hash: string
  maker: string
  checker: string | null
  needs: number
  /** Others than its maker who have approved what it says. */
  others: number
  effects: number
  stale: number
  over: boolean
}

/** Every proposal about a branch, the newest first. */
const toldOf = async (subject: string): Promise<Told[]> => {
  const { rows } = await pool.query<Told>(
    `SELECT id::int, state, hash, maker, checker, needs, coalesce(expires_at <= now(), false) AS over,
       (SELECT count(DISTINCT person)::int FROM proposal_decision d
        WHERE d.proposal = p.id AND d.hash = p.hash AND d.decision = 'approved' AND d.person <> p.maker_person) AS others,
       (SELECT count(*)::int FROM config_change WHERE kind = 'effect' AND code = p.id::text) AS effects,
       (SELECT count(*)::int FROM config_change WHERE kind = 'stale' AND code = p.id::text) AS stale
     FROM proposal p WHERE kind = 'branch' AND subject = $1 ORDER BY id DESC`,
    [subject],
  )
  return rows
}

let runs = 0
const outcomes = new Map<string, number>()

test('any interleaving: at most one effect, never by one person alone; what is allowed takes effect', async () => {
  const plan = fc.record({
    approvers: fc.constantFrom(1, 2),
    makersKey: fc.boolean(),
    steps: fc.array(fc.array(deed, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 }),
  })
  await fc.assert(
    fc.asyncProperty(plan, async ({ approvers, makersKey, steps }) => {
      await pool.query(`UPDATE person SET status = 'active'`)
      await pool.query('UPDATE api_key SET revoked_at = NULL')
      await pool.query(
        `INSERT INTO approval_policy (kind, approvers) VALUES ('branch', $1)
         ON CONFLICT (kind, from_fen) DO UPDATE SET approvers = excluded.approvers`,
        [approvers],
      )
      const maker = persons[0]!
      const subject = `b-${runs++}`
      await proposals.propose('branch', subject, { name: 'First' }, makersKey ? maker.key : maker.id)
      const gone = new Set<string>()
      const ended = new Set<number>()
      for (const step of steps) {
        const wereGone = new Set(gone)
        const [{ id, hash }] = (await toldOf(subject)) as [Told]
        const deeds = step.map(({ what, who, byKey, name, asShown }) => ({
          ...{ what: what as Deed['what'], id, name, subject, ...(asShown && { hash }) },
          actor: byKey ? persons[who]!.key : persons[who]!.id,
        }))
        const of = (on: number) => deeds.filter((one, i) => step[i]!.on === on && !AROUND.includes(one.what))
        const told = await Promise.all([
          ...step.map((one) => around(one, id, subject)),
          ...deciders.map(({ act }, on) => act(of(on))),
        ])
        for (const outcome of told.flat()) if (outcome) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
        for (const { what, who } of step) {
          if (what === 'disable') gone.add(persons[who]!.id).add(persons[who]!.key)
          if (what === 'revoke') gone.add(persons[who]!.key)
        }
        const now = await toldOf(subject)
        for (const one of now) {
          expect(one.effects).toBe(one.state === 'approved' ? 1 : 0)
          // What it changed from is what was shown.
          expect(one.stale).toBe(0)
          if (one.state === 'approved') expect(one.others).toBeGreaterThanOrEqual(Math.max(approvers, one.needs))
          // Whoever was gone before this step has decided nothing in it, and nothing of theirs has taken effect.
          if (one.state === 'approved' && !ended.has(one.id))
            expect([one.maker, one.checker].filter((who) => wereGone.has(who!))).toEqual([])
          if (one.state !== 'proposed') ended.add(one.id)
        }
        // A later one takes the place of an earlier one.
        expect(now.slice(1).filter(({ state }) => state === 'proposed')).toEqual([])
      }
      const [left] = (await toldOf(subject)) as [Told]
      if (left.state !== 'proposed' || left.over || gone.has(left.maker)) return
      // The way that is allowed: as many others as it needs, who are still here, while what it changes from stands.
      const { hash, before, makerPerson } = await proposals.read(left.id)
      const { rows } = await pool.query('SELECT code, name, parent FROM branch WHERE code = $1', [subject])
      const stands = canonicalJson(rows[0] ?? null) === canonicalJson(before)
      const others = persons.filter((one) => one.id !== makerPerson && !gone.has(one.id))
      for (const one of others) await proposals.approve(left.id, hash, one.id).catch(() => undefined)
      const [end] = (await toldOf(subject)) as [Told]
      const isEnough = others.length >= left.needs || end.others >= left.needs
      expect(end.state).toBe(stands && isEnough ? 'approved' : 'proposed')
    }),
    { numRuns: 100 * SCALE },
  )
  // Nobody has decided about what they were not shown, and the walk has met each of these.
  expect(outcomes.get('unseen')).toBeUndefined()
  for (const code of [
    'done',
    'maker_is_checker',
    'proposal_withdrawn',
    'proposal_expired',
    'state_conflict',
    'forbidden',
    'changed_since',
    'proposer_revoked',
  ])
    expect(outcomes.get(code) ?? 0).toBeGreaterThan(0)
}, 120_000)
