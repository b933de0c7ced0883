import { askedSummary } from './contract'
import { validatePayment, validateResult } from './validate'

const payment = { merchant: 'M1', amount: 100, paymentMethod: 'qr' }
const said = (validate: (value: unknown) => void, value: unknown): string => {
  try {
    validate(value)
    return 'accepted'
  } catch (failure) {
    return (failure as Error).message
  }
}

test.each([
  ['no card', payment, 'accepted'],
  ['a token with BIN and last four', { ...payment, card: { token: 'cd_abcdefgh12345678', bin: '62270011', last4: '0014' } }, 'accepted'], // prettier-ignore
  ['a customer token', { ...payment, customerToken: 'cu_abc' }, 'accepted'],
  ['a card number', { ...payment, card: { pan: '6227001234567890014' } }, 'payment.card.pan: a card number never enters a workflow: send card.token, bin and last4'], // prettier-ignore
  ['a card number called token', { ...payment, card: { token: '6227001234567890014' } }, 'payment.card.token: expected a token, not digits'], // prettier-ignore
  ['a card number split into BIN and last four', { ...payment, card: { token: 'cd_x', bin: '622700123', last4: '0014' } }, 'payment.card.bin: expected 1 to 8 digits'], // prettier-ignore
  ['five last digits', { ...payment, card: { token: 'cd_x', last4: '90014' } }, 'payment.card.last4: expected four digits'], // prettier-ignore
  ['identity tokens', { ...payment, identityTokens: { phone: `id_${'x'.repeat(43)}` } }, 'accepted'],
  ['a phone number as a token', { ...payment, identityTokens: { phone: '13800138000' } }, 'payment.identityTokens.phone: expected a token as @lijian/privacy makes it'], // prettier-ignore
  ['identities', { ...payment, identities: { phone: '13800138000' } }, 'payment.identities: identities enter a workflow only as identityTokens'], // prettier-ignore
  ['a customer', { ...payment, customer: 'C1' }, 'payment.customer: a customer enters a workflow only as customerToken'], // prettier-ignore
  ['something unknown', { ...payment, phone: '13800138000' }, 'payment.phone: unknown field'],
  ['nothing', undefined, 'payment: expected an object'],
])('payment with %s', (_case, value, expected) => {
  expect(said(validatePayment, value)).toBe(expected)
})

test.each([
  ['its outcome', { outcome: 'success', paid: 8500 }, 'accepted'],
  ['a card number', { outcome: 'success', card: { pan: '6227001234567890014' } }, 'result.card.pan: a card number never enters a workflow: send card.token, bin and last4'], // prettier-ignore
  ['something of the payment', { outcome: 'success', amount: 1 }, 'result.amount: unknown field'],
])('result with %s', (_case, value, expected) => {
  expect(said(validateResult, value)).toBe(expected)
})

// A start stands in the history before a validator has seen anything.
test.each<[said: string, asked: Parameters<typeof askedSummary>[0]]>([
  ['128.00 at R-NOODLE', { merchant: 'R-NOODLE', amount: 12_800 }],
  ['1280 JPY at R-NOODLE', { merchant: 'R-NOODLE', amount: 1280, currency: 'JPY' }],
  ['1.00', { merchant: '6227001234567890014', amount: 100 }],
  ['1.00', { merchant: 'M6227001234567890014', amount: 100 }],
  ['1.00', { merchant: 'tel13800138000', amount: 100 }],
  ['1.00', { merchant: '张三丰', amount: 100 }],
  ['1.00', { merchant: 'M1\nforged line', amount: 100 }],
  ['1.00', { merchant: undefined as never, amount: 100 }],
  ['a payment at M1', { merchant: 'M1', amount: '6227001234567890014' as never }],
  ['a payment at M1', { merchant: 'M1', amount: 100, currency: '张三丰' }],
])('a client’s start is called %s', (said, asked) => expect(askedSummary(asked)).toBe(said))
