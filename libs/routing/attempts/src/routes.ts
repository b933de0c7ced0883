import {
  deadlineMsOf,
  decideInTime,
  holdMsOf,
  isSameBody,
  isSkewed,
  keyOf,
  skewed,
  type Admission,
  type PaymentTimes,
} from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { CardUsageAnswer, RouteAnswer, RouteStateAnswer } from '@lijian/contracts/routing'
import { isDatabaseAway, loadRoutes, type RouteRow } from '@lijian/database'
import { drawKeyId } from '@lijian/rules'
import { parentsOf, readUsage, type ParentsOf } from './card-usage'
import { askedRoute, type RoutingWorld } from './decide-route'
import { explainRoute } from './explain-route'
import type { LiveRouting } from '@lijian/documents'
import { PreparedRoute } from './prepared-route'
import { expireDueRoutes } from './route-end'
import { decideRouteResult } from './route-result'
import { stateAnswer } from './route-row'
import type { RouteAsk, RouteResultAsk } from './types'

export interface RoutesOptions {
  /** Shared with the transactions of this process; its opener closes it. */
  admission: Admission
  live: LiveRouting
  times: PaymentTimes
  drawKey: Buffer
  /** Earlier ones, for old decisions. */
  drawKeysOld?: readonly Buffer[]
  /** What a merchant's document says of it. */
  merchant: (id: string) => { mcc?: string; region?: string; parent?: string } | undefined
  /** Throws LijianError merchant_not_allowed. Absent: clients are bound to no merchants. */
  mustBeBound?: (client: string, merchant: string) => void
  now?: () => number
}

/** Routes over one database (DESIGN §5). */
export class Routes {
  readonly now: () => number
  /** Given or told without PostgreSQL and not written down yet, by payment. */
  private readonly unwritten = new Set<string>()
  private readonly drawKeys: ReadonlyMap<string, Buffer>
  private readonly parentsOf: ParentsOf
  private readonly drawKeyId: string

  constructor(private readonly options: RoutesOptions) {
    this.now = options.now ?? Date.now
    this.parentsOf = parentsOf(options.merchant)
    this.drawKeyId = drawKeyId(options.drawKey)
    this.drawKeys = new Map([...(options.drawKeysOld ?? []), options.drawKey].map((key) => [drawKeyId(key), key]))
  }

  /**
   * Never throws for slowness: `route: null` with reason deadline or unavailable. Throws LijianError serial_reused, result_conflict; for an instant that is
   * not one of now invalid_request, unless it is a retry of what was given (unavailable: it cannot be looked up); merchant_not_allowed.
   */
  async route(ask: RouteAsk): Promise<RouteAnswer> {
    this.options.mustBeBound?.(ask.client, ask.request.merchant)
    return isSkewed(this.options.times, ask) ? this.retried(ask) : this.decided(ask)
  }

  private async retried(ask: RouteAsk): Promise<RouteAnswer> {
    if (!(await this.isKnown(ask))) throw skewed(this.options.times)
    return this.decided(ask)
  }

  private decided(ask: RouteAsk): Promise<RouteAnswer> {
    const { admission, times } = this.options
    const route = this.prepare(ask)
    const { serial, amount } = ask.request
    if (route === undefined) return Promise.resolve({ serial, amount, route: null, reasons: [{ reason: 'no_route' }] })
    return decideInTime(admission, [route], {
      leftMs: ask.receivedAtMs + deadlineMsOf(times, ask) - this.now(),
      amountFen: amount,
      join: ([answer]) => answer,
    })
  }

  /** The route as one part of a payment; undefined: there is no routing document. */
  prepare(ask: RouteAsk): PreparedRoute | undefined {
    const world = this.world()
    if (world === undefined) return undefined
    const { method, merchant } = ask.request
    const holdMs = holdMsOf(this.options.times, ask, method)
    return new PreparedRoute(askedRoute(ask, this.options.merchant(merchant), holdMs), world, this.unwritten)
  }

  /** Undefined: there is no routing document. */
  world(): RoutingWorld | undefined {
    const { live, drawKey } = this.options
    const routing = live.current()
    return (
      routing && {
        routing,
        drawKey,
        clock: this.options.admission.clock,
        drawKeyId: this.drawKeyId,
        parentsOf: this.parentsOf,
        health: live.health,
        isSuspended: (ref) => live.isSuspended(ref) || this.options.admission.memory.isSuspended(ref),
      }
    )
  }

  /** Whether this payment was given a route: its retry may come long after its instant. Throws LijianError unavailable. */
  async isKnown({
    client,
    request,
    bodyHash,
  }: Pick<RouteAsk, 'client' | 'bodyHash'> & { request: { serial: string } }): Promise<boolean> {
    const [row] = await this.load(client, request.serial)
    return row !== undefined && row.attempts.length > 0 && isSameBody(row.bodyHash, bodyHash)
  }

  /** Throws LijianError unavailable (nothing stored, send again), not_found or result_conflict. */
  async result(ask: RouteResultAsk): Promise<RouteStateAnswer> {
    const routing = this.options.live.current()
    if (routing === undefined)
      throw new LijianError('not_found', 'There is no routing document: nothing was ever given')
    const key = keyOf(ask.client, ask.serial)
    const { unwritten } = this
    // Check before and after the batch: the row may be committed by the same batch that did not see it.
    const wasUnwritten = unwritten.has(key)
    try {
      return await this.options.admission.run({
        routes: [{ client: ask.client, serial: ask.serial }],
        decide: (view) => decideRouteResult(view, ask, { routing, parentsOf: this.parentsOf }),
      })
    } catch (error) {
      const isUnknown = error instanceof LijianError && error.code === 'not_found'
      if (isUnknown && (wasUnwritten || unwritten.has(key)))
        throw new LijianError('unavailable', `The route of ${ask.serial} is still being written down: send it again`)
      throw error
    }
  }

  /** Throws LijianError not_found, unavailable. `explain`: each decision made again from what was stored with it. */
  async read(client: string, serial: string, explain: boolean): Promise<RouteStateAnswer> {
    const [row] = await this.load(client, serial)
    if (row === undefined) throw new LijianError('not_found', `No route is stored under ${serial}`)
    const usage = await this.usage(row)
    const answer = { ...stateAnswer(row), ...usage }
    if (!explain) return answer
    const version = (n: number) => this.options.live.version(n)
    return { ...answer, explanation: await explainRoute(row, { version, drawKey: (id) => this.drawKeys.get(id) }) }
  }

  private load(client: string, serial: string): Promise<RouteRow[]> {
    return unlessAway(() => loadRoutes(this.options.admission.pool, [{ client, serial }]))
  }

  private usage(row: RouteRow): Promise<CardUsageAnswer> {
    const { admission, live } = this.options
    return unlessAway(() => readUsage(admission.pool, row, live.current(), this.parentsOf))
  }

  /** Releases at most `limit` payments' reservations whose time is over; how many there were. Throws LijianError unavailable. */
  expireDue(limit: number): Promise<number> {
    return expireDueRoutes(this.options.admission, limit)
  }
}

async function unlessAway<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (isDatabaseAway(error)) throw new LijianError('unavailable', 'PostgreSQL is away')
    throw error
  }
}
