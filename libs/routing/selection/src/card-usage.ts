import {
  cardUsagePolicy,
  type CardUsage,
  type CardUsageAnswer,
  type CardUsageCount,
  type CardUsagePolicy,
} from '@lijian/contracts/routing'

/** Of a document that says nothing: 200 payments of one card in a month, and one card over stops the merchant's method (DESIGN §5). */
export const DEFAULT_CARD_USAGE: CardUsagePolicy = cardUsagePolicy.parse({})

/** Where payments of a card are counted: at the merchant, and apart under each of its parents. */
export interface UsagePlace {
  of: 'merchant' | 'parent'
  code: string
  period: string
  /** More than so many are over; undefined: the scheme says nothing for this period. */
  threshold: number | undefined
}

/** The month and the day of a payment, at the merchant and under each parent (nearest first), with what the card's scheme allows. */
export function usagePlaces(
  policy: CardUsagePolicy,
  { merchant, parents, scheme, day }: { merchant: string; parents: readonly string[]; scheme?: string; day: string },
): UsagePlace[] {
  const allowed =
    policy.thresholds.find((one) => one.scheme !== undefined && one.scheme === scheme) ??
    policy.thresholds.find((one) => one.scheme === undefined)
  const periods = [
    { period: day.slice(0, 7), threshold: allowed?.month },
    { period: day, threshold: allowed?.day },
  ]
  const holders = [
    { of: 'merchant' as const, code: merchant },
    ...parents.map((code) => ({ of: 'parent' as const, code })),
  ]
  return holders.flatMap((holder) => periods.map((period) => ({ ...holder, ...period })))
}

/** The threshold itself is allowed: of 200 the 201st is over, and near is from the 160th on. */
function usageOf(count: number, threshold: number, nearPpm: number): CardUsage {
  if (count > threshold) return 'over'
  return count * 1_000_000 >= threshold * nearPpm ? 'near' : 'ok'
}

const RANK: Record<CardUsage, number> = { ok: 0, near: 1, over: 2 }

/** What an answer says: `counts` are of the places, in their order. */
export function usageAnswer(
  policy: CardUsagePolicy,
  places: readonly UsagePlace[],
  counts: readonly number[],
): CardUsageAnswer {
  const shown = places.map(({ of, code, period, threshold }, i): CardUsageCount => {
    const count = counts[i]!
    const graded = threshold === undefined ? {} : { threshold, usage: usageOf(count, threshold, policy.nearPpm) }
    return { of, code, period, count, ...graded }
  })
  const own = shown.flatMap(({ of, usage }) => (of === 'merchant' && usage !== undefined ? [usage] : []))
  const worst = own.sort((a, b) => RANK[b] - RANK[a])[0]
  return { ...(worst === undefined ? {} : { cardUsage: worst }), cardUsageCounts: shown }
}
