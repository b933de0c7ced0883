import {
  LijianError,
  type FeeSchedule,
  type GrantedOffer,
  type Refusal,
  type TransactionAnswer,
} from '@lijian/contracts'
import { OWN_LIMIT, type CounterAsk, type Shortage } from '@lijian/limits'
import type { StoredCharge, StoredFacts, TransactionRow } from '@lijian/persistence'
import { feeFen, refusalsAfterGrant, type Candidate, type Charge, type PaymentFacts, type Ranking } from '@lijian/rules'
import { firstAnswerOf } from './answer'
import type { BatchView } from './batch-view'
import type { Evaluated } from './evaluated'
import { transactionEvent } from './events'
import type { QueryAsk } from './types'

/** An unknown original is remembered for a day, so that a query that arrives after its reversal is answered no_offer (DESIGN §4). */
export const REMEMBER_UNKNOWN_MS = 24 * 3_600_000

export function counterAsk(charge: Charge): CounterAsk {
  return {
    key: charge.key,
    limitFen: charge.limitAmountFen,
    limitCount: charge.limitCount,
    // A prepaid balance's limit is what was topped up: the row has it.
    version: charge.kind === 'funds' ? OWN_LIMIT : charge.version,
    fen: charge.amountFen,
    count: charge.count,
    shared: charge.shared,
  }
}

const REASON_OF = { limit: 'limit_exhausted', budget: 'budget_exhausted', funds: 'funds_exhausted' } as const

function refusalOf(candidate: Candidate, { ask, state }: Shortage): Refusal {
  const charge = candidate.charges.find(({ key }) => key === ask.key)!
  return {
    offer: candidate.offer.code,
    reason: REASON_OF[charge.kind],
    limit: charge.limitId,
    ...(state.limitFen === null
      ? {}
      : { limitAmount: state.limitFen, usedAmount: state.usedFen, heldAmount: state.heldFen }),
    ...(state.limitCount === null
      ? {}
      : { limitCount: state.limitCount, usedCount: state.usedCount, heldCount: state.heldCount }),
    ...(charge.until === undefined ? {} : { until: charge.until }),
  }
}

/** By the order of the reasons: a full limit is named before a spent budget, and that before a short balance; in each, counts first. */
function firstShortage(view: BatchView, charges: readonly Charge[]): Shortage | null {
  const passed: CounterAsk[] = []
  for (const kind of ['limit', 'budget', 'funds'] as const) {
    const asks = charges.filter((charge) => charge.kind === kind).map(counterAsk)
    const shortage = view.counters.test(asks)
    if (shortage !== null) {
      view.counters.require(passed)
      return shortage
    }
    passed.push(...asks)
  }
  return null
}

/** The best candidate that is not suspended and fits all its counters; what stood before it and did not, with its reason. */
function tryInOrder(view: BatchView, { candidates }: Ranking): { granted: number | undefined; refusals: Refusal[] } {
  const refusals: Refusal[] = []
  for (const [place, candidate] of candidates.entries()) {
    const { campaign, code } = candidate.offer
    if (view.isSuspended(campaign.code) || view.isSuspended(`${campaign.code}/${code}`)) {
      refusals.push({ offer: code, reason: 'suspended' })
      continue
    }
    const shortage = firstShortage(view, candidate.charges)
    if (shortage === null) {
      view.counters.take(candidate.charges.map(counterAsk), 'held')
      view.mustNotBeSuspended(campaign.code)
      view.mustNotBeSuspended(`${campaign.code}/${code}`)
      return { granted: place, refusals }
    }
    refusals.push(refusalOf(candidate, shortage))
  }
  return { granted: undefined, refusals }
}

export function storedCharges(candidate: Candidate): StoredCharge[] {
  return candidate.charges.map(({ key, amountFen, count }) => ({
    key,
    fen: amountFen,
    count,
    offer: candidate.offer.code,
  }))
}

function storedFacts(facts: PaymentFacts, ask: QueryAsk): StoredFacts {
  const { card } = ask.request
  return {
    at: new Date(facts.atMs).toISOString(),
    paymentMethod: facts.paymentMethod,
    currency: facts.currency,
    terminal: facts.terminal,
    eligibleFen: facts.eligibleFen,
    cardToken: card?.token,
    bin: card?.bin,
    last4: card?.last4,
    issuer: facts.issuer,
    cardType: facts.cardType,
    cardRegion: facts.cardRegion,
    scheme: facts.scheme,
    pinFree: facts.pinFree,
    customerToken: facts.customerToken,
  }
}

/** `at` decides the price for the whole life of a transaction: the merchant's fees as they are now, for this payment method. */
function feesOfMethod(fees: FeeSchedule | undefined, paymentMethod: string): FeeSchedule | null {
  if (!fees) return null
  const { methods, ...byType } = fees
  const own = methods?.[paymentMethod]
  return own ? { ...byType, methods: { [paymentMethod]: own } } : byType
}

