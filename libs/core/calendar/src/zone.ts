import { DAY_MS, isoDate, periodDays, weekdayOf, type Period } from './civil'
import { OffsetTable } from './offsets'

/** What the clock on the wall of a time zone shows at an instant. */
export interface LocalParts {
  /** Days since 1970-01-01 of the local date: the form in which dates are compared. */
  day: number
  date: string
  /** ISO weekday, 1 = Monday. */
  weekday: number
  /** `day`, or the next or previous one where the zone's day has an edge of its own (`dayStart`). */
  activityDay: number
  /** Minutes since local 00:00, 0 … 1439, as the clock shows them (a skipped hour is skipped here too). */
  minute: number
}

/** A calendar period of a zone: its first date (or 'total'), and the instant at which the next one begins; total never ends. */
export interface PeriodSpan {
  start: string
  untilMs?: number
  /** `untilMs` as an ISO instant. */
  until?: string
}

const NOON = 12 * 60
const TOTAL: PeriodSpan = Object.freeze({ start: 'total' })

/**
 * One time zone with what was computed last. Payments arrive in order of time, so the same day, minute and period are asked for again and
 * again; Intl is asked about once per UTC day.
 */
export class ZoneClock {
  private readonly offsets: OffsetTable
  private lastMs = NaN
  private last: LocalParts = { day: 0, date: '', weekday: 0, activityDay: 0, minute: 0 }
  private lastDay = NaN
  private lastDate = ''
  private edgeDay = NaN
  private edgeEndMs = NaN
  private readonly spans = new Map<Period, { first: number; next: number; span: PeriodSpan }>()

  /**
   * `dayStartMinute`: the clock time at which a day begins. From 12:00 on, day D begins on D−1 at that time; earlier, on D (DESIGN §3, "dayStart").
   */
  constructor(
    readonly zone: string,
    readonly dayStartMinute = 0,
  ) {
    this.offsets = new OffsetTable(zone)
  }

  at(atMs: number): Readonly<LocalParts> {
    if (atMs === this.lastMs) return this.last
    const localMs = atMs + this.offsets.at(atMs)
    const day = Math.floor(localMs / DAY_MS)
    if (day !== this.lastDay) {
      this.lastDate = isoDate(day)
      this.lastDay = day
    }
    const minute = Math.floor((localMs - day * DAY_MS) / 60_000)
    this.last = {
      day,
      date: this.lastDate,
      weekday: weekdayOf(day),
      activityDay: this.activityDay(atMs, day, minute),
      minute,
    }
    this.lastMs = atMs
    return this.last
  }

  /** A day that has begun goes on when clocks set back show a time before its edge again: days neither overlap nor come twice. */
  private activityDay(atMs: number, day: number, minute: number): number {
    const edge = this.dayStartMinute
    if (edge === 0) return day
    const shown = edge >= NOON ? (minute >= edge ? day + 1 : day) : minute >= edge ? day : day - 1
    if (shown !== this.edgeDay) {
      this.edgeEndMs = this.startOfDay(shown + 1)
      this.edgeDay = shown
    }
    return atMs < this.edgeEndMs ? shown : shown + 1
  }

  startOfPeriod(atMs: number, period: Period): PeriodSpan {
    if (period === 'total') return TOTAL
    const { activityDay: day } = this.at(atMs)
    const known = this.spans.get(period)
    if (known !== undefined && day >= known.first && day < known.next) return known.span
    const { first, next } = periodDays(day, period)
    const untilMs = this.startOfDay(next)
    const span = Object.freeze({ start: isoDate(first), untilMs, until: new Date(untilMs).toISOString() })
    this.spans.set(period, { first, next, span })
    return span
  }

  /** The first instant of that day; where its clock time is skipped by a clock change, the instant of the change. */
  startOfDay(day: number): number {
    const edge = this.dayStartMinute
    const midnightMs = (edge >= NOON ? day - 1 : day) * DAY_MS + edge * 60_000
    // Two guesses, with the offsets in force before and after any change near that midnight; the earlier one that is right wins.
    const before = midnightMs - this.offsets.at(midnightMs - DAY_MS)
    const after = midnightMs - this.offsets.at(midnightMs + DAY_MS)
    for (const guess of before <= after ? [before, after] : [after, before])
      if (guess + this.offsets.at(guess) === midnightMs) return guess
    return this.offsets.changeBetween(Math.min(before, after) - 1, Math.max(before, after) + 1)
  }
}

const clocks = new Map<string, ZoneClock>()

/** The shared clock of a zone and a day's edge. Throws RangeError for a zone that the time-zone database does not have. */
export function zoneClock(zone: string, dayStartMinute = 0): ZoneClock {
  // Asked for with every payment: no key is put together where there is no edge.
  const key = dayStartMinute === 0 ? zone : `${zone} ${dayStartMinute}`
  let clock = clocks.get(key)
  if (clock === undefined) clocks.set(key, (clock = new ZoneClock(zone, dayStartMinute)))
  return clock
}

export function localParts(zone: string, atMs: number): LocalParts {
  return { ...zoneClock(zone).at(atMs) }
}

export function startOfPeriod(zone: string, atMs: number, period: Period): PeriodSpan {
  return zoneClock(zone).startOfPeriod(atMs, period)
}
