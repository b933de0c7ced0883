import { routeOwner, type RouteCounterKind } from '@lijian/limits'
import type { RoutingDocument } from '@lijian/contracts/routing'
import { merchantId } from '../data/documents'
import { CHANNELS, METHOD, MIDS, parsed, POOLS, TYPE } from './document'

/** Its MIDs are spent by payments of one size, to the last that fits. */
export const EVEN = { prefix: 'E', merchant: merchantId(100), sizeFen: 10_000 }
/** Its MIDs are spent by payments of any size up to this. */
export const MIXED = { prefix: 'X', merchant: merchantId(101), mostFen: 30_000 }

/** A counter of the day as the run finds it: this much of its limit is used. */
export interface Start {
  owner: string
  limitFen: number
  limitCount: number | null
  usedFen: number
  usedCount: number
}

interface Bounded {
  code: string
  dailyAmount: number
  dailyCount?: number
}

/** Every counter starts at 95 % of its limit, so that a twentieth of it is room. */
const TIMES = 20

/**
 * 3 pools × 50 MIDs over 10 channels once more, with little room left: none to some 240 payments per MID and never a whole number of them, a tenth of the MIDs short
 * of counts first, every other channel shorter than its MIDs, one pool shorter than its channels. A channel belongs to one pool, so that
 * the order in which payments come does not change how many fit.
 */
export function scarce({ prefix, merchant }: { prefix: string; merchant: string }): RoutingDocument {
  const mids = Array.from({ length: POOLS * MIDS }, (_, i) => {
    const pool = i % POOLS
    const ofPool = Array.from({ length: CHANNELS }, (_, c) => c).filter((c) => c % POOLS === pool)
    const channel = ofPool[Math.floor(i / POOLS) % ofPool.length]!
    const roomFen = (i % 7) * 400_000 + 1 + ((i * 1_237) % 9_999)
    return { i, pool, channel, code: `${prefix}-MID-${i}`, roomFen }
  })
  const sum = (of: typeof mids) => of.reduce((total, { roomFen }) => total + roomFen, 0)
  const bounded = (code: string, roomFen: number): Bounded => ({ code, dailyAmount: roomFen * TIMES })
  const channelRoomFen = (c: number) =>
    Math.floor(sum(mids.filter(({ channel }) => channel === c)) * (c % 2 === 0 ? 0.9 : 2)) + 1
  const poolRoomFen = (p: number) => Math.floor(sum(mids.filter(({ pool }) => pool === p)) * (p === 1 ? 0.5 : 2)) + 1
  const pools = Array.from({ length: POOLS }, (_, p) => `${prefix}-P-${p}`)
  return parsed({
    timeZone: 'Asia/Shanghai',
    channels: Array.from({ length: CHANNELS }, (_, c) => bounded(`${prefix}-CH-${c}`, channelRoomFen(c))),
    mids: mids.map(({ i, channel, code, roomFen }) => ({
      ...bounded(code, roomFen),
      channel: `${prefix}-CH-${channel}`,
      priority: i % 5,
      ...(i % 10 === 0 ? { dailyCount: 20 * TIMES } : {}),
    })),
    pools: pools.map((code, p) => ({
      ...bounded(code, poolRoomFen(p)),
      order: (['priority', 'cost', 'random'] as const)[p],
      mids: mids.filter(({ pool }) => pool === p).map((mid) => mid.code),
      shared: { approvedBy: 'bench', reference: '1' },
    })),
    merchants: [{ merchant, routes: [{ method: METHOD, type: TYPE, pools }] }],
  })
}

/** What stands on the counters of a document before anything is spent. */
export function starts({ channels, mids, pools }: RoutingDocument): Start[] {
  const of =
    (kind: RouteCounterKind) =>
    ({ code, dailyAmount, dailyCount }: { code: string; dailyAmount?: number; dailyCount?: number }): Start => ({
      owner: routeOwner(kind, code),
      limitFen: dailyAmount!,
      limitCount: dailyCount ?? null,
      usedFen: dailyAmount! - dailyAmount! / TIMES,
      usedCount: dailyCount === undefined ? 0 : dailyCount - dailyCount / TIMES,
    })
  return [...channels.map(of('channel')), ...mids.map(of('mid')), ...pools.map(of('pool'))]
}

/** What is left on a counter: fen, and payments. */
export interface Room {
  fen: number
  count: number
}
export type Rooms = ReadonlyMap<string, Room>

export const roomAtStart = (all: readonly Start[]): Rooms =>
  new Map(
    all.map(({ owner, limitFen, limitCount, usedFen, usedCount }) => [
      owner,
      { fen: limitFen - usedFen, count: limitCount === null ? Infinity : limitCount - usedCount },
    ]),
  )

/** How many payments of one size fit, whatever their order: each channel belongs to one pool. */
export function fitting({ channels, mids, pools }: RoutingDocument, rooms: Rooms, sizeFen: number): number {
  const most = (owner: string) => {
    const { fen, count } = rooms.get(owner)!
    return Math.min(Math.floor(fen / sizeFen), count)
  }
  const add = (numbers: number[]) => numbers.reduce((sum, n) => sum + n, 0)
  return add(
    pools.map((pool) => {
      const own = mids.filter(({ code }) => pool.mids.includes(code))
      const ofChannel = (channel: string) =>
        Math.min(
          most(routeOwner('channel', channel)),
          add(own.filter((mid) => mid.channel === channel).map(({ code }) => most(routeOwner('mid', code)))),
        )
      return Math.min(most(routeOwner('pool', pool.code)), add(channels.map(({ code }) => ofChannel(code))))
    }),
  )
}

/** The largest payment that a MID, its channel and its pool could still take, in fen; 0: none. */
export function largestFitFen({ mids, pools }: RoutingDocument, rooms: Rooms): number {
  const room = (owner: string) => {
    const { fen, count } = rooms.get(owner)!
    return count >= 1 ? fen : 0
  }
  const channelOf = new Map(mids.map(({ code, channel }) => [code, channel]))
  return Math.max(
    0,
    ...pools.flatMap((pool) =>
      pool.mids.map((mid) =>
        Math.min(
          room(routeOwner('mid', mid)),
          room(routeOwner('channel', channelOf.get(mid)!)),
          room(routeOwner('pool', pool.code)),
        ),
      ),
    ),
  )
}
