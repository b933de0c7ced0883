import type { RoutingPart } from '@lijian/contracts/routing'
import type { Routing } from '@lijian/selection'

export type Measure = 'amount' | 'count'

/** A channel, MID or pool with a daily limit; both of its limits stand on one counter. */
export interface Limited {
  /** Its counter is `<ref>|<day>`. */
  ref: string
  part: RoutingPart
  code: string
  /** A byte per minute of the day in which it is open; undefined: always. */
  hours: Uint8Array | undefined
  limits: { measure: Measure; limit: number }[]
}

export function limitedOf(routing: Routing): Limited[] {
  const { channels, mids, pools } = routing
  return [
    ...[...channels.values()].map((one) => ({ ...one, part: 'channels' as const })),
    ...[...mids.values()].map((one) => ({ ...one, part: 'mids' as const, hours: one.bothHours })),
    ...[...pools.values()].map((one) => ({ ...one, part: 'pools' as const })),
  ].flatMap(({ ref, part, code, hours, dailyFen, dailyCount }) => {
    const limits = [
      ...(dailyFen === null ? [] : [{ measure: 'amount' as const, limit: dailyFen }]),
      ...(dailyCount === null ? [] : [{ measure: 'count' as const, limit: dailyCount }]),
    ]
    return limits.length === 0 ? [] : [{ ref, part, code, hours, limits }]
  })
}

export const codeOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1)

/** How much of a limit is taken; of a limit of nothing all of it. */
export const sharePpm = (taken: number, limit: number): number =>
  limit === 0 ? 1_000_000 : Math.floor((taken * 1_000_000) / limit)
