import type { RefundAnswer, RefundRule } from '@lijian/contracts/marketing'
import { LijianError } from '@lijian/contracts/system'
import { brokenInvariants } from '@lijian/verification'
import fc from 'fast-check'
import { campaign, Stage } from './testing/stage'
import type { Transactions } from './types'

type Step = { do: 'refund'; permille: number } | { do: 'done' | 'undone' | 'again'; nth: number }

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('refund' as const), permille: fc.integer({ min: 1, max: 1100 }) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('done' as const, 'undone' as const, 'again' as const),
      nth: fc.nat({ max: 5 }),
    }),
  },
)
const history = fc.record({
  amount: fc.constantFrom(10_000, 10_001, 33_333),
  /** The till sends refunds before it knows whether the payment went well. */
  waiting: fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 2 }),
  paidGross: fc.boolean(),
  steps: fc.array(step, { minLength: 1, maxLength: 8 }),
})

let stage: Stage
let door: Transactions
let runs = 0
afterEach(async () => {
  expect(await brokenInvariants(stage.sql)).toEqual({})
  await stage.close()
})

class Payment {
  readonly serial = `S${runs++}`
  private readonly asked: { serial: string; amountFen: number }[] = []

  constructor(readonly amount: number) {}

  refund(permille: number): Promise<RefundAnswer | undefined> {
    const amountFen = Math.max(1, Math.floor((this.amount * permille) / 1000))
    const one = { serial: `${this.serial}-${this.asked.length}`, amountFen }
    this.asked.push(one)
    return this.ask(one)
  }

  nth(n: number): { serial: string; amountFen: number } | undefined {
    return this.asked[n % this.asked.length]
  }

  ask({ serial, amountFen }: { serial: string; amountFen: number }): Promise<RefundAnswer | undefined> {
    const body = { originalSerial: this.serial, serial, amountFen }
    return unlessRefused(door.refund({ client: 'T', ...body, bodyHash: String(amountFen), deadlineMs: 60_000 }))
  }

  finish(serial: string, outcome: 'success' | 'failure'): Promise<RefundAnswer | undefined> {
    return unlessRefused(door.refundResult({ client: 'T', originalSerial: this.serial, serial, outcome }))
  }

  /** One fen more is refused, and the refusal names the same figure; what is named is accepted. */
  async expectLeft(left: number): Promise<void> {
    const one = (amountFen: number, serial: string) =>
      door.refund({
        client: 'T',
        originalSerial: this.serial,
        serial,
        amountFen,
        bodyHash: String(amountFen),
        deadlineMs: 60_000,
      })
    await expect(one(left + 1, `${this.serial}-OVER`)).rejects.toMatchObject({ extra: { leftFen: left } })
    if (left === 0) return
    const probe = `${this.serial}-PROBE${this.probes++}`
    expect(await one(left, probe)).toMatchObject({ amount: left, left: 0 })
    expect(await this.finish(probe, 'failure')).toMatchObject({ state: 'cancelled', left })
  }
  private probes = 0
}

async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (!(error instanceof LijianError) || ['internal', 'unavailable'].includes(error.code)) throw error
    return undefined
  }
}

test.each<NonNullable<RefundRule['policy']>>(['proportional', 'discountFirst', 'recompute', 'keep', 'fullOnly'])(
  '%s: "left" is what is then accepted, after any history of refunds',
  async (policy) => {
    const offer = campaign().offers[0]!
    stage = await Stage.open([
      campaign({ offers: [{ ...offer, rule: { ...offer.rule, refund: { policy } } } as never] }),
    ])
    door = await stage.transactions()
    await fc.assert(
      fc.asyncProperty(history, async ({ amount, waiting, paidGross, steps }) => {
        const payment = new Payment(amount)
        await door.query(stage.ask(payment.serial, amount))
        for (const permille of waiting) await payment.refund(permille)
        await door.result(stage.outcome(payment.serial, 'success', paidGross ? { paid: amount } : {}))
        const now = await door.refunds('T', payment.serial)
        const last = now.findLast(({ left }) => left !== undefined)
        if (last !== undefined && waiting.length > 0) await payment.expectLeft(last.left!)
        for (const one of steps) {
          if (one.do === 'refund') {
            const told = await payment.refund(one.permille)
            if (told?.left !== undefined) await payment.expectLeft(told.left)
            continue
          }
          const nth = payment.nth(one.nth)
          if (nth === undefined) continue
          if (one.do === 'again') await payment.ask(nth)
          else {
            const before = (await door.refunds('T', payment.serial)).find(({ serial }) => serial === nth.serial)
            const told = await payment.finish(nth.serial, one.do === 'done' ? 'success' : 'failure')
            // Told again, it says what it said before.
            if (told?.left !== undefined && before?.state === 'refund_held') await payment.expectLeft(told.left)
          }
        }
      }),
      { numRuns: 15, seed: 20261201, endOnFailure: true },
    )
  },
  180_000,
)

test('a refund that failed upstream leaves what it had asked for', async () => {
  stage = await Stage.open([campaign()])
  door = await stage.transactions()
  const payment = new Payment(10_000)
  await door.query(stage.ask(payment.serial, 10_000))
  await door.result(stage.outcome(payment.serial, 'success'))
  expect(await payment.refund(300)).toMatchObject({ left: 7000 })
  expect(await payment.refund(300)).toMatchObject({ left: 4000 })
  expect(await payment.finish(`${payment.serial}-0`, 'failure')).toMatchObject({ state: 'cancelled', left: 7000 })
  await payment.expectLeft(7000)
})
