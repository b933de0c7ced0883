import { edgeCard } from './card'
import { cardToken, customerToken, identityToken } from './tokens'

const key = Buffer.alloc(32, 1)
const pan = '6222021234567890128'

test('a token says what it stands for and nothing of its value', () => {
  // HMAC-SHA-256 with 32 bytes 01 over "lijian/card\0" + number, as openssl computes it.
  expect(cardToken(key, pan)).toBe('cd_8FDDrpUOxuNng_XnRiNGaXHZU6pljfFwaqkvGGLFTQY')
  expect(customerToken(key, pan)).toMatch(/^cu_[A-Za-z0-9_-]{43}$/)
})

test('the same digits as card, customer and identity are three strangers; another key knows none of them', () => {
  const tails = [
    cardToken(key, pan),
    customerToken(key, pan),
    identityToken(key, 'phone', pan),
    identityToken(key, 'bankPhone', pan),
    cardToken(Buffer.alloc(32, 2), pan),
  ].map((token) => token.slice(3))
  expect(new Set(tails).size).toBe(5)
})

test.each`
  _case                 | number                   | bin           | digits
  ${'19 digits: eight'} | ${'6222021234567890128'} | ${'62220212'} | ${'622202123456'}
  ${'16 digits: eight'} | ${'4111111111111111'}    | ${'41111111'} | ${'411111111111'}
  ${'15 digits: six'}   | ${'378282246310005'}     | ${'378282'}   | ${'378282246310'}
`('of a card number remain BIN and last four: $_case', ({ number, bin, digits }) => {
  const card = edgeCard(key, number)
  expect(card).toEqual({
    token: expect.stringMatching(/^cd_[A-Za-z0-9_-]{43}$/),
    bin,
    last4: number.slice(-4),
    digits,
    length: number.length,
  })
})
