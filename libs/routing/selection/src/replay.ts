import { zoneClock } from '@lijian/calendar'
import type { RouteFailure } from '@lijian/contracts/routing'
import { counterOwner, CounterBook, type CounterAsk } from '@lijian/limits'
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
  state: 'open' | 'succeeded' | 'failed'
  /** Somebody has said that it succeeded; else it is only taken to have. */
  confirmed: boolean
  /** Its outcome is in the success rate of its pool: the first that neither issuer nor customer has to answer for. */
  counted: boolean
}

/** serial_reused: another body that is not the next attempt; result_conflict: a next attempt after a success. */
export class ReplayRefusal extends Error {
  constructor(
    readonly code: 'serial_reused' | 'result_conflict',
    message: string,
  ) {
    super(message)
  }
}

/**
 * Routes payment after payment with limits, success rates and attempts kept, as the live system would without concurrency. A payment's outcome counts
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

  /** Without an outcome it is taken to go well, and a longer `exclude` may still follow: its result is still open. */
  payment(payment: ReplayPayment, outcome?: Outcome): Routed {
    const { exclude: excluded = [], ...rest } = payment
    const body = JSON.stringify(rest)
    const known = this.serials.get(payment.serial)
    if (known !== undefined && known.body !== body)
      throw new ReplayRefusal('serial_reused', `serial ${payment.serial} was used with another body`)
    const attempts = known?.attempts ?? []
    const same = attempts.find((one) => one.excluded.length === excluded.length && isWithin(one.excluded, excluded))
    if (same !== undefined) return same
    if (attempts.length > 0 && !isWithin(attempts.at(-1)!.excluded, excluded))
      throw new ReplayRefusal(
        'serial_reused',
        `serial ${payment.serial}: "exclude" of its next attempt has those of the last one and more`,
      )
    const done = attempts.find(({ confirmed }) => confirmed)
    if (done !== undefined)
      throw new ReplayRefusal(
        'result_conflict',
        `serial ${payment.serial} has succeeded with ${done.route!.mid}: there is no next attempt`,
      )
    // A MID is given once per payment, also where the caller forgets to exclude it.
    const exclude = [...excluded, ...attempts.flatMap(({ route }) => route?.mid ?? [])]
    const found = this.select({ ...payment, exclude, client: this.options.client ?? 'offline' })
    const attempt: Attempt = {
      ...found,
      amountFen: payment.amountFen,
      excluded,
      state: 'open',
      confirmed: outcome?.outcome === 'success' && found.route !== undefined,
      counted: false,
    }
    attempts.push(attempt)
    if (known === undefined) this.serials.set(payment.serial, { body, attempts })
    if (found.route === undefined) this.refuse(found.refusals)
    else {
      this.carry(attempt, 1)
      this.end(attempt, found.route, outcome ?? { outcome: 'success' })
    }
    return found
  }

  /** How an attempt ended, also one that was given up before. Undefined: taken; else why not: there is no such attempt, or it has succeeded already. */
  result(serial: string, mid: string, outcome: Outcome): 'no_attempt' | 'result_conflict' | undefined {
    const attempt = this.serials.get(serial)?.attempts.find(({ route }) => route?.mid === mid)
    if (attempt?.route === undefined) return 'no_attempt'
    // An old timeout overtaken by its success says nothing new.
    const isLate = outcome.outcome === 'failure' && outcome.failure !== 'timeout' && attempt.confirmed
    if (isLate) return 'result_conflict'
    this.end(attempt, attempt.route, outcome)
    attempt.confirmed ||= outcome.outcome === 'success'
    return undefined
  }

  /** Every channel, MID or pool of the configuration that carried something or was full, in its order. */
  loads(kind: Kind): Map<string, Load> {
    const { routing } = this.options
    const all: ReadonlyMap<string, Bounds> =
      kind === 'channel' ? routing.channels : kind === 'mid' ? routing.mids : routing.pools
    const loads = new Map<string, Load>()
    for (const [code, bounds] of all) {
      const total = this.totals.get(`${kind} ${code}`)
      const firstFullMs = this.full.get(bounds.ref) ?? null
      if (total === undefined && firstFullMs === null) continue
      loads.set(code, {
        ...(total ?? { amountFen: 0, count: 0, costFen: 0 }),
        sharePpm: this.sharePpm(bounds),
        firstFullMs,
      })
    }
    return loads
  }

  private select(payment: RoutePayment): Routed {
    const { routing, drawKey, explain = false } = this.options
    this.days.add(zoneClock(routing.timeZone).at(payment.atMs).date)
    const options = {
      counters: this.counters,
      drawKey,
      explain,
      health: (pool: string) => this.health.get(pool),
      onShort: ({ ask: { key } }: { ask: CounterAsk }) => {
        const owner = counterOwner(key)
        if (!this.full.has(owner)) this.full.set(owner, payment.atMs)
      },
    }
    const found = selectRoute(routing, payment, options)
    // Nothing was taken: asked again, it says why of each.
    return found.route === undefined && !explain ? selectRoute(routing, payment, { ...options, explain: true }) : found
  }

  /**
   * A failure gives its reservation back, except a timeout: its end is unknown yet. A success after a failure stands in `over`. Which side an outcome blames
   * decides what the pool's rate learns, once per attempt.
   */
  private end(attempt: Attempt, { charges, pool, probe }: Route, outcome: Outcome): void {
    const failure = outcome.outcome === 'success' ? undefined : outcome.failure
    const { state } = attempt
    if (failure === undefined && state !== 'succeeded') {
      for (const { key, fen, count } of charges)
        this.counters.move(
          key,
          state === 'open'
            ? { heldFen: -fen, heldCount: -count, usedFen: fen, usedCount: count }
            : { overFen: fen, overCount: count },
        )
      if (state === 'failed') this.carry(attempt, 1)
      attempt.state = 'succeeded'
    }
    if (failure !== undefined && failure !== 'timeout' && state !== 'failed') {
      // What was only taken to have gone well is given back too.
      for (const { key, fen, count } of charges)
        this.counters.move(
          key,
          state === 'open' ? { heldFen: -fen, heldCount: -count } : { usedFen: -fen, usedCount: -count },
        )
      this.carry(attempt, -1)
      attempt.state = 'failed'
    }
    const rule = this.options.routing.pools.get(pool)!.minSuccess
    if (rule === undefined || failure === 'declined' || attempt.counted) return
    attempt.counted = true
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
      const stands = this.counters.state(dailyAsk(bounds, day, 0, 0)!)
      const fen = stands.heldFen + stands.usedFen + stands.overFen
      const times = stands.heldCount + stands.usedCount + stands.overCount
      const ofAmount = bounds.dailyFen === null ? 0 : (fen * 1_000_000) / bounds.dailyFen
      const ofCount = bounds.dailyCount === null ? 0 : (times * 1_000_000) / bounds.dailyCount
      most = Math.max(most, Math.floor(Math.max(ofAmount, ofCount)))
    }
    return most
  }
}

const isWithin = (few: readonly string[], many: readonly string[]): boolean => few.every((one) => many.includes(one))
