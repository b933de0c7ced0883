import { LijianError } from '@lijian/contracts/system'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import { brokenInvariants } from '@lijian/verification'
import fc from 'fast-check'
import { campaign, Stage } from './testing/stage'

/** One thing that happens to a serial. `hasty`: a query that is told "deadline" before anything is stored; `pays`: what the last answer said. */
const DEEDS = [
  'query',
  'hasty',
  'pays',
  'bare',
  'gross',
  'odd',
  'failure',
  'expire',
  'reversal',
  'later',
  'lock',
] as const
type Deed = (typeof DEEDS)[number]
const deed = fc.record({ do: fc.constantFrom(...DEEDS), serial: fc.integer({ min: 0, max: 7 }) })

const AMOUNT = 10_000
interface Success {
  serial: string
  paid: number | undefined
  answer: TransactionAnswer
}

class Run {
  readonly told = new Map<string, TransactionAnswer[]>()
  readonly successes: Success[] = []
  private locked: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly stage: Stage,
    private readonly doors: Awaited<ReturnType<Stage['transactions']>>[],
  ) {}

  async act(deeds: { do: Deed; serial: number }[], first: number): Promise<void> {
    for (const [i, { do: what, serial: n }] of deeds.entries()) {
      const till = this.doors[(first + i) % this.doors.length]!
      try {
        await this.one(till, what, `S${n}`)
      } catch (error) {
        if (!(error instanceof LijianError) || error.code === 'internal') throw error
      }
    }
  }

  private async one(till: (typeof this.doors)[number], what: Deed, serial: string): Promise<unknown> {
    const { stage } = this
    const told = this.told.get(serial) ?? []
    switch (what) {
      case 'query':
      case 'hasty': {
        const deadlineMs = what === 'hasty' ? 1 : 10_000
        const answer = await till.query(stage.ask(serial, AMOUNT, {}, { deadlineMs, mayOmitPaid: true }))
        return this.told.set(serial, [...(this.told.get(serial) ?? []), answer])
      }
      case 'pays': {
        const { payable, marketingSerial } = told.at(-1) ?? { payable: AMOUNT }
        return this.succeed(till, serial, { paid: payable, marketingSerial })
      }
      case 'bare':
        return this.succeed(till, serial, {})
      case 'gross':
        return this.succeed(till, serial, { paid: AMOUNT })
      case 'odd':
        return this.succeed(till, serial, { paid: 9_000 })
      case 'failure':
        return till.result(stage.outcome(serial, 'failure'))
      case 'expire':
        return till.expire('T', serial)
      case 'reversal':
        return till.reverse({
          ...{ client: 'T', originalSerial: serial, serial: `R-${serial}`, kind: 'reversal' },
          ...{ bodyHash: 'r', door: 'http' },
        })
      case 'later':
        return (stage.nowMs += 400_000)
      case 'lock':
        return (this.locked = this.locked.then(() =>
          stage.sql.query(`SELECT pg_sleep(0.02) FROM (SELECT FROM counter FOR UPDATE) c LIMIT 1`),
        ))
    }
  }

  private async succeed(till: (typeof this.doors)[number], serial: string, said: object): Promise<void> {
    const { paid } = said as { paid?: number }
    const answer = await till.result(this.stage.outcome(serial, 'success', said))
    this.successes.push({ serial, paid, answer })
  }
}

test('after any order of query, late answer, undo and result: what is captured is what was paid, or there is a case', async () => {
  const met = new Set<string>()
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(deed, { minLength: 10, maxLength: 30 }), { minLength: 4, maxLength: 8 }),
      async (clients) => {
        const stage = await Stage.open([campaign({ budget: { amount: 9_000 } })])
        try {
          const doors = [await stage.transactions({ batchMax: 4 }), await stage.transactions({ batchMax: 4 })]
          const run = new Run(stage, doors)
          await Promise.all(clients.map((deeds, i) => run.act(deeds, i)))
          // Undoing is done, too.
          for (const door of doors) await door.close()
          const { rows: cases } = await stage.sql.query<{ serial: string }>(
            `SELECT serial FROM outbox WHERE snapshot ->> 'case' IS NOT NULL`,
          )
          const hasCase = new Set(cases.map(({ serial }) => serial))
          for (const { serial, paid, answer } of run.successes) {
            const { state, payable, discount } = answer
            met.add(paid === undefined ? `bare ${state}` : `${state} ${hasCase.has(serial) ? 'case' : 'plain'}`)
            const wasHeld = run.told.get(serial)?.some((told) => told.state === 'held') ?? false
            // Who was told "no offer" is not captured.
            if (discount > 0 && state === 'confirmed') expect([serial, wasHeld]).toEqual([serial, true])
            if (state === 'reversed' || paid === undefined) continue
            if (state === 'unfunded' || (payable !== undefined && payable !== paid))
              expect([serial, answer, hasCase.has(serial)]).toEqual([serial, answer, true])
          }
          const { rows: silent } = await stage.sql.query<{ serial: string }>(
            `SELECT serial FROM marketing_transaction WHERE record -> 'result' ->> 'outcome' = 'success'
             AND (state = 'unfunded' OR (record -> 'result' ->> 'paidFen')::bigint <> payable_fen)`,
          )
          for (const { serial } of silent) expect([serial, hasCase.has(serial)]).toEqual([serial, true])
          expect(await brokenInvariants(stage.sql)).toEqual({})
        } finally {
          await stage.close()
        }
      },
    ),
    { numRuns: 8, seed: 53, endOnFailure: true },
  )
  // What needs two processes to meet at one moment may not come up on every machine; paid.test.ts makes it.
  for (const what of ['confirmed plain', 'no_offer plain', 'no_offer case', 'bare confirmed', 'bare no_offer'])
    expect([...met]).toContain(what)
}, 180_000)
