import { once } from 'node:events'
import { forkSource, testDatabase } from '@lijian/testing'
import { Pool } from 'pg'
import { fundingKinds } from './kinds'
import { lockFunds } from './funds'
import { Proposals } from '@lijian/approvals'
import { brokenInvariants } from '@lijian/verification'

let database: { url: string; drop: () => Promise<void> }
let pool: Pool
let proposals: Proposals
beforeAll(async () => {
  database = await testDatabase()
  pool = new Pool({ connectionString: database.url, max: 8 })
  proposals = new Proposals(pool, fundingKinds({ timeZone: 'Asia/Shanghai', cutOff: '24:00' }))
  await pool.query(
    `INSERT INTO partner (code, name, payout_account) VALUES ('CCB', 'CCB', '{"bank": "CCB", "last4": "1234", "sealed": ""}')`,
  )
})
afterAll(async () => {
  await pool.end()
  await database.drop()
})

async function approver(name: string) {
  const child = forkSource(require.resolve('./testing/approver-process'), {
    APPROVER_DATABASE_URL: database.url,
    APPROVER_NAME: name,
  })
  await once(child, 'message')
  const decide = async (asked: { id: number; hash: string }[]) => {
    const answered = once(child, 'message')
    child.send(asked)
    return (await answered)[0] as string[]
  }
  return { decide, stop: () => child.kill() }
}

const receipt = (i: number) => ({ amount: 100, valueDate: '2026-11-01', bankReference: `R-${i}`, evidence: 'x' })
const fundedFen = async () =>
  Number((await pool.query(`SELECT funded_fen FROM partner WHERE code = 'CCB'`)).rows[0].funded_fen)

test('two processes decide the same receipts: each is decided once, and posted if it was approved', async () => {
  const made = await Promise.all(
    Array.from({ length: 40 }, (_, i) => proposals.propose('receipt', 'CCB', receipt(i), 'maker')),
  )
  const [a, b] = await Promise.all([approver('anna'), approver('bo')])
  const [first, second] = await Promise.all([a.decide(made), b.decide(made)])
  const approved = made.filter((_, i) => [first[i], second[i]].includes('approved')).length
  for (const i of made.keys()) expect([first[i], second[i]].sort()[1]).toBe('state_conflict')
  expect(approved).toBeGreaterThan(0)
  expect(await fundedFen()).toBe(approved * 100)
  expect(await brokenInvariants(pool as never)).toEqual({})

  // The same for what is paid back: the balance covers ten of forty, whoever approves them.
  const before = await fundedFen()
  const body = { amount: Math.floor(before / 10), reason: 'ended' }
  const out = await Promise.all(Array.from({ length: 40 }, () => proposals.propose('withdrawal', 'CCB', body, 'maker')))
  const outcomes = (await Promise.all([a.decide(out), b.decide(out)])).flat()
  expect(new Set(outcomes)).toEqual(new Set(['approved', 'rejected', 'state_conflict', 'exceeds_balance']))
  expect(outcomes.filter((outcome) => outcome === 'approved')).toHaveLength(10)
  expect(await fundedFen()).toBe(before - 10 * body.amount)
  expect(await brokenInvariants(pool as never)).toEqual({})
  a.stop()
  b.stop()
})

test('whoever waits for a counter that admission holds gets it in the end; a freeze of the date meanwhile blocks nobody', async () => {
  const admission = await pool.connect()
  await admission.query('BEGIN')
  await admission.query(`SELECT 1 FROM counter WHERE key = '@funds/CCB||total' FOR UPDATE`)
  const { id, hash } = await proposals.propose('receipt', 'CCB', receipt(1_000), 'maker')
  const approving = proposals.approve(id, hash, 'checker')
  await new Promise((resolve) => setTimeout(resolve, 200))
  // As the hot path does: the business date after the counter.
  await admission.query(`SELECT open_business_day('Asia/Shanghai', '24:00')`)
  await admission.query('COMMIT')
  admission.release()
  expect((await approving).state).toBe('approved')
})

test('a partner that is not there has no funds', async () => {
  const db = await pool.connect()
  await expect(lockFunds(db, 'NONE')).rejects.toMatchObject({ code: 'not_found' })
  db.release()
})
