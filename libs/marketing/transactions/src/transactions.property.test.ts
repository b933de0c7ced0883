import { LijianError } from '@lijian/contracts/system'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { brokenInvariants } from '@lijian/verification'
import { campaign, feeOffer, Stage } from './testing/stage'

/** One thing that the world does to a serial; several clients do such things at once, on two processes. */
type Deed =
  | { do: 'query'; serial: number; amount: number; card: number }
  | { do: 'success' | 'failure' | 'gross' | 'odd' | 'expire' | 'reversal' | 'void'; serial: number }
  | { do: 'refund'; serial: number; part: number; permille: number }
  | { do: 'refunded' | 'not refunded'; serial: number; part: number }
  | { do: 'suspend' | 'resume' | 'later' }

const serial = fc.integer({ min: 0, max: 39 })
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      do: fc.constant('query' as const),
      serial,
      amount: fc.constantFrom(9_999, 10_000, 20_000, 33_333),
      card: fc.integer({ min: 0, max: 5 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'success' as const,
        'failure' as const,
        'gross' as const,
        'odd' as const,
        'expire' as const,
        'reversal' as const,
        'void' as const,
      ),
      serial,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      serial,
      part: fc.integer({ min: 0, max: 2 }),
      permille: fc.integer({ min: 1, max: 1000 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('refunded' as const, 'refunded' as const, 'not refunded' as const),
      serial,
      part: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('suspend' as const, 'resume' as const, 'later' as const) }) },
)

const BUDGET_FEN = 30_000
const DOCUMENT = campaign({
  budget: { amount: BUDGET_FEN, count: 25 },
  offers: [
    {
      ...campaign().offers[0]!,
      priority: 1,
      budget: { amount: 20_000 },
      rule: {
        limits: [{ per: ['card'], period: 'day', count: 3 }],
        benefit: { type: 'reduce', tiers: [{ atLeast: 10_000, off: { min: 1000, max: 1500, step: 50 } }] },
        refund: { restore: { count: true }, block: 'day' },
      },
    } as never,
    {
      ...campaign().offers[0]!,
      code: 'TEN',
      rule: {
        limits: [
          { per: ['merchant', 'card'], period: 'month', amount: 9000 },
          { per: [], period: 'total', amount: 400_000, measure: 'gross' },
        ],
        benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] },
      },
    } as never,
    feeOffer({ rule: { limits: [{ per: [], period: 'week', amount: 500 }], benefit: { type: 'waive' } } }),
  ],
})
const MERCHANT = { id: 'M1', name: '面馆', status: 'active' as const, fees: { default: { ppm: 6000 } } }

const ENDS: Record<string, string[]> = {
  held: [
    'held',
    'confirmed',
    'cancelled',
    'expired',
    'reversed',
    'voided',
    'no_offer',
    'unfunded',
    'partially_refunded',
    'refunded',
  ],
  confirmed: ['confirmed', 'reversed', 'voided', 'partially_refunded', 'refunded'],
  partially_refunded: ['partially_refunded', 'refunded'],
  refunded: ['refunded'],
  cancelled: ['cancelled', 'partially_refunded', 'refunded', 'confirmed', 'unfunded', 'reversed', 'voided', 'no_offer'],
  expired: ['expired', 'partially_refunded', 'refunded', 'confirmed', 'unfunded', 'reversed', 'voided', 'no_offer'],
  unfunded: ['unfunded', 'reversed', 'voided'],
  reversed: ['reversed'],
  voided: ['voided'],
  no_offer: [
    'no_offer',
    'partially_refunded',
    'refunded',
    'held',
    'confirmed',
    'cancelled',
    'expired',
    'reversed',
    'voided',
    'unfunded',
  ],
}

