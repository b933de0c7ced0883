import { randomUUID } from 'node:crypto'
import { isSameBody, type BatchView, type DatabaseClock } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import { merchantMethodRef, type RouteAnswer, type RouteRefusal } from '@lijian/contracts/routing'
import { CountersSeen, type Counters } from '@lijian/limits'
import { ROUTE_VERSION, type RouteAttempt, type RouteDecision, type RouteFacts, type RouteRow } from '@lijian/database'
import {
  selectRoute,
  type PoolHealth,
  type Route,
  type RoutePayment,
  type Routing,
  type Selection,
} from '@lijian/selection'
import type { ParentsOf } from './card-usage'
import { NoCounters } from './no-counters'
import { firstAnswer, withAttempts } from './route-row'
import type { RouteAsk } from './types'

/** What routing knows at the moment of a decision, beside the counters. */
export interface RoutingWorld {
  routing: Routing
  health: (pool: string) => PoolHealth | undefined
  isSuspended: (ref: string) => boolean
  parentsOf: ParentsOf
  drawKey: Buffer
  drawKeyId: string
  /** Reservations live by it. */
  clock: Pick<DatabaseClock, 'nowMs'>
}

/** A payment that asks for its route, made ready once; deciding again gives the same unless the counters differ. */
export interface AskedRoute {
  ask: RouteAsk
  /** Of this attempt at the question; the row names it where it tells of a MID. */
  id: string
  /** As the caller sent them, in one order. */
  exclude: string[]
  facts: RouteFacts
  atMs: number
  holdMs: number
}

export interface NewRoute {
  answer: RouteAnswer
  /** Writes the row; until then only counters are taken. */
  put: (noOffer?: unknown) => void
}

/** Decisions kept with a payment: the last ones, for explanations. */
const DECISIONS_KEPT = 20

/** Region and industry are the merchant's unless the payment says otherwise. */
export function askedRoute(
  ask: RouteAsk,
  merchant: { mcc?: string; region?: string } | undefined,
  holdMs: number,
): AskedRoute {
  const { method, type, issuer, cardType, scheme, cardToken, earlier, region, industry, exclude = [], at } = ask.request
  return {
    ask,
    id: randomUUID(),
    exclude: [...new Set(exclude)].sort(),
    facts: {
      method,
      type,
      issuer,
      cardType,
      scheme,
      cardToken,
      ...(earlier && { earlier }),
      region: region ?? merchant?.region,
      industry: industry ?? merchant?.mcc,
    },
    atMs: at === undefined ? ask.receivedAtMs : Date.parse(at),
    holdMs,
  }
}

export const paymentOf = (
  { client, serial, merchant }: Pick<RouteRow, 'client' | 'serial' | 'merchant'>,
  facts: RouteFacts,
  amountFen: number,
  atMs: number,
  exclude: string[],
): RoutePayment => ({ client, serial, merchant, ...facts, amountFen, atMs, exclude })

const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, i) => one === b[i])

/**
 * What an existing row means for this question: the attempt that had the same `exclude` again; undefined: decide anew. Throws LijianError serial_reused
 * for another body and for an `exclude` that is not the last one and more, result_conflict when the payment has succeeded.
 */
export function earlierRoute(view: BatchView, { ask, exclude }: AskedRoute): RouteAttempt | undefined {
  const row = view.route(ask.client, ask.request.serial)
  const last = row?.attempts.at(-1)
  if (row === null || last === undefined) return undefined
  if (!isSameBody(row.bodyHash, ask.bodyHash))
    throw new LijianError('serial_reused', `Serial ${row.serial} came before with another body`)
  const same = row.attempts.find((attempt) => isSame(attempt.exclude, exclude))
  if (same !== undefined) return same
  if (exclude.length <= last.exclude.length || !last.exclude.every((mid) => exclude.includes(mid)))
    throw new LijianError(
      'serial_reused',
      `the next attempt of ${row.serial} excludes the MIDs of the last one and more: expected at least ${[...last.exclude, last.mid].join(', ')} in "exclude"`,
    )
  const done = row.attempts.find(({ state }) => state === 'succeeded')
  if (done !== undefined)
    throw new LijianError('result_conflict', `${row.serial} has succeeded with ${done.mid}: there is no next attempt`)
  return undefined
}