/** The answer of a payment that gets nothing. */
export function noOffer(
  ask: QueryAsk,
  fees: FeeSchedule | undefined,
  cardType: PaymentFacts['cardType'],
  reasons: Refusal[],
): TransactionAnswer {
  const { serial, amount, paymentMethod } = ask.request
  const fee = feeFen(fees, paymentMethod, cardType, amount)
  return {
    serial,
    state: 'no_offer',
    amount,
    discount: 0,
    payable: amount,
    offers: [],
    fee: { original: fee, final: fee, saved: 0 },
    ...(reasons.length > 0 ? { reasons } : {}),
  }
}

interface Granting {
  grants: GrantedOffer[]
  charges: StoredCharge[]
  voidKeepsCount: string[]
  discountFen: number
  feeSavedFen: number
  reasons: Refusal[]
}

/** Amount offers first, then fee offers on what is left to pay (DESIGN §3, "Order of computation"). */
function grantInOrder(view: BatchView, evaluated: Evaluated): Granting {
  const { facts, screening } = evaluated
  const explain = evaluated.ask.explain ?? false
  const result: Granting = {
    grants: [],
    charges: [],
    voidKeepsCount: [],
    discountFen: 0,
    feeSavedFen: 0,
    reasons: [...screening.refused],
  }
  for (const kind of ['amount', 'fee'] as const) {
    const ranking = evaluated.ranking(kind, facts.amountFen - result.discountFen)
    const { granted, refusals } = tryInOrder(view, ranking)
    result.reasons.push(...refusals)
    if (explain) result.reasons.push(...refusalsAfterGrant(ranking, granted))
    if (granted === undefined) continue
    const candidate = ranking.candidates[granted]!
    result.grants.push(candidate.grant)
    result.charges.push(...storedCharges(candidate))
    if (candidate.offer.offer.rule.refund?.restore?.void === false) result.voidKeepsCount.push(candidate.offer.code)
    if (kind === 'amount') result.discountFen = candidate.discountFen
    else result.feeSavedFen = candidate.discountFen
  }
  return result
}

/** What an existing row means for a query with the same serial; undefined: it is forgotten, decide anew. */
function answerFromRow(row: TransactionRow, { ask, fees, facts }: Evaluated): (() => TransactionAnswer) | undefined {
  if (row.record.emptyBecause === 'unknown_original') {
    if (ask.receivedAtMs - Date.parse(row.createdAt) >= REMEMBER_UNKNOWN_MS) return undefined
    return () => noOffer(ask, fees, facts.cardType, [])
  }
  if (row.bodyHash !== ask.bodyHash)
    throw new LijianError('serial_reused', `Serial ${row.serial} came before with another body`)
  return () => firstAnswerOf(row, ask.explain ?? false)
}

/**
 * Decides one query against the view: the answer of an earlier one with the same serial, a hold, or no offer.
 * Returns how to answer once the batch is committed.
 */
export function decideQuery(view: BatchView, evaluated: Evaluated): () => TransactionAnswer {
  const { ask, facts, fees } = evaluated
  const earlier = view.transaction(ask.client, ask.request.serial)
  const answered = earlier && answerFromRow(earlier, evaluated)
  if (answered) return answered
  const { grants, charges, voidKeepsCount, discountFen, feeSavedFen, reasons } = grantInOrder(view, evaluated)
  if (grants.length === 0) return () => noOffer(ask, fees, facts.cardType, reasons)
  const payableFen = facts.amountFen - discountFen
  const row: TransactionRow = {
    client: ask.client,
    serial: ask.request.serial,
    version: (earlier?.version ?? 0) + 1,
    marketingSerial: evaluated.marketingSerial,
    state: 'held',
    merchant: facts.merchant,
    bodyHash: ask.bodyHash,
    amountFen: facts.amountFen,
    payableFen,
    chargesAre: 'held',
    charges,
    record: {
      discountFen,
      fee: {
        original: feeFen(fees, facts.paymentMethod, facts.cardType, facts.amountFen),
        final: feeFen(fees, facts.paymentMethod, facts.cardType, payableFen) - feeSavedFen,
        saved: feeSavedFen,
      },
      offers: grants,
      released: [],
      first: null,
      reasons: ask.explain ? reasons : null,
      facts: storedFacts(facts, ask),
      fees: feesOfMethod(fees, facts.paymentMethod),
      result: null,
      voidKeepsCount,
      reversedBy: null,
      emptyBecause: null,
      notify: ask.notify ?? false,
    },
    holdExpiresAt: evaluated.holdExpiresAt,
    businessDate: null,
    createdAt: new Date(ask.receivedAtMs).toISOString(),
  }
  view.put(row, { dated: false })
  if (ask.door === 'http') view.emit(transactionEvent(row, { delayMs: evaluated.startDelayMs }))
  return () => firstAnswerOf(row, ask.explain ?? false)
}
