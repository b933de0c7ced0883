import fc from 'fast-check'
import { DATE, Stage, type Entry, type ListLine } from './testing/stage'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open()
})
afterAll(() => stage.close())

type Side = 'both' | 'ours' | 'theirs' | 'late'
interface Payment {
  side: Side
  kind: 'payment' | 'refund'
  /** Theirs less ours. */
  offFen: number
  discountFen: number
  failed: boolean
  state: 'confirmed' | 'expired' | 'unfunded' | 'reversed' | undefined
}

const payment: fc.Arbitrary<Payment> = fc.record({
  side: fc.constantFrom<Side>('both', 'both', 'both', 'ours', 'theirs', 'late'),
  kind: fc.constantFrom('payment' as const, 'payment' as const, 'refund' as const),
  offFen: fc.constantFrom(0, 0, 0, 1, -1),
  discountFen: fc.constantFrom(0, 1500),
  failed: fc.constantFrom(false, false, false, true),
  state: fc.constantFrom('confirmed' as const, 'expired' as const, 'unfunded' as const, 'reversed' as const, undefined),
})

/** What each is by the words of the page, written down apart from the SQL. */
function classOf({ side, kind, offFen, discountFen, failed, state }: Payment): string | undefined {
  if (side === 'ours') return 'payment_missing'
  if (side === 'theirs') {
    if (failed) return undefined
    if (kind === 'refund') return discountFen > 0 ? 'marketing_missing' : undefined
    if (discountFen === 0) return undefined
    return state === undefined ? 'marketing_missing' : state === 'unfunded' ? 'unfunded' : 'state_differs'
  }
  if (failed) return kind === 'payment' && state === 'reversed' ? undefined : 'state_differs'
  return offFen === 0 ? undefined : 'amount_differs'
}

test(
  'matched, outside and the classes are all lines and all entries; each is classed as the page says',
  () =>
    fc.assert(
      fc.asyncProperty(fc.array(payment, { minLength: 1, maxLength: 25 }), async (payments) => {
        await stage.clear()
        const lines: ListLine[] = []
        const expected: Record<string, string[]> = {}
        let books = 0
        for (const [i, one] of payments.entries()) {
          const serial = `S${String(i).padStart(3, '0')}`
          const { side, kind, offFen, discountFen, failed, state } = one
          if (side !== 'theirs') {
            const entry: Entry = {
              serial,
              event: kind === 'payment' ? 'capture' : 'refund',
              originalSerial: kind === 'refund' ? 'X' : undefined,
              discountFen,
              date: side === 'late' ? '2026-11-03' : DATE,
            }
            await stage.book(entry)
            if (side !== 'late') books++
          }
          if (state !== undefined && kind === 'payment') await stage.transaction(serial, state)
          if (side !== 'ours')
            lines.push({
              serial,
              kind,
              originalSerial: kind === 'refund' ? 'X' : undefined,
              amount: 10_000 + offFen,
              discount: discountFen,
              outcome: failed ? 'failure' : 'success',
            })
          const found = classOf(one)
          if (found !== undefined) (expected[found] ??= []).push(serial)
        }
        await stage.list(lines)
        const [run] = (await stage.runs.run(DATE, DATE)).runs
        const broken = await stage.broken()
        for (const serials of Object.values(broken)) serials.sort()
        expect(broken).toEqual(expected)
        const classes = Object.values(run!.classes)
        const sum = (of: (one: (typeof classes)[number]) => number) =>
          classes.reduce((total, one) => total + of(one), 0)
        expect([run!.lines, run!.books]).toEqual([lines.length, books])
        expect(run!.matchedLines + run!.outsideLines + sum((one) => one.lines)).toBe(lines.length)
        expect(run!.matchedBooks + sum((one) => one.books)).toBe(books)
        expect(sum((one) => one.count)).toBe(Object.values(expected).flat().length)
        // Again gives the same.
        const again = (await stage.runs.run(DATE, DATE)).runs[0]!
        expect({ ...again, ranAt: '' }).toEqual({ ...run!, ranAt: '' })
      }),
      { numRuns: 25 },
    ),
  180_000,
)