/** Chooses a MID and takes its counters; a MID that this payment has been given before is never given again. */
export function newRoute(view: BatchView, asked: AskedRoute, world: RoutingWorld, amountFen: number): NewRoute {
  const { ask } = asked
  const before = view.route(ask.client, ask.request.serial)
  const counters = new CountersSeen(view.counters)
  const suspended: string[] = []
  const gate = {
    isSuspended: (ref: string) => {
      const found = view.isSuspended(ref) || world.isSuspended(ref)
      if (found) suspended.push(ref)
      return found
    },
    mustNotBeSuspended: (ref: string) => view.mustNotBeSuspended(ref),
  }
  const chosen = choose(asked, world, amountFen, { counters, gate, before, tellsWhy: true })
  const seen = counters.seen()
  const decision: RouteDecision = {
    ...chosen.decision,
    ...(seen === undefined ? {} : { counters: seen }),
    ...(suspended.length === 0 ? {} : { suspended: [...new Set(suspended)] }),
  }
  const row = nextRow(before, asked, amountFen, decision, chosen.attempt)
  return {
    answer: answerOf(row, chosen.attempt, chosen.attempt === undefined || ask.explain ? chosen.refusals : []),
    put: (noOffer) => view.putRoute(noOffer === undefined ? row : { ...row, record: { ...row.record, noOffer } }),
  }
}

/** A MID of which neither itself nor its pool and channel has a counter: while PostgreSQL is away nothing else may be given (DESIGN §5). */
export function routeWithoutCounters(
  asked: AskedRoute,
  world: RoutingWorld,
  amountFen: number,
): { attempt: RouteAttempt; decision: RouteDecision } | undefined {
  const gate = { isSuspended: world.isSuspended, mustNotBeSuspended: () => undefined }
  const uncounted = { ...world, routing: withoutSums(world.routing) }
  const { attempt, decision } = choose(asked, uncounted, amountFen, {
    counters: new NoCounters(),
    gate,
    before: null,
    tellsWhy: false,
  })
  return attempt && { attempt, decision: { ...decision, withoutCounters: true } }
}

/** A pool with a rule about its credit and debit payments counts them. */
export const withoutSums = (routing: Routing): Routing => ({
  ...routing,
  poolsOf: (merchant, method, type) =>
    routing
      .poolsOf(merchant, method, type)
      ?.filter(
        ({ minCreditMinusDebitFen, maxCreditPpm }) =>
          minCreditMinusDebitFen === undefined && maxCreditPpm === undefined,
      ),
})

interface Choosing {
  counters: Counters
  gate: { isSuspended: (ref: string) => boolean; mustNotBeSuspended: (ref: string) => void }
  before: RouteRow | null
  /** Whether a refusal is told with its reasons: only then it is worth asking for them. */
  tellsWhy: boolean
}

