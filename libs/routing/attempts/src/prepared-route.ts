import { keyOf, nothing, type BatchView, type Prepared, type Weighed, type Why } from '@lijian/admission'
import type { RouteAnswer } from '@lijian/contracts/routing'
import type { RouteAttempt, RouteRow } from '@lijian/database'
import { LRUCache } from 'lru-cache'
import {
  earlierRoute,
  newRoute,
  routeWithoutCounters,
  usageOfAsked,
  type AskedRoute,
  type RoutingWorld,
} from './decide-route'
import { decideRouteUndo, type ToldInstead } from './route-end'
import { firstAnswer } from './route-row'

/** What this process has told of routes and may not be in PostgreSQL. */
export class RoutesTold {
  /** Attempts that were told in time: a duplicate's late answer must not undo them. */
  private readonly inTime = new LRUCache<string, true>({ max: 50_000 })
  /** Given or told without PostgreSQL and not written down yet, so a result that arrives first gets 503, not 404. */
  readonly unwritten = new Set<string>()

  tell(asked: AskedRoute, mid: string): void {
    this.inTime.set(attemptKey(asked, mid), true)
  }

  has(asked: AskedRoute, mid: string): boolean {
    return this.inTime.has(attemptKey(asked, mid))
  }
}

const attemptKey = ({ ask, exclude }: AskedRoute, mid: string): string =>
  `${keyOf(ask.client, ask.request.serial)} ${exclude.join(' ')} ${mid}`

/** What a payment finds of its route: the row, whether it was given an attempt, and the one that answers the same question. */
export interface RouteFound {
  row: RouteRow | null
  isStarted: boolean
  earlier: RouteAttempt | undefined
}

/** The route as one part of a payment. */
export class PreparedRoute implements Prepared<RouteAnswer> {
  readonly rows: { routes: { client: string; serial: string }[] }
  /** An offer beside it that holds nothing: as decided, and as told without a decision. The route's row keeps it. */
  noOffer: { decided?: unknown; instead?: unknown } = {}
  private instead: ToldInstead

  constructor(
    readonly asked: AskedRoute,
    private readonly world: RoutingWorld,
    private readonly told: RoutesTold,
  ) {
    const { client, request } = asked.ask
    this.rows = { routes: [{ client, serial: request.serial }] }
    this.instead = { amountFen: request.amount }
  }

  /** The next attempt has a row already. */
  get isRepeated(): boolean {
    return this.asked.exclude.length > 0
  }

  get isOwed(): boolean {
    return this.instead.given !== undefined
  }

  /** Throws LijianError serial_reused, result_conflict. */
  find(view: BatchView): RouteFound {
    const { client, request } = this.asked.ask
    const earlier = earlierRoute(view, this.asked)
    const row = view.route(client, request.serial)
    return { row, earlier, isStarted: row !== null && row.attempts.length > 0 }
  }

  weigh(view: BatchView, payableFen: number): Weighed<RouteAnswer> {
    const { asked, world } = this
    const { row, earlier, isStarted } = this.find(view)
    const usage = usageOfAsked(view, asked, world)
    const rest = { payableFen, giveBack: nothing }
    if (earlier !== undefined)
      return { ...rest, put: nothing, answer: (_, usages) => ({ ...firstAnswer(row!, earlier), ...usage(usages) }) }
    // What was sent upstream with the first attempt is sent with the next.
    const { answer, put } = newRoute(view, asked, world, isStarted ? row!.amountFen : payableFen)
    if (answer.route !== null || isStarted)
      return { ...rest, put: () => put(this.noOffer.decided), answer: (_, usages) => ({ ...answer, ...usage(usages) }) }
    const { amount } = asked.ask.request
    return { ...rest, put, answer: (_, usages) => ({ ...answer, amount, ...usage(usages) }), endsPayment: true }
  }

  none(): RouteAnswer {
    const { serial, amount } = this.asked.ask.request
    return { serial, amount, route: null }
  }

  /** A MID that needs no counter; else none, with the reason. */
  without(why: Why): RouteAnswer {
    const { asked, world } = this
    const { serial, amount: amountFen } = asked.ask.request
    const given = routeWithoutCounters(asked, world, amountFen)
    if (given === undefined) return { ...this.none(), reasons: [{ reason: why }] }
    this.instead = { amountFen, given, noOffer: this.noOffer.instead }
    this.told.tell(asked, given.attempt.mid)
    return firstAnswer({ serial, amountFen } as RouteRow, given.attempt)
  }

  wasTold({ route }: RouteAnswer): void {
    if (route !== null) this.told.tell(this.asked, route.mid)
  }

  /** Whatever was decided: the row must say what was told. */
  isUndone(): boolean {
    return true
  }

  undo(view: BatchView): void {
    const { asked, instead, told } = this
    const alsoTold = (mid: string) => mid !== instead.given?.attempt.mid && told.has(asked, mid)
    decideRouteUndo(view, asked, { ...instead, alsoTold })
  }

  undoBegins(): void {
    this.told.unwritten.add(this.key)
  }

  undoEnds(): void {
    this.told.unwritten.delete(this.key)
  }

  private get key(): string {
    const { client, request } = this.asked.ask
    return keyOf(client, request.serial)
  }
}
