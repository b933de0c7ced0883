import { REPORT_RANGES } from '@lijian/contracts/finance'
import fc from 'fast-check'
import { scheduledDates } from './scheduled-dates'

const at = (instant: string, zone = 'Asia/Shanghai') =>
  Object.fromEntries(
    REPORT_RANGES.map((range) => {
      const { from, to } = scheduledDates(range, Date.parse(instant), zone)
      return [range, from === to ? from : `${from} ${to}`]
    }),
  )

test('seen from a Thursday in the first week of a year', () =>
  expect(at('2026-01-08T07:30:00+08:00')).toEqual({
    yesterday: '2026-01-07',
    business_day_before: '2026-01-07',
    last_7_days: '2026-01-01 2026-01-07',
    last_week: '2025-12-29 2026-01-04',
    last_month: '2025-12-01 2025-12-31',
  }))

test('after the National Day holidays the business day before is the last one of September', () =>
  expect(at('2026-10-08T07:30:00+08:00')['business_day_before']).toBe('2026-09-30'))

test('a Sunday on which people work for a holiday is a business day', () =>
  expect(at('2026-09-21T07:30:00+08:00')['business_day_before']).toBe('2026-09-20'))

test('the date is the institution’s: late evening in London is the next morning in Shanghai', () =>
  expect(at('2026-03-01T20:00:00Z')['yesterday']).toBe('2026-03-01'))

test('the first of March: the month before has 28 days, or 29', () => {
  expect(at('2026-03-01T00:00:00+08:00')['last_month']).toBe('2026-02-01 2026-02-28')
  expect(at('2028-03-01T00:00:00+08:00')['last_month']).toBe('2028-02-01 2028-02-29')
})

test('a day before, never today: each range ends before the day from which it is seen, and is not empty', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...REPORT_RANGES),
      fc.constantFrom('Asia/Shanghai', 'Europe/London', 'America/Los_Angeles'),
      fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2030, 0, 1) }),
      (range, zone, atMs) => {
        const today = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short' }).format(atMs)
        const { from, to } = scheduledDates(range, atMs, zone)
        expect(from <= to && to < today).toBe(true)
        const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1
        expect(
          { yesterday: [1], business_day_before: [1], last_7_days: [7], last_week: [7] }[range as 'yesterday'] ?? [
            28, 29, 30, 31,
          ],
        ).toContain(days)
      },
    ),
  ))
