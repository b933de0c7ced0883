import { paymentLine } from '@lijian/contracts/marketing'
import fc from 'fast-check'
import { plainPayment } from './plain-payment'

const PAYMENT = {
  serial: 'S1',
  merchant: 'M1',
  amount: 100,
  paymentMethod: 'qr',
  at: '2026-11-23T12:00:00+08:00',
  subMerchant: 'S',
  terminal: 'T',
  eligibleAmount: 50,
  currency: 'HKD',
  card: { token: 'card-token-number-1', bin: '622700', last4: '1234' },
  issuer: 'CCB',
  cardType: 'credit',
  cardProduct: 'gold',
  cardRegion: 'domestic',
  scheme: 'unionpay',
  pinFree: true,
  customer: 'C1 {}: a/b, [',
  identities: { phone: 'p1', idNumber: 'i' },
  facts: ['registered', 'first_use'],
  holdSeconds: 60,
  deadlineMs: 50,
  outcome: 'failure',
}
const KEYS = Object.keys(PAYMENT)
const odd = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom('', 'CNY', 'cny', 'a b', '-x', '622', '6227000000000000', 0, 1, -1, 1.5, 1e14, null, true, [], ['a']),
  fc.constantFrom('2026-02-29T12:00:00Z', '2028-02-29T12:00:00Z', '2026-04-31T12:00:00Z', '2026-12-31T12:00:00+08:00'),
  fc.constantFrom('2026-11-23T12:00:00', '2026-11-23T24:00:00Z', '2026-11-23T12:00:00.123Z', '2026-11-23T12:00Z'),
  fc.constantFrom<unknown>(
    { pan: '6222021234567890128' },
    { pan: '622202123456789012', bin: '622202' },
    { token: '1234567890123456' },
    { bin: '622202' },
    { phone: 'x', card: '' },
    { phone: '手机' },
  ),
)
const lines = fc
  .record({
    keep: fc.shuffledSubarray(KEYS, { minLength: 8 }),
    put: fc.dictionary(fc.constantFrom(...KEYS, 'colour', 'toString', '__proto__'), odd, { maxKeys: 1 }),
    spaces: fc.constantFrom(undefined, 1),
    end: fc.constantFrom('', '', '\r', ' ', '}'),
  })
  .map(({ keep, put, spaces, end }) => {
    const line: Record<string, unknown> = {
      serial: 'S1',
      merchant: 'M1',
      amount: 7,
      paymentMethod: 'qr',
      at: PAYMENT.at,
    }
    for (const key of keep) line[key] = PAYMENT[key as keyof typeof PAYMENT]
    Object.assign(line, put)
    return JSON.stringify(line, null, spaces).replaceAll('\n', '') + end
  })
/** One to three characters of the text taken out, doubled, or replaced. */
const broken = fc
  .tuple(
    lines,
    fc.array(fc.tuple(fc.nat(), fc.nat(2), fc.constantFrom('"', '\\', ',', ':', '{', '}', '[', ']', '0', 'e', '.', ' ', 'a', '-', '麦', '\t')), { maxLength: 2 }), // prettier-ignore
  )
  .map(([text, edits]) => {
    let edited = text
    for (const [at, cut, put] of edits) {
      const place = at % (edited.length + 1)
      edited = edited.slice(0, place) + put + edited.slice(place + cut)
    }
    return edited
  })

function bySchema(text: string): unknown {
  try {
    return paymentLine.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

test.each`
  _case       | texts     | least
  ${'lines'}  | ${lines}  | ${500}
  ${'broken'} | ${broken} | ${500}
`('$_case: what is read in one pass, the schema reads as the same payment', ({ texts, least }) => {
  let accepted = 0
  fc.assert(
    fc.property(texts as fc.Arbitrary<string>, (text) => {
      const line = plainPayment(text)
      if (line === undefined) return
      accepted += 1
      expect(line).toEqual(bySchema(text))
    }),
    { numRuns: 5_000 },
  )
  expect(accepted).toBeGreaterThan(least as number)
})

test('keys twice, other numbers, escapes and what follows the object are left to the schema', () => {
  const text = JSON.stringify(PAYMENT)
  expect(plainPayment(text)).toEqual(PAYMENT)
  expect(plainPayment(JSON.stringify({ ...PAYMENT, card: { pan: '6222021234567890128' } }, null, 1).replaceAll('\n', ''))).toBeDefined() // prettier-ignore
  for (const [from, to] of [
    ['"amount":100', '"amount":100,"amount":200'],
    ['"amount":100', '"amount":0100'],
    ['"amount":100', '"amount":1e2'],
    ['"amount":100', '"amount":100.0'],
    ['"amount":100', '"amount":"100"'],
    ['"serial":"S1"', '"serial":"\\u0053"'],
    ['"phone":"p1"', '"phone":"p1","phone":"p2"'],
    ['"failure"}', '"failure"},'],
    ['"failure"}', '"failure",}'],
  ] as const) {
    expect(text).toContain(from)
    expect(plainPayment(text.replace(from, to))).toBeUndefined()
  }
})
