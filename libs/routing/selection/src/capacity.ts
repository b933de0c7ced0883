import type { Pool } from './types'

/** What a pool can carry a day: its own limit, and those of its MIDs, held together by their channels'. */
export function dailyRoom(pool: Pool): number {
  const byChannel = new Map<string, number>()
  for (const mid of pool.mids)
    byChannel.set(
      mid.channel.code,
      (byChannel.get(mid.channel.code) ?? 0) + (mid.suspended ? 0 : (mid.dailyFen ?? Infinity)),
    )
  let sum = 0
  for (const { channel } of new Map(pool.mids.map((mid) => [mid.channel.code, mid])).values())
    sum += Math.min(byChannel.get(channel.code)!, channel.dailyFen ?? Infinity)
  return Math.min(sum, pool.dailyFen ?? Infinity)
}
