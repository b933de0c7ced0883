import type { AnyOutputLine, EventLine, PaymentLine } from '@lijian/contracts/marketing'
import { MemoryStore, type Decided, type SerialStore } from '@lijian/evaluator'
import fc from 'fast-check'
import { SerialTable } from './serial-table'
import { SpillStore } from './spill-store'

const payment = (serial: string, amount: number, customer: string): PaymentLine => ({
  serial,
  merchant: 'M1',
  amount,
  currency: 'CNY',
  paymentMethod: 'qr',
  customer,
  at: '2026-11-23T12:00:00+08:00',
})
const serials = fc.integer({ min: 1, max: 30 }).map((n) => `S${n}`)
// Some are longer than what is read at once.
const customers = fc.constantFrom('c', '小麦', 'a "b" \\', '麦'.repeat(100), 'x'.repeat(128))
const decided: fc.Arbitrary<Decided | undefined> = fc.option(
  fc.record({
    state: fc.constantFrom('confirmed', 'voided'),
    grants: fc.array(
      fc.oneof(
        fc.record({ ref: fc.constantFrom('C/O1', 'C/O2'), discountFen: fc.nat() }),
        fc.record({ ref: fc.constantFrom('C/O3'), discountFen: fc.nat(), fens: fc.array(fc.nat(), { maxLength: 3 }) }),
        fc.record({ ref: fc.constantFrom('C/O4'), discountFen: fc.nat(), place: fc.nat() }),
      ),
      { maxLength: 3 },
    ),
    reasons: fc.array(fc.record({ offer: customers, reason: fc.constantFrom('bin', 'pin_free') }), { maxLength: 20 }),
    parts: fc.constant([]),
  }),
  { nil: undefined },
)
const steps = fc.array(
  fc.oneof(
    fc.record({ keep: fc.tuple(serials, fc.integer({ min: 1, max: 9 }), customers), decided, raw: fc.boolean() }),
    fc.record({ event: serials, of: serials, detail: customers }),
    fc.record({ ask: serials }),
  ),
  { maxLength: 80 },
)

function apply(store: SerialStore, step: object): unknown {
  if ('keep' in step) {
    const { keep, decided: what, raw } = step as { keep: [string, number, string]; decided?: Decided; raw: boolean }
    const line = payment(...keep)
    store.keep(line, what, raw ? JSON.stringify(line, null, 1).replaceAll('\n', ' ') : undefined)
    return store.has(line.serial)
  }
  if ('event' in step) {
    const { event: serial, of: originalSerial, detail } = step as Record<'event' | 'of' | 'detail', string>
    const line: EventLine = { event: 'void', originalSerial, serial }
    store.keepEvent(line, { serial, state: 'error', error: 'serial_reused', detail } satisfies AnyOutputLine)
    return undefined
  }
  const { ask } = step as { ask: string }
  return [store.has(ask), store.payment(ask), store.event(ask)]
}

test('the file gives back what was put in, as memory does', () =>
  fc.assert(
    fc.property(steps, (all) => {
      const [spill, memory] = [new SpillStore(), new MemoryStore()]
      try {
        for (const step of all) expect(apply(spill, step)).toEqual(apply(memory, step))
        const asks = Array.from({ length: 30 }, (_, n) => ({ ask: `S${n + 1}` }))
        expect(asks.map((ask) => apply(spill, ask))).toEqual(asks.map((ask) => apply(memory, ask)))
      } finally {
        spill.close()
      }
    }),
    { numRuns: 100 },
  ))

test('entries on both sides of every block', () => {
  const store = new SpillStore()
  try {
    const line = (n: number) => payment(`N${n}`, n + 1, '麦'.repeat(n % 100 || 1))
    for (let n = 0; n < 5_000; n++) store.keep(line(n), undefined)
    for (let n = 0; n < 5_000; n += 7) expect(store.payment(`N${n}`)).toEqual({ line: line(n), decided: undefined })
    expect(store.has('N5000')).toBe(false)
  } finally {
    store.close()
  }
})

test('the table keeps every serial while it grows, and places beyond 32 bits', () => {
  const table = new SerialTable()
  const place = (n: number) => n * 1_000_003 + 2 ** 33
  for (let n = 0; n < 100_000; n++) table.set(`S${n}`, place(n))
  for (let n = 0; n < 100_000; n += 2) table.set(`S${n}`, place(n) + 1)
  const wrong: number[] = []
  for (let n = 0; n < 100_000; n++) if (table.get(`S${n}`) !== place(n) + (n % 2 === 0 ? 1 : 0)) wrong.push(n)
  expect(wrong).toEqual([])
  expect(table.get('S100000')).toBe(0)
})
