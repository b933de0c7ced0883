/** What a timer is called in the Temporal UI: by what it waits for, and until when. Nobody compares it when a history replays. */

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** `30 days`, `4 hours`, `90 minutes`, `1.5 s`. */
export function inWords(ms: number): string {
  const [unit, unitMs] = UNITS.find(([, size]) => ms >= size && ms % size === 0) ?? ['s', 1000]
  const count = Math.round((ms / unitMs) * 10) / 10
  return unit === 's' || count === 1 ? `${count} ${unit}` : `${count} ${unit}s`
}

/** `14:05 UTC` of this day, `2026-12-03 14:05 UTC` of another: a flow does not know the zone of whoever reads it. */
export function atMinute(at: number | string): string {
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return 'an unknown time'
  const [date, clock] = time.toISOString().split('T') as [string, string]
  const isToday = date === new Date().toISOString().slice(0, 10)
  return `${isToday ? '' : `${date} `}${clock.slice(0, 5)} UTC`
}

const ORDINALS = ['first', 'second', 'third']

/** `first reminder, 30 days`: what comes when nothing else does. */
export const reminder = (times: number, afterMs: number): string =>
  `${ORDINALS[times - 1] ?? `${times}th`} reminder, ${inWords(afterMs)}`

/** Options of a timer: `named('result', atMs)` is "result, until 14:05 UTC". */
export const named = (what: string, untilMs?: number | string): { summary: string } => ({
  summary: untilMs === undefined ? what : `${what}, until ${atMinute(untilMs)}`,
})
