import { Temporal } from '@js-temporal/polyfill'
import fc from 'fast-check'
import { localParts, startOfPeriod } from './zone'
import type { Period } from './civil'

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Riyadh',
]
/** Days on which a year, a quarter, a month or an ISO week ends or begins, leap days and years that have none among them. */
const DAYS = ['01-01', '01-03', '01-04', '02-28', '03-01', '03-31', '04-01', '06-30', '07-01', '09-30', '10-01', '12-27', '12-28', '12-30', '12-31'] // prettier-ignore
const YEARS = [1996, 2000, 2004, 2009, 2011, 2012, 2015, 2016, 2020, 2024, 2026, 2027, 2028, 2032, 2037, 2096, 2100]

type Turning = Exclude<Period, 'total'>
const PERIODS: readonly Turning[] = ['day', 'week', 'month', 'quarter', 'year']
/** What a calendar library says of the period of a date: its first day and the first day of the next. */
const SPANS: Record<Turning, (date: Temporal.PlainDate) => [Temporal.PlainDate, Temporal.PlainDate]> = {
  day: (d) => [d, d.add({ days: 1 })],
  week: (d) => [d.subtract({ days: d.dayOfWeek - 1 }), d.add({ days: 8 - d.dayOfWeek })],
  month: (d) => [d.with({ day: 1 }), d.with({ day: 1 }).add({ months: 1 })],
  quarter: (d) => {
    const first = d.with({ day: 1, month: d.month - ((d.month - 1) % 3) })
    return [first, first.add({ months: 3 })]
  },
  year: (d) => [d.with({ day: 1, month: 1 }), d.with({ day: 1, month: 1 }).add({ years: 1 })],
}

/** The library takes long, and the same turns of years and quarters come up again and again. */
const known = new Map<string, number>()
function beginsMs(zone: string, date: Temporal.PlainDate): number {
  const key = `${zone} ${date.toString()}`
  const ms = known.get(key) ?? date.toZonedDateTime(zone).epochMilliseconds
  known.set(key, ms)
  return ms
}

const anyTurn = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    year: fc.constantFrom(...YEARS),
    day: fc.constantFrom(...DAYS),
    awayMs: fc.oneof(
      fc.constantFrom(-1_000, -1, 0, 1, 86_399_999, 86_400_000),
      fc.integer({ min: -90_000_000, max: 180_000_000 }),
    ),
  })
  .map(({ zone, year, day, awayMs }) => {
    const date = Temporal.PlainDate.from(`${year}-${day}`)
    return { zone, atMs: date.toZonedDateTime(zone).epochMilliseconds + awayMs }
  })

test('around the turns of weeks, months, quarters and years every zone agrees with Temporal', () => {
  const weeks = new Set<number>()
  let leapDays = 0
  fc.assert(
    fc.property(anyTurn, ({ zone, atMs }) => {
      const there = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone)
      const date = there.toPlainDate()
      weeks.add(date.weekOfYear!)
      leapDays += Number(date.toString().endsWith('-02-29'))
      const minute = there.hour * 60 + there.minute
      expect(localParts(zone, atMs)).toMatchObject({ date: date.toString(), weekday: date.dayOfWeek, minute })
      for (const period of PERIODS) {
        const [first, next] = SPANS[period](date)
        const untilMs = beginsMs(zone, next)
        expect(startOfPeriod(zone, atMs, period)).toMatchObject({ start: first.toString(), untilMs })
        // The last millisecond belongs to it, the next one to the period that follows.
        expect(startOfPeriod(zone, untilMs - 1, period)).toMatchObject({ start: first.toString(), untilMs })
        if (zone !== 'Pacific/Apia' || next.year !== 2011)
          expect(startOfPeriod(zone, untilMs, period).start).toBe(next.toString())
      }
    }),
    { numRuns: 1_500 },
  )
  expect(weeks.has(53)).toBe(true)
  expect(leapDays).toBeGreaterThan(0)
})

test.each`
  _case                                        | zone                     | instant                       | period       | start           | until
  ${'2100 has no leap day'}                    | ${'Asia/Shanghai'}       | ${'2100-02-28T12:00:00Z'}     | ${'month'}   | ${'2100-02-01'} | ${'2100-02-28T16:00:00.000Z'}
  ${'2000 has one'}                            | ${'Asia/Shanghai'}       | ${'2000-02-29T12:00:00Z'}     | ${'day'}     | ${'2000-02-29'} | ${'2000-02-29T16:00:00.000Z'}
  ${'a leap day in London'}                    | ${'Europe/London'}       | ${'2028-02-29T23:59:59.999Z'} | ${'day'}     | ${'2028-02-29'} | ${'2028-03-01T00:00:00.000Z'}
  ${'week 53 of 2020 in New York'}             | ${'America/New_York'}    | ${'2021-01-04T04:59:59.999Z'} | ${'week'}    | ${'2020-12-28'} | ${'2021-01-04T05:00:00.000Z'}
  ${'week 1 begins there'}                     | ${'America/New_York'}    | ${'2021-01-04T05:00:00Z'}     | ${'week'}    | ${'2021-01-04'} | ${'2021-01-11T05:00:00.000Z'}
  ${'a week with a 25-hour Sunday'}            | ${'Europe/London'}       | ${'2026-10-25T12:00:00Z'}     | ${'week'}    | ${'2026-10-19'} | ${'2026-10-26T00:00:00.000Z'}
  ${'a quarter that summer time begins in'}    | ${'Europe/London'}       | ${'2026-03-31T22:59:59.999Z'} | ${'quarter'} | ${'2026-01-01'} | ${'2026-03-31T23:00:00.000Z'}
  ${'Lord Howe: a day of 24 and a half hours'} | ${'Australia/Lord_Howe'} | ${'2026-04-04T14:00:00Z'}     | ${'day'}     | ${'2026-04-05'} | ${'2026-04-05T13:30:00.000Z'}
  ${'Apia: the last moment of the 29th'}       | ${'Pacific/Apia'}        | ${'2011-12-30T09:59:59.999Z'} | ${'day'}     | ${'2011-12-29'} | ${'2011-12-30T10:00:00.000Z'}
  ${'Apia: then it is the 31st'}               | ${'Pacific/Apia'}        | ${'2011-12-30T10:00:00Z'}     | ${'day'}     | ${'2011-12-31'} | ${'2011-12-31T10:00:00.000Z'}
  ${'Apia: that week has six days'}            | ${'Pacific/Apia'}        | ${'2011-12-30T10:00:00Z'}     | ${'week'}    | ${'2011-12-26'} | ${'2012-01-01T10:00:00.000Z'}
  ${'Apia: the month ends with the year'}      | ${'Pacific/Apia'}        | ${'2011-12-30T09:59:59.999Z'} | ${'month'}   | ${'2011-12-01'} | ${'2011-12-31T10:00:00.000Z'}
`('$_case', ({ zone, instant, period, start, until }) =>
  expect(startOfPeriod(zone, Date.parse(instant), period)).toEqual({ start, until, untilMs: Date.parse(until) }),
)
