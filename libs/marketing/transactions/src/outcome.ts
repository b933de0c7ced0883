import {
  copyFacts,
  LEARNT_FACTS,
  withLearnt,
  type Fee,
  type GrantedOffer,
  type PaymentFacts,
  type StoredFacts,
} from '@lijian/contracts/marketing'
import { fitOffer, type GrantedOfferCharges } from '@lijian/decisions'
import type { DecisionBasis, StoredCharge, TransactionRow } from '@lijian/database'
import { everyGeneration, feeFen, rank, testOffer, type Candidate, type CompiledOffer } from '@lijian/rules'
import type { BatchView } from '@lijian/admission'
import { isDrawKey } from '@lijian/limits'
import { capture, ownLimit, release } from './charges'
import { storedCharges } from './query'
import type { ResultAsk } from './types'

/** Documents that a result may need again: the offer as it was when it was granted. */
export interface Documents {
  /** Undefined: that version is not in memory; the caller loads it and asks again. */
  offer(campaign: string, version: number, code: string): CompiledOffer | undefined
}

/** Thrown before anything is decided: this version of a campaign must be loaded first. */
export class NeedsVersion extends Error {
  constructor(
    readonly campaign: string,
    readonly version: number,
  ) {
    super(`campaign ${campaign} version ${version} is not in memory`)
  }
}

/** The payment as it was decided on, from its row: of the card's digits only the BIN is left, so groups are those of then. */
export const factsOfRow = (row: TransactionRow): PaymentFacts => pastFacts(row, row.record.facts!, row.record.basis)

export function learntFacts(
  row: TransactionRow,
  ask: ResultAsk,
): { stored: StoredFacts; facts: PaymentFacts; changed: boolean; told: boolean } {
  const before = row.record.facts!
  const { card } = ask.request
  const stored = withLearnt(
    card ? { ...before, ...cardFactsOf(before, card), bin: card.bin, last4: card.last4 } : before,
    ask.request,
  )
  const changed = (['cardToken', ...LEARNT_FACTS] as const).some((k) => stored[k] !== before[k])
  // Without a card in the result, card and customer belong to what they belonged to at the query; the merchant always does.
  const facts = pastFacts(row, card === undefined ? stored : { ...stored, memberOf: undefined })
  if (card?.digits !== undefined) facts.cardDigits = card.digits
  if (card !== undefined && before.memberOf !== undefined) facts.merchantOf = new Set(before.memberOf)
  return { stored, facts, changed, told: changed || stored.bin !== before.bin || stored.last4 !== before.last4 }
}

/** The same card under another token key is not another card: it keeps the token that it had. */
function cardFactsOf(
  { cardToken, earlier }: StoredFacts,
  card: NonNullable<ResultAsk['request']['card']>,
): Pick<StoredFacts, 'cardToken' | 'earlier'> {
  const isSame =
    cardToken !== undefined &&
    (card.earlier?.includes(cardToken) || everyGeneration(cardToken, { earlier }).includes(card.token))
  if (isSame) return { cardToken, earlier }
  const known = card.earlier && { [card.token]: card.earlier }
  return { cardToken: card.token, earlier: earlier || known ? { ...earlier, ...known } : undefined }
}

/** The payment as it was stored, for the rules. */
export function pastFacts(
  { client, serial, merchant, amountFen }: Pick<TransactionRow, 'client' | 'serial' | 'merchant' | 'amountFen'>,
  stored: StoredFacts,
  basis?: DecisionBasis,
): PaymentFacts {
  return copyFacts(stored, {
    client,
    serial,
    merchant,
    merchantMcc: stored.merchantMcc,
    merchantRegion: stored.merchantRegion,
    merchantCountry: stored.merchantCountry,
    merchantLeft: stored.merchantLeft,
    amountFen,
    eligibleFen: stored.eligibleFen,
    cardToken: stored.cardToken,
    cardDigits: stored.bin,
    customerToken: stored.customerToken,
    memberOf: stored.memberOf && new Set(stored.memberOf),
    drawPlaces: basis?.draws?.places,
    atMs: Date.parse(stored.at),
  })
}

const fits = (view: BatchView, charge: StoredCharge): boolean => view.counters.test([ownLimit(charge)]) === null

/** What remains of the grant after what was learnt with the result. */
export interface Outcome {
  offers: GrantedOffer[]
  charges: StoredCharge[]
  discountFen: number
  payableFen: number
  fee: Fee
  /** Nothing was learnt that changes anything: what was held is what is used. */
  untouched: boolean
}

interface Plan {
  outcome: Outcome
  facts: PaymentFacts
  /** To be tested and computed again, in the order in which they were granted. */
  feeOffers: CompiledOffer[]
}

