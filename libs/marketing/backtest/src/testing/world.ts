import { parseCampaign, type Campaign, type EventLine, type PaymentLine } from '@lijian/contracts/marketing'
import fc from 'fast-check'

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined })
const share = fc.constantFrom(
  [{ partner: 'CCB', sharePpm: 1_000_000 }],
  [
    { partner: 'CCB', sharePpm: 333_333 },
    { partner: 'CITY', sharePpm: 333_333 },
    { partner: '@merchant', sharePpm: 333_334 },
  ],
)
const benefit = fc.oneof(
  fc.integer({ min: 1, max: 3_000 }).map((off) => ({ type: 'reduce', tiers: [{ atLeast: 5_000, off }] })),
  fc.constant({ type: 'reduce', tiers: [{ atLeast: 0, off: { min: 100, max: 900, step: 7 } }] }),
  fc.integer({ min: 1, max: 999_999 }).map((payPpm) => ({ type: 'percent', tiers: [{ atLeast: 1_000, payPpm }] })),
)
const budget = maybe(
  fc.oneof(
    fc.integer({ min: 100, max: 9_000 }).map((amount) => ({ amount })),
    fc.constant({ count: 3 }),
  ),
)
const limits = fc.subarray([
  { per: ['card'], period: 'day', count: 1 },
  { per: [], period: 'week', count: 4 },
  { per: [], period: 'day', amount: 4_000, onShort: 'clip' },
  { per: [], period: 'month', amount: 60_000, measure: 'gross' },
])
const refund = maybe(
  fc.record({ policy: fc.constantFrom('proportional', 'discountFirst', 'fullOnly', 'keep', 'recompute', 'none') }),
)
const amountOffer = fc.record({
  name: fc.constant('n'),
  kind: fc.constant('amount'),
  group: maybe(fc.constantFrom('bank', 'city')),
  delivery: maybe(fc.constantFrom('instant', 'rebate')),
  merchants: maybe(fc.subarray(['M1', 'M2'], { minLength: 1 })),
  budget,
  funders: maybe(share),
  rule: fc.record({ benefit, limits, refund }),
})
const feeOffer = fc.record({
  name: fc.constant('n'),
  kind: fc.constant('fee'),
  budget,
  rule: fc.record({ benefit: fc.constant({ type: 'percentOff', ppm: 400_000 }) }),
})

/** Two campaigns with a handful of offers between them. */
export const anyDocuments: fc.Arbitrary<Campaign[]> = fc
  .array(
    fc.record({
      timeZone: fc.constantFrom('Asia/Shanghai', 'America/New_York'),
      paymentMode: fc.constantFrom('prepay', 'postpay'),
      funders: share,
      budget,
      offers: fc.array(fc.oneof({ weight: 3, arbitrary: amountOffer }, { weight: 1, arbitrary: feeOffer }), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((campaigns) =>
    campaigns.map((campaign, i) => {
      const offers = campaign.offers.map((offer, j) => ({ ...offer, code: `O${i}${j}` }))
      const json: unknown = JSON.parse(
        JSON.stringify({ ...campaign, code: `C${i}`, name: 'n', from: '2026-01-01', offers }),
      )
      const parsed = parseCampaign(json)
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
      return parsed.campaign
    }),
  )

const at = fc
  .integer({ min: Date.parse('2026-03-01T00:00Z'), max: Date.parse('2026-03-09T00:00Z') })
  .map((ms) => new Date(ms).toISOString())
const payment = fc.record({
  what: fc.constant('payment' as const),
  merchant: fc.constantFrom('M1', 'M2', 'M3'),
  amount: fc.integer({ min: 1, max: 20_000 }),
  card: maybe(fc.constantFrom('card-token-number-1', 'card-token-number-2', 'card-token-number-3')),
  outcome: fc.constantFrom('success' as const, 'success' as const, 'success' as const, 'failure' as const),
  at,
})
const event = fc.record({
  what: fc.constantFrom('refund' as const, 'refund' as const, 'void' as const, 'reversal' as const),
  /** Of the payments so far, counted from the last. */
  back: fc.nat({ max: 8 }),
  part: fc.constantFrom(1, 2, 3),
  at: maybe(at),
})
const again = fc.record({ what: fc.constant('again' as const), back: fc.nat({ max: 8 }), changed: fc.boolean() })

/** Payments, what takes them back, and lines that come again, the same or under another body. */
export const anyLines: fc.Arbitrary<(PaymentLine | EventLine)[]> = fc
  .array(
    fc.oneof({ weight: 5, arbitrary: payment }, { weight: 2, arbitrary: event }, { weight: 1, arbitrary: again }),
    { minLength: 5, maxLength: 40 },
  )
  .map((steps) => {
    const lines: (PaymentLine | EventLine)[] = []
    const payments: PaymentLine[] = []
    for (const [n, step] of steps.entries()) {
      if (step.what === 'payment') {
        const { what: _, card, ...rest } = step
        const line = {
          ...rest,
          serial: `P${n}`,
          currency: 'CNY',
          paymentMethod: 'qr',
          ...(card && { card: { token: card } }),
        }
        payments.push(line)
        lines.push(line)
      } else if (step.what === 'again') {
        const line = lines.at(-1 - step.back)
        if (line !== undefined) lines.push(step.changed && 'amount' in line ? { ...line, amount: 77 } : line)
      } else {
        const original = payments.at(-1 - step.back)
        const common = {
          serial: `E${n}`,
          originalSerial: original?.serial ?? 'NOBODY',
          ...(step.at === undefined ? {} : { at: step.at }),
        }
        if (step.what !== 'refund') lines.push({ event: step.what, ...common })
        else
          lines.push({
            event: 'refund',
            ...common,
            amount: Math.max(1, Math.floor((original?.amount ?? 1) / step.part)),
          })
      }
    }
    return lines
  })
