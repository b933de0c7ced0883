import fc from 'fast-check'
import { cleanText, GETA } from './clean-text'
import { job } from './testing/job'

const { regular } = job().fonts

test.each`
  text                      | clean
  ${'满100减15'}            | ${'满100减15'}
  ${'𬭼㛃镕'}               | ${'𬭼㛃镕'}
  ${'奶茶🧋店'}             | ${`奶茶${GETA}店`}
  ${'两\n行\tx'}            | ${'两 行 x'}
  ${'a\u0000\u0007\u001bb'} | ${'ab'}
  ${'abc\u202Efdp.exe'}     | ${'abcfdp.exe'}
  ${'店\u200b\ufeff铺'}     | ${'店铺'}
  ${'\ud83e半'}             | ${`${GETA}半`}
  ${'<b>&amp;</b>'}         | ${'<b>&amp;</b>'}
  ${'e\u0301'}              | ${'é'}
`('"$text" is drawn as "$clean"', ({ text, clean }: { text: string; clean: string }) =>
  expect(cleanText(text, regular)).toBe(clean),
)

test('whatever comes can be drawn', () =>
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const clean = cleanText(text, regular)
      for (const char of clean) expect(regular.has(char.codePointAt(0)!)).toBe(true)
      expect(cleanText(clean, regular)).toBe(clean)
    }),
  ))
