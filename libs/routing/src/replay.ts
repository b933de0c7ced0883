import { zoneClock } from '@lijian/calendar'
import type { RouteFailure } from '@lijian/contracts'
import { CounterBook, type CounterAsk } from '@lijian/limits'
import { dailyAsk } from './asks'
import { foldHealth, FRESH } from './health'
import { selectRoute } from './select'
import type { Bounds, PoolHealth, Refusal, Route, RoutePayment, Routing } from './types'

export interface ReplayOptions {
  routing: Routing
  drawKey: Buffer
  client?: string
  explain?: boolean
}

export type Outcome = { outcome: 'success' } | { outcome: 'failure'; failure: RouteFailure }
export type ReplayPayment = Omit<RoutePayment, 'client'>
export const KINDS = ['channel', 'mid', 'pool'] as const
export type Kind = (typeof KINDS)[number]

/** What one line got. */
export interface Routed {
  route: Route | undefined
  refusals: readonly Refusal[]
}

/** What was carried by one channel, MID or pool, over the whole file; what failed is not in it. */
export interface Load {
  amountFen: number
  count: number
  costFen: number
  /** Of its fullest day: what stands on its daily counter ÷ the limit, in ppm; null: it has none. */
  sharePpm: number | null
  /** The first payment that it could not take for its daily limit. */
  firstFullMs: number | null
}

interface Attempt extends Routed {
  amountFen: number
  excluded: readonly string[]
  open: boolean
}

/** The same serial came with another body that is not its next attempt. */
export class SerialReused extends Error {}

/**
 * Routes payment after payment with limits, success rates and attempts kept, as the live door would with nobody beside it. A payment's outcome counts
 * before the next line; the same serial with the same body is the same answer, with a longer `exclude` its next attempt.
 */
export class RouteReplay {
  /** Payments without a route, by each reason that one of its MIDs or pools had. */
  readonly refusedBy = new Map<string, number>()
  refused = 0
  private readonly counters = new CounterBook()
  private readonly health = new Map<string, PoolHealth>()
  private readonly serials = new Map<string, { body: string; attempts: Attempt[] }>()
  private readonly totals = new Map<string, { amountFen: number; count: number; costFen: number }>()
  private readonly full = new Map<string, number>()
  private readonly days = new Set<string>()

  constructor(private readonly options: ReplayOptions) {}

  payment(payment: ReplayPayment, outcome: Outcome = { outcome: 'success' }): Routed {
    const { exclude: excluded = [], ...rest } = payment
    const body = JSON.stringify(rest)
    const known = this.serials.get(payment.serial)
    if (known !== undefined && known.body !== body)
      throw new SerialReused(`serial ${payment.serial} was used with another body`)
    const attempts = known?.attempts ?? []
    const same = attempts.find((one) => one.excluded.length === excluded.length && isWithin(one.excluded, excluded))
    if (same !== undefined) return same
    if (attempts.length > 0 && !isWithin(attempts.at(-1)!.excluded, excluded))
      throw new SerialReused(
        `serial ${payment.serial}: "exclude" of its next attempt has those of the last one and more`,
      )
    const found = this.select({ ...payment, client: this.options.client ?? 'offline' })
    const attempt = { ...found, amountFen: payment.amountFen, excluded, open: found.route !== undefined }
    attempts.push(attempt)
    if (known === undefined) this.serials.set(payment.serial, { body, attempts })
    if (found.route === undefined) this.refuse(found.refusals)
    else {
      this.carry(attempt, 1)
      this.end(attempt, found.route, outcome)
    }
    return found
  }

  /** How an attempt ended that was left open by a timeout. False: there is none of that serial and MID. */
  result(serial: string, mid: string, outcome: Outcome): boolean {
    const attempt = this.serials.get(serial)?.attempts.find(({ route, open }) => open && route?.mid === mid)
    if (attempt?.route === undefined) return false
    this.end(attempt, attempt.route, outcome)
    return true
  }

