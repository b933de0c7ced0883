import { zoneClock } from '@lijian/calendar'
import type { TickActivities } from '@lijian/flow-kit'

export interface Plan {
  /** Of the institution. */
  timeZone: string
  /** End of the business date, "24:00". */
  cutOff: string
  /** After it dates are opened for clearing. */
  clearingAfterMinutes: number | 'off'
  /** `HH:MM`. */
  reconciliationAt: string
}

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
/** Of each hour: statements are issued. */
const CYCLES_MINUTE = 20

const minutesOf = (clock: string): number => {
  const [hour, minute] = clock.split(':').map(Number) as [number, number]
  return hour * 60 + minute
}

/** When rounds of ticks come, by the institution's clock; where a change of clocks skips the time, at the change. */
export function nextRoundOf(
  { timeZone, cutOff, clearingAfterMinutes, reconciliationAt }: Plan,
  { of, after }: Parameters<TickActivities['nextRound']>[0],
): string | null {
  const afterMs = Date.parse(after)
  const daily = (minute: number) => zoneClock(timeZone, minute % DAY_MINUTES).startOfPeriod(afterMs, 'day').until!
  if (of === 'reconciliation') return daily(minutesOf(reconciliationAt))
  if (of === 'clearing') return clearingAfterMinutes === 'off' ? null : daily(minutesOf(cutOff) + clearingAfterMinutes)
  const { minute } = zoneClock(timeZone).at(afterMs)
  const waitMinutes = ((CYCLES_MINUTE - (minute % 60) + 59) % 60) + 1
  return new Date((Math.floor(afterMs / MINUTE_MS) + waitMinutes) * MINUTE_MS).toISOString()
}
