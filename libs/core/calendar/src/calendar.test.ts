import { Temporal } from '@js-temporal/polyfill'
import fc from 'fast-check'
import { localParts, startOfPeriod, zoneClock } from './zone'
import type { Period } from './civil'

const ms = (instant: string) => Date.parse(instant)

test.each`
  _case                                      | zone                     | instant                       | date            | weekday | minute
  ${'the last moment of a day in Shanghai'}  | ${'Asia/Shanghai'}       | ${'2026-11-23T15:59:59.999Z'} | ${'2026-11-23'} | ${1}    | ${1439}
  ${'midnight in Shanghai'}                  | ${'Asia/Shanghai'}       | ${'2026-11-23T16:00:00.000Z'} | ${'2026-11-24'} | ${2}    | ${0}
  ${'21:59 before the hour'}                 | ${'Asia/Shanghai'}       | ${'2026-11-23T13:59:59.999Z'} | ${'2026-11-23'} | ${1}    | ${1319}
  ${'a leap day'}                            | ${'Asia/Shanghai'}       | ${'2028-02-28T16:00:00Z'}     | ${'2028-02-29'} | ${2}    | ${0}
  ${'a Sunday'}                              | ${'UTC'}                 | ${'2026-11-22T12:00:00Z'}     | ${'2026-11-22'} | ${7}    | ${720}
  ${'before the clocks go forward'}          | ${'America/New_York'}    | ${'2026-03-08T06:59:59.999Z'} | ${'2026-03-08'} | ${7}    | ${119}
  ${'the hour that is skipped'}              | ${'America/New_York'}    | ${'2026-03-08T07:00:00Z'}     | ${'2026-03-08'} | ${7}    | ${180}
  ${'01:30 the first time'}                  | ${'America/New_York'}    | ${'2026-11-01T05:30:00Z'}     | ${'2026-11-01'} | ${7}    | ${90}
  ${'01:30 the second time'}                 | ${'America/New_York'}    | ${'2026-11-01T06:30:00Z'}     | ${'2026-11-01'} | ${7}    | ${90}
  ${'British summer time begins'}            | ${'Europe/London'}       | ${'2026-03-29T01:00:00Z'}     | ${'2026-03-29'} | ${7}    | ${120}
  ${'Lord Howe before half an hour is gone'} | ${'Australia/Lord_Howe'} | ${'2026-10-03T15:29:59.999Z'} | ${'2026-10-04'} | ${7}    | ${119}
  ${'Lord Howe skips half an hour'}          | ${'Australia/Lord_Howe'} | ${'2026-10-03T15:30:00Z'}     | ${'2026-10-04'} | ${7}    | ${150}
  ${'before 1970'}                           | ${'Asia/Shanghai'}       | ${'1969-12-31T15:59:59Z'}     | ${'1969-12-31'} | ${3}    | ${1439}
`('$_case', ({ zone, instant, date, weekday, minute }) =>
  expect(localParts(zone, ms(instant))).toMatchObject({ date, weekday, minute }),
)

