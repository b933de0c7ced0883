import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inBothLanguages, inChinese } from './chinese'

/** Every wording in the sources of this package, with something in place of what is computed. */
const sources = join(__dirname, '..')
const wordings = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('chinese.ts'))
  .flatMap((name) => readFileSync(join(sources, name), 'utf8').match(/['`]expected [^'`]*['`]/g) ?? [])
  .map((quoted) => quoted.slice(1, -1))
  .filter((text) => !/^expected \$\{(KINDS|oneOf|unionText)/.test(text))
  .map((text) =>
    text
      .replace('${unitOf(issue.origin)}', ' entries')
      .replace(/\$\{of\}/, 'the campaign')
      .replace(/\$\{name\}/, 'price'),
  ) // prettier-ignore
  .map((text) => text.replace(/\$\{what\}/, 'a merchant category code that exists').replace(/\$\{[^}]*\}/g, '7'))

test('there are wordings to look at', () => expect(wordings.length).toBeGreaterThan(30))

test.each(wordings)('in Chinese: %s', (text) => {
  const chinese = inChinese(text)
  expect(chinese).toMatch(/[一-鿿]/)
  expect(chinese.replace(/"[^"]*"/g, '')).not.toMatch(/expected|found|such as|at least|already/)
})

test.each`
  english                                                           | chinese
  ${'expected a whole number or an object, found 1.5'}              | ${'应为整数 或 对象,实际为1.5'}
  ${'expected it once, found "per card, day" already at limits[0]'} | ${'应为只出现一次,实际为"per card, day" 已在 limits[0] 出现'}
  ${'expected at least 1 entries, found a list of 0'}               | ${'应为至少 1 项,实际为有 0 项的列表'}
  ${'expected one of "amount", "fee", found "cash"'}                | ${'应为以下之一:"amount", "fee",实际为"cash"'}
  ${'unknown key "priorty"'}                                        | ${'未知的键 "priorty"'}
  ${'expected a date such as "2026-10-01", found "2026-02-30"'}     | ${'应为日期,例如 "2026-10-01",实际为"2026-02-30"'}
  ${'expected a whole number, found "1 to 2"'}                      | ${'应为整数,实际为"1 to 2"'}
  ${'expected a whole number, found "now to open end"'}             | ${'应为整数,实际为"now to open end"'}
  ${'expected an end after the start, found 24:00 to 02:00'}        | ${'应为晚于开始的结束时刻,实际为24:00 至 02:00'}
`('$english', ({ english, chinese }) => expect(inChinese(english)).toBe(chinese))

test('both languages beside each other', () =>
  expect(inBothLanguages([{ path: 'a', message: 'unknown key "b"' }])).toEqual([
    { path: 'a', message: 'unknown key "b"', messageZh: '未知的键 "b"' },
  ]))
