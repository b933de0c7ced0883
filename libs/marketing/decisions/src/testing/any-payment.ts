import type { FeeSchedule } from '@lijian/contracts/marketing'
import type { PaymentFacts } from '@lijian/rules'
import fc from 'fast-check'
import { fen, maybe, often } from './arbitraries'

const date = fc.constantFrom('2026-11-21', '2026-11-22', '2026-11-23', '2026-11-24')
export const anyPayment: fc.Arbitrary<PaymentFacts> = fc
  .record({
    client: fc.constantFrom('POS', 'APP'),
    serial: fc.stringMatching(/^[A-Z][0-9]{1,6}$/),
    merchant: fc.constantFrom('M1', 'M2', 'M3'),
    subMerchant: maybe(fc.constantFrom('S1', 'S3')),
    merchantMcc: maybe(fc.constantFrom('5812', '5999')),
    merchantRegion: maybe(fc.constantFrom('440305', '440300', '310101')),
    merchantCountry: maybe(fc.constantFrom('CN', 'MO')),
    terminal: maybe(fc.constant('T1')),
    amountFen: fen,
    eligibleFen: maybe(fc.oneof(fen, fc.constant(0))),
    currency: fc.constant('CNY'),
    paymentMethod: fc.constantFrom('qr', 'swipe'),
    cardToken: maybe(fc.constantFrom('card-token-number-1', 'card-token-number-2')),
    cardDigits: maybe(fc.constantFrom('622700123456', '622700', '62', '436742')),
    cardType: maybe(fc.constantFrom('credit', 'debit', 'prepaid', 'quasi_credit')),
    cardRegion: maybe(fc.constantFrom('domestic', 'overseas')),
    scheme: maybe(fc.constantFrom('unionpay', 'visa')),
    pinFree: maybe(fc.boolean()),
    issuer: maybe(fc.constantFrom('CCB', 'ABC')),
    cardProduct: maybe(fc.constantFrom('gold', 'business')),
    customerToken: maybe(fc.constantFrom('customer-1', 'customer-2')),
    identities: maybe(
      fc.record(
        {
          device: fc.constantFrom('d1', 'd2'),
          phone: fc.constantFrom('p1', 'p2'),
          card: fc.constantFrom('c1'),
          account: fc.constantFrom('a1'),
        },
        often,
      ),
    ),
    facts: maybe(fc.subarray(['registered', 'first_use', 'other'])),
    atMs: fc.oneof(
      fc.integer({ min: Date.parse('2026-11-19T00:00Z'), max: Date.parse('2026-12-02T00:00Z') }),
      fc
        .tuple(
          date,
          fc.constantFrom(
            'T09:59:59.999+08:00',
            'T10:00:00+08:00',
            'T22:00:00+08:00',
            'T00:00:00+08:00',
            'T23:59:59.999+08:00',
            'T01:59:59.999+08:00',
            'T02:00:00+08:00',
            'T06:00:00+08:00',
            'T11:59:59.999+08:00',
          ),
        )
        .map(([d, t]) => Date.parse(d + t)),
    ),
  })
  .map(withinAmount)

/** The eligible part is a part: payments with more are refused at every border. */
function withinAmount<Facts extends { amountFen: number; eligibleFen?: number }>(facts: Facts): Facts {
  const { amountFen, eligibleFen } = facts
  return eligibleFen === undefined || eligibleFen <= amountFen
    ? facts
    : { ...facts, eligibleFen: eligibleFen % (amountFen + 1) }
}

const entry = fc.record(
  { ppm: fc.integer({ min: 0, max: 9_000 }), min: fc.constantFrom(0, 1, 30), max: fc.constantFrom(40, 2_000) },
  { requiredKeys: ['ppm'] },
)
const byType = { default: entry, credit: entry, debit: entry, quasi_credit: entry }
export const anyFees: fc.Arbitrary<FeeSchedule | undefined> = maybe(
  fc.record({ ...byType, methods: fc.record({ qr: fc.record(byType, often) }, often) }, often),
)
