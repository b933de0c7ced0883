import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { CALENDAR_YEARS, dayTypeOf } from './day-type'
import { epochDay } from './civil'

const csv = readFileSync(join(__dirname, '..', 'data', 'cn_calendar_2018_2026.csv'), 'utf8')
const rows = csv.trim().split('\n').slice(1).map((line) => line.split(',')) // prettier-ignore

test('every day of the published calendar', () => {
  const wrong = rows.filter(([date, , isWorkday, type]) => {
    const expected = type === 'makeup_workday' ? 'workday' : type
    const found = dayTypeOf(epochDay(date!))
    return found !== expected || (found === 'workday') !== (isWorkday === '1')
  })
  expect(wrong).toEqual([])
  expect(rows).toHaveLength(3_287)
})

test('the table was made from the calendar that lies beside it', () => {
  const types = readFileSync(join(__dirname, 'china-days.ts'), 'utf8')
  const listed = [...types.matchAll(/'([0-9 ]+)'/g)].flatMap(([, days]) => days!.split(' '))
  expect(listed).toHaveLength(rows.filter(([, , , type]) => type === 'holiday' || type === 'makeup_workday').length)
})

test.each`
  date            | type
  ${'2026-10-01'} | ${'holiday'}
  ${'2026-10-10'} | ${'workday'}
  ${'2026-10-11'} | ${'weekend'}
  ${'2027-10-01'} | ${'workday'}
  ${'2027-10-02'} | ${'weekend'}
  ${'2017-10-02'} | ${'workday'}
`('$date is a $type', ({ date, type }) => expect(dayTypeOf(epochDay(date))).toBe(type))

test('the years that are covered', () => expect(CALENDAR_YEARS).toEqual({ from: 2018, to: 2026 }))