function choose(
  asked: AskedRoute,
  world: RoutingWorld,
  amountFen: number,
  { counters, gate, before, tellsWhy }: Choosing,
) {
  const { ask, facts, atMs } = asked
  const { client } = ask
  const { serial, merchant, method } = ask.request
  const tried = before?.attempts.map(({ mid }) => mid) ?? []
  const exclude = [...new Set([...asked.exclude, ...tried])]
  const health: Record<string, PoolHealth> = {}
  const stopped = merchantMethodRef(merchant, method)
  const select = (explain: boolean) =>
    selectRoute(world.routing, paymentOf({ client, serial, merchant }, facts, amountFen, atMs, exclude), {
      counters,
      gate,
      drawKey: world.drawKey,
      explain,
      health: (pool) => {
        const known = world.health(pool)
        if (known !== undefined) health[pool] = known
        return known
      },
    })
  const { route, refusals } = gate.isSuspended(stopped)
    ? { route: undefined, refusals: [{ reason: 'suspended', of: 'merchant' } satisfies RouteRefusal] }
    : tellsWhy
      ? withReasons(select, ask.explain ?? false)
      : select(false)
  if (route !== undefined) gate.mustNotBeSuspended(stopped)
  const at = new Date(atMs).toISOString()
  const decision: RouteDecision = {
    version: world.routing.version,
    drawKey: world.drawKeyId,
    at,
    exclude,
    amountFen,
    mid: route?.mid ?? null,
    ...(Object.keys(health).length === 0 ? {} : { health }),
  }
  return { refusals, decision, attempt: route && attemptOf(route, asked, at, world.clock.nowMs()) }
}

/** Nobody can carry it: asked again why, for nothing was taken. Who did not ask to have all explained is told each reason of a pool once, with a MID for it. */
function withReasons(select: (explain: boolean) => Selection, explain: boolean): Selection {
  const found = select(explain)
  if (found.route !== undefined || explain) return found
  const told = new Set<string>()
  const refusals = select(true).refusals.filter(({ pool, reason, of }) => {
    const key = `${pool} ${reason} ${of}`
    return !told.has(key) && told.add(key)
  })
  return { route: undefined, refusals }
}

const attemptOf = (
  { mid, channel, pool, secretRef, costFen, probe, charges }: Route,
  { id, exclude, holdMs }: AskedRoute,
  at: string,
  nowMs: number,
): RouteAttempt => ({
  mid,
  channel,
  pool,
  secretRef,
  costFen,
  probe,
  exclude,
  at,
  state: 'reserved',
  chargesAre: 'held',
  charges: charges.map(({ key, fen, count }) => ({ key, fen, count })),
  over: [],
  tellers: [{ id }],
  expiresAt: new Date(nowMs + holdMs).toISOString(),
})

/** A payment that has no attempt yet may come again with another body: nothing was held. */
export function nextRow(
  before: RouteRow | null,
  { ask, facts }: AskedRoute,
  amountFen: number,
  /** Undefined: nobody knows of any. */
  decision: RouteDecision | undefined,
  attempt: RouteAttempt | undefined,
): RouteRow {
  const attempts = before?.attempts ?? []
  const isRepeat = before !== null && isSameBody(before.bodyHash, ask.bodyHash)
  const base: RouteRow = {
    client: ask.client,
    serial: ask.request.serial,
    merchant: ask.request.merchant,
    bodyHash: ask.bodyHash,
    version: before?.version ?? 0,
    state: 'no_route',
    amountFen,
    attempts,
    expiresAt: null,
    record: {
      ...(attempts.length > 0 ? before!.record : { v: ROUTE_VERSION }),
      facts,
      decisions: [...(isRepeat ? before.record.decisions : []), ...(decision === undefined ? [] : [decision])].slice(
        -DECISIONS_KEPT,
      ),
    },
    createdAt: before?.createdAt ?? new Date(ask.receivedAtMs).toISOString(),
  }
  return withAttempts(base, attempt === undefined ? attempts : [...attempts, attempt])
}

/** With a route nothing is said of what was passed over unless it is asked: the same question again is answered from the row, which does not keep it. */
function answerOf(row: RouteRow, attempt: RouteAttempt | undefined, refusals: readonly RouteRefusal[]): RouteAnswer {
  const reasons = refusals.length === 0 ? {} : { reasons: [...refusals] }
  if (attempt === undefined) return { serial: row.serial, amount: row.amountFen, route: null, ...reasons }
  return { ...firstAnswer(row, attempt), ...reasons }
}
