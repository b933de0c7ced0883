import type { BatchView, Finish } from '@lijian/admission'
import { zoneClock } from '@lijian/calendar'
import { LijianError } from '@lijian/contracts/system'
import type { RouteStateAnswer } from '@lijian/contracts/routing'
import type { CounterAsk } from '@lijian/limits'
import type { RouteAttempt, RouteRow, StoredRouteCharge } from '@lijian/database'
import { cardAsks, sumAsk, type Routing } from '@lijian/selection'
import { askUsage, cardAt, countUsage, type CardAt } from './card-usage'
import type { RoutingWorld } from './decide-route'
import { amountOf, stateAnswer, withAttempt } from './route-row'
import type { RouteResultAsk } from './types'

/**
 * How an attempt ended (DESIGN §5). Each attempt stands for itself: two that both succeeded both carried the payment, and both count. What is reserved is
 * captured or given back; a success after it was given back stands in `over`. Throws LijianError result_conflict for a MID that this payment was never
 * given and for a failure after a success, not_found for an unknown serial.
 */
export function decideRouteResult(
  view: BatchView,
  ask: RouteResultAsk,
  { routing, parentsOf }: Pick<RoutingWorld, 'routing' | 'parentsOf'>,
): Finish<RouteStateAnswer> {
  const { client, serial, request } = ask
  const row = view.route(client, serial)
  if (row === null)
    throw new LijianError('not_found', `No route was asked for under ${serial}: is it the serial of POST /v1/routes?`)
  if (row.attempts.length === 0)
    throw new LijianError('result_conflict', `${serial} was given no MID: nothing is to be reported of it`, {
      state: row.state,
    })
  const attempt = row.attempts.find(({ mid }) => mid === request.mid)
  if (attempt === undefined)
    throw new LijianError(
      'result_conflict',
      `${request.mid} was not given to ${serial}: its attempts are ${row.attempts.map(({ mid }) => mid).join(', ')}`,
      { state: row.state },
    )
  const next = request.outcome === 'success' ? succeed(view, row, attempt, ask, routing) : fail(view, row, attempt, ask)
  if (next === undefined) {
    const usage = askUsage(view, routing, cardAt(row, Date.parse(attempt.at), routing, parentsOf))
    return (_, usages) => ({ ...stateAnswer(row), ...usage(usages) })
  }
  const counted = count(view, next, request, routing)
  const told = request.upstreamSerial === undefined ? {} : { upstreamSerial: request.upstreamSerial }
  const record = { ...row.record, ...(request.outcome === 'success' ? learntOf(row, request) : {}) }
  const card = cardAt({ merchant: row.merchant, record }, Date.parse(attempt.at), routing, parentsOf)
  const pays = card !== undefined && next.state === 'succeeded'
  const usage = pays ? countUsage(view, routing, card, record.facts.method) : askUsage(view, routing, card)
  const written = { ...withAttempt(row, { ...counted, ...told, ...(pays ? { usage: placeOf(card) } : {}) }), record }
  view.putRoute(written)
  return (_, usages) => ({ ...stateAnswer(written), ...usage(usages) })
}

const placeOf = ({ cardToken, earlier, day, merchant, parents }: CardAt) => ({
  cardToken,
  ...(earlier && { earlier }),
  day,
  merchant,
  parents,
})

/** What only a result has told of the card. */
function learntOf(
  { record: { learnt } }: RouteRow,
  { cardToken, earlier, cardType, scheme }: RouteResultAsk['request'],
): Pick<RouteRow['record'], 'learnt'> {
  if (cardToken === undefined && cardType === undefined) return {}
  return {
    learnt: {
      ...learnt,
      ...(cardToken && { cardToken }),
      ...(earlier && { earlier }),
      ...(cardType && { cardType }),
      ...(scheme && { scheme }),
    },
  }
}

