import { within } from './hours'
import type { Mid, Pool, Routing } from './types'

export interface DrillLine {
  merchant: string
  method: string
  type: string
  /** Times of the day at which it could pay and cannot without the channel. */
  gaps: [from: string, to: string][]
}

interface PoolHours {
  /** When its MIDs that anybody may use can serve, with the channel and without it. */
  shared: Open
  /** MIDs that are a merchant's own. */
  own: ReadonlyMap<string, readonly Mid[]>
}
interface Open {
  now: Uint8Array
  without: Uint8Array
}

/**
 * N−1: which merchants cannot pay at which hours when a channel stops. Hours only: limits and amounts are the replay's matter. `isSuspended` names what is
 * stopped beside the document.
 */
export class Drill {
  private readonly pools = new Map<string, PoolHours>()

  constructor(
    private readonly routing: Routing,
    private readonly channel: string,
    private readonly isSuspended: (ref: string) => boolean = () => false,
  ) {}

  of(merchant: string, method: string, type: string): DrillLine[] {
    const { now, without } = closed()
    for (const pool of this.routing.poolsOf(merchant, method, type) ?? []) {
      const { shared, own } = this.hoursOf(pool)
      add(now, shared.now)
      add(without, shared.without)
      for (const mid of own.get(merchant) ?? []) this.open({ now, without }, mid, pool)
    }
    const gaps = rangesOf(now.map((open, minute) => open & ~without[minute]! & 1))
    return gaps.length === 0 ? [] : [{ merchant, method, type, gaps }]
  }

  private hoursOf(pool: Pool): PoolHours {
    const known = this.pools.get(pool.code)
    if (known !== undefined) return known
    const shared = closed()
    const own = new Map<string, Mid[]>()
    if (!this.stopped(pool))
      for (const mid of pool.mids) {
        if (this.stopped(mid) || this.stopped(mid.channel)) continue
        if (mid.allowed === undefined) this.open(shared, mid, pool)
        else
          for (const merchant of mid.allowed) {
            const known = own.get(merchant)
            if (known === undefined) own.set(merchant, [mid])
            else known.push(mid)
          }
      }
    const found = { shared, own }
    this.pools.set(pool.code, found)
    return found
  }

  private open({ now, without }: Open, { channel, bothHours }: Mid, pool: Pool): void {
    const hours = within(bothHours, pool.hours) ?? ALWAYS
    add(now, hours)
    if (channel.code !== this.channel) add(without, hours)
  }

  private stopped({ suspended, ref }: { suspended: boolean; ref: string }): boolean {
    return suspended || this.isSuspended(ref)
  }
}

/** All of the document's lines, in its order. */
export function drill(routing: Routing, channel: string): DrillLine[] {
  const one = new Drill(routing, channel)
  return routing.document.merchants.flatMap(({ merchant, routes }) =>
    routes.flatMap(({ method, type }) => one.of(merchant, method, type)),
  )
}

const ALWAYS = new Uint8Array(1440).fill(1)
const closed = (): Open => ({ now: new Uint8Array(1440), without: new Uint8Array(1440) })

function add(open: Uint8Array, hours: Uint8Array): void {
  for (let minute = 0; minute < 1440; minute++) open[minute]! |= hours[minute]!
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
