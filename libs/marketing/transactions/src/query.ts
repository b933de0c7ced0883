import { LijianError } from '@lijian/contracts/system'
import type { FeeSchedule, Refusal, TransactionAnswer } from '@lijian/contracts/marketing'
import { grantOffers, type Gate, type GrantedOfferCharges } from '@lijian/decisions'
import { CountersSeen } from '@lijian/limits'
import { TRANSACTION_VERSION, type StoredCharge, type TransactionRow } from '@lijian/database'
import { feeFen, type PaymentFacts } from '@lijian/rules'
import { firstAnswerOf } from './answer'
import { isSameBody, nothing, withTeller, type BatchView, type Weighed } from '@lijian/admission'
import { REMEMBER_UNKNOWN_MS } from '@lijian/refunds'
import { release } from './charges'
import type { HoldRoom } from '@lijian/catalog'
import type { Evaluated } from './evaluated'
import { tellersOf, withTellers } from './told'
import { transactionEvent } from './events'
import type { QueryAsk } from './types'

export const storedCharges = ({ grant, charges }: GrantedOfferCharges): StoredCharge[] =>
  charges.map(({ key, fen, count, measure }) =>
    measure === 'gross' ? { key, fen, count, offer: grant.code, measure } : { key, fen, count, offer: grant.code },
  )

/** `at` decides the price for the whole life of a transaction: the merchant's fees as they are now, for this payment method. */
export function feesOfMethod(fees: FeeSchedule | undefined, paymentMethod: string): FeeSchedule | null {
  if (!fees) return null
  const { methods, ...byType } = fees
  const own = methods !== undefined && Object.hasOwn(methods, paymentMethod) ? methods[paymentMethod] : undefined
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

/** Offers whose count a void does not give back. */
const voidKeepsCount = (granted: readonly GrantedOfferCharges[]): string[] =>
  granted.filter(({ offer }) => offer.offer.rule.refund?.restore?.void === false).map(({ offer }) => offer.code)

/** Notes what it found suspended. */
const gateOf = (view: BatchView, suspended: string[]): Gate => ({
  isSuspended: (ref) => {
    const found = view.isSuspended(ref)
    if (found) suspended.push(ref)
    return found
  },
  mustNotBeSuspended: (ref) => view.mustNotBeSuspended(ref),
})

/** What an existing row means for a query with the same serial; undefined: it is forgotten, decide anew. */
function answerFromRow(row: TransactionRow, evaluated: Evaluated): (() => TransactionAnswer) | undefined {
  const { ask, fees, facts } = evaluated
  if (row.record.emptyBecause === 'unknown_original') {
    if (evaluated.nowMs - Date.parse(row.createdAt) >= REMEMBER_UNKNOWN_MS) return undefined
    evaluated.answeredBy = 'reversed_before'
    return () => noOffer(ask, fees, facts.cardType, [])
  }
  if (!isSameBody(row.bodyHash, ask.bodyHash))
    throw new LijianError('serial_reused', `Serial ${row.serial} came before with another body`)
  evaluated.answeredBy = 'row'
  return () => firstAnswerOf(row, ask.explain ?? false)
}

/** The undo of the attempt that made the hold leaves it once this one, which tells of it too, is written down. */
function tellToo(view: BatchView, row: TransactionRow, { marketingSerial }: Evaluated): void {
  const tellers = row.state === 'held' ? withTeller(tellersOf(row), marketingSerial) : undefined
  if (tellers !== undefined) view.put(withTellers(row, tellers), { dated: false })
}

/** Its answer is known before the batch is committed. */
export interface WeighedOffer extends Weighed<TransactionAnswer> {
  answer: () => TransactionAnswer
}

/** What a query that got offers holds. */
function heldRow(
  evaluated: Evaluated,
  given: Pick<ReturnType<typeof grantOffers>, 'granted' | 'discountFen' | 'feeSavedFen' | 'refusals'>,
  { version, isCounted }: { version: number; isCounted: boolean },
): TransactionRow {
  const { ask, facts, fees } = evaluated
  const { granted, discountFen, feeSavedFen, refusals } = given
  const payableFen = facts.amountFen - discountFen
  return {
    client: ask.client,
    serial: ask.request.serial,
    version,
    marketingSerial: evaluated.marketingSerial,
    state: 'held',
    merchant: facts.merchant,
    bodyHash: ask.bodyHash,
    amountFen: facts.amountFen,
    payableFen,
    chargesAre: 'held',
    charges: granted.flatMap(storedCharges),
    record: {
      v: TRANSACTION_VERSION,
      discountFen,
      fee: {
        original: feeFen(fees, facts.paymentMethod, facts.cardType, facts.amountFen),
        final: feeFen(fees, facts.paymentMethod, facts.cardType, payableFen) - feeSavedFen,
        saved: feeSavedFen,
      },
      offers: granted.map(({ grant }) => grant),
      released: [],
      first: null,
      reasons: ask.explain ? refusals : null,
      facts: evaluated.storedFacts(),
      basis: evaluated.basis(),
      fees: feesOfMethod(fees, facts.paymentMethod),
      result: null,
      voidKeepsCount: voidKeepsCount(granted),
      reversedBy: null,
      emptyBecause: null,
      notify: ask.notify ?? false,
      ...(ask.mayOmitPaid ? { perhapsUntold: true } : {}),
      ...(isCounted ? { countsOpen: true } : {}),
      ...evaluated.clearing,
    },
    holdExpiresAt: evaluated.holdExpiresAt,
    businessDate: null,
    createdAt: new Date(ask.receivedAtMs).toISOString(),
  }
}

/** Decides one query against the view: the answer of an earlier one with the same serial, a hold, or no offer. `room`: of a client with a cap of open holds. */
export function weighQuery(view: BatchView, evaluated: Evaluated, room?: HoldRoom): WeighedOffer {
  const { ask, facts, fees } = evaluated
  const earlier = view.transaction(ask.client, ask.request.serial)
  const answered = earlier && answerFromRow(earlier, evaluated)
  if (answered) {
    const payableFen = answered().payable ?? facts.amountFen
    return { answer: answered, payableFen, put: () => tellToo(view, earlier, evaluated), giveBack: nothing }
  }
  evaluated.answeredBy = undefined
  const counters = new CountersSeen(view.counters)
  const suspended: string[] = []
  const gate = gateOf(view, suspended)
  const given = grantOffers(counters, evaluated, 'held', gate)
  const { granted, refusals } = given
  evaluated.found = { counters: counters.seen(), ...(suspended.length === 0 ? {} : { suspended }) }
  if (granted.length === 0) {
    const answer = () => noOffer(ask, fees, facts.cardType, refusals)
    return { answer, payableFen: facts.amountFen, put: nothing, giveBack: nothing }
  }
  const version = (earlier?.version ?? 0) + 1
  const row = heldRow(evaluated, given, { version, isCounted: room !== undefined })
  if (room?.isFull === true) {
    release(view, row)
    evaluated.answeredBy = 'open_holds'
    const answer = () => noOffer(ask, fees, facts.cardType, [{ reason: 'open_holds' }])
    return { answer, payableFen: facts.amountFen, put: nothing, giveBack: nothing }
  }
  return {
    answer: () => firstAnswerOf(row, ask.explain ?? false),
    payableFen: row.payableFen,
    put: () => {
      view.put(row, { dated: false })
      room?.take()
      if (ask.door === 'http') view.emit(transactionEvent(row, { delayMs: evaluated.startDelayMs }))
    },
    giveBack: () => release(view, row),
  }
}
