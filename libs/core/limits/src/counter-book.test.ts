import fc from 'fast-check'
import { CounterBook } from './counter-book'
import { CounterView, type CounterAsk } from './counter-view'

const LIMITS: readonly Pick<CounterAsk, 'key' | 'limitFen' | 'limitCount'>[] = [
  { key: 'amount', limitFen: 10, limitCount: null },
  { key: 'amount-2', limitFen: 8, limitCount: null },
  { key: 'count', limitFen: null, limitCount: 3 },
  { key: 'both', limitFen: 12, limitCount: 4 },
  { key: 'none', limitFen: null, limitCount: null },
]
const ask = fc
  .tuple(fc.constantFrom(...LIMITS), fc.nat(6), fc.nat(2))
  .map(([limit, fen, count]): CounterAsk => ({ ...limit, version: 1, fen, count, shared: false }))
const delta = fc.record({
  usedFen: fc.integer({ min: -3, max: 3 }),
  heldCount: fc.integer({ min: -1, max: 1 }),
  overFen: fc.nat(1),
})
const steps = fc.array(
  fc.oneof(
    fc.record({ asks: fc.uniqueArray(ask, { maxLength: 4, selector: ({ key }) => key }), as: fc.constantFrom('held', 'used') }), // prettier-ignore
    fc.record({ key: fc.constantFrom(...LIMITS.map(({ key }) => key)), delta }),
  ),
  { maxLength: 20 },
)

test('counters in memory answer as those of a batch of the live door: the same shortage first, the same room', () => {
  let short = 0
  fc.assert(
    fc.property(steps, (all) => {
      const [book, view] = [new CounterBook(), new CounterView(() => null)]
      for (const step of all) {
        if ('key' in step) {
          book.move(step.key, step.delta)
          view.move(step.key, step.delta)
          continue
        }
        const shortage = book.test(step.asks)
        expect(shortage).toEqual(view.test(step.asks))
        for (const one of step.asks) expect(book.leaves(one)).toBe(view.leaves(one))
        if (shortage !== null) short += 1
        else for (const counters of [book, view]) counters.take(step.asks, step.as as 'held' | 'used')
      }
    }),
    { numRuns: 1_000 },
  )
  expect(short).toBeGreaterThan(200)
})
