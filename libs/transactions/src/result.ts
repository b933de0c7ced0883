import { LijianError, type Fee, type GrantedOffer, type TransactionAnswer } from '@lijian/contracts'
import { OWN_LIMIT, type CounterAsk } from '@lijian/limits'
import type { FirstAnswer, StoredCharge, StoredFacts, TransactionRow } from '@lijian/persistence'
import { feeFen, rank, testOffer, type CompiledOffer, type PaymentFacts } from '@lijian/rules'
import type { CaseKind } from '@lijian/workflow-marketing-transaction'
import { answerOf, nothingHeld } from './answer'
import type { BatchView } from './batch-view'
import { transactionEvent } from './events'
import { counterAsk, storedCharges } from './query'
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

export type Finish<T> = (businessDate: string | null) => T

/** Moves what a row holds or uses back to its counters. */
export function release(view: BatchView, row: TransactionRow, keepCountOf: readonly string[] = []): StoredCharge[] {
  const kept: StoredCharge[] = []
  for (const { key, fen, count, offer } of row.charges) {
    const keeps = keepCountOf.includes(offer) && count > 0
    const freed = keeps ? 0 : count
    if (row.chargesAre === 'held') view.counters.move(key, { heldFen: -fen, heldCount: -freed })
    if (row.chargesAre === 'used') view.counters.move(key, { usedFen: -fen, usedCount: -freed })
    if (keeps) kept.push({ key, fen: 0, count, offer })
  }
  return kept
}

/** held → used, without asking for room: it was taken when it was held. */
function capture(view: BatchView, charges: readonly StoredCharge[]): void {
  for (const { key, fen, count } of charges)
    view.counters.move(key, { heldFen: -fen, heldCount: -count, usedFen: fen, usedCount: count })
}

const ownLimit = (charge: StoredCharge): CounterAsk => ({
  key: charge.key,
  limitFen: null,
  limitCount: null,
  version: OWN_LIMIT,
  fen: charge.fen,
  count: charge.count,
  shared: false,
})

function learntFacts(
  row: TransactionRow,
  ask: ResultAsk,
): { stored: StoredFacts; facts: PaymentFacts; changed: boolean } {
  const before = row.record.facts!
  const { card, cardType, cardRegion, scheme, pinFree } = ask.request
  const stored: StoredFacts = {
    ...before,
    ...(card ? { cardToken: card.token, bin: card.bin, last4: card.last4 } : {}),
    ...(cardType === undefined ? {} : { cardType }),
    ...(cardRegion === undefined ? {} : { cardRegion }),
    ...(scheme === undefined ? {} : { scheme }),
    ...(pinFree === undefined ? {} : { pinFree }),
  }
  const changed = (['cardToken', 'cardType', 'cardRegion', 'scheme', 'pinFree'] as const).some(
    (k) => stored[k] !== before[k],
  )
  const facts: PaymentFacts = {
    client: row.client,
    serial: row.serial,
    merchant: row.merchant,
    terminal: stored.terminal,
    amountFen: row.amountFen,
    eligibleFen: stored.eligibleFen,
    currency: stored.currency,
    paymentMethod: stored.paymentMethod,
    cardToken: stored.cardToken,
    cardDigits: card?.digits ?? stored.bin,
    issuer: stored.issuer,
    cardType: stored.cardType,
    cardRegion: stored.cardRegion,
    scheme: stored.scheme,
    pinFree: stored.pinFree,
    customerToken: stored.customerToken,
    atMs: Date.parse(stored.at),
  }
  return { stored, facts, changed }
}

interface Outcome {
  offers: GrantedOffer[]
  /** As they stand: taken over from the row, or newly computed for the fee offer. */
  keptCharges: StoredCharge[]
  feeCandidate: { offer: GrantedOffer; charges: StoredCharge[]; asks: CounterAsk[] } | null
  discountFen: number
  payableFen: number
  fee: Fee
}