test.each`
  _case                                       | zone                   | instant                       | period       | start           | until
  ${'a day'}                                  | ${'Asia/Shanghai'}     | ${'2026-11-23T15:59:59.999Z'} | ${'day'}     | ${'2026-11-23'} | ${'2026-11-23T16:00:00.000Z'}
  ${'the next day'}                           | ${'Asia/Shanghai'}     | ${'2026-11-23T16:00:00Z'}     | ${'day'}     | ${'2026-11-24'} | ${'2026-11-24T16:00:00.000Z'}
  ${'a week that ends on Sunday'}             | ${'Asia/Shanghai'}     | ${'2026-11-22T15:59:59Z'}     | ${'week'}    | ${'2026-11-16'} | ${'2026-11-22T16:00:00.000Z'}
  ${'a week that begins on Monday'}           | ${'Asia/Shanghai'}     | ${'2026-11-22T16:00:00Z'}     | ${'week'}    | ${'2026-11-23'} | ${'2026-11-29T16:00:00.000Z'}
  ${'ISO week 53 passes the year'}            | ${'Asia/Shanghai'}     | ${'2027-01-03T12:00:00Z'}     | ${'week'}    | ${'2026-12-28'} | ${'2027-01-03T16:00:00.000Z'}
  ${'a February with a leap day'}             | ${'Asia/Shanghai'}     | ${'2028-02-29T15:59:59Z'}     | ${'month'}   | ${'2028-02-01'} | ${'2028-02-29T16:00:00.000Z'}
  ${'December ends the year'}                 | ${'Asia/Shanghai'}     | ${'2026-12-31T15:59:59Z'}     | ${'month'}   | ${'2026-12-01'} | ${'2026-12-31T16:00:00.000Z'}
  ${'the last quarter'}                       | ${'Asia/Shanghai'}     | ${'2026-11-23T00:00:00Z'}     | ${'quarter'} | ${'2026-10-01'} | ${'2026-12-31T16:00:00.000Z'}
  ${'a year'}                                 | ${'Asia/Shanghai'}     | ${'2026-11-23T00:00:00Z'}     | ${'year'}    | ${'2026-01-01'} | ${'2026-12-31T16:00:00.000Z'}
  ${'a day of 23 hours'}                      | ${'America/New_York'}  | ${'2026-03-08T12:00:00Z'}     | ${'day'}     | ${'2026-03-08'} | ${'2026-03-09T04:00:00.000Z'}
  ${'a day of 25 hours'}                      | ${'America/New_York'}  | ${'2026-11-01T12:00:00Z'}     | ${'day'}     | ${'2026-11-01'} | ${'2026-11-02T05:00:00.000Z'}
  ${'a month with a change inside'}           | ${'Europe/London'}     | ${'2026-10-10T12:00:00Z'}     | ${'month'}   | ${'2026-10-01'} | ${'2026-11-01T00:00:00.000Z'}
  ${'a midnight that is skipped'}             | ${'America/Sao_Paulo'} | ${'2018-11-03T12:00:00Z'}     | ${'day'}     | ${'2018-11-03'} | ${'2018-11-04T03:00:00.000Z'}
  ${'a midnight that comes twice: the first'} | ${'America/Havana'}    | ${'2026-10-31T12:00:00Z'}     | ${'day'}     | ${'2026-10-31'} | ${'2026-11-01T04:00:00.000Z'}
`('$_case', ({ zone, instant, period, start, until }) =>
  expect(startOfPeriod(zone, ms(instant), period)).toEqual({ start, until, untilMs: ms(until) }),
)

test('total begins never and ends never', () => expect(startOfPeriod('UTC', 0, 'total')).toEqual({ start: 'total' }))

test('a zone that nobody knows is refused', () => expect(() => zoneClock('Asia/Shanghia')).toThrow(RangeError))

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'UTC',
]
const anyInstant = fc.integer({ min: ms('2005-01-01T00:00:00Z'), max: ms('2035-12-31T00:00:00Z') })
// Instants close to clock changes, where arithmetic goes wrong if it goes wrong.
const nearChange = fc
  .tuple(
    fc.constantFrom(
      ms('2026-03-08T07:00Z'),
      ms('2026-11-01T06:00Z'),
      ms('2026-03-29T01:00Z'),
      ms('2026-10-03T15:30Z'),
      ms('2018-11-04T03:00Z'),
      ms('2011-12-30T10:00Z'),
    ),
    fc.integer({ min: -90_000_000, max: 90_000_000 }),
  )
  .map(([changeMs, awayMs]) => changeMs + awayMs)

const STEPS: Record<
  Exclude<Period, 'total'>,
  (date: Temporal.PlainDate) => [Temporal.PlainDate, Temporal.DurationLike]
> = {
  day: (d) => [d, { days: 1 }],
  week: (d) => [d.subtract({ days: d.dayOfWeek - 1 }), { weeks: 1 }],
  month: (d) => [d.with({ day: 1 }), { months: 1 }],
  quarter: (d) => [d.with({ day: 1, month: d.month - ((d.month - 1) % 3) }), { months: 3 }],
  year: (d) => [d.with({ day: 1, month: 1 }), { years: 1 }],
}

test('the wall clock and every period agree with Temporal, in any order of asking', () =>
  fc.assert(
    fc.property(fc.constantFrom(...ZONES), fc.oneof(anyInstant, nearChange), (zone, atMs) => {
      const there = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone)
      expect(localParts(zone, atMs)).toMatchObject({
        date: there.toPlainDate().toString(),
        weekday: there.dayOfWeek,
        minute: there.hour * 60 + there.minute,
      })
      for (const period of ['day', 'week', 'month', 'quarter', 'year'] as const) {
        const [start, length] = STEPS[period](there.toPlainDate())
        expect(startOfPeriod(zone, atMs, period)).toMatchObject({
          start: start.toString(),
          untilMs: start.add(length).toZonedDateTime(zone).epochMilliseconds,
        })
      }
    }),
    { numRuns: 400 },
  ))
