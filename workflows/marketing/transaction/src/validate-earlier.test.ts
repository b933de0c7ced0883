import { validatePayment, validateResult } from './validate'

const ours = (kind: string, letter = 'x') => `${kind}_${letter.repeat(43)}`
const payment = (more: object) => () => validatePayment({ merchant: 'M1', amount: 1, paymentMethod: 'qr', ...more })

test('tokens under earlier keys pass where they are tokens of ours', () => {
  const earlier = { [ours('cu')]: [ours('cu', 'y')], [ours('id')]: [ours('id', 'y'), ours('id', 'z')] }
  expect(payment({ earlier, card: { token: ours('cd'), earlier: [ours('cd', 'y')] } })).not.toThrow()
  expect(() => validateResult({ outcome: 'success', card: { token: ours('cd'), earlier: [ours('cd', 'y')] } })).not.toThrow() // prettier-ignore
})

test.each([
  ['a phone number as a name', { earlier: { '13800000000': [ours('id')] } }],
  ['a phone number as a token', { earlier: { [ours('id')]: ['13800000000'] } }],
  ['a name of the prototype', { earlier: JSON.parse('{"__proto__": ["x"]}') as object }],
  ['a list', { earlier: [[ours('id')]] }],
  ['a text', { earlier: ours('id') }],
  ['null', { earlier: null }],
  ['none', { earlier: { [ours('id')]: [] } }],
  ['too many', { earlier: { [ours('id')]: Array.from({ length: 9 }, () => ours('id')) } }],
  ['too many names', { earlier: Object.fromEntries([...'abcdefgh'].map((one) => [ours('id', one), [ours('id')]])) }],
  ['a card number of a card', { card: { token: ours('cd'), earlier: ['6222021234567890128'] } }],
  ['a text of a card', { card: { token: ours('cd'), earlier: ours('cd') } }],
])('%s is refused and not repeated', (_case, more) => {
  expect(payment(more)).toThrow(/earlier: expected/)
  expect(payment(more)).not.toThrow(/13800000000|62220212/)
})
