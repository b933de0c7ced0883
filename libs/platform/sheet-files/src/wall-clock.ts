const PARTS = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const
const clocks = new Map<string, Intl.DateTimeFormat>()

/** Whole seconds since 1970 that the clocks of a zone show at an instant, as if they were UTC. Parts of a second are dropped. */
export function wallClock(instantMs: number, zone: string): number {
  let clock = clocks.get(zone)
  if (clock === undefined) {
    const digits = Object.fromEntries(PARTS.map((part) => [part, 'numeric']))
    clock = new Intl.DateTimeFormat('en-US', { ...digits, hourCycle: 'h23', timeZone: zone, calendar: 'iso8601' })
    clocks.set(zone, clock)
  }
  const shown = new Map(clock.formatToParts(instantMs).map(({ type, value }) => [type as string, Number(value)]))
  const [year, month, day, hour, minute, second] = PARTS.map((part) => shown.get(part)!)
  return Date.UTC(year!, month! - 1, day, hour, minute, second) / 1000
}

/** `2026-01-31 08:00:00` */
export const wallText = (wallSeconds: number): string =>
  new Date(wallSeconds * 1000).toJSON().slice(0, 19).replace('T', ' ')

const DAY_SECONDS = 86_400
/** Sheets count days from 1899-12-30 (right from 1900-03-01 on). */
export const EPOCH_DAY = 25_569
/** Of a day; the 100,000,000th part is less than a millisecond. */
export const SERIAL_DECIMALS = 8

export const dateSerial = (date: string): string =>
  String(Date.parse(`${date}T00:00:00Z`) / 1000 / DAY_SECONDS + EPOCH_DAY)

/** Days with SERIAL_DECIMALS, as a whole number. Never a tie: seconds × 10^8 / 86,400 = seconds × 31,250 / 27. */
export const instantSerial = (wallSeconds: number): number =>
  Math.trunc(((wallSeconds + EPOCH_DAY * DAY_SECONDS) * 62_500 + 27) / 54)
