import { found } from './field-errors'
import { isoDate } from './primitives'

test.each`
  what             | value                                     | told
  ${'a card'}      | ${'6222021234567890128'}                  | ${'"…"'}
  ${'in groups'}   | ${'ref 6222-0212-3456-7890-128, a phone'} | ${'"ref …, a phone"'}
  ${'a phone'}     | ${'+86 139 1234 5678'}                    | ${'"+…"'}
  ${'a date'}      | ${'2026-13-01'}                           | ${'"2026-13-01"'}
  ${'an instant'}  | ${'2026-13-01T12:00:00+08:00'}            | ${'"2026-13-01T12:00:00+08:00"'}
  ${'an amount'}   | ${1_234_567_890_123}                      | ${'1234567890123'}
  ${'a short one'} | ${'4000000'}                              | ${'"4000000"'}
`('what a document is told of $what that was found', ({ value, told }) => expect(found(value)).toBe(told))

test('no date lies in year 0, which PostgreSQL does not know', () => {
  expect(isoDate.safeParse('0000-01-01').success).toBe(false)
  expect(isoDate.safeParse('0001-01-01').success).toBe(true)
})
