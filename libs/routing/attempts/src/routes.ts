import { answerInTime, keyOf, Undoing, type Admission, type BatchView } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { CardUsageAnswer, RouteAnswer, RouteStateAnswer } from '@lijian/contracts/routing'
import { isDatabaseAway, loadRoutes, type RouteRow } from '@lijian/database'
import { drawKeyId } from '@lijian/rules'
import { LRUCache } from 'lru-cache'
import { parentsOf, readUsage, type ParentsOf } from './card-usage'
import { askedRoute, decideRoute, routeWithoutCounters, type AskedRoute, type RoutingWorld } from './decide-route'
import { explainRoute } from './explain-route'
import type { LiveRouting } from '@lijian/documents'
import { decideRouteUndo, expireDueRoutes, type ToldInstead } from './route-end'
import { decideRouteResult } from './route-result'
import { firstAnswer, stateAnswer } from './route-row'
import type { RouteAsk, RouteUseCase, RouteResultAsk } from './types'

export interface RoutesOptions {
  /** Shared with the transactions of this process, and closed by whoever opened it. */
  admission: Admission
  live: LiveRouting
  drawKey: Buffer
  /** Earlier ones, for old decisions. */
  drawKeysOld?: readonly Buffer[]
  /** What a merchant's document says of it. */
  merchant: (id: string) => { mcc?: string; region?: string; parent?: string } | undefined
  now?: () => number
  onUndo?: (why: 'deadline' | 'unavailable') => void
}

export type Why = 'deadline' | 'unavailable'

/** What a caller is told when the decision does not come in time, and what must be recorded of it. */
export interface Without {
  answer: RouteAnswer
  told: ToldInstead
}

/** Routes over one database (DESIGN §5). */
export class Routes implements RouteUseCase {
  readonly now: () => number
  private readonly undoing = new Undoing()
  /** Attempts that somebody was told of in time: a duplicate's late answer must not undo them. */
  private readonly told = new LRUCache<string, true>({ max: 50_000 })
  /** What was given or told without PostgreSQL and is not written down yet: a result that comes first must not hear that nobody knows it. */
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

  /** Undefined: there is no routing document. */
  world(): RoutingWorld | undefined {
    const { live, drawKey } = this.options
    const routing = live.current()
    return (
      routing && {
        routing,
        drawKey,
        drawKeyId: this.drawKeyId,
        parentsOf: this.parentsOf,
        health: live.health,
        isSuspended: (ref) => live.isSuspended(ref) || this.options.admission.memory.isSuspended(ref),
      }
    )
  }

  asked(ask: RouteAsk): AskedRoute {
    return askedRoute(ask, this.options.merchant(ask.request.merchant))
  }

  async route(ask: RouteAsk): Promise<RouteAnswer> {
    const { admission } = this.options
    const asked = this.asked(ask)
    const world = this.world()
    const { serial, amount } = ask.request
    if (world === undefined) return { serial, amount, route: null, reasons: [{ reason: 'no_route' }] }
    let instead: Without | undefined
    return answerInTime({
      leftMs: ask.receivedAtMs + ask.deadlineMs - this.now(),
      admit: (abandoned) =>
        admission.run({
          // The next attempt has a row already.
          ...(asked.exclude.length === 0 ? {} : { routes: [{ client: ask.client, serial }] }),
          decide: (view) => decideRoute(view, asked, world),
          abandoned,
        }),
      without: (why) => {
        instead = this.without(asked, world, amount, why)
        if (instead.told.given !== undefined) this.undo(asked, instead.told, why)
        return instead.answer
      },
      isAway: () => admission.isAway,
      onTold: (answer) => this.wasTold(asked, answer.route?.mid),
      onLate: () => this.undo(asked, instead!.told, 'deadline'),
      onLost: () => this.undo(asked, instead?.told ?? { amountFen: amount }, 'unavailable'),
    })
  }

  /** A MID that needs no counter is given at once; else none, with the reason. */
  without(asked: AskedRoute, world: RoutingWorld, amountFen: number, why: Why): Without {
    const { serial } = asked.ask.request
    const given = routeWithoutCounters(asked, world, amountFen)
    if (given === undefined)
      return { answer: { serial, amount: amountFen, route: null, reasons: [{ reason: why }] }, told: { amountFen } }
    this.wasTold(asked, given.attempt.mid)
    return { answer: firstAnswer({ serial, amountFen } as RouteRow, given.attempt), told: { amountFen, given } }
  }

  wasTold({ ask, exclude }: AskedRoute, mid: string | undefined): void {
    if (mid !== undefined) this.told.set(`${keyOf(ask.client, ask.request.serial)} ${exclude.join(' ')} ${mid}`, true)
  }

  isTold({ ask, exclude }: AskedRoute, mid: string): boolean {
    return this.told.has(`${keyOf(ask.client, ask.request.serial)} ${exclude.join(' ')} ${mid}`)
  }

  private undo(asked: AskedRoute, told: ToldInstead, why: Why): void {
    const { client, request } = asked.ask
    this.startUndo(
      asked,
      () =>
        this.options.admission.run({
          routes: [{ client, serial: request.serial }],
          decide: (view) => {
            this.undoIn(view, asked, told)
            return () => undefined
          },
        }),
      why,
    )
  }

  /** Part of a decision that undoes. */
  undoIn(view: BatchView, asked: AskedRoute, told: ToldInstead): void {
    decideRouteUndo(view, asked, {
      ...told,
      alsoTold: (mid) => mid !== told.given?.attempt.mid && this.isTold(asked, mid),
    })
  }

  /** Tried until PostgreSQL takes it. */
  startUndo({ ask }: AskedRoute, attempt: () => Promise<unknown>, why: Why): void {
    const key = keyOf(ask.client, ask.request.serial)
    this.options.onUndo?.(why)
    this.unwritten.add(key)
    this.undoing.start(() => attempt().then(() => this.unwritten.delete(key)))
  }

  /** Whether this payment was given a route: its retry may come long after its instant. */
  async isKnown({
    client,
    request,
    bodyHash,
  }: Pick<RouteAsk, 'client' | 'bodyHash'> & { request: { serial: string } }) {
    const [row] = await this.load(client, request.serial)
    return row !== undefined && row.attempts.length > 0 && row.bodyHash === bodyHash
  }

  async result(ask: RouteResultAsk): Promise<RouteStateAnswer> {
    const routing = this.options.live.current()
    if (routing === undefined)
      throw new LijianError('not_found', 'There is no routing document: nothing was ever given')
    const key = keyOf(ask.client, ask.serial)
    // Looked at before and after: what is written down in the same batch as this finds nothing is not unwritten any more when this hears of it.
    const wasUnwritten = this.unwritten.has(key)
    try {
      return await this.options.admission.run({
        routes: [{ client: ask.client, serial: ask.serial }],
        decide: (view) => decideRouteResult(view, ask, { routing, parentsOf: this.parentsOf }),
      })
    } catch (error) {
      const isUnknown = error instanceof LijianError && error.code === 'not_found'
      if (isUnknown && (wasUnwritten || this.unwritten.has(key)))
        throw new LijianError('unavailable', `The route of ${ask.serial} is still being written down: send it again`)
      throw error
    }
  }

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

  expireDue(limit: number): Promise<number> {
    return expireDueRoutes(this.options.admission, this.now(), limit)
  }

  stop(): void {
    this.undoing.stop()
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
