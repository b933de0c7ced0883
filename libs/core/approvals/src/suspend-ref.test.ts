import { inTransaction } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { Proposals } from './proposals'
import { liftRef, resumeKind, resumeRef, suspendRef, suspensionsUnder } from './suspend-ref'

let pool: Pool
let owner: Pool
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  pool = new Pool({ connectionString: database.appUrl })
  owner = new Pool({ connectionString: database.url, max: 1 })
  drop = () => database.drop()
})
afterAll(async () => {
  await pool.end()
  await owner.end()
  await drop()
})
const resume = (ref: string, by: string) =>
  inTransaction(pool, (db) =>
    resumeRef(db, { ref, by, kind: 'resume', proposals: new Proposals(pool, { resume: resumeKind() }) }),
  )

test('one person stops, two let go on; stopping again takes back the wish to go on', async () => {
  const stopped = await suspendRef(pool, '@route/mid/A', 'ann')
  expect(stopped).toEqual({ ref: '@route/mid/A', state: 'suspended', suspendedAt: expect.any(String) as string })
  const asked = { ...stopped, state: 'resume_requested' }
  // Who stopped it may be the first of the two.
  expect(await resume('@route/mid/A', 'ann')).toEqual(asked)
  expect(await resume('@route/mid/A', 'ann')).toEqual(asked)
  expect(await suspendRef(pool, '@route/mid/A', 'bob')).toEqual(stopped)
  expect(await resume('@route/mid/A', 'bob')).toEqual(asked)
  expect(await resume('@route/mid/A', 'ann')).toEqual({ ref: '@route/mid/A', state: 'active' })
  await expect(resume('@route/mid/A', 'bob')).rejects.toMatchObject({ code: 'state_conflict' })
})

test('two people who ask in one moment resume it once', async () => {
  await suspendRef(pool, 'C1', 'ann')
  const states = (await Promise.all(['ann', 'bob'].map((by) => resume('C1', by)))).map(({ state }) => state)
  expect(states.sort()).toEqual(['active', 'resume_requested'])
  expect(await suspensionsUnder(pool, 'C1')).toEqual([])
})

test('whoever stops again while another one approves the wish to go on never waits for the other for ever', async () => {
  const proposals = new Proposals(pool, { resume: resumeKind() })
  for (let i = 0; i < 40; i++) {
    const ref = `C5-${i}`
    await suspendRef(pool, ref, 'ann')
    await resume(ref, 'ann')
    const { id, hash } = (await proposals.openOf('resume', ref))!
    const [approved, stopped] = await Promise.allSettled([
      proposals.approve(id, hash, 'bob'),
      inTransaction(pool, (db) => suspendRef(db, ref, 'eve')),
    ])
    expect(stopped.status).toBe('fulfilled')
    if (approved.status === 'rejected') expect(approved.reason).toMatchObject({ code: 'proposal_withdrawn' })
  }
})

test('what is stopped under a name, and nothing that only begins like it', async () => {
  for (const ref of ['C2', 'C2/FOOD', 'C2/a_b', 'C22', 'C22/FOOD', '@route/pool/C2']) await suspendRef(pool, ref, 'ann')
  const refs = async (name: string) => (await suspensionsUnder(pool, name)).map(({ ref }) => ref)
  expect(await refs('C2')).toEqual(['C2', 'C2/FOOD', 'C2/a_b'])
  expect(await refs('@route')).toEqual(['@route/pool/C2'])
})

test('in a transaction that is undone nothing was stopped', async () => {
  const undone = inTransaction(pool, async (db) => {
    await suspendRef(db, 'C3', 'ann')
    throw new Error('no')
  })
  await expect(undone).rejects.toThrow('no')
  expect(await suspensionsUnder(pool, 'C3')).toEqual([])
})

test('who has stopped it lets it go on at once, and nobody else', async () => {
  await suspendRef(pool, 'C4', '@card-usage')
  // A second stop changes nothing about whose it is.
  await suspendRef(pool, 'C4', 'ann')
  await liftRef(pool, 'C4', 'ann')
  // Without the approval of its case nobody but the owner lets it go on.
  await expect(liftRef(pool, 'C4', '@card-usage')).rejects.toThrow('needs an approval')
  expect(await suspensionsUnder(pool, 'C4')).toHaveLength(1)
  await liftRef(owner, 'C4', '@card-usage')
  expect(await suspensionsUnder(pool, 'C4')).toEqual([])
  await liftRef(pool, 'C4', '@card-usage')
})
