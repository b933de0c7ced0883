import { Temporal } from '@js-temporal/polyfill'
import fc from 'fast-check'
import { epochDay, isoDate, weekdayOf, type Period } from './civil'
import { zoneClock } from './zone'

const ms = (instant: string) => Date.parse(instant)
const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

test.each`
  _case                                         | zone                     | edge       | instant                       | day             | until
  ${'a minute before an evening edge'}          | ${'Asia/Shanghai'}       | ${'23:00'} | ${'2026-11-23T14:59:59.999Z'} | ${'2026-11-23'} | ${'2026-11-23T15:00:00.000Z'}
  ${'an evening edge begins the next day'}      | ${'Asia/Shanghai'}       | ${'23:00'} | ${'2026-11-23T15:00:00Z'}     | ${'2026-11-24'} | ${'2026-11-24T15:00:00.000Z'}
  ${'noon is an evening edge'}                  | ${'Asia/Shanghai'}       | ${'12:00'} | ${'2026-11-23T04:00:00Z'}     | ${'2026-11-24'} | ${'2026-11-24T04:00:00.000Z'}
  ${'11:59 is a morning edge'}                  | ${'Asia/Shanghai'}       | ${'11:59'} | ${'2026-11-23T03:59:00Z'}     | ${'2026-11-23'} | ${'2026-11-24T03:59:00.000Z'}
  ${'before a morning edge it is yesterday'}    | ${'Asia/Shanghai'}       | ${'06:00'} | ${'2026-11-22T21:59:59.999Z'} | ${'2026-11-22'} | ${'2026-11-22T22:00:00.000Z'}
  ${'an evening edge after February 28'}        | ${'Asia/Shanghai'}       | ${'23:00'} | ${'2028-02-28T15:00:00Z'}     | ${'2028-02-29'} | ${'2028-02-29T15:00:00.000Z'}
  ${'an edge that is skipped'}                  | ${'America/New_York'}    | ${'02:30'} | ${'2026-03-08T06:59:59.999Z'} | ${'2026-03-07'} | ${'2026-03-08T07:00:00.000Z'}
  ${'from the change on it is the next day'}    | ${'America/New_York'}    | ${'02:30'} | ${'2026-03-08T07:00:00Z'}     | ${'2026-03-08'} | ${'2026-03-09T06:30:00.000Z'}
  ${'an edge that comes twice: the first'}      | ${'America/New_York'}    | ${'01:30'} | ${'2026-11-01T05:30:00Z'}     | ${'2026-11-01'} | ${'2026-11-02T06:30:00.000Z'}
  ${'01:00 again does not go back'}             | ${'America/New_York'}    | ${'01:30'} | ${'2026-11-01T06:00:00Z'}     | ${'2026-11-01'} | ${'2026-11-02T06:30:00.000Z'}
  ${'an evening edge that comes twice'}         | ${'America/Sao_Paulo'}   | ${'23:30'} | ${'2018-02-18T02:10:00Z'}     | ${'2018-02-18'} | ${'2018-02-19T02:30:00.000Z'}
  ${'Lord Howe: half an hour twice'}            | ${'Australia/Lord_Howe'} | ${'01:45'} | ${'2026-04-04T15:05:00Z'}     | ${'2026-04-05'} | ${'2026-04-05T15:15:00.000Z'}
  ${'Apia skips a date: it has its last hours'} | ${'Pacific/Apia'}        | ${'06:00'} | ${'2011-12-30T12:00:00Z'}     | ${'2011-12-30'} | ${'2011-12-30T16:00:00.000Z'}
`('$_case', ({ zone, edge, instant, day, until }) => {
  const clock = zoneClock(zone, minuteOf(edge))
  expect(isoDate(clock.at(ms(instant)).activityDay)).toBe(day)
  expect(clock.startOfPeriod(ms(instant), 'day')).toEqual({ start: day, until, untilMs: ms(until) })
})

test.each`
  _case                                  | edge       | instant                       | period       | start           | until
  ${'a week begins on Sunday evening'}   | ${'22:00'} | ${'2026-11-22T14:00:00Z'}     | ${'week'}    | ${'2026-11-23'} | ${'2026-11-29T14:00:00.000Z'}
  ${'a week ends on Monday morning'}     | ${'06:00'} | ${'2026-11-22T21:59:59Z'}     | ${'week'}    | ${'2026-11-16'} | ${'2026-11-22T22:00:00.000Z'}
  ${'week 53'}                           | ${'23:00'} | ${'2027-01-03T14:59:59Z'}     | ${'week'}    | ${'2026-12-28'} | ${'2027-01-03T15:00:00.000Z'}
  ${'a month begins the evening before'} | ${'23:00'} | ${'2026-11-30T15:00:00Z'}     | ${'month'}   | ${'2026-12-01'} | ${'2026-12-31T15:00:00.000Z'}
  ${'a quarter ends in the morning'}     | ${'04:30'} | ${'2026-12-31T20:29:59.999Z'} | ${'quarter'} | ${'2026-10-01'} | ${'2026-12-31T20:30:00.000Z'}
  ${'a year begins the evening before'}  | ${'12:00'} | ${'2026-12-31T04:00:00Z'}     | ${'year'}    | ${'2027-01-01'} | ${'2027-12-31T04:00:00.000Z'}
`('$_case', ({ edge, instant, period, start, until }) =>
  expect(zoneClock('Asia/Shanghai', minuteOf(edge)).startOfPeriod(ms(instant), period)).toEqual({
    start,
    until,
    untilMs: ms(until),
  }),
)

