import { parseCampaign, type Campaign, type Merchant, type PaymentLine } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { Evaluator } from './evaluator'

function campaign(document: object): Campaign {
  const parsed = parseCampaign({ name: 'n', timeZone: 'Asia/Shanghai', from: '2026-01-01', ...document })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors))
  return parsed.campaign
}

/** Clips of money and of fees, people by identities, shared limits, prepaid balances, two groups. */
const CAMPAIGNS = [
  campaign({
    code: 'C',
    paymentMode: 'prepay',
    funders: [
      { partner: 'CITY', sharePpm: 666_667 },
      { partner: '@merchant', sharePpm: 333_333 },
    ],
    budget: { amount: 30_000 },
    limits: [{ per: ['merchant'], period: 'day', count: 12 }],
    offers: [
      {
        code: 'C-1',
        name: 'clip',
        kind: 'amount',
        rule: {
          benefit: { type: 'percent', tiers: [{ atLeast: 0, payPpm: 900_000 }] },
          limits: [
            { per: ['card'], period: 'month', amount: 1_500, onShort: 'clip' },
            { per: ['user'], period: 'day', count: 3 },
          ],
        },
      },
      {
        code: 'C-2',
        name: 'group',
        kind: 'amount',
        group: 'more',
        rule: {
          benefit: { type: 'reduce', tiers: [{ atLeast: 5_000, off: 300 }] },
          limits: [{ per: ['merchant', 'card'], period: 'week', amount: 9_000, measure: 'gross' }],
        },
      },
    ],
  }),
  campaign({
    code: 'F',
    paymentMode: 'postpay',
    funders: [{ partner: 'ACQUIRER', sharePpm: 1_000_000 }],
    offers: [
      {
        code: 'F-1',
        name: 'free up to',
        kind: 'fee',
        rule: {
          benefit: { type: 'waive' },
          limits: [{ per: ['merchant'], period: 'month', amount: 40_000, measure: 'gross', onShort: 'clip' }],
        },
      },
    ],
  }),
]
const MERCHANTS = ['M1', 'M2'].map(
  (id) => ({ id, name: id, fees: { default: { ppm: 6_000 } }, feeOnRefund: 'return', status: 'active' }) as Merchant,
)
const payments = fc.array(
  fc.record({
    merchant: fc.constantFrom('M1', 'M2'),
    amount: fc.integer({ min: 1, max: 20_000 }),
    card: fc.constantFrom('6221660000010018', '6221660000010026').map((pan) => ({ pan })),
    customer: fc.constantFrom('A', 'B', undefined),
    identities: fc.constantFrom({ phone: 'p' }, { phone: 'q', device: 'd' }, undefined),
    outcome: fc.constantFrom('failure' as const, undefined, undefined),
  }),
  { minLength: 1, maxLength: 25 },
)

test('what a void gives back is what the payment took, whatever had cut it: afterwards the same payments get the same', () => {
  let clipped = 0
  fc.assert(
    fc.property(payments, (all) => {
      const evaluator = new Evaluator({
        campaigns: CAMPAIGNS,
        merchants: MERCHANTS,
        balances: new Map([['CITY', 9_000]]),
      })
      const run = (round: string) =>
        all.map((payment, n) => {
          const at = '2026-11-23T12:00:00+08:00'
          const line: PaymentLine = { serial: `${round}${n}`, currency: 'CNY', paymentMethod: 'qr', at, ...payment }
          const answer = evaluator.line(line)
          // The same line again gets the first answer, made again from what was kept.
          expect(evaluator.line({ ...line })).toEqual(answer)
          return { ...answer, serial: n }
        })
      const first = run('A')
      for (const { serial } of first)
        evaluator.line({ event: 'void', originalSerial: `A${serial}`, serial: `V${serial}` })
      expect(run('B')).toEqual(first)
      for (const { offers, amount } of first as unknown as {
        offers: { code: string; discount: number }[]
        amount: number
      }[])
        if (offers.some(({ code, discount }) => code === 'C-1' && discount < Math.floor(amount / 10))) clipped += 1
    }),
    { numRuns: 300 },
  )
  expect(clipped).toBeGreaterThan(50)
})
