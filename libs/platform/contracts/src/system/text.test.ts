import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { decodeText, jsonOf, lineText, tryDecode, wordsText, WrongText } from './text'
import { wrongTexts } from '../text'

const caught = (call: () => unknown) => {
  try {
    call()
  } catch (error) {
    if (error instanceof WrongText) return error.errors.map(({ path }) => path)
    throw error
  }
  return []
}

test.each`
  _case                          | bytes                                       | encoding     | place
  ${'GBK'}                       | ${Buffer.from('7b0a22d5c5c8fd227d', 'hex')} | ${'utf-8'}   | ${'line 2, byte 2'}
  ${'a character cut off'}       | ${Buffer.from('61e5bc', 'hex')}             | ${'utf-8'}   | ${'line 1, byte 2'}
  ${'half a surrogate in UTF-8'} | ${Buffer.from('61eda08062', 'hex')}         | ${'utf-8'}   | ${'line 1, byte 2'}
  ${'an overlong NUL'}           | ${Buffer.from('c080', 'hex')}               | ${'utf-8'}   | ${'line 1, byte 1'}
  ${'UTF-16'}                    | ${Buffer.from('\uFEFFab', 'utf16le')}       | ${'utf-8'}   | ${'line 1, byte 1'}
  ${'a byte that GBK lacks'}     | ${Buffer.from('d5c50aff', 'hex')}           | ${'gb18030'} | ${'line 2, byte 1'}
`('$_case: refused with its place', ({ bytes, encoding, place }) =>
  expect(caught(() => decodeText(bytes as Buffer, encoding as 'utf-8'))).toEqual([place]),
)

test('the first wrong byte of any file is named, and text comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
      const [front, back] = [Buffer.from(before), Buffer.from(after)]
      expect(decodeText(Buffer.concat([front, back]))).toBe(before + after)
      const lines = before.split('\n')
      const place = `line ${lines.length}, byte ${Buffer.byteLength(lines.at(-1)!) + 1}`
      expect(caught(() => decodeText(Buffer.concat([front, Buffer.from([0xff]), back])))).toEqual([place])
      // A byte order mark is text too: who reads a file skips it.
      expect(tryDecode(Buffer.from(`\uFEFF${before}`))).toBe(`\uFEFF${before}`)
    }),
  )
})

test('JSON: control characters and halves of pairs anywhere, in keys too, are named by their paths', () => {
  const json =
    String.raw`{"a":"x\u0000","b":[1,{"c":"\ud800"}],"d\u0001":"","e":"tab\tand\nbreak, \ud83d\ude00","f":"` + '\x7f"}'
  expect(caught(() => jsonOf(json))).toEqual(['?', 'a', 'b[1].c', 'f'])
  expect(jsonOf('{"a":"满减 😀 \\\\u0000"}')).toEqual({ a: '满减 😀 \\u0000' })
  expect(() => jsonOf('{')).toThrow(SyntaxError)
})

test('a walk finds what a look at each text finds', () => {
  const isWrong = (text: string) => [...text].some((c) => /[\p{Cc}\p{Cs}]/u.test(c) && !'\t\n\r'.includes(c))
  fc.assert(
    fc.property(
      fc.array(
        fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code % 300 < 150 ? code % 300 : code)) }),
        { maxLength: 5 },
      ),
      (texts) => {
        expect(wrongTexts(texts).map(({ path }) => path)).toEqual(
          texts.flatMap((text, i) => (isWrong(text) ? [`[${i}]`] : [])),
        )
        expect(caught(() => jsonOf(JSON.stringify(texts)))).toEqual(wrongTexts(texts).map(({ path }) => path))
      },
    ),
  )
})

test('a long list, and one that is nested deeply, are looked through like any other', () => {
  const long = Array.from({ length: 300_000 }, () => ({}))
  expect(wrongTexts([...long, 'a\u0000'])).toMatchObject([{ path: '[300000]' }])
  const depth = 50_000
  const deep = JSON.parse('['.repeat(depth) + '"a\\u0000"' + ']'.repeat(depth)) as unknown
  expect(wrongTexts(deep)).toMatchObject([{ path: '[0]'.repeat(depth) }])
})

test('one line, and words of a person', () => {
  expect(lineText.min(1).safeParse('满100减15 😀').success).toBe(true)
  for (const wrong of ['a\nb', 'a\tb', 'a\u0000', '\x7f', '\x85', '\udc00'])
    expect(lineText.safeParse(wrong).success).toBe(false)
  expect(wordsText.safeParse('one\n\ttwo').success).toBe(true)
  for (const wrong of ['a\u0000', '\x1b[31m', '\x9f', '\ud800']) expect(wordsText.safeParse(wrong).success).toBe(false)
})
