import { within } from './hours'
import type { Mid, Pool, Routing } from './types'

export interface DrillLine {
  merchant: string
  method: string
  type: string
  /** Times of the day at which it could pay and cannot without the channel. */
  gaps: [from: string, to: string][]
}

/** N−1: which merchants cannot pay at which hours when a channel stops. Hours only: limits and amounts are the replay's matter. */
export function drill(routing: Routing, channel: string): DrillLine[] {
  return routing.document.merchants.flatMap(({ merchant, routes }) =>
    routes.flatMap(({ method, type }) => {
      const pools = routing.poolsOf(merchant, method, type)!
      const now = openMinutes(pools, merchant, undefined)
      const without = openMinutes(pools, merchant, channel)
      const gaps = rangesOf(now.map((open, minute) => open & ~without[minute]! & 1))
      return gaps.length === 0 ? [] : [{ merchant, method, type, gaps }]
    }),
  )
}

function openMinutes(pools: readonly Pool[], merchant: string, without: string | undefined): Uint8Array {
  const open = new Uint8Array(1440)
  const serves = (mid: Mid) =>
    !mid.suspended && !mid.channel.suspended && mid.channel.code !== without && (mid.allowed?.has(merchant) ?? true)
  for (const pool of pools) {
    if (pool.suspended) continue
    for (const mid of pool.mids) {
      if (!serves(mid)) continue
      const hours = within(mid.bothHours, pool.hours)
      if (hours === undefined) return open.fill(1)
      for (let minute = 0; minute < 1440; minute++) open[minute]! |= hours[minute]!
    }
  }
  return open
}

export const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** The ranges of minutes that are marked, as clock times; the end may be "24:00". */
export function rangesOf(marked: Uint8Array): [string, string][] {
  const ranges: [string, string][] = []
  for (let minute = 0; minute < marked.length; minute++) {
    if (marked[minute] !== 1) continue
    const from = minute
    while (minute < marked.length && marked[minute] === 1) minute++
    ranges.push([clock(from), clock(minute)])
  }
  return ranges
}