/** Undefined: it is recorded already. */
function succeed(
  view: BatchView,
  row: RouteRow,
  attempt: RouteAttempt,
  { request }: RouteResultAsk,
  routing: Routing,
): RouteAttempt | undefined {
  if (attempt.state === 'succeeded') return undefined
  const { failure: _, ...base } = attempt
  const learnt = learntCharges(row, attempt, request, routing)
  for (const { key, fen, count: times } of learnt) view.counters.move(key, { overFen: fen, overCount: times })
  if (attempt.state === 'reserved') {
    for (const { key, fen, count: times } of attempt.charges)
      view.counters.move(key, { heldFen: -fen, heldCount: -times, usedFen: fen, usedCount: times })
    return { ...base, state: 'succeeded', chargesAre: 'used', over: learnt }
  }
  // What it had reserved was given back: it happened all the same.
  for (const { key, fen, count: times } of attempt.charges) view.counters.move(key, { overFen: fen, overCount: times })
  return { ...base, state: 'succeeded', chargesAre: 'none', charges: [], over: [...attempt.charges, ...learnt] }
}

function fail(
  view: BatchView,
  row: RouteRow,
  attempt: RouteAttempt,
  { request: { failure } }: RouteResultAsk,
): RouteAttempt | undefined {
  if (attempt.state === 'succeeded') {
    // An old timeout overtaken by its success says nothing new.
    if (failure === 'timeout') return undefined
    throw new LijianError('result_conflict', `A success with ${attempt.mid} is recorded for ${row.serial}`, {
      state: row.state,
    })
  }
  if (failure === 'timeout')
    return attempt.timedOut === true || attempt.state === 'failed' ? undefined : { ...attempt, timedOut: true }
  if (attempt.state === 'failed') return undefined
  if (attempt.state === 'reserved') giveBack(view, attempt)
  return { ...attempt, state: 'failed', chargesAre: 'none', ...(failure === undefined ? {} : { failure }) }
}

export function giveBack(view: BatchView, { charges }: RouteAttempt): void {
  for (const { key, fen, count: times } of charges) view.counters.move(key, { heldFen: -fen, heldCount: -times })
}

/** An attempt counts once for its pool's success rate: by the first outcome that neither issuer nor customer has to answer for. */
function count(
  view: BatchView,
  attempt: RouteAttempt,
  { outcome, failure }: RouteResultAsk['request'],
  routing: Routing,
): RouteAttempt {
  if (attempt.counted || routing.pools.get(attempt.pool)?.minSuccess === undefined) return attempt
  const ok = outcome === 'success'
  // A failure without a word about whose fault it was is the channel's.
  if (!ok && failure === 'declined') return attempt
  view.addOutcome({ pool: attempt.pool, ok, probe: attempt.probe })
  return { ...attempt, counted: true }
}

/** What a result tells of the card that the payment did not know: counted on the day of the payment, without asking for room. */
function learntCharges(
  row: RouteRow,
  attempt: RouteAttempt,
  { cardToken, earlier, cardType }: RouteResultAsk['request'],
  routing: Routing,
): StoredRouteCharge[] {
  const { facts } = row.record
  const mid = routing.mids.get(attempt.mid)
  const pool = routing.pools.get(attempt.pool)
  const day = zoneClock(routing.timeZone).at(Date.parse(attempt.at)).date
  const asks: (CounterAsk | undefined)[] = []
  if (facts.cardToken === undefined && mid !== undefined)
    asks.push(
      ...cardAsks('channel', mid.channel, { cardToken, earlier }, day, routing.version),
      ...cardAsks('mid', mid, { cardToken, earlier }, day, routing.version),
    )
  if (facts.cardType === undefined && pool !== undefined)
    asks.push(sumAsk(pool, cardType, day, amountOf(row, attempt), routing.version))
  return asks.flatMap((ask) => (ask === undefined ? [] : [{ key: ask.key, fen: ask.fen, count: ask.count }]))
}
