import fc from 'fast-check'
import { rmbWords } from './rmb-words'

test.each`
  fen                  | words
  ${0n}                | ${'零元整'}
  ${5n}                | ${'伍分'}
  ${15n}               | ${'壹角伍分'}
  ${50n}               | ${'伍角整'}
  ${100n}              | ${'壹元整'}
  ${1005n}             | ${'壹拾元零伍分'}
  ${1050n}             | ${'壹拾元伍角整'}
  ${168032n}           | ${'壹仟陆佰捌拾元叁角贰分'}
  ${1640902n}          | ${'壹万陆仟肆佰零玖元零贰分'}
  ${32504n}            | ${'叁佰贰拾伍元零肆分'}
  ${600714n}           | ${'陆仟零柒元壹角肆分'}
  ${10700053n}         | ${'壹拾万柒仟元伍角叁分'}
  ${100000000000n}     | ${'壹拾亿元整'}
  ${100000000100n}     | ${'壹拾亿零壹元整'}
  ${1000100010001000n} | ${'壹拾万零壹拾亿零壹拾万零壹拾元整'}
  ${1000000000000000n} | ${'壹拾万亿元整'}
  ${-168032n}          | ${'负壹仟陆佰捌拾元叁角贰分'}
`('$fen fen are $words', ({ fen, words }: { fen: bigint; words: string }) => expect(rmbWords(fen)).toBe(words))

/** Reads the words back, knowing nothing of how they were made: each unit multiplies what stands before it. */
function readBack(words: string): bigint {
  const small: Record<string, bigint> = { 拾: 10n, 佰: 100n, 仟: 1000n }
  const [yuanWords, rest] = words.includes('元') ? (words.split('元') as [string, string]) : ['', words]
  const whole = (text: string): bigint => {
    for (const [unit, size] of [
      ['亿', 100_000_000n],
      ['万', 10_000n],
    ] as const) {
      const at = text.lastIndexOf(unit)
      if (at >= 0) return whole(text.slice(0, at)) * size + whole(text.slice(at + 1))
    }
    let sum = 0n
    let digit = 0n
    for (const char of text) {
      if (small[char] === undefined) digit = BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(char))
      else {
        sum += digit * small[char]
        digit = 0n
      }
    }
    return sum + digit
  }
  const part = (unit: string) =>
    BigInt('零壹贰叁肆伍陆柒捌玖'.indexOf(new RegExp(`(.)${unit}`).exec(rest)?.[1] ?? '零'))
  return whole(yuanWords) * 100n + part('角') * 10n + part('分')
}

const amounts = fc.oneof(
  fc.bigInt(0n, 10n ** 15n),
  // Numbers of few digits other than zero are where the zeros are hard.
  fc
    .array(fc.constantFrom('0', '0', '0', '1', '9'), { minLength: 1, maxLength: 15 })
    .map((digits) => BigInt(digits.join(''))),
)

test('every amount up to 10^15 fen reads back, with one 零 at a time and none before a unit', () =>
  fc.assert(
    fc.property(amounts, (fen) => {
      const words = rmbWords(fen)
      expect(readBack(words)).toBe(fen)
      if (fen > 0n) expect(words).not.toMatch(/零零|零[元万亿仟佰拾角分整]|^零|零$/)
      expect(words.endsWith('分')).toBe(fen % 10n > 0n)
    }),
    { numRuns: 5000 },
  ))

test('two amounts never have the same words', () =>
  fc.assert(fc.property(amounts, amounts, (a, b) => expect(rmbWords(a) === rmbWords(b)).toBe(a === b))))
