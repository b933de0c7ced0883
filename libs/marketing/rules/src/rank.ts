import type { GrantedOffer, Refusal } from '@lijian/contracts/marketing'
import { benefitFen } from './benefits'
import { blockCharges, fundsCharges, grantCharges, grantOf, missingKey } from './charges'
import { feeFen } from './fees'
import type { Candidate, Charge, CompiledOffer, PaymentFacts, PriceSoFar, RankRefusal, Ranking } from './types'

interface Priced {
  offer: CompiledOffer
  discountFen: number
}

/**
 * The offers of one group that could be granted, best first: higher priority, then larger discount, then code. Admission tries them in
 * this order; whichever limit refuses one, the next is tried.
 */
export function rank(
  offers: readonly CompiledOffer[],
  facts: PaymentFacts,
  price: PriceSoFar,
  explain: boolean,
): Ranking {
  const refused: RankRefusal[] = []
  const priced: Priced[] = []
  for (const offer of offers) {
    const benefit = benefitFen(offer, facts, price)
    if (typeof benefit === 'number') priced.push({ offer, discountFen: benefit })
    else if (explain) refused.push({ offer: offer.code, reason: benefit, behind: 0, ...blockableBy(offer) })
  }
  if (priced.length > 1) priced.sort(better)
  const candidates: Candidate[] = []
  for (const { offer, discountFen } of priced) {
    const limit = missingKey(offer, facts)
    if (limit === undefined) candidates.push(new PricedCandidate(offer, discountFen, facts, price))
    else if (explain)
      refused.push({
        offer: offer.code,
        reason: 'limit_key_missing',
        limit,
        behind: candidates.length,
        ...blockableBy(offer),
      })
  }
  return { candidates, refused }
}

const blockableBy = (offer: CompiledOffer): { blockable?: CompiledOffer } =>
  offer.block === undefined ? {} : { blockable: offer }

/**
 * The refusals of a ranking once the candidate at `granted` has got its place (undefined: none did). Whoever stands behind it is not_best,
 * which comes before the limit reasons: its limits are no longer asked. `isBlocked` tells whether a refund has closed an offer.
 */
export function refusalsAfterGrant(
  { candidates, refused }: Ranking,
  granted: number | undefined,
  isBlocked: (offer: CompiledOffer) => boolean = () => false,
): Refusal[] {
  const place = granted ?? candidates.length
  const result = refused.map(({ behind, blockable, ...refusal }): Refusal => {
    if (blockable !== undefined && isBlocked(blockable)) return blocked(refusal.offer!)
    return behind > place ? { offer: refusal.offer, reason: 'not_best' } : refusal
  })
  for (const { offer } of candidates.slice(place + 1))
    result.push(
      offer.block !== undefined && isBlocked(offer) ? blocked(offer.code) : { offer: offer.code, reason: 'not_best' },
    )
  return result
}

const blocked = (offer: string): Refusal => ({ offer, reason: 'blocked_after_refund' })

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
 * Counters are named when they are asked for, and once: admission mostly takes the first candidate, and the keys of the others would be most
 * of the cost of an evaluation.
 */
class PricedCandidate implements Candidate {
  private madeCharges: readonly Charge[] | undefined
  private madeBlocks: readonly Charge[] | undefined
  private full: GrantedOffer | undefined

  constructor(
    readonly offer: CompiledOffer,
    readonly discountFen: number,
    private readonly facts: PaymentFacts,
    private readonly price: PriceSoFar,
  ) {}

  get charges(): readonly Charge[] {
    return (this.madeCharges ??= grantCharges(this.offer, this.facts, this.grantOf(this.discountFen)))
  }

  get blocks(): readonly Charge[] {
    return (this.madeBlocks ??= blockCharges(this.offer, this.facts, this.facts.atMs))
  }

  grantOf(discountFen: number): GrantedOffer {
    if (discountFen !== this.discountFen) return grantOf(this.offer, discountFen)
    return (this.full ??= grantOf(this.offer, discountFen))
  }

  fundsOf(discountFen: number): Charge[] {
    return this.offer.campaign.paymentMode === 'prepay'
      ? fundsCharges(this.offer, this.grantOf(discountFen).funders)
      : []
  }

  savedOn(partFen: number): number {
    const { fees, payableFen } = this.price
    const { paymentMethod, cardType } = this.facts
    const fee = (amountFen: number) => feeFen(fees, paymentMethod, cardType, amountFen)
    // Nothing outside costs nothing: a schedule's least fee is for a payment that pays one.
    const outsideFen = payableFen - partFen
    return Math.max(0, fee(payableFen) - (outsideFen <= 0 ? 0 : fee(outsideFen)))
  }
}
