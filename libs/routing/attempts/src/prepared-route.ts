import { keyOf, nothing, withTeller, type BatchView, type Prepared, type Weighed, type Why } from '@lijian/admission'
import type { RouteAnswer } from '@lijian/contracts/routing'
import type { RouteAttempt, RouteRow } from '@lijian/database'
import { earlierRoute, newRoute, routeWithoutCounters, type AskedRoute, type RoutingWorld } from './decide-route'
import { askUsage, cardAt } from './card-usage'
import { decideRouteUndo, type ToldInstead } from './route-end'
import { firstAnswer, tellersOf, withAttempt } from './route-row'

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
  private instead: Omit<ToldInstead, 'why'>

  constructor(
    readonly asked: AskedRoute,
    private readonly world: RoutingWorld,
    /** Given or told without PostgreSQL and not written down yet, so a result that arrives first gets 503, not 404. */
    private readonly unwritten: Set<string>,
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
    const { ask, facts, atMs } = asked
    const { routing, parentsOf } = world
    // How often the payment's card has paid at its merchant, asked in the same round trip.
    const card = cardAt({ merchant: ask.request.merchant, record: { facts } }, atMs, routing, parentsOf)
    const usage = askUsage(view, routing, card)
    const rest = { payableFen, giveBack: nothing }
    if (earlier !== undefined)
      return {
        ...rest,
        put: () => tellToo(view, row!, earlier, asked),
        answer: (_, usages) => ({ ...firstAnswer(row!, earlier), ...usage(usages) }),
      }
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
    return firstAnswer({ serial, amountFen } as RouteRow, given.attempt)
  }

  /** Whatever was decided: the row must say what was told. */
  isUndone(): boolean {
    return true
  }

  undo(view: BatchView, why: Why, isLost = false): void {
    decideRouteUndo(view, this.asked, { ...this.instead, why, isLost })
  }

  undoBegins(): void {
    this.unwritten.add(this.key)
  }

  undoEnds(): void {
    this.unwritten.delete(this.key)
  }

  private get key(): string {
    const { client, request } = this.asked.ask
    return keyOf(client, request.serial)
  }
}

/** The undo of the attempt that reserved it leaves it once this one, which tells of it too, is written down. */
function tellToo(view: BatchView, row: RouteRow, attempt: RouteAttempt, { id }: AskedRoute): void {
  const tellers = attempt.state === 'reserved' ? withTeller(tellersOf(attempt), id) : undefined
  if (tellers !== undefined) view.putRoute(withAttempt(row, { ...attempt, tellers }))
}
