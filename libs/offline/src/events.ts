import type { EventLine, GrantedOffer, OutputLine, RefusedLine } from '@lijian/contracts'
import {
  refundedFen,
  refundPart,
  restoredByRefund,
  restoredByReverse,
  type Refundable,
  type RefundPart,
  type Restored,
} from '@lijian/refunds'
import { benefitFen, blockCharges, testOffer, type CompiledOffer } from '@lijian/rules'
import type { Evaluator } from './evaluator'
import type { StoredPayment } from './store'

type House = Pick<Evaluator, 'book' | 'store' | 'offers'>

/** A refund, void or reversal of an earlier line (DESIGN §4): what it gives back, or why it is refused. */
export function answerEvent(house: House, line: EventLine): OutputLine | RefusedLine {
  const payment = house.store.payment(line.originalSerial)
  if (payment === undefined)
    return refused(line, 'unknown_original', `no payment ${line.originalSerial} before this line got an offer`)
  return line.event === 'refund' ? refund(house, line, payment) : reverse(house, line, payment)
}

function refused(line: EventLine, reason: RefusedLine['reason'], detail: string, left?: number): RefusedLine {
  const { serial, originalSerial } = line
  return { serial, originalSerial, state: 'refused', reason, detail, ...(left === undefined ? {} : { left }) }
}

/** Whole only, and only while nothing was refunded. */
function reverse(house: House, line: EventLine, payment: StoredPayment): OutputLine | RefusedLine {
  if (payment.state === 'voided' || payment.state === 'reversed')
    return refused(line, 'already_reversed', `payment ${line.originalSerial} is ${payment.state} already`)
  if (payment.state !== 'confirmed')
    return refused(line, 'not_reversible', `payment ${line.originalSerial} is ${payment.state}`)
  const kind = line.event === 'void' ? 'void' : 'reversal'
  giveBack(house, restoredByReverse(payment.charges, kind, restoreOf(house, payment)))
  const state = kind === 'void' ? 'voided' : 'reversed'
  house.store.update(line.originalSerial, { ...payment, state })
  const { amount, discount, payable, rebate, offers, fee } = payment.answer
  return {
    serial: line.serial,
    originalSerial: line.originalSerial,
    state,
    amount,
    discount,
    payable,
    ...(rebate === undefined ? {} : { rebate }),
    offers,
    fee,
    reasons: [],
  }
}

function refund(
  house: House,
  line: Extract<EventLine, { event: 'refund' }>,
  payment: StoredPayment,
): OutputLine | RefusedLine {
  if (payment.state !== 'confirmed' && payment.state !== 'partially_refunded')
    return refused(line, 'not_refundable', `payment ${line.originalSerial} is ${payment.state}`)
  const compiled = payment.offers.map((offer) => offerOf(house, offer))
  const of = refundableOf(payment, compiled)
  const beforeFen = refundedFen(of)
  const part = refundPart(of, { amountFen: line.amount, eligibleFen: line.eligibleAmount }, (left) =>
    runAgain(compiled, payment, left),
  )
  if ('refused' in part) return refused(line, part.refused, WORDS[part.refused], part.leftFen)
  const amounts = { amountFen: of.amountFen, beforeFen }
  giveBack(house, restoredByRefund(payment.charges, part, amounts, restoreOf(house, payment)))
  block(house, compiled, payment, line.at === undefined ? payment.facts.atMs : Date.parse(line.at))
  const state = part.last ? 'refunded' : 'partially_refunded'
  house.store.update(line.originalSerial, { ...payment, state, parts: [...payment.parts, part] })
  return refundAnswer(line, payment, part, state)
}

const WORDS: Record<'not_refundable' | 'whole_only' | 'exceeds_remaining', string> = {
  not_refundable: 'the rules of an offer allow no refund',
  whole_only: 'the rules of an offer allow only one refund of the whole amount',
  exceeds_remaining: 'more than is left to refund',
}

function refundAnswer(
  line: EventLine,
  payment: StoredPayment,
  part: RefundPart,
  state: 'refunded' | 'partially_refunded',
): OutputLine {
  const { originalFen, finalFen, savedFen } = part.fee
  return {
    serial: line.serial,
    originalSerial: line.originalSerial,
    state,
    amount: part.amountFen,
    discount: part.discountFen,
    payable: part.payerFen,
    offers: part.offers.flatMap(({ discountFen, funders }, i) =>
      discountFen === 0 ? [] : [{ ...payment.offers[i]!, discount: discountFen, funders }],
    ),
    fee: { original: originalFen, final: finalFen, saved: savedFen },
    reasons: [],
  }
}

function offerOf({ offers }: House, { campaign, code }: GrantedOffer): CompiledOffer {
  return offers.get(`${campaign}/${code}`)!
}

function refundableOf(payment: StoredPayment, compiled: readonly CompiledOffer[]): Refundable {
  const { original, final, saved } = payment.fee
  return {
    amountFen: payment.answer.amount,
    eligibleFen: payment.facts.eligibleFen,
    payableFen: payment.answer.payable,
    offers: payment.offers.map(({ code, kind, delivery, discount, funders }, i) => ({
      code,
      kind,
      delivery,
      discountFen: discount,
      funders,
      policy: compiled[i]!.offer.rule.refund?.policy ?? 'proportional',
    })),
    fee: { originalFen: original, finalFen: final, savedFen: saved },
    feeOnRefund: payment.feeOnRefund,
    parts: payment.parts,
  }
}

/** The rules on what is left of the payment: the same draw, no limits asked, each offer on what the ones before leave. */
function runAgain(
  compiled: readonly CompiledOffer[],
  payment: StoredPayment,
  left: { amountFen: number; eligibleFen?: number },
): number[] {
  const facts = { ...payment.facts, amountFen: left.amountFen, eligibleFen: left.eligibleFen }
  let payableFen = left.amountFen
  return compiled.map((offer, i) => {
    if (offer.kind === 'fee' || left.amountFen === 0 || testOffer(offer, facts) !== undefined) return 0
    const price = { payableFen, feeSavedFen: 0, granted: false, closed: false, fees: payment.fees }
    const gives = benefitFen(offer, facts, price)
    const fen = typeof gives === 'number' ? Math.min(gives, payment.offers[i]!.discount) : 0
    if (offer.delivery === 'instant') payableFen -= fen
    return fen
  })
}

/** From the refund on these offers are closed to each identity and the card of the payment. */
function block(house: House, compiled: readonly CompiledOffer[], { facts }: StoredPayment, atMs: number): void {
  for (const offer of compiled)
    for (const charge of blockCharges(offer, facts, atMs))
      if (house.book.test([charge]) === null) house.book.take([charge], 'used')
}

const restoreOf = (house: House, payment: StoredPayment) => (code: string) =>
  offerOf(
    house,
    payment.offers.find((offer) => offer.code === code)!,
  ).offer.rule.refund?.restore

function giveBack({ book }: House, restored: readonly Restored[]): void {
  for (const { key, fen, count } of restored) book.move(key, { usedFen: -fen, usedCount: -count })
}
