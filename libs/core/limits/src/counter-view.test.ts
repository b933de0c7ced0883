import fc from 'fast-check'
import { CounterView, OWN_LIMIT, type CounterAsk, type CounterState } from './counter-view'

const state = (change: Partial<CounterState> = {}): CounterState => ({
  limitFen: 10_000,
  limitCount: null,
  limitVersion: 1,
  heldFen: 0,
  heldCount: 0,
  usedFen: 0,
  usedCount: 0,
  overFen: 0,
  overCount: 0,
  ...change,
})
const ask = (change: Partial<CounterAsk> = {}): CounterAsk => ({
  key: 'K',
  limitFen: 10_000,
  limitCount: null,
  version: 1,
  fen: 1500,
  count: 1,
  shared: true,
  ...change,
})
const view = (known: CounterState | null | undefined) => new CounterView(() => known)

test.each`
  _case                                           | known                                                        | asked                                     | fits
  ${'an untouched counter takes its whole limit'} | ${null}                                                      | ${{ fen: 10_000 }}                        | ${true}
  ${'and not one fen more'}                       | ${null}                                                      | ${{ fen: 10_001 }}                        | ${false}
  ${'what is held counts'}                        | ${state({ heldFen: 8500 })}                                  | ${{}}                                     | ${true}
  ${'to the fen'}                                 | ${state({ heldFen: 8501 })}                                  | ${{}}                                     | ${false}
  ${'what is used counts'}                        | ${state({ usedFen: 8501 })}                                  | ${{}}                                     | ${false}
  ${'what is over counts'}                        | ${state({ overFen: 8501 })}                                  | ${{}}                                     | ${false}
  ${'far over'}                                   | ${state({ usedFen: 9000, overFen: 5000 })}                   | ${{ fen: 1 }}                             | ${false}
  ${'a limit lowered to what is taken, and over'} | ${state({ usedFen: 5000, overFen: 1 })}                      | ${{ limitFen: 5001, version: 2, fen: 1 }} | ${false}
  ${'an older limit, over beside it'}             | ${state({ limitVersion: 2, overFen: 1 })}                    | ${{ fen: 10_000 }}                        | ${false}
  ${'the last place'}                             | ${state({ limitCount: 2, usedCount: 1 })}                    | ${{ limitCount: 2 }}                      | ${true}
  ${'no place left'}                              | ${state({ limitCount: 2, usedCount: 2 })}                    | ${{ limitCount: 2 }}                      | ${false}
  ${'a newer version lowers the limit'}           | ${state({ usedFen: 5000 })}                                  | ${{ limitFen: 6000, version: 2 }}         | ${false}
  ${'an older version does not raise it'}         | ${state({ limitFen: 6000, limitVersion: 2, usedFen: 5000 })} | ${{}}                                     | ${false}
  ${'own limit: the row rules'}                   | ${state({ limitFen: 1500 })}                                 | ${{ limitFen: null, version: OWN_LIMIT }} | ${true}
  ${'own limit: without a row there is no room'}  | ${null}                                                      | ${{ limitFen: null, version: OWN_LIMIT }} | ${false}
`('$_case', ({ known, asked, fits }: { known: CounterState | null; asked: Partial<CounterAsk>; fits: boolean }) => {
  const shortage = view(known).test([ask(asked)])
  expect(shortage === null).toBe(fits)
})

test('counts are tested before amounts, over all counters', () => {
  const counters = new CounterView((key) =>
    key === 'A' ? state({ usedFen: 10_000 }) : state({ limitCount: 1, usedCount: 1 }),
  )
  const shortage = counters.test([ask({ key: 'A' }), ask({ key: 'B', limitCount: 1 })])
  expect(shortage).toMatchObject({ ask: { key: 'B' }, measure: 'count' })
})

test('a limit lowered below what is taken becomes what is taken', () => {
  const counters = view(state({ usedFen: 5000 }))
  expect(counters.test([ask({ limitFen: 100, version: 2, fen: 1 })])?.state.limitFen).toBe(5000)
})

/**
 * The database applies a batch only if the room at its start lies in [lo, hi). For every true room inside, deciding against it must give
 * the very same grants and refusals; outside, at least one must differ. So a stale view can neither give too much nor refuse too early.
 */
test('the interval is exactly the set of rooms for which the decisions are right', () => {
  const step = fc.record({ fen: fc.integer({ min: 1, max: 40 }), release: fc.boolean(), over: fc.boolean() })
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 0, max: 100 }),
      fc.integer({ min: 0, max: 100 }),
      (steps, guessed, real) => {
        const run = (room: number) => {
          const counters = view(state({ limitFen: 1000, heldFen: 1000 - room }))
          const granted: boolean[] = []
          let held = 0
          for (const { fen, release, over } of steps) {
            if (over) {
              counters.move('K', { overFen: fen % 7 })
              continue
            }
            if (release && held >= fen) {
              counters.move('K', { heldFen: -fen })
              held -= fen
              continue
            }
            const one = [ask({ limitFen: 1000, fen, count: 0 })]
            const fits = counters.test(one) === null
            if (fits) {
              counters.take(one, 'held')
              held += fen
            }
            granted.push(fits)
          }
          return { granted, change: counters.changes()[0]! }
        }
        const guess = run(guessed)
        const inside = real >= guess.change.loFen && real < guess.change.hiFen
        expect(JSON.stringify(run(real).granted) === JSON.stringify(guess.granted)).toBe(inside)
      },
    ),
    { numRuns: 2000, seed: 1 },
  )
})
