import { hash } from 'node:crypto'
import fc from 'fast-check'
import { compareAt, WORDS } from './fingerprint'
import { groupMatchers } from './groups'
import { payment } from './testing/documents'
import { PAGE_MEMBERS, pagesOf, TokenSet, TokenSetBuilder, wordsOf } from './token-set'
import { combined, fingerprintsOf } from './token-sort'

const token = (n: number) => `cd_${hash('sha256', String(n), 'base64url')}`
const tokens = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => token(from + i))

/** Tokens that differ in little, tokens that are alike in nothing, and texts of all kinds. */
const anyToken = fc.oneof(
  fc.nat(40).map(token),
  fc.nat(40).map((n) => `cd_${String(n).padStart(43, '0')}`),
  fc.nat(40).map((n) => `622202123456${n}`),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const anyTokens = fc.array(anyToken, { maxLength: 200 })

test('a token set has what a Set of the same tokens has, and nothing else', () => {
  fc.assert(
    fc.property(anyTokens, fc.array(anyToken, { maxLength: 50 }), (members, others) => {
      const wanted = new Set(members)
      const set = TokenSet.of(members)
      expect(set.size).toBe(wanted.size)
      for (const one of [...members, ...others]) expect([one, set.has(one)]).toEqual([one, wanted.has(one)])
    }),
    { numRuns: 300 },
  )
})

test('with many members, members several pages apart and directory entries without any', () => {
  const set = TokenSet.of(tokens(0, 50_000))
  expect(set.size).toBe(50_000)
  for (let n = 0; n < 50_000; n++) if (!set.has(token(n))) throw new Error(`${n} is missing`)
  for (let n = 50_000; n < 100_000; n++) if (set.has(token(n))) throw new Error(`${n} is no member`)
  expect(set.byteLength / set.size).toBeLessThan(17.5)
})

test('as pages and back: the same members, ascending and distinct', () => {
  const words = fingerprintsOf(tokens(0, 10_000).concat(tokens(5_000, 7_000)))
  expect(words.length / WORDS).toBe(10_000)
  for (let at = WORDS; at < words.length; at += WORDS) expect(compareAt(words, at - WORDS, words, at)).toBe(-1)
  const pages = [...pagesOf(words)]
  expect(pages.map(({ length }) => length / 16)).toEqual([PAGE_MEMBERS, PAGE_MEMBERS, 10_000 - 2 * PAGE_MEMBERS])
  expect(wordsOf(pages)).toEqual(words)
  const builder = new TokenSetBuilder(10_000)
  for (const page of pages) builder.append(page)
  const set = builder.build()
  expect([0, 5_000, 9_999, 10_000].map((n) => set.has(token(n)))).toEqual([true, true, true, false])
})

test('a page out of order, cut off, missing or one too many is refused', () => {
  const [first, second] = [...pagesOf(fingerprintsOf(tokens(0, PAGE_MEMBERS + 10)))] as [Buffer, Buffer]
  const size = PAGE_MEMBERS + 10
  const build = (...pages: Buffer[]) => {
    const builder = new TokenSetBuilder(size)
    for (const page of pages) builder.append(page)
    return builder.build().size
  }
  expect(build(first, second)).toBe(size)
  expect(() => build(second, first)).toThrow('not ascending')
  expect(() => build(first, second.subarray(1))).toThrow('cut off')
  expect(() => build(first)).toThrow(`${PAGE_MEMBERS} members, expected ${size}`)
  expect(() => build(first, second, second)).toThrow('more members than')
  expect(() => build(first, Buffer.concat([second.subarray(0, 16), second.subarray(0, 16)]))).toThrow('not ascending')
})

test('adding and removing do what they do to Sets', () => {
  fc.assert(
    fc.property(anyTokens, anyTokens, fc.constantFrom('with', 'without'), (a, b, how) => {
      const expected = how === 'with' ? new Set([...a, ...b]) : new Set(a.filter((one) => !b.includes(one)))
      const got = TokenSet.ofSorted(combined(fingerprintsOf(a), fingerprintsOf(b), how))
      expect(got.size).toBe(expected.size)
      for (const one of [...a, ...b]) expect(got.has(one)).toBe(expected.has(one))
    }),
    { numRuns: 300 },
  )
})

test('groups answer the same whether their members are few or many texts, or a token set', () => {
  const many = tokens(0, 12_000)
  const groups = groupMatchers(
    [
      { code: 'FEW', bins: [], cards: many.slice(0, 10) },
      { code: 'MANY', bins: [], cards: many },
      { code: 'SET', bins: [], cards: TokenSet.of(many) },
      { code: 'EMPTY', bins: [], cards: TokenSet.of([]) },
    ],
    [{ code: 'VIP', customers: TokenSet.of(many) }],
    [],
  )
  const has = (code: string, n: number) => groups.card(code).has(payment({ cardToken: token(n) }))
  expect([has('FEW', 9), has('FEW', 10)]).toEqual([true, false])
  expect([has('MANY', 11_999), has('MANY', 12_000)]).toEqual([true, false])
  expect([has('SET', 11_999), has('SET', 12_000)]).toEqual([true, false])
  expect([groups.card('EMPTY').hasTokens, has('EMPTY', 0)]).toEqual([false, false])
  expect(groups.customer('VIP').has(payment({ customerToken: token(3) }))).toBe(true)
  expect(groups.customer('VIP').has(payment({ cardToken: token(3) }))).toBe(false)
})
