import { REASONS, type AnyOutputLine } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { answerText } from './answer-text'

const code = fc.constantFrom('A', 'B', 'C-1')
const word = fc.oneof(code, fc.constantFrom('满100减15', 'a "quoted" \\ name\n', '\u2028'), fc.string())
const fen = fc.integer({ min: -5, max: 10_000_000_000_000 })
const offer = fc.record({
  campaign: word,
  version: fc.nat(3),
  code: word,
  name: word,
  kind: fc.constantFrom('amount', 'fee'),
  delivery: fc.constantFrom('instant', 'rebate'),
  discount: fen,
  funders: fc.array(fc.record({ partner: word, amount: fen }), { maxLength: 3 }),
})
const reason = fc.constantFrom(...REASONS)
const limits = fc.record(
  { limitAmount: fen, usedAmount: fen, heldAmount: fen, limitCount: fen, usedCount: fen, heldCount: fen, until: word },
  { requiredKeys: [] },
)
const refusal = fc.oneof(
  fc.record({ offer: word, reason }),
  fc.record({ reason }),
  fc.record({ offer: word, reason, until: fc.constantFrom('2026-12-01T00:00:00.000Z', undefined) }),
  fc.tuple(fc.record({ offer: word, reason, limit: word }), limits).map(([one, more]) => ({ ...one, ...more })),
)
const fee = fc.record({ original: fen, final: fen, saved: fen })
const serial = fc.constantFrom('S1', 'a.b:c_d-e')
const payment = fc
  .record({ serial, amount: fen, discount: fen, payable: fen, rebate: fc.option(fen, { nil: undefined }) })
  .chain(
    ({ rebate, ...start }) =>
    fc.record({ offers: fc.array(offer, { maxLength: 3 }), fee, reasons: fc.array(refusal, { maxLength: 4 }) }).map((end) => ({ serial: start.serial, state: 'confirmed', amount: start.amount, discount: start.discount, payable: start.payable, ...(rebate === undefined ? {} : { rebate }), ...end })), // prettier-ignore
  )
const others = fc.constantFrom<unknown>(
  { serial: 'S', state: 'error', error: 'serial_reused', detail: 'a "b"' },
  { serial: 'R', originalSerial: 'S', state: 'refused', reason: 'whole_only', detail: 'x', left: 3 },
  { serial: 'R', originalSerial: 'S', state: 'voided', amount: 1, discount: 0, payable: 1, offers: [], fee: { original: 0, final: 0, saved: 0 }, reasons: [] }, // prettier-ignore
)

test('the text of an answer is its JSON', () =>
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: payment }, { weight: 1, arbitrary: others }), (answer) => {
      expect(answerText(answer as AnyOutputLine)).toBe(JSON.stringify(answer))
    }),
    { numRuns: 3_000 },
  ))
