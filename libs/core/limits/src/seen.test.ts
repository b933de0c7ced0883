import fc from 'fast-check'
import { CounterView, OWN_LIMIT, type CounterAsk, type CounterState } from './counter-view'
import { asSeen, CountersSeen } from './seen'

const small = fc.integer({ min: 0, max: 30 })
const maybeLimit = fc.option(fc.integer({ min: 1, max: 40 }), { nil: null })
const known: fc.Arbitrary<CounterState | null | undefined> = fc.oneof(
  fc.constant(undefined),
  fc.constant(null),
  fc.record({
    limitFen: maybeLimit,
    limitCount: maybeLimit,
    limitVersion: fc.integer({ min: 0, max: 4 }),
    heldFen: small,
    heldCount: small,
    usedFen: small,
    usedCount: small,
    overFen: fc.oneof(fc.constant(0), small),
    overCount: fc.oneof(fc.constant(0), small),
  }),
)
const ask: fc.Arbitrary<CounterAsk> = fc.oneof(
  fc.record({
    key: fc.constantFrom('A', 'B'),
    limitFen: fc.constantFrom(null, 20, 35),
    limitCount: fc.constantFrom(null, 3),
    version: fc.constant(2),
    fen: small,
    count: fc.integer({ min: 0, max: 2 }),
    shared: fc.boolean(),
  }),
  fc.record({
    key: fc.constant('C'),
    limitFen: fc.constant(null),
    limitCount: fc.constant(null),
    version: fc.constant(OWN_LIMIT),
    fen: small,
    count: fc.constant(0),
    shared: fc.constant(true),
  }),
)
/** The limit of a key is one for all who ask in one decision, as in a document. */
const asks = fc.array(ask, { minLength: 1, maxLength: 8 }).map((list) => {
  const first = new Map<string, CounterAsk>()
  return list.map((one) => {
    const { limitFen, limitCount } = first.get(one.key) ?? one
    if (!first.has(one.key)) first.set(one.key, one)
    return { ...one, limitFen, limitCount }
  })
})
/** What earlier decisions of the batch did: took what fitted, gave back what was held. */
const before = fc.array(fc.record({ question: ask, release: fc.boolean() }), { maxLength: 4 })

test('asked the same questions again, what was seen gives the same answers: in the middle of a batch, through JSON', () => {
  fc.assert(
    fc.property(fc.tuple(known, known, known), before, asks, (states, moved, questions) => {
      const stateOf = (name: string) => states['ABC'.indexOf(name)]
      const view = new CounterView(stateOf)
      for (const { question, release } of moved) {
        if (release) view.move(question.key, { heldFen: -Math.min(2, stateOf(question.key)?.heldFen ?? 0) })
        else if (view.test([question]) === null) view.take([question], 'held')
      }
      const seen = new CountersSeen(view)
      const run = (counters: CounterView | CountersSeen) =>
        questions.map((question, i) => {
          if (i % 3 === 2) return counters.leaves(question)
          const shortage = counters.test([question])
          if (shortage !== null) return { ...shortage, state: { ...shortage.state, limitVersion: 0 } }
          counters.take([question], 'held')
          return 'taken'
        })
      const first = run(seen)
      const kept = JSON.parse(JSON.stringify(seen.seen() ?? {})) as Record<string, (number | null)[]>
      expect(run(new CounterView(asSeen(kept)))).toEqual(first)
    }),
    { numRuns: 3000, seed: 3 },
  )
})

test('what nobody had looked at is not kept; what is known to be untouched takes two characters', () => {
  const one = (state: CounterState | null | undefined) => {
    const seen = new CountersSeen(new CounterView(() => state))
    const question = { key: 'A', limitFen: 10, limitCount: null, version: 1, fen: 5, count: 1, shared: true }
    seen.test([question])
    seen.take([question], 'held')
    return seen.seen()
  }
  expect(one(undefined)).toBeUndefined()
  expect(one(null)).toEqual({ A: [] })
})