/**
 * Amount offers stand, unless the payer paid something else than the payable: then instant ones are released (DESIGN §3, "What was really
 * paid"); fee offers are tested and computed again if the card or the payable changed.
 */
function planOf(row: TransactionRow, ask: ResultAsk, documents: Documents): Plan {
  const { record } = row
  const { facts, changed } = learntFacts(row, ask)
  const paidOther = (ask.request.paid ?? row.payableFen) !== row.payableFen
  const payableFen = paidOther ? row.amountFen : row.payableFen
  const discountFen = row.amountFen - payableFen
  const same = { discountFen, payableFen, fee: record.fee }
  if (!paidOther && !changed)
    return { outcome: { offers: record.offers, charges: row.charges, ...same, untouched: true }, facts, feeOffers: [] }
  const kept = record.offers.filter(({ kind, delivery }) => kind === 'amount' && !(paidOther && delivery === 'instant'))
  const fees = record.fees ?? undefined
  const fee = (amountFen: number) => feeFen(fees, facts.paymentMethod, facts.cardType, amountFen)
  return {
    outcome: {
      offers: kept,
      charges: row.charges.filter((charge) => kept.some((offer) => offer.code === charge.offer)),
      discountFen,
      payableFen,
      fee: { original: fee(row.amountFen), final: fee(payableFen), saved: 0 },
      untouched: false,
    },
    facts,
    feeOffers: record.offers
      .filter((offer) => offer.kind === 'fee')
      .map((offer) => {
        const compiled = documents.offer(offer.campaign, offer.version, offer.code)
        if (!compiled) throw new NeedsVersion(offer.campaign, offer.version)
        return compiled
      }),
  }
}

/** The fee offer as it would be granted if its limits had room; undefined: it does not hold any more. */
function feeCandidate({ facts, outcome }: Plan, row: TransactionRow, offer: CompiledOffer): Candidate | undefined {
  // Granted is granted: a suspension since then acts on the next payment, not on this one.
  if (testOffer({ ...offer, approved: true, suspended: false }, facts) !== undefined) return undefined
  const { payableFen, fee } = outcome
  const fees = row.record.fees ?? undefined
  const price = { payableFen, feeSavedFen: fee.saved, granted: false, closed: false, fees }
  return rank([offer], facts, price, false).candidates[0]
}

/** One fee offer computed again on what is known now; undefined: it does not hold any more, or its limits do not take the larger saving. */
function feeAgain(
  view: BatchView,
  row: TransactionRow,
  plan: Plan,
  offer: CompiledOffer,
): GrantedOfferCharges | undefined {
  const candidate = feeCandidate(plan, row, offer)
  if (candidate === undefined) return undefined
  // A refund since then closes the offer for the next payment.
  const fitting = fitOffer(view.counters, candidate, { blocks: false })
  return 'reason' in fitting ? undefined : fitting
}

function addFee(outcome: Outcome, granted: GrantedOfferCharges): void {
  const { original, final, saved } = outcome.fee
  const { discount } = granted.grant
  outcome.offers = [...outcome.offers, granted.grant]
  outcome.charges = [...outcome.charges, ...storedCharges(granted)]
  outcome.fee = { original, final: final - discount, saved: saved + discount }
}

/** Takes what remains as used; false: a late success found no room (all or none, on the counters of the original instant). */
export function takeOutcome(
  view: BatchView,
  row: TransactionRow,
  ask: ResultAsk,
  documents: Documents,
): { outcome: Outcome; taken: boolean } {
  const plan = planOf(row, ask, documents)
  const { outcome } = plan
  const wasHeld = row.chargesAre === 'held'
  if (wasHeld && outcome.untouched) {
    capture(view, row.charges)
    return { outcome, taken: true }
  }
  // A place that another draw has taken since the hold ended stays with that draw; what was told is granted all the same.
  if (!wasHeld) outcome.charges = outcome.charges.filter((charge) => !isDrawKey(charge.key) || fits(view, charge))
  const asks = outcome.charges.map(ownLimit)
  if (wasHeld) release(view, row)
  else if (view.counters.test(asks) !== null) return { outcome, taken: false }
  view.counters.take(asks, 'used')
  for (const offer of plan.feeOffers) {
    const granted = feeAgain(view, row, plan, offer)
    if (granted !== undefined) {
      view.counters.take(granted.charges, 'used')
      addFee(outcome, granted)
    } else if (!wasHeld && feeCandidate(plan, row, offer) !== undefined) {
      for (const { key, fen, count } of outcome.charges) view.counters.move(key, { usedFen: -fen, usedCount: -count })
      return { outcome, taken: false }
    }
  }
  return { outcome, taken: true }
}