async function act(
  stage: Stage,
  doors: Awaited<ReturnType<Stage['transactions']>>[],
  deeds: Deed[],
  told: TransactionAnswer[],
): Promise<void> {
  const reverse = (kind: 'reversal' | 'void', n: number) =>
    ({ client: 'T', originalSerial: `S${n}`, serial: `${kind}-S${n}`, kind, bodyHash: kind, door: 'http' }) as const
  for (const [i, one] of deeds.entries()) {
    const transactions = doors[i % doors.length]!
    try {
      switch (one.do) {
        case 'query':
          // The body is a function of the serial, so that a repeat is a duplicate and not another payment.
          told.push(
            await transactions.query(
              stage.ask(
                `S${one.serial}`,
                [9_999, 10_000, 20_000, 33_333][one.serial % 4]!,
                { card: { token: `card-token-000000${one.serial % 6}` } },
                { receivedAtMs: stage.nowMs },
              ),
            ),
          )
          break
        case 'success':
        case 'failure':
          told.push(await transactions.result(stage.outcome(`S${one.serial}`, one.do)))
          break
        case 'gross':
          told.push(
            await transactions.result(
              stage.outcome(`S${one.serial}`, 'success', { paid: [9_999, 10_000, 20_000, 33_333][one.serial % 4] }),
            ),
          )
          break
        case 'odd':
          told.push(await transactions.result(stage.outcome(`S${one.serial}`, 'success', { paid: 1 })))
          break
        case 'expire':
          told.push(await transactions.expire('T', `S${one.serial}`))
          break
        case 'reversal':
        case 'void':
          await transactions.reverse(reverse(one.do, one.serial))
          break
        case 'refund': {
          const amount = [9_999, 10_000, 20_000, 33_333][one.serial % 4]!
          const amountFen = Math.max(1, Math.floor((amount * one.permille) / 1000))
          const body = { originalSerial: `S${one.serial}`, serial: `R${one.part}-S${one.serial}`, amountFen }
          await transactions.refund({ client: 'T', ...body, bodyHash: JSON.stringify(body), deadlineMs: 10_000 })
          break
        }
        case 'refunded':
        case 'not refunded':
          await transactions.refundResult({
            client: 'T',
            originalSerial: `S${one.serial}`,
            serial: `R${one.part}-S${one.serial}`,
            outcome: one.do === 'refunded' ? 'success' : 'failure',
          })
          break
        case 'suspend':
          await stage.sql.query(
            `INSERT INTO suspension (ref, suspended_by) VALUES ('CCB-Q4/FOOD', 'm') ON CONFLICT DO NOTHING`,
          )
          break
        case 'resume':
          await stage.sql.query(`DELETE FROM suspension`)
          break
        case 'later':
          stage.nowMs += 600_000
      }
    } catch (error) {
      if (!(error instanceof LijianError) || ['internal', 'unavailable'].includes(error.code)) throw error
    }
  }
}

const stateOf = async (stage: Stage) =>
  new Map(
    (
      await stage.sql.query<{ serial: string; state: string; marketing_serial: string }>(
        'SELECT serial, state, marketing_serial FROM marketing_transaction',
      )
    ).rows.map((row) => [row.serial, row]),
  )

test('whatever many clients do at once on two processes, the books agree and every acknowledged answer is kept once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(deed, { minLength: 5, maxLength: 25 }), { minLength: 4, maxLength: 12 }),
      async (clients) => {
        const stage = await Stage.open([DOCUMENT], [MERCHANT])
        try {
          const doors = [await stage.transactions({ batchMax: 8 }), await stage.transactions({ batchMax: 8 })]
          const told: TransactionAnswer[] = []
          await Promise.all(clients.map((deeds, i) => act(stage, i % 2 ? [...doors].reverse() : doors, deeds, told)))
          expect(await brokenInvariants(stage.sql)).toEqual({})
          const firstAnswers = new Map<string, string>()
          for (const answer of told) {
            if (answer.state !== 'held') continue
            const text = JSON.stringify(answer)
            expect(firstAnswers.get(answer.serial) ?? text).toBe(text)
            firstAnswers.set(answer.serial, text)
          }
          const rows = await stateOf(stage)
          for (const answer of told) {
            if (answer.marketingSerial === undefined) continue
            const row = rows.get(answer.serial)
            expect(row?.marketing_serial).toBe(answer.marketingSerial)
            expect(ENDS[answer.state]).toContain(row?.state)
          }
        } finally {
          await stage.close()
        }
      },
    ),
    { numRuns: 12, seed: 20261123, endOnFailure: true },
  )
}, 180_000)

test('a budget is spent to the last offer that fits, whatever is released on the way', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 3_000, max: 20_000 }),
      fc.array(fc.boolean(), { minLength: 40, maxLength: 40 }),
      async (budget, fails) => {
        const stage = await Stage.open([campaign({ budget: { amount: budget } })])
        try {
          const doors = [await stage.transactions({ batchMax: 8 }), await stage.transactions({ batchMax: 8 })]
          await Promise.all(
            fails.map(async (failed, i) => {
              const answer = await doors[i % 2]!.query(stage.ask(`S${i}`, 10_000))
              if (answer.state === 'held')
                await doors[(i + 1) % 2]!.result(stage.outcome(`S${i}`, failed ? 'failure' : 'success'))
            }),
          )
          // Whoever comes now gets what is left: not one fen more, and not one place less.
          const used = async () =>
            (
              await stage.sql.query<{ used: number }>(
                `SELECT coalesce(sum(used_fen + held_fen), 0)::bigint AS used FROM counter`,
              )
            ).rows[0]!.used
          const left = Math.floor((budget - (await used())) / 1500)
          const more = await Promise.all(
            Array.from({ length: left + 5 }, (_, i) => doors[i % 2]!.query(stage.ask(`M${i}`, 10_000))),
          )
          expect(more.filter(({ state }) => state === 'held')).toHaveLength(left)
          expect(budget - (await used())).toBeLessThan(1500)
          expect(await brokenInvariants(stage.sql)).toEqual({})
        } finally {
          await stage.close()
        }
      },
    ),
    { numRuns: 8, seed: 7, endOnFailure: true },
  )
}, 180_000)
