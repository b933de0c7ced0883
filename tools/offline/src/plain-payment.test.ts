import { paymentLine } from '@lijian/contracts'
import fc from 'fast-check'
import { isPlainPayment } from './plain-payment'

const PAYMENT = {
  serial: 'S1',
  merchant: 'M1',
  amount: 100,
  paymentMethod: 'qr',
  at: '2026-11-23T12:00:00+08:00',
  subMerchant: 'S',
  terminal: 'T',
  eligibleAmount: 50,
  currency: 'CNY',
  card: { token: 'card-token-number-1', bin: '622700', last4: '1234' },
  issuer: 'CCB',
  cardType: 'credit',
  cardProduct: 'gold',
  cardRegion: 'domestic',
  scheme: 'unionpay',
  pinFree: true,
  customer: 'C1',
  holdSeconds: 60,
  deadlineMs: 50,
  outcome: 'failure',
}
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', 'CNY', 'cny', 'a b', '-x', '622', '6227000000000000', 0, 1, -1, 1.5, 1e14, null, true),
  fc.constantFrom('2026-02-29T12:00:00Z', '2026-11-23T12:00:00', '2026-11-23T24:00:00Z', '2026-11-23T12:00:00.123Z'),
  fc.constantFrom(
    { pan: '6222021234567890128' },
    { pan: '1', token: 'card-token-number-1' },
    { token: '1234567890123456' },
  ),
)

test('what the quick look lets through, the schema lets through as the same payment', () => {
  let accepted = 0
  const edit = fc.record({
    drop: fc.subarray(Object.keys(PAYMENT), { maxLength: 3 }),
    put: fc.dictionary(fc.constantFrom(...Object.keys(PAYMENT), 'colour', 'toString', '__proto__'), odd, {
      maxKeys: 2,
    }),
  })
  fc.assert(
    fc.property(edit, ({ drop, put }) => {
      const line: Record<string, unknown> = { ...PAYMENT }
      for (const key of drop) delete line[key]
      Object.assign(line, put)
      const parsed = paymentLine.safeParse(structuredClone(line))
      if (!isPlainPayment(line)) return
      accepted += 1
      expect(parsed.error).toBeUndefined()
      expect(line).toEqual(parsed.data)
    }),
    { numRuns: 5_000 },
  )
  expect(accepted).toBeGreaterThan(500)
})
