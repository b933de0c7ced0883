import type { FeeSchedule, Refusal } from '@lijian/contracts/marketing'
import type { Counters } from '@lijian/limits'
import {
  benefitFen,
  drawAsks,
  drawRef,
  missingKey,
  rank,
  refusalsAfterGrant,
  type CompiledOffer,
  type PaymentFacts,
  type PriceSoFar,
  type Ranking,
  type Screening,
} from '@lijian/rules'

export interface EvaluationInput {
  facts: PaymentFacts
  screening: Screening
  /** The merchant's fee schedule; without one there is no fee offer. */
  fees: FeeSchedule | undefined
  explain: boolean
  /** 1: an old decision is run again, whose draws were all by serial. */
  drawFormula?: 1 | 2
}

/** Offers that compete for one place. */
export interface Group {
  kind: 'amount' | 'fee'
  offers: readonly CompiledOffer[]
}

/** A payment with the offers whose conditions it meets, worked out as far as no counter is needed; deciding again repeats nothing. */
export class Evaluation implements EvaluationInput {
  /** With the places of draws, once counters have told them. */
  facts: PaymentFacts
  readonly screening: Screening
  readonly fees: FeeSchedule | undefined
  readonly explain: boolean
  /** In the order in which they grant. */
  readonly groups: readonly Group[]
  private readonly start: PriceSoFar
  /** Drawn by person: what they give depends on counters. */
  private readonly drawn: readonly CompiledOffer[]
  private readonly first: (Ranking | undefined)[] = []
  private readonly later = new Map<string, Ranking>()
  private readonly past: PaymentFacts['drawPlaces']

  constructor({ facts, screening, fees, explain, drawFormula = 2 }: EvaluationInput) {
    this.facts = facts
    this.screening = screening
    this.fees = fees
    this.explain = explain
    this.groups = groupsOf(screening.passed)
    this.drawn =
      drawFormula === 1
        ? NOT_DRAWN
        : screening.passed.filter((offer) => offer.drawBy !== undefined && missingKey(offer, facts) === undefined)
    this.past = facts.drawPlaces
    this.start = { payableFen: facts.amountFen, feeSavedFen: 0, granted: false, closed: false, fees }
  }

  /**
   * Asks the counters which of the person's draws this is. Deciding again asks again: another payment may have taken the place. A decision that
   * is run again has its places.
   */
  placeDraws(counters: Counters): void {
    if (this.drawn.length === 0 || this.past !== undefined) return
    const { drawPlaces: before } = this.facts
    const places: Record<string, number> = {}
    for (const offer of this.drawn) places[drawRef(offer)] = counters.firstFree(drawAsks(offer, this.facts))
    if (before !== undefined && this.drawn.every((offer) => before[drawRef(offer)] === places[drawRef(offer)])) return
    this.facts = { ...this.facts, drawPlaces: places }
    this.first.length = 0
    this.later.clear()
  }

  /** The offers of one group, best first, on what the groups before have left. */
  ranking(group: number, price: PriceSoFar = this.start): Ranking {
    const { offers } = this.groups[group]!
    if (price.payableFen === this.facts.amountFen && price.feeSavedFen === 0 && !price.granted)
      return (this.first[group] ??= rank(offers, this.facts, this.start, this.explain))
    const key = `${group} ${price.payableFen} ${price.feeSavedFen} ${price.closed}`
    let ranking = this.later.get(key)
    if (ranking === undefined) this.later.set(key, (ranking = rank(offers, this.facts, price, this.explain)))
    return ranking
  }

  /** No offer whatever the counters say: with nothing granted before, no group has a candidate. */
  isHopeless(): boolean {
    for (let group = 0; group < this.groups.length; group++) if (this.ranking(group).candidates.length > 0) return false
    // Another place may draw more than the nothing that the serial has drawn.
    if (this.drawn.some((offer) => benefitFen(offer, this.facts, this.start) === 'no_benefit')) return false
    return !this.explain || !this.mayBeBlocked()
  }

  /** Why each offer was not given, when it is hopeless; empty unless explaining. */
  refusals(): Refusal[] {
    if (!this.explain) return []
    return [
      ...this.screening.refused,
      ...this.groups.flatMap((_, group) => refusalsAfterGrant(this.ranking(group), undefined)),
    ]
  }

  /** A counter has to be asked before the reason can be named: a refund may have closed an offer to this person. */
  private mayBeBlocked(): boolean {
    return (
      this.screening.refused.some(({ blockable }) => blockable !== undefined) ||
      this.groups.some((_, group) => this.ranking(group).refused.some(({ blockable }) => blockable !== undefined))
    )
  }
}

const NOT_DRAWN: readonly CompiledOffer[] = []
const NO_GROUPS: readonly Group[] = []

function groupsOf(passed: readonly CompiledOffer[]): readonly Group[] {
  if (passed.length === 0) return NO_GROUPS
  if (passed.length === 1) return [{ kind: passed[0]!.kind, offers: passed }]
  const groups = new Map<number, CompiledOffer[]>()
  for (const offer of passed) {
    const group = groups.get(offer.groupRank)
    if (group === undefined) groups.set(offer.groupRank, [offer])
    else group.push(offer)
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, offers]) => ({ kind: offers[0]!.kind, offers }))
}