/**
 * What remains of the grant after what was learnt with the result (DESIGN §3, "What was really paid"): amount offers stand unless
 * the payer paid something else than the payable; a fee offer is tested and computed again if the card or the payable changed.
 */
function outcomeOf(row: TransactionRow, ask: ResultAsk, documents: Documents): Outcome {
  const { record } = row
  const { facts, changed } = learntFacts(row, ask)
  const paidOther = (ask.request.paid ?? row.payableFen) !== row.payableFen
  const amountOffers = paidOther ? [] : record.offers.filter((offer) => offer.kind === 'amount')
  const payableFen = paidOther ? row.amountFen : row.payableFen
  const discountFen = row.amountFen - payableFen
  const keeps = (offers: GrantedOffer[]) =>
    row.charges.filter((charge) => offers.some((offer) => offer.code === charge.offer))
  if (!paidOther && !changed)
    return {
      offers: record.offers,
      keptCharges: row.charges,
      feeCandidate: null,
      discountFen,
      payableFen,
      fee: record.fee,
    }
  const fees = record.fees ?? undefined
  const original = feeFen(fees, facts.paymentMethod, facts.cardType, row.amountFen)
  const full = feeFen(fees, facts.paymentMethod, facts.cardType, payableFen)
  const result: Outcome = {
    offers: amountOffers,
    keptCharges: keeps(amountOffers),
    feeCandidate: null,
    discountFen,
    payableFen,
    fee: { original, final: full, saved: 0 },
  }
  const feeOffer = record.offers.find((offer) => offer.kind === 'fee')
  if (!feeOffer) return result
  const compiled = documents.offer(feeOffer.campaign, feeOffer.version, feeOffer.code)
  if (!compiled) throw new NeedsVersion(feeOffer.campaign, feeOffer.version)
  // Granted is granted: a suspension since then acts on the next payment, not on this one.
  if (testOffer({ ...compiled, approved: true, suspended: false }, facts) !== undefined) return result
  const candidate = rank([compiled], 'fee', facts, { payableFen, fees }, false).candidates[0]
  if (candidate)
    result.feeCandidate = {
      offer: candidate.grant,
      charges: storedCharges(candidate),
      asks: candidate.charges.map(counterAsk),
    }
  return result
}

/** Takes the outcome's charges as used; false: a late success found no room. */
function takeOutcome(
  view: BatchView,
  row: TransactionRow,
  outcome: Outcome,
): { charges: StoredCharge[]; offers: GrantedOffer[]; fee: Fee } | false {
  const { feeCandidate, keptCharges } = outcome
  const untouched = keptCharges === row.charges
  if (row.chargesAre === 'held') {
    if (untouched) capture(view, row.charges)
    else {
      release(view, row)
      view.counters.take(keptCharges.map(ownLimit), 'used')
    }
  } else {
    const asks = [...keptCharges.map(ownLimit), ...(feeCandidate?.asks ?? [])]
    // All or none, on the counters of the original instant (DESIGN §3, "States").
    if (view.counters.test(asks) !== null) return false
    view.counters.take(asks, 'used')
    if (!feeCandidate) return { charges: keptCharges, offers: outcome.offers, fee: outcome.fee }
    return withFee(outcome, feeCandidate)
  }
  if (!feeCandidate || view.counters.test(feeCandidate.asks) !== null)
    return { charges: keptCharges, offers: outcome.offers, fee: outcome.fee }
  view.counters.take(feeCandidate.asks, 'used')
  return withFee(outcome, feeCandidate)
}

function withFee(outcome: Outcome, fee: NonNullable<Outcome['feeCandidate']>) {
  const saved = fee.offer.discount
  return {
    charges: [...outcome.keptCharges, ...fee.charges],
    offers: [...outcome.offers, fee.offer],
    fee: { original: outcome.fee.original, final: outcome.fee.final - saved, saved },
  }
}

const firstOf = ({ record, payableFen }: TransactionRow): FirstAnswer => ({
  discountFen: record.discountFen,
  payableFen,
  fee: record.fee,
  offers: record.offers,
})

