import fc from 'fast-check'
import { assertFen, floorPpm, halfUpPpm } from './fen'
import { largestRemainder } from './largest-remainder'

const fen = fc.integer({ min: 0, max: 10_000_000_000_000 })
const ppm = fc.integer({ min: 0, max: 1_000_000 })

test.each`
  _case                                    | amountFen                | ratePpm      | down                  | halfUp
  ${'15% of 99.99'}                        | ${9_999}                 | ${150_000}   | ${1_499}              | ${1_500}
  ${'just below half a fen'}               | ${249}                   | ${2_000}     | ${0}                  | ${0}
  ${'exactly half a fen'}                  | ${250}                   | ${2_000}     | ${0}                  | ${1}
  ${'0.6% of 25.00'}                       | ${2_500}                 | ${6_000}     | ${15}                 | ${15}
  ${'nothing of everything'}               | ${10_000_000_000_000}    | ${0}         | ${0}                  | ${0}
  ${'all of everything'}                   | ${10_000_000_000_000}    | ${1_000_000} | ${10_000_000_000_000} | ${10_000_000_000_000}
  ${'a product past 2^53: 99.9999% of it'} | ${9_999_999_999_999}     | ${999_999}   | ${9_999_989_999_999}  | ${9_999_989_999_999}
  ${'one millionth of the largest amount'} | ${9_007_199_254_740_991} | ${1}         | ${9_007_199_254}      | ${9_007_199_255}
`('$_case', ({ amountFen, ratePpm, down, halfUp }) => {
  expect(floorPpm(amountFen, ratePpm)).toBe(down)
  expect(halfUpPpm(amountFen, ratePpm)).toBe(halfUp)
})

test('rates agree with exact arithmetic at every size', () =>
  fc.assert(
    fc.property(fen, ppm, (amountFen, ratePpm) => {
      const product = BigInt(amountFen) * BigInt(ratePpm)
      expect(BigInt(floorPpm(amountFen, ratePpm))).toBe(product / 1_000_000n)
      expect(BigInt(halfUpPpm(amountFen, ratePpm))).toBe((product + 500_000n) / 1_000_000n)
    }),
  ))

test.each`
  _case                                    | totalFen              | weights                        | parts
  ${'70 : 30 of 15.01'}                    | ${1501}               | ${[700_000, 300_000]}          | ${[1051, 450]}
  ${'a tie goes to the one listed first'}  | ${1501}               | ${[500_000, 500_000]}          | ${[751, 750]}
  ${'thirds of 1.00'}                      | ${100}                | ${[333_333, 333_333, 333_334]} | ${[33, 33, 34]}
  ${'thirds of 0.02'}                      | ${2}                  | ${[1, 1, 1]}                   | ${[1, 1, 0]}
  ${'the larger remainder, not the first'} | ${1}                  | ${[300_000, 700_000]}          | ${[0, 1]}
  ${'a weight of nothing gets nothing'}    | ${7}                  | ${[0, 1, 1]}                   | ${[0, 4, 3]}
  ${'one bears it all'}                    | ${7}                  | ${[1_000_000]}                 | ${[7]}
  ${'nothing to split'}                    | ${0}                  | ${[1, 1]}                      | ${[0, 0]}
  ${'nothing, by nothing'}                 | ${0}                  | ${[0, 0]}                      | ${[0, 0]}
  ${'a product past 2^53'}                 | ${10_000_000_000_001} | ${[500_000, 500_000]}          | ${[5_000_000_000_001, 5_000_000_000_000]}
`('largest remainder: $_case', ({ totalFen, weights, parts }) =>
  expect(largestRemainder(totalFen, weights)).toEqual(parts),
)

test('parts sum to the whole, and none is a fen away from its share', () =>
  fc.assert(
    fc.property(fen, fc.array(ppm, { minLength: 1, maxLength: 6 }), (totalFen, weights) => {
      const sum = weights.reduce((a, b) => a + b, 0)
      fc.pre(sum > 0)
      const parts = largestRemainder(totalFen, weights)
      expect(parts.reduce((a, b) => a + b, 0)).toBe(totalFen)
      parts.forEach((part, i) => {
        const distance = BigInt(part) * BigInt(sum) - BigInt(totalFen) * BigInt(weights[i]!)
        expect(distance < BigInt(sum) && -distance < BigInt(sum)).toBe(true)
      })
    }),
  ))

test('what is no amount, rate or weight is a bug and stops', () => {
  expect(() => assertFen(1.5)).toThrow('not a whole amount')
  expect(() => assertFen(2 ** 53)).toThrow('not a whole amount')
  expect(() => floorPpm(-1, 1)).toThrow('not a whole amount')
  expect(() => halfUpPpm(1, 1_000_001)).toThrow('not within')
  expect(() => largestRemainder(1, [0, 0])).toThrow('weights sum to zero')
})
