import fc from 'fast-check'
import { CURRENCY_DECIMALS } from '@lijian/contracts/money'
import { moneyText, moneyTextGrouped, moneyTextNamed, yuanText, yuanTextGrouped } from './yuan'

test.each`
  _case                         | fen                        | plain                  | grouped
  ${'nothing'}                  | ${0}                       | ${'0.00'}              | ${'0.00'}
  ${'one fen'}                  | ${1}                       | ${'0.01'}              | ${'0.01'}
  ${'half a yuan given back'}   | ${-50}                     | ${'-0.50'}             | ${'-0.50'}
  ${'a discount'}               | ${1500}                    | ${'15.00'}             | ${'15.00'}
  ${'below a thousand'}         | ${99_999}                  | ${'999.99'}            | ${'999.99'}
  ${'a thousand'}               | ${100_000}                 | ${'1000.00'}           | ${'1,000.00'}
  ${'a loss of a million'}      | ${-123_456_789}            | ${'-1234567.89'}       | ${'-1,234,567.89'}
  ${'the largest exact number'} | ${Number.MAX_SAFE_INTEGER} | ${'90071992547409.91'} | ${'90,071,992,547,409.91'}
`('$_case: $grouped', ({ fen, plain, grouped }) => {
  expect(yuanText(fen)).toBe(plain)
  expect(yuanTextGrouped(fen)).toBe(grouped)
})

test('a text has a sign only below nothing, two decimals, and gives its fen back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), (fen) => {
      const text = yuanText(fen)
      expect(text).toMatch(fen < 0 ? /^-\d+\.\d\d$/ : /^\d+\.\d\d$/)
      expect(text).not.toMatch(/^-?0\d/)
      expect(Number(BigInt(text.replace('.', '')))).toBe(fen === 0 ? 0 : fen)
      const groups = yuanTextGrouped(fen)
      expect(groups.replaceAll(',', '')).toBe(text)
      expect(groups).toMatch(/^-?\d{1,3}(,\d{3})*\.\d\d$/)
    }),
  )
})

test.each([0.5, NaN, Infinity, 2 ** 53])('%p is no amount', (fen) => {
  expect(() => yuanText(fen)).toThrow('is not a whole amount in fen')
})

test.each`
  currency | fen          | plain         | grouped
  ${'JPY'} | ${0}         | ${'0'}        | ${'0'}
  ${'JPY'} | ${-1_234}    | ${'-1234'}    | ${'-1,234'}
  ${'KWD'} | ${1}         | ${'0.001'}    | ${'0.001'}
  ${'KWD'} | ${1_234_567} | ${'1234.567'} | ${'1,234.567'}
  ${'CLF'} | ${-1}        | ${'-0.0001'}  | ${'-0.0001'}
  ${'HKD'} | ${1_500}     | ${'15.00'}    | ${'15.00'}
`('$fen of $currency is $grouped', ({ currency, fen, plain, grouped }) => {
  expect(moneyText(fen, currency)).toBe(plain)
  expect(moneyTextGrouped(fen, currency)).toBe(grouped)
  expect(moneyTextNamed(fen, currency)).toBe(`${plain} ${currency}`)
  expect(moneyTextNamed(fen)).toBe(yuanText(fen))
})

test('in every currency a text gives its minor units back', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.constantFrom(...CURRENCY_DECIMALS.keys()), (fen, currency) => {
      const text = moneyText(fen, currency)
      expect(text.split('.')[1]?.length ?? 0).toBe(CURRENCY_DECIMALS.get(currency))
      expect(Number(BigInt(text.replace('.', '')))).toBe(fen === 0 ? 0 : fen)
      expect(moneyTextGrouped(fen, currency).replaceAll(',', '')).toBe(text)
    }),
  )
})