function success(
  view: BatchView,
  row: TransactionRow,
  ask: ResultAsk,
  documents: Documents,
): Finish<TransactionAnswer> {
  const outcome = outcomeOf(row, ask, documents)
  const paidFen = ask.request.paid ?? row.payableFen
  const mismatch: CaseKind | null = paidFen !== row.payableFen && paidFen !== row.amountFen ? 'paid_mismatch' : null
  const taken = takeOutcome(view, row, outcome)
  const base = { ...row, version: row.version + 1 }
  const result = {
    outcome: 'success' as const,
    paidFen: ask.request.paid ?? null,
    upstreamSerial: ask.request.upstreamSerial,
    paidAt: ask.request.paidAt,
  }
  const facts = learntFacts(row, ask).stored
  const next: TransactionRow =
    taken === false
      ? { ...base, state: 'unfunded', chargesAre: 'none', record: { ...row.record, facts, result } }
      : {
          ...base,
          state: taken.offers.length === 0 ? 'no_offer' : 'confirmed',
          payableFen: outcome.payableFen,
          chargesAre: taken.charges.length === 0 ? 'none' : 'used',
          charges: taken.charges,
          record: {
            ...row.record,
            facts,
            result,
            first: row.record.first ?? (outcome.keptCharges === row.charges ? null : firstOf(row)),
            discountFen: outcome.discountFen,
            offers: taken.offers,
            released: row.record.offers.filter(({ code }) => taken.offers.every((offer) => offer.code !== code)),
            fee: taken.fee,
            emptyBecause: taken.offers.length === 0 ? 'offers_released' : null,
          },
        }
  return record(view, next, ask, taken === false ? 'unfunded' : mismatch)
}

function failure(view: BatchView, row: TransactionRow, ask: ResultAsk): Finish<TransactionAnswer> {
  release(view, row)
  const result = { outcome: 'failure' as const, paidFen: null, upstreamSerial: ask.request.upstreamSerial }
  const next: TransactionRow = {
    ...row,
    version: row.version + 1,
    state: 'cancelled',
    chargesAre: 'none',
    record: { ...row.record, result },
  }
  return record(view, next, ask, null)
}

function record(
  view: BatchView,
  next: TransactionRow,
  ask: ResultAsk,
  wrong: CaseKind | null,
): Finish<TransactionAnswer> {
  view.put(next, { dated: true })
  if (ask.door === 'http') view.emit(transactionEvent(next, { dated: true, wrong }))
  return (businessDate) => answerOf({ ...next, businessDate: next.businessDate ?? businessDate })
}

const asStored =
  (row: TransactionRow): Finish<TransactionAnswer> =>
  () =>
    answerOf(row)

/** The state machine of a result (DESIGN §3, "States", "What was really paid"). */
export function decideResult(view: BatchView, ask: ResultAsk, documents: Documents): Finish<TransactionAnswer> {
  const row = view.transaction(ask.client, ask.serial)
  if (row === null) return () => nothingHeld(ask.serial)
  if (row.state === 'no_offer' && row.record.emptyBecause !== 'offers_released') return () => nothingHeld(ask.serial)
  const failed = ask.request.outcome === 'failure'
  switch (row.state) {
    case 'held':
      return failed ? failure(view, row, ask) : success(view, row, ask, documents)
    case 'cancelled':
    case 'expired':
      return failed ? asStored(row) : success(view, row, ask, documents)
    case 'reversed':
    case 'voided':
      return asStored(row)
    default:
      if (failed)
        throw new LijianError('result_conflict', `A success is recorded for ${row.serial}: send a reversal`, {
          state: row.state,
        })
      if ((ask.request.paid ?? row.payableFen) !== (row.record.result?.paidFen ?? row.payableFen))
        throw new LijianError('result_conflict', `A success with another "paid" is recorded for ${row.serial}`, {
          state: row.state,
        })
      return asStored(row)
  }
}
