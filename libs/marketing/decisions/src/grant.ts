import type { GrantedOffer, Refusal } from '@lijian/contracts/marketing'
import type { Counters, Shortage } from '@lijian/limits'
import {
  blockCharges,
  refusalsAfterGrant,
  type Candidate,
  type Charge,
  type CompiledOffer,
  type PaymentFacts,
  type PriceSoFar,
  type Ranking,
} from '@lijian/rules'
import { cutByClips } from './clip'
import type { Evaluation } from './evaluation'
import { refusalOf } from './refusal'

/** Suspensions, asked at the moment of the grant; absent offline, where there are none. */
export interface Gate {
  isSuspended(ref: string): boolean
  mustNotBeSuspended(ref: string): void
}

/** One granted offer with what it took from each counter. */
export interface GrantedOfferCharges {
  offer: CompiledOffer
  grant: GrantedOffer
  charges: readonly Charge[]
}

export interface Granting {
  granted: GrantedOfferCharges[]
  /** Instant amount offers: what the consumer does not pay. */
  discountFen: number
  rebateFen: number
  feeSavedFen: number
  /** What stood before a granted offer and found no room; every other offer too when explaining. */
  refusals: Refusal[]
  /** Of the payment's draws by person. */
  drawPlaces?: PaymentFacts['drawPlaces']
}

/**
 * Grants at most one offer per group, group after group, each on what the groups before were really granted (DESIGN §3, "Order of
 * computation", "selection"), and takes what they need from the counters.
 */
export function grantOffers(counters: Counters, evaluation: Evaluation, as: 'held' | 'used', gate?: Gate): Granting {
  evaluation.placeDraws(counters)
  const { facts, fees, explain } = evaluation
  const { drawPlaces } = facts
  const result: Granting = { granted: [], discountFen: 0, rebateFen: 0, feeSavedFen: 0, refusals: [], drawPlaces }
  const isBlocked = (offer: CompiledOffer): boolean => {
    const blocks = blockCharges(offer, facts, facts.atMs)
    const blocked = counters.test(blocks) !== null
    if (!blocked) counters.require(blocks)
    return blocked
  }
  if (explain)
    for (const { blockable, ...refusal } of evaluation.screening.refused)
      result.refusals.push(
        blockable !== undefined && isBlocked(blockable)
          ? { offer: blockable.code, reason: 'blocked_after_refund' }
          : refusal,
      )
  let price: PriceSoFar = { payableFen: facts.amountFen, feeSavedFen: 0, granted: false, closed: false, fees }
  for (let group = 0; group < evaluation.groups.length; group++) {
    const ranking = evaluation.ranking(group, price)
    const outcome = tryInOrder(counters, ranking, as, gate)
    for (const refusal of outcome.refusals) result.refusals.push(refusal)
    if (explain) result.refusals.push(...refusalsAfterGrant(ranking, outcome.place, isBlocked))
    if (outcome.granted === undefined) continue
    result.granted.push(outcome.granted)
    price = after(price, outcome.granted)
    add(result, outcome.granted)
  }
  return result
}

function add(result: Granting, { offer, grant }: GrantedOfferCharges): void {
  if (offer.kind === 'fee') result.feeSavedFen += grant.discount
  else if (offer.delivery === 'rebate') result.rebateFen += grant.discount
  else result.discountFen += grant.discount
}

/** A rebate comes later: it lowers neither base nor payable of what follows. */
function after(price: PriceSoFar, { offer, grant }: GrantedOfferCharges): PriceSoFar {
  if (offer.kind === 'fee') return { ...price, feeSavedFen: price.feeSavedFen + grant.discount }
  return {
    ...price,
    payableFen: offer.delivery === 'rebate' ? price.payableFen : price.payableFen - grant.discount,
    granted: true,
    closed: price.closed || offer.exclusive,
  }
}

interface Attempt {
  granted: GrantedOfferCharges | undefined
  place: number | undefined
  refusals: Refusal[]
}

const NOTHING_TRIED: Attempt = { granted: undefined, place: undefined, refusals: [] }

/** The best candidate that is not suspended and fits all its counters; what stood before it and did not, with its reason. */
function tryInOrder(counters: Counters, { candidates }: Ranking, as: 'held' | 'used', gate: Gate | undefined): Attempt {
  if (candidates.length === 0) return NOTHING_TRIED
  const refusals: Refusal[] = []
  for (let place = 0; place < candidates.length; place++) {
    const candidate = candidates[place]!
    const { campaign, code } = candidate.offer
    if (gate !== undefined && (gate.isSuspended(campaign.code) || gate.isSuspended(`${campaign.code}/${code}`))) {
      refusals.push({ offer: code, reason: 'suspended' })
      continue
    }
    const fitting = fitOffer(counters, candidate)
    if ('reason' in fitting) {
      refusals.push(fitting)
      continue
    }
    counters.take(fitting.charges, as)
    gate?.mustNotBeSuspended(campaign.code)
    gate?.mustNotBeSuspended(`${campaign.code}/${code}`)
    return { granted: fitting, place, refusals }
  }
  return { granted: undefined, place: undefined, refusals }
}

const NOTHING_ASKED: readonly Charge[] = []

/** What the candidate gives once its counters have been asked, in the order of the reasons; or which of them refuses it. Takes nothing. */
export function fitOffer(
  counters: Counters,
  candidate: Candidate,
  ask: { blocks: boolean } = { blocks: true },
): GrantedOfferCharges | Refusal {
  const { offer } = candidate
  const blocks = ask.blocks ? candidate.blocks : NOTHING_ASKED
  if (blocks.length > 0) {
    const shortage = counters.test(blocks)
    if (shortage !== null)
      return { offer: offer.code, reason: 'blocked_after_refund', ...untilOf(blocks, shortage.ask.key) }
    counters.require(blocks)
  }
  const cut = offer.limits.some(({ clip }) => clip) ? cutByClips(counters, candidate) : undefined
  if (cut !== undefined && 'reason' in cut) return cut
  const charges = cut?.charges ?? candidate.charges
  const shortage = firstShortage(counters, charges)
  if (shortage !== null) return refusalOf(offer, charges, shortage)
  return { offer, grant: candidate.grantOf(cut?.discountFen ?? candidate.discountFen), charges }
}

const untilOf = (charges: readonly Charge[], key: string): { until?: string } => {
  const until = charges.find((charge) => charge.key === key)?.until
  return until === undefined ? {} : { until }
}

const KINDS = ['limit', 'budget', 'funds'] as const

/** By the order of the reasons: a full limit is named before a spent budget, and that before a short balance; in each, counts first. */
function firstShortage(counters: Counters, charges: readonly Charge[]): Shortage | null {
  if (counters.test(charges) === null) return null
  const passed: Charge[] = []
  for (const kind of KINDS) {
    const asks = charges.filter((charge) => charge.kind === kind)
    const shortage = counters.test(asks)
    if (shortage !== null) {
      counters.require(passed)
      return shortage
    }
    passed.push(...asks)
  }
  throw new Error('a counter has refused and then granted')
}
