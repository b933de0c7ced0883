import type { Counters } from '@lijian/limits'
import { sumAsk } from './asks'
import type { Pool, RoutePayment } from './types'

export type RatioReason = 'credit_debit_difference' | 'credit_ratio'

/** A range of what is taken for which a decision is right, [lo, hi). */
interface Range {
  lo: number
  hi: number
}

interface Verdict {
  passes: boolean
  credit: Range
  debit: Range
}

/**
 * The rules of a pool about its sums of credit and debit payments of the day, reservations and this payment included (DESIGN §5). Undefined: it may serve.
 * minCreditMinusDebit tests debit payments, maxCreditPpm credit payments once the day's sum reaches ratioFrom. Either answer is right for a range of
 * both sums, and the decision rests on that range: the slack of the inequality is shared between the two.
 */
export function ratioRefusal(
  pool: Pool,
  { cardType, amountFen }: Pick<RoutePayment, 'cardType' | 'amountFen'>,
  counters: Counters,
  day: string,
  version: number,
): RatioReason | undefined {
  const bound =
    cardType === 'debit' ? pool.minCreditMinusDebitFen : cardType === 'credit' ? pool.maxCreditPpm : undefined
  if (bound === undefined) return undefined
  const creditAsk = sumAsk(pool, 'credit', day, amountFen, version)!
  const debitAsk = sumAsk(pool, 'debit', day, amountFen, version)!
  const sums = { credit: taken(counters, creditAsk), debit: taken(counters, debitAsk), amountFen }
  const verdict = cardType === 'debit' ? differenceVerdict(sums, bound) : shareVerdict(sums, bound, pool.ratioFromFen)
  counters.rest(creditAsk, verdict.credit.lo, verdict.credit.hi)
  counters.rest(debitAsk, verdict.debit.lo, verdict.debit.hi)
  if (verdict.passes) return undefined
  return cardType === 'debit' ? 'credit_debit_difference' : 'credit_ratio'
}

const taken = (counters: Counters, ask: Parameters<Counters['state']>[0]): number => {
  const { heldFen, usedFen, overFen } = counters.state(ask)
  return heldFen + usedFen + overFen
}

interface Sums {
  credit: number
  debit: number
  amountFen: number
}

const from = (lo: number): Range => ({ lo, hi: Infinity })
const upTo = (last: number): Range => ({ lo: -Infinity, hi: last + 1 })

/** credit − debit − this payment ≥ min: more credit and less debit never hurt. */
function differenceVerdict({ credit, debit, amountFen }: Sums, minFen: number): Verdict {
  const leftFen = credit - debit - amountFen - minFen
  const passes = leftFen >= 0
  const slack = Math.floor((passes ? leftFen : -1 - leftFen) / 2)
  return passes
    ? { passes, credit: from(credit - slack), debit: upTo(debit + slack) }
    : { passes, credit: upTo(credit + slack), debit: from(debit - slack) }
}

/** (credit + this payment) ÷ (credit + debit + this payment) ≤ max, from a sum of the day on. */
function shareVerdict({ credit, debit, amountFen }: Sums, maxPpm: number, ratioFromFen: number): Verdict {
  // Exact: sums of a day may pass 2^53 when they are multiplied.
  const within = (c: number, d: number) =>
    BigInt(c + amountFen) * 1_000_000n <= BigInt(maxPpm) * BigInt(c + d + amountFen)
  const early = (c: number, d: number) => c + d + amountFen < ratioFromFen
  if (within(credit, debit)) {
    const slack = most((by) => within(credit + by, Math.max(0, debit - by)))
    return { passes: true, credit: upTo(credit + slack), debit: from(debit - slack) }
  }
  if (early(credit, debit)) {
    // Too much credit for later: right as long as the day stays below ratioFrom.
    const slack = Math.floor((ratioFromFen - 1 - credit - debit - amountFen) / 2)
    return { passes: true, credit: upTo(credit + slack), debit: upTo(debit + slack) }
  }
  const slack = most((by) => {
    const less = Math.max(0, credit - by)
    return !within(less, debit + by) && !early(less, Math.max(0, debit - by))
  })
  return { passes: false, credit: from(credit - slack), debit: { lo: debit - slack, hi: debit + slack + 1 } }
}

/** The most by which it still holds, by halving; it holds for 0, and once it fails it fails for more. */
function most(holds: (by: number) => boolean): number {
  let by = 0
  for (let step = 2 ** 30; step >= 1; step /= 2) if (holds(by + step)) by += step
  return by
}