  /** Every channel, MID or pool of the configuration that carried something or was full, in its order. */
  loads(kind: Kind): Map<string, Load> {
    const { routing } = this.options
    const all: ReadonlyMap<string, Bounds> =
      kind === 'channel' ? routing.channels : kind === 'mid' ? routing.mids : routing.pools
    const loads = new Map<string, Load>()
    for (const [code, bounds] of all) {
      const total = this.totals.get(`${kind} ${code}`)
      const firstFullMs = this.full.get(`${kind}/${code}`) ?? null
      if (total === undefined && firstFullMs === null) continue
      loads.set(code, {
        ...(total ?? { amountFen: 0, count: 0, costFen: 0 }),
        ...{ sharePpm: this.sharePpm(bounds), firstFullMs },
      })
    }
    return loads
  }

  private select(payment: RoutePayment): Routed {
    const { routing, drawKey, explain = false } = this.options
    this.days.add(zoneClock(routing.timeZone).at(payment.atMs).date)
    const options = {
      ...{ counters: this.counters, drawKey, explain },
      health: (pool: string) => this.health.get(pool),
      onShort: ({ ask: { key } }: { ask: CounterAsk }) => {
        const owner = key.slice('@route/'.length, key.indexOf('|'))
        if (!this.full.has(owner)) this.full.set(owner, payment.atMs)
      },
    }
    const found = selectRoute(routing, payment, options)
    // Nothing was taken: asked again, it says why of each.
    return found.route === undefined && !explain ? selectRoute(routing, payment, { ...options, explain: true }) : found
  }

  /** A failure gives its reservation back, except a timeout: nobody knows its end yet. Whose fault it was decides what the pool's rate learns. */
  private end(attempt: Attempt, { charges, pool, probe }: Route, outcome: Outcome): void {
    const failure = outcome.outcome === 'success' ? undefined : outcome.failure
    if (failure !== 'timeout') {
      attempt.open = false
      const used = failure === undefined ? 1 : 0
      for (const { key, fen, count } of charges)
        this.counters.move(key, { heldFen: -fen, heldCount: -count, usedFen: used * fen, usedCount: used * count })
      if (failure !== undefined) this.carry(attempt, -1)
    }
    const rule = this.options.routing.pools.get(pool)!.minSuccess
    if (rule === undefined || failure === 'declined') return
    this.health.set(pool, foldHealth(this.health.get(pool) ?? FRESH, rule, { ok: failure === undefined, probe }))
  }

  private refuse(refusals: readonly Refusal[]): void {
    this.refused++
    for (const reason of new Set(refusals.map((one) => one.reason)))
      this.refusedBy.set(reason, (this.refusedBy.get(reason) ?? 0) + 1)
  }

  private carry({ route, amountFen }: Attempt, sign: 1 | -1): void {
    for (const kind of KINDS) {
      const key = `${kind} ${route![kind]}`
      const before = this.totals.get(key) ?? { amountFen: 0, count: 0, costFen: 0 }
      this.totals.set(key, {
        amountFen: before.amountFen + sign * amountFen,
        count: before.count + sign,
        costFen: before.costFen + sign * route!.costFen,
      })
    }
  }

  private sharePpm(bounds: Bounds): number | null {
    if (bounds.key === undefined) return null
    let most = 0
    for (const day of this.days) {
      const { heldFen, usedFen, heldCount, usedCount } = this.counters.state(dailyAsk(bounds, day, 0, 0)!)
      const ofAmount = bounds.dailyFen === null ? 0 : ((heldFen + usedFen) * 1_000_000) / bounds.dailyFen
      const ofCount = bounds.dailyCount === null ? 0 : ((heldCount + usedCount) * 1_000_000) / bounds.dailyCount
      most = Math.max(most, Math.floor(Math.max(ofAmount, ofCount)))
    }
    return most
  }
}

const isWithin = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one))
