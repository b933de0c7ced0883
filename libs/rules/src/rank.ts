import type { GrantedOffer, Refusal } from '@lijian/contracts'
import { benefitFen } from './benefits'
import { chargesOf, fundersOf, missingKey } from './charges'
import type { Candidate, Charge, CompiledOffer, PaymentFacts, PriceSoFar, RankRefusal, Ranking } from './types'

interface Priced {
  offer: CompiledOffer
  discountFen: number
}

/**
 * The offers of one kind that could be granted, best first: higher priority, then larger discount, then code. Admission tries them in this
 * order; whichever limit refuses one, the next is tried.
 */
export function rank(
  offers: readonly CompiledOffer[],
  kind: 'amount' | 'fee',
  facts: PaymentFacts,
  price: PriceSoFar,
  explain: boolean,
): Ranking {
  const refused: RankRefusal[] = []
  const priced: Priced[] = []
  for (const offer of offers) {
    if (offer.kind !== kind) continue
    const benefit = benefitFen(offer, facts, price)
    if (typeof benefit === 'number') priced.push({ offer, discountFen: benefit })
    else if (explain) refused.push({ offer: offer.code, reason: benefit, behind: 0 })
  }
  if (priced.length > 1) priced.sort(better)
  const candidates: Candidate[] = []
  for (const { offer, discountFen } of priced) {
    const limit = missingKey(offer, facts)
    if (limit === undefined) candidates.push(new PricedCandidate(offer, discountFen, facts))
    else if (explain) refused.push({ offer: offer.code, reason: 'limit_key_missing', limit, behind: candidates.length })
  }
  return { candidates, refused }
}

/**
 * The refusals of a ranking once the candidate at `granted` has got its place (undefined: none did). Whoever stands behind it is not_best,
 * which comes before the limit reasons: its limits are no longer asked.
 */
export function refusalsAfterGrant({ candidates, refused }: Ranking, granted: number | undefined): Refusal[] {
  const place = granted ?? candidates.length
  const result = refused.map(({ behind, ...refusal }): Refusal =>
    behind > place ? { offer: refusal.offer, reason: 'not_best' } : refusal,
  )
  for (const { offer } of candidates.slice(place + 1)) result.push({ offer: offer.code, reason: 'not_best' })
  return result
}

function better(a: Priced, b: Priced): number {
  return (
    b.offer.priority - a.offer.priority ||
    b.discountFen - a.discountFen ||
    byCodePoint(a.offer.code, b.offer.code) ||
    byCodePoint(a.offer.campaign.code, b.offer.campaign.code)
  )
}

/** The same order on every machine, whatever its locale. */
function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Grant and charges are made when they are asked for, and once: admission mostly takes the first candidate, and the counter keys of the others
 * would be most of the cost of an evaluation.
 */
class PricedCandidate implements Candidate {
  private made: { grant: GrantedOffer; charges: Charge[] } | undefined

  constructor(
    readonly offer: CompiledOffer,
    readonly discountFen: number,
    private readonly facts: PaymentFacts,
  ) {}

  get grant(): GrantedOffer {
    return this.make().grant
  }

  get charges(): Charge[] {
    return this.make().charges
  }

  private make(): { grant: GrantedOffer; charges: Charge[] } {
    if (this.made !== undefined) return this.made
    const { offer, discountFen, facts } = this
    const funders = fundersOf(offer, discountFen)
    const grant: GrantedOffer = {
      campaign: offer.campaign.code,
      version: offer.version,
      code: offer.code,
      name: offer.offer.name,
      kind: offer.kind,
      delivery: 'instant',
      discount: discountFen,
      funders,
    }
    this.made = { grant, charges: chargesOf(offer, facts, discountFen, funders) }
    return this.made
  }
}
