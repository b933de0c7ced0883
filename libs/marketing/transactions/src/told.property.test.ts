import { brokenInvariants } from '@lijian/verification'
import * as fc from 'fast-check'
import { Client } from 'pg'
import { campaign, Stage } from './testing/stage'
import type { Transactions } from './types'

/**
 * Two processes over one PostgreSQL, the same queries several times at once, rows that somebody else has locked for longer than a deadline, a restart
 * between: whoever was told of a hold last is funded, whoever was told of none last is not.
 */
let stage: Stage
beforeAll(async () => {
  stage = await Stage.open([campaign({ budget: { amount: 60_000 } })])
})
afterAll(() => stage.close())

type Process = Transactions & { close(): Promise<void> }
const open = (): Promise<Process> => stage.transactions({ now: Date.now, clock: undefined })
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Attempt {
  serial: number
  process: number
  afterMs: number
  deadlineMs: number
}

/** PostgreSQL lets go by itself, whatever this process is busy with. */
async function lock(what: 'counter' | 'marketing_transaction', afterMs: number, forMs: number): Promise<void> {
  await sleep(afterMs)
  const db = new Client({ connectionString: stage.url })
  await db.connect()
  await db.query(`BEGIN; SELECT FROM ${what} FOR UPDATE; SELECT pg_sleep(${forMs / 1000}); COMMIT`)
  await db.end()
}

const attempt: fc.Arbitrary<Attempt> = fc.record({
  serial: fc.nat({ max: 2 }),
  process: fc.nat({ max: 1 }),
  afterMs: fc.nat({ max: 250 }),
  deadlineMs: fc.constantFrom(20, 60, 150, 5000),
})
const locks = fc.array(
  fc.record({
    what: fc.constantFrom('counter' as const, 'marketing_transaction' as const),
    afterMs: fc.nat({ max: 200 }),
    forMs: fc.integer({ min: 50, max: 300 }),
  }),
  { minLength: 1, maxLength: 3 },
)

let runs = 0
test('who was told of a hold last is funded; who was told of none last is not', async () => {
  const seen = { funded: 0, none: 0, otherwise: 0 }
  const property = fc.asyncProperty(
    fc.array(attempt, { minLength: 4, maxLength: 12 }),
    locks,
    fc.boolean(),
    fc.nat({ max: 120 }),
    async (attempts, locked, restarts, waitMs) => {
      const run = runs++
      const processes = [await open(), await open()]
      const told = new Map<number, string[]>()
      const ask = async ({ serial, process, afterMs, deadlineMs }: Attempt) => {
        await sleep(afterMs)
        const query = stage.ask(`R${run}-${serial}`, 10_000, {}, { receivedAtMs: Date.now(), deadlineMs })
        const answer = await processes[process]!.query(query)
        told.set(serial, [...(told.get(serial) ?? []), answer.state])
      }
      const restart = async () => {
        await sleep(waitMs)
        const before = processes[0]!
        processes[0] = await open()
        await before.close()
      }
      await Promise.all([
        ...attempts.map(ask),
        ...locked.map(({ what, afterMs, forMs }) => lock(what, afterMs, forMs)),
        ...(restarts ? [restart()] : []),
      ])
      for (const [serial, answers] of told) {
        if (new Set(answers).size > 1) seen.otherwise++
        const isHeld = answers.at(-1) === 'held'
        const result = stage.outcome(`R${run}-${serial}`, 'success', { paid: isHeld ? 8500 : 10_000 })
        const { state, discount } = await processes[serial % 2]!.result(result)
        seen[isHeld ? 'funded' : 'none']++
        if (isHeld) expect([answers, state, discount]).toEqual([answers, 'confirmed', 1500])
        else expect([answers, state, discount]).toEqual([answers, 'no_offer', 0])
      }
      for (const process of processes) await process.close()
      expect(await brokenInvariants(stage.sql)).toEqual({})
    },
  )
  await fc.assert(property, { numRuns: 12 })
  expect(seen.funded).toBeGreaterThan(0)
  expect(seen.none).toBeGreaterThan(0)
})
