import { CounterView, type CounterState } from '@lijian/limits'
import fc from 'fast-check'
import { compileRouting } from './compile'
import { selectRoute } from './select'
import { SUM_LIMIT_FEN } from './asks'
import type { RoutePayment } from './types'

const DAY = '2026-11-25'
const [CREDIT, DEBIT] = [`@route/pool-credit/P|${DAY}`, `@route/pool-debit/P|${DAY}`]
const drawKey = Buffer.alloc(32, 7)
type CardType = 'credit' | 'debit' | 'prepaid'

const sumOf = (fen: number): CounterState => ({
  limitFen: SUM_LIMIT_FEN,
  limitCount: null,
  limitVersion: 1,
  heldFen: fen,
  heldCount: 1,
  usedFen: 0,
  usedCount: 0,
  overFen: 0,
  overCount: 0,
})
const documentWith = (rules: object) => ({
  timeZone: 'Asia/Shanghai',
  channels: [{ code: 'A', status: 'active' as const }],
  mids: [{ code: 'M', channel: 'A', status: 'active' as const, priority: 0 }],
  pools: [{ code: 'P', status: 'active' as const, mids: ['M'], order: 'random' as const, ...rules }],
  merchants: [{ merchant: 'M1', routes: [{ method: 'wechat', type: 'qr', pools: ['P'] }] }],
})
const paymentOf = (amountFen: number, cardType: CardType): RoutePayment => ({
  client: 'POS',
  serial: 'S1',
  merchant: 'M1',
  method: 'wechat',
  type: 'qr',
  amountFen,
  cardType,
  atMs: Date.parse(`${DAY}T12:00:00+08:00`),
})

const fen = fc.integer({ min: 0, max: 60 })
const anyRules = fc.record(
  {
    minCreditMinusDebit: fc.integer({ min: -40, max: 40 }),
    maxCreditPpm: fc.constantFrom(0, 1, 250_000, 500_000, 600_000, 999_999, 1_000_000),
    ratioFrom: fc.constantFrom(0, 20, 60),
  },
  { requiredKeys: ['maxCreditPpm'] },
)
const anyBatch = fc.array(
  fc.tuple(fc.integer({ min: 1, max: 30 }), fc.constantFrom<CardType>('credit', 'debit', 'prepaid')),
  { minLength: 1, maxLength: 6 },
)

/**
 * The database applies a batch only if both sums lie where it says it rests (sql/apply.sql). So whatever the sums really are inside, the batch decides the
 * very same against them: a stale view can neither let a pool past its rule nor pass it over without need.
 */
test('a batch decides the same for all sums on which it says that it rests', () => {
  let [moved, changed, refused] = [0, 0, 0]
  fc.assert(
    fc.property(anyRules, anyBatch, fc.tuple(fen, fen), fc.tuple(fen, fen), (rules, batch, guessed, real) => {
      const routing = compileRouting(documentWith(rules), 1)
      const run = ([credit, debit]: readonly [number, number]) => {
        const counters = new CounterView((key) =>
          key === CREDIT ? sumOf(credit) : key === DEBIT ? sumOf(debit) : null,
        )
        const served = batch.map(
          ([amountFen, cardType]) =>
            selectRoute(routing, paymentOf(amountFen, cardType), { counters, drawKey }).route !== undefined,
        )
        return { served: served.join(), changes: new Map(counters.changes().map((change) => [change.key, change])) }
      }
      const guess = run(guessed)
      const isInside = ([credit, debit]: readonly [number, number]) =>
        [CREDIT, DEBIT].every((key, i) => {
          const change = guess.changes.get(key)
          const room = SUM_LIMIT_FEN - [credit, debit][i]!
          return change === undefined || (room >= change.loFen && room < change.hiFen)
        })
      expect(isInside(guessed)).toBe(true)
      const then = run(real)
      if (guess.served.includes('false')) refused++
      if (then.served !== guess.served) changed++
      if (!isInside(real)) return
      expect(then.served).toBe(guess.served)
      if (real[0] !== guessed[0] || real[1] !== guessed[1]) moved++
    }),
    { numRuns: 5_000, seed: 9, unbiased: true },
  )
  // Other sums inside; other decisions, all of them outside; refusals.
  expect(moved).toBeGreaterThan(300)
  expect(changed).toBeGreaterThan(300)
  expect(refused).toBeGreaterThan(300)
})

test.each`
  _case                                             | rule                                              | type         | credit | debit  | amount | served
  ${'debit down to the least difference'}           | ${{ minCreditMinusDebit: -100 }}                  | ${'debit'}   | ${0}   | ${0}   | ${100} | ${true}
  ${'and not a fen below'}                          | ${{ minCreditMinusDebit: -100 }}                  | ${'debit'}   | ${0}   | ${0}   | ${101} | ${false}
  ${'credit makes room for it'}                     | ${{ minCreditMinusDebit: -100 }}                  | ${'debit'}   | ${1}   | ${0}   | ${101} | ${true}
  ${'a difference that must stay above nought'}     | ${{ minCreditMinusDebit: 50 }}                    | ${'debit'}   | ${150} | ${0}   | ${100} | ${true}
  ${'and one that does not'}                        | ${{ minCreditMinusDebit: 50 }}                    | ${'debit'}   | ${150} | ${1}   | ${100} | ${false}
  ${'credit is not tested by it'}                   | ${{ minCreditMinusDebit: 1_000 }}                 | ${'credit'}  | ${0}   | ${0}   | ${1}   | ${true}
  ${'credit up to its part, this payment included'} | ${{ maxCreditPpm: 600_000 }}                      | ${'credit'}  | ${500} | ${400} | ${100} | ${true}
  ${'and not a fen more'}                           | ${{ maxCreditPpm: 600_000 }}                      | ${'credit'}  | ${500} | ${400} | ${101} | ${false}
  ${'debit is not tested by it'}                    | ${{ maxCreditPpm: 0 }}                            | ${'debit'}   | ${500} | ${0}   | ${1}   | ${true}
  ${'not before the day has come to ratioFrom'}     | ${{ maxCreditPpm: 0, ratioFrom: 101 }}            | ${'credit'}  | ${0}   | ${0}   | ${100} | ${true}
  ${'from ratioFrom on'}                            | ${{ maxCreditPpm: 0, ratioFrom: 100 }}            | ${'credit'}  | ${0}   | ${0}   | ${100} | ${false}
  ${'other card types are tested by neither'}       | ${{ maxCreditPpm: 0, minCreditMinusDebit: 1000 }} | ${'prepaid'} | ${0}   | ${0}   | ${100} | ${true}
`('$_case', ({ rule, type, credit, debit, amount, served }) => {
  const counters = new CounterView((key) => (key === CREDIT ? sumOf(credit as number) : sumOf(debit as number)))
  const routing = compileRouting(documentWith(rule as object), 1)
  const { route, refusals } = selectRoute(routing, paymentOf(amount as number, type as CardType), { counters, drawKey })
  expect(route !== undefined).toBe(served)
  if (!served)
    expect(refusals).toEqual([{ pool: 'P', reason: type === 'debit' ? 'credit_debit_difference' : 'credit_ratio' }])
  // What is counted of it: its own side, and nothing of a card that is neither.
  else
    expect(route!.charges.map(({ key }) => key)).toEqual(type === 'prepaid' ? [] : [type === 'credit' ? CREDIT : DEBIT])
})
