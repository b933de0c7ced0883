import { inTransaction } from '@lijian/database'
import { testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { liftRef, resumeRef, suspendRef, suspensionsUnder } from './suspend-ref'

let pool: Pool
let drop: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  pool = new Pool({ connectionString: database.appUrl })
  drop = () => database.drop()
})
afterAll(async () => {
  await pool.end()
  await drop()
})
const resume = (ref: string, by: string) => inTransaction(pool, (db) => resumeRef(db, ref, by))

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
  expect(await suspensionsUnder(pool, 'C4')).toHaveLength(1)
  await liftRef(pool, 'C4', '@card-usage')
  expect(await suspensionsUnder(pool, 'C4')).toEqual([])
  await liftRef(pool, 'C4', '@card-usage')
})
