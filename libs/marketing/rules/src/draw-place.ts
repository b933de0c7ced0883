import { drawOwner } from '@lijian/limits'
import { dimensionValues, generationsOf, join, personOf } from './limit-values'
import { singleUse } from './single-use'
import type { Charge, CompiledLimit, CompiledOffer, PaymentFacts } from './types'

/** A person's later draws of a period share the last place, so that no decision asks more counters than this. */
const PLACES = 64

const PERIODS = ['day', 'week', 'month', 'quarter', 'year', 'total'] as const

/**
 * The limit by which an offer is drawn (decision 0062). Of several: the person that is hardest to change, then the fewest other dimensions, so
 * that another shop or card draws the same; then the longest period whose uses all have places, else the shortest.
 */
export function drawLimit(limits: readonly CompiledLimit[]): CompiledLimit | undefined {
  const ranked = limits.flatMap((limit) => {
    const person = limit.user ? 0 : limit.per.includes('customer') ? 1 : limit.per.includes('card') ? 2 : undefined
    if (person === undefined) return []
    const isCounted = (limit.limitCount ?? Infinity) <= PLACES
    const period = PERIODS.indexOf(limit.period) * (isCounted ? -1 : 1)
    return [{ limit, rank: [person, limit.per.length, isCounted ? 0 : 1, period] }]
  })
  ranked.sort((a, b) => firstDifference(a.rank, b.rank) || (a.limit.limitId < b.limit.limitId ? -1 : 1))
  return ranked[0]?.limit
}

const firstDifference = (a: readonly number[], b: readonly number[]): number =>
  a.map((value, i) => value - b[i]!).find((difference) => difference !== 0) ?? 0

export const drawRef = ({ campaign, code }: CompiledOffer): string => `${campaign.code}/${code}`

/** The second formula: whoever fails and asks again under a new serial draws the same. Undefined: the payment has no place, by serial then. */
export function seedByPerson(offer: CompiledOffer, facts: PaymentFacts): readonly (string | number)[] | undefined {
  const place = facts.drawPlaces?.[drawRef(offer)]
  if (place === undefined || offer.drawBy === undefined) return undefined
  const { values, start } = drawnBy(offer, offer.drawBy, facts)
  return [values, offer.drawBy.limitId, start, place, offer.code, offer.version]
}

/**
 * A counter of one use for each place of the person's period but the last. A hold takes the first that is free, so two payments at once never
 * draw the same place, and a failed one gives its place back. The limit itself keeps the last place to one use.
 */
export function drawAsks(offer: CompiledOffer, facts: PaymentFacts): Charge[] {
  if (offer.drawBy === undefined) return []
  const counted = countedPlaces(offer.drawBy)
  return Array.from({ length: counted }, (_, place) => placeCharge(offer, offer.drawBy!, facts, place))
}

/** What a grant takes beside its limits. */
export function drawCharge(offer: CompiledOffer, facts: PaymentFacts): Charge | undefined {
  const place = facts.drawPlaces?.[drawRef(offer)]
  if (place === undefined || offer.drawBy === undefined || place >= countedPlaces(offer.drawBy)) return undefined
  return placeCharge(offer, offer.drawBy, facts, place)
}

const countedPlaces = ({ limitCount }: CompiledLimit): number => Math.min(limitCount ?? PLACES, PLACES) - 1

function drawnBy(offer: CompiledOffer, limit: CompiledLimit, facts: PaymentFacts) {
  // By the oldest key, so that a change of the key is no new draw.
  const generation = generationsOf(facts) - 1
  const values = dimensionValues(limit, facts, generation)
  return {
    values: limit.user ? join(values, personOf(facts, generation)) : values,
    ...offer.clock.startOfPeriod(facts.atMs, limit.period),
  }
}

function placeCharge(offer: CompiledOffer, limit: CompiledLimit, facts: PaymentFacts, place: number): Charge {
  const { values, start, until } = drawnBy(offer, limit, facts)
  return singleUse(offer, 'draw', { limitId: drawOwner(drawRef(offer), place), values, start, until })
}
