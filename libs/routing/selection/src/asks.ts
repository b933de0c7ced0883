import { counterKey, routeCounter, routeOwner, type CounterAsk } from '@lijian/limits'
import type { Bounds, Channel, Mid, Pool, RoutePayment } from './types'

/**
 * Far above any sum of a day and exact as a number: sums that have no limit of their own are counters with this one, so that what stands on them is
 * known from the room they leave.
 */
export const SUM_LIMIT_FEN = 2 ** 52

/** The daily counter of a channel, MID or pool; undefined: it has none. */
export function dailyAsk(of: Bounds, day: string, amountFen: number, version: number): CounterAsk | undefined {
  if (of.key === undefined) return undefined
  const { dailyFen: limitFen, dailyCount: limitCount } = of
  return { key: of.key.of(day), limitFen, limitCount, version, fen: amountFen, count: 1, shared: true }
}

/** Payments of one card on a channel or MID, under each token that it has; an unknown card is not tested. */
export function cardAsks(
  kind: 'channel' | 'mid',
  of: Channel | Mid,
  { cardToken, earlier = [] }: Pick<RoutePayment, 'cardToken' | 'earlier'>,
  day: string,
  version: number,
): CounterAsk[] {
  const { cardDailyCount: limitCount } = of
  if (limitCount === undefined || cardToken === undefined) return []
  const owner = routeOwner(`${kind}-card`, of.code)
  return [cardToken, ...earlier].map((token) => {
    const key = counterKey(owner, token, day)
    return { key, limitFen: null, limitCount, version, fen: 0, count: 1, shared: false }
  })
}

/** The pool's sum of credit or debit payments; undefined: other and unknown card types stand in neither, and a pool without such a rule keeps none. */
export function sumAsk(
  pool: Pool,
  cardType: string | undefined,
  day: string,
  amountFen: number,
  version: number,
): CounterAsk | undefined {
  if (pool.minCreditMinusDebitFen === undefined && pool.maxCreditPpm === undefined) return undefined
  if (cardType !== 'credit' && cardType !== 'debit') return undefined
  const key = (cardType === 'credit' ? pool.creditKey : pool.debitKey).of(day)
  return { key, limitFen: SUM_LIMIT_FEN, limitCount: null, version, fen: amountFen, count: 1, shared: true }
}

/** Whose counter a key is. */
export function ownerOf(key: string): 'channel' | 'mid' | 'pool' {
  const { kind } = routeCounter(key)!
  return kind.startsWith('channel') ? 'channel' : kind.startsWith('mid') ? 'mid' : 'pool'
}
