import { DAY_MS } from './civil'

/** One UTC day of a zone: one offset, or two with the instant at which the clocks change. */
interface DayOffsets {
  beforeMs: number
  changeMs: number
  afterMs: number
}

// About eleven years of days; when it is full everything is forgotten, which costs one look-up per day asked for.
const DAYS_REMEMBERED = 4096

/**
 * Offsets of one time zone from UTC, exact across every clock change. Intl costs about 2 µs an ask, so each UTC day is asked for once: its
 * offset at both ends, and where they differ the instant of the change, found by halving. (No zone changes its clocks twice within one day.)
 */
export class OffsetTable {
  private readonly format: Intl.DateTimeFormat
  private readonly days = new Map<number, DayOffsets>()
  private lastIndex = NaN
  private last: DayOffsets = { beforeMs: 0, changeMs: 0, afterMs: 0 }

  constructor(zone: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  }

  /** Milliseconds to add to UTC for the clock on the wall at that instant. */
  at(atMs: number): number {
    const index = Math.floor(atMs / DAY_MS)
    if (index !== this.lastIndex) {
      this.last = this.day(index)
      this.lastIndex = index
    }
    return atMs < this.last.changeMs ? this.last.beforeMs : this.last.afterMs
  }

  /** The instant of the one change between two instants whose offsets differ. */
  changeBetween(fromMs: number, toMs: number): number {
    const before = this.ask(fromMs)
    let low = fromMs
    let high = toMs
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2)
      if (this.ask(middle) === before) low = middle
      else high = middle
    }
    return high
  }

  private day(index: number): DayOffsets {
    const known = this.days.get(index)
    if (known !== undefined) return known
    const startMs = index * DAY_MS
    const beforeMs = this.ask(startMs)
    const afterMs = this.ask(startMs + DAY_MS)
    const changeMs = beforeMs === afterMs ? startMs : this.changeBetween(startMs, startMs + DAY_MS)
    const day = { beforeMs, changeMs, afterMs }
    if (this.days.size >= DAYS_REMEMBERED) this.days.clear()
    this.days.set(index, day)
    return day
  }

  private ask(atMs: number): number {
    let year = 0
    let month = 0
    let day = 0
    let hour = 0
    let minute = 0
    let second = 0
    for (const { type, value } of this.format.formatToParts(atMs)) {
      if (type === 'year') year = Number(value)
      else if (type === 'month') month = Number(value)
      else if (type === 'day') day = Number(value)
      else if (type === 'hour') hour = Number(value)
      else if (type === 'minute') minute = Number(value)
      else if (type === 'second') second = Number(value)
    }
    const wholeSecondMs = Math.floor(atMs / 1000) * 1000
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeSecondMs
  }
}