test('the clock itself does not move with the edge of the day', () =>
  expect(zoneClock('Asia/Shanghai', 23 * 60).at(ms('2026-11-22T15:30:00Z'))).toEqual({
    day: epochDay('2026-11-22'),
    date: '2026-11-22',
    weekday: 7,
    minute: 23 * 60 + 30,
    activityDay: epochDay('2026-11-23'),
  }))

// An independent library tells when each day begins; "compatible" takes the first of two equal clock times.
function beginsMs(zone: string, day: Temporal.PlainDate, edge: number): number {
  const date = edge >= 720 ? day.subtract({ days: 1 }) : day
  const shown = date.toPlainDateTime({ hour: Math.floor(edge / 60), minute: edge % 60 })
  const there = shown.toZonedDateTime(zone, { disambiguation: 'compatible' })
  if (there.toPlainDateTime().equals(shown)) return there.epochMilliseconds
  // A skipped clock time is moved past the gap; the day begins at the change before it.
  return there.subtract({ hours: 25 }).getTimeZoneTransition('next')!.epochMilliseconds
}

function firstOf(day: Temporal.PlainDate, period: Period): [Temporal.PlainDate, Temporal.DurationLike] {
  if (period === 'week') return [day.subtract({ days: day.dayOfWeek - 1 }), { weeks: 1 }]
  if (period === 'month') return [day.with({ day: 1 }), { months: 1 }]
  if (period === 'quarter') return [day.with({ day: 1, month: day.month - ((day.month - 1) % 3) }), { months: 3 }]
  if (period === 'year') return [day.with({ day: 1, month: 1 }), { years: 1 }]
  return [day, { days: 1 }]
}

const ZONES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Cairo',
  'Asia/Beirut',
]
const PERIODS = ['day', 'week', 'month', 'quarter', 'year'] as const
const anyInstant = fc.integer({ min: ms('2010-01-01T00:00:00Z'), max: ms('2060-12-31T00:00:00Z') })
const anyEdge = fc.oneof(
  fc.integer({ min: 1, max: 1439 }),
  fc.constantFrom(1, 30, 60, 90, 105, 120, 150, 719, 720, 1410),
)

/** Half of the instants lie within a day of a change of that zone's clocks, where arithmetic goes wrong if it goes wrong. */
const anyCase = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    edge: anyEdge,
    anyMs: anyInstant,
    near: fc.boolean(),
    awayMs: fc.integer({ min: -100_000_000, max: 100_000_000 }),
  })
  .map(({ zone, edge, anyMs, near, awayMs }) => {
    const there = Temporal.Instant.fromEpochMilliseconds(anyMs).toZonedDateTimeISO(zone)
    const change = near ? there.getTimeZoneTransition('previous')?.epochMilliseconds : undefined
    const atMs = change === undefined || change < ms('2010-01-03T00:00:00Z') ? anyMs : change + awayMs
    return { zone, edge, atMs }
  })

test('days and periods with an edge of their own agree with Temporal', () =>
  fc.assert(
    fc.property(anyCase, ({ zone, edge, atMs }) => {
      const clock = zoneClock(zone, edge)
      let day = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate().add({ days: 2 })
      while (beginsMs(zone, day, edge) > atMs) day = day.subtract({ days: 1 })
      expect(isoDate(clock.at(atMs).activityDay)).toBe(day.toString())
      expect(weekdayOf(clock.at(atMs).activityDay)).toBe(day.dayOfWeek)
      for (const period of PERIODS) {
        const [start, length] = firstOf(day, period)
        const untilMs = beginsMs(zone, start.add(length), edge)
        expect(clock.startOfPeriod(atMs, period)).toMatchObject({ start: start.toString(), untilMs })
      }
    }),
    { numRuns: 600 },
  ))

test('periods follow one another without gap or overlap', () =>
  fc.assert(
    fc.property(anyCase, fc.constantFrom(...PERIODS), ({ zone, edge, atMs }, period) => {
      const clock = zoneClock(zone, edge)
      let span = clock.startOfPeriod(atMs, period)
      for (let i = 0; i < 6; i++) {
        expect(clock.startOfPeriod(span.untilMs! - 1, period)).toEqual(span)
        const next = clock.startOfPeriod(span.untilMs!, period)
        expect(next.start > span.start && next.untilMs! > span.untilMs!).toBe(true)
        span = next
      }
    }),
    { numRuns: 200 },
  ))
