import { eventLine, parseCampaign, paymentLine, type Merchant, type OutputLine } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { Evaluator } from './evaluator'

const ALLOWANCE_FEN = 10_000
const AT = '2026-11-24T12:00:00+08:00'
const entry = fc.record(
  {
    ppm: fc.integer({ min: 0, max: 50_000 }),
    min: fc.constantFrom(0, 1, 10, 30, 100),
    max: fc.constantFrom(100, 2_000),
  },
  { requiredKeys: ['ppm'] },
)
const before = fc.constantFrom(
  undefined,
  { type: 'reduce', tiers: [{ atLeast: 1_000, off: 900 }] },
  { type: 'percent', tiers: [{ atLeast: 0, payPpm: 500_000 }] },
  { type: 'fixedPrice', price: 1 },
)
const payments = fc.array(fc.record({ amount: fc.integer({ min: 1, max: 8_000 }), refunds: fc.integer({ min: 0, max: 3 }) }), {
  minLength: 1,
  maxLength: 8,
}) // prettier-ignore
const fee = fc.record({ fees: entry, before, feeFirst: fc.boolean(), payments })

const funders = [{ partner: 'B', sharePpm: 1_000_000 }]
function evaluatorOf({
  fees,
  before: benefit,
  feeFirst,
}: {
  fees: object
  before: object | undefined
  feeFirst: boolean
}) {
  const limits = [{ per: ['merchant'], period: 'month', measure: 'gross', onShort: 'clip', amount: ALLOWANCE_FEN }]
  const offers = [
    ...(benefit ? [{ code: 'O', name: 'n', kind: 'amount', rule: { benefit } }] : []),
    ...(feeFirst
      ? [{ code: 'A', name: 'n', kind: 'fee', group: 'a', rule: { benefit: { type: 'percentOff', ppm: 300_000 } } }]
      : []),
    { code: 'F', name: 'n', kind: 'fee', group: 'b', rule: { benefit: { type: 'waive' }, limits } },
  ]
  const parsed = parseCampaign({ code: 'C', name: 'n', timeZone: 'Asia/Shanghai', from: '2026-01-01', paymentMode: 'postpay', funders, offers }) // prettier-ignore
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  const merchant = { id: 'M1', name: 'n', fees: { default: fees }, feeOnRefund: 'return', status: 'active' } as Merchant
  return new Evaluator({ campaigns: [parsed.campaign], merchants: [merchant], groupOrder: ['a', 'b'] } as never)
}

test('a payment wholly inside a fee-free allowance costs nothing, and its refunds give back exactly what it took', () => {
  let inside = 0
  fc.assert(
    fc.property(fee, (world) => {
      const evaluator = evaluatorOf(world)
      let leftFen = ALLOWANCE_FEN
      world.payments.forEach(({ amount, refunds }, n) => {
        const line = paymentLine.parse({ serial: `P${n}`, merchant: 'M1', amount, paymentMethod: 'qr', at: AT })
        const answer = evaluator.line(line) as OutputLine
        const isGranted = answer.offers.some(({ code }) => code === 'F')
        if (answer.payable <= leftFen && leftFen > 0) {
          expect(answer.fee.final).toBe(0)
          inside += 1
        }
        if (!isGranted) return
        const tookFen = Math.min(amount, leftFen)
        leftFen -= tookFen
        if (refunds === 0 || amount < refunds) return
        const parts = Array.from({ length: refunds }, () => Math.floor(amount / refunds))
        parts[0]! += amount - parts.reduce((sum, part) => sum + part, 0)
        parts.forEach((part, i) => {
          const refund = { event: 'refund', originalSerial: `P${n}`, serial: `R${n}-${i}`, amount: part }
          evaluator.line(eventLine.parse(refund))
        })
        leftFen += tookFen
      })
    }),
    { numRuns: 500 },
  )
  expect(inside).toBeGreaterThan(300)
})
