import type { EventLine, OutputLine, PaymentLine, RefusedLine, RefundPart } from '@lijian/contracts/marketing'
import type { CounterBook } from '@lijian/limits'
import {
  refundedFen,
  refundPart,
  restoredByRefund,
  restoredByReverse,
  type Refundable,
  type Restored,
} from '@lijian/refunds'
import { benefitFen, blockCharges, testOffer } from '@lijian/rules'
import { answerOf } from './answer'
import type { Recalled } from './recall'
import type { Decided, SerialStore } from './store'

/** What an event needs of the evaluator: its counters, and the earlier lines. */
interface Memory {
  readonly book: CounterBook
  readonly store: SerialStore
  recalled(line: PaymentLine, decided: Decided): Recalled
}

/** The original of an event as it was kept, and as it was recalled from that. */
interface Original extends Recalled {
  line: PaymentLine
}

/** A refund, void or reversal of an earlier line (DESIGN §4): what it gives back, or why it is refused. */
export function answerEvent(memory: Memory, line: EventLine): OutputLine | RefusedLine {
  const stored = memory.store.payment(line.originalSerial)
  if (stored?.decided === undefined)
    return refused(line, 'unknown_original', `no payment ${line.originalSerial} before this line got an offer`)
  const payment = { line: stored.line, ...memory.recalled(stored.line, stored.decided) }
  return line.event === 'refund' ? refund(memory, line, payment) : reverse(memory, line, payment)
}

function refused(line: EventLine, reason: RefusedLine['reason'], detail: string, left?: number): RefusedLine {
  const { serial, originalSerial } = line
  return { serial, originalSerial, state: 'refused', reason, detail, ...(left === undefined ? {} : { left }) }
}

/** Whole only, and only while nothing was refunded. */
function reverse(memory: Memory, line: EventLine, payment: Original): OutputLine | RefusedLine {
  if (payment.decided.state === 'voided' || payment.decided.state === 'reversed')
    return refused(line, 'already_reversed', `payment ${line.originalSerial} is ${payment.decided.state} already`)
  if (payment.decided.state !== 'confirmed')
    return refused(line, 'not_reversible', `payment ${line.originalSerial} is ${payment.decided.state}`)
  const kind = line.event === 'void' ? 'void' : 'reversal'
  giveBack(memory, restoredByReverse(payment.charges, kind, restoreOf(payment)))
  const state = kind === 'void' ? 'voided' : 'reversed'
  keep(memory, payment, { state })
  // Rebates taken back stand only in `offers` (DESIGN §4).
  const { amount, discount, payable, offers, fee } = answerOf(payment)
  return {
    serial: line.serial,
    originalSerial: line.originalSerial,
    state,
    amount,
    discount,
    payable,
    offers,
    fee,
    reasons: [],
  }
}

function refund(
  memory: Memory,
  line: Extract<EventLine, { event: 'refund' }>,
  payment: Original,
): OutputLine | RefusedLine {
  if (payment.decided.state !== 'confirmed' && payment.decided.state !== 'partially_refunded')
    return refused(line, 'not_refundable', `payment ${line.originalSerial} is ${payment.decided.state}`)
  const of = refundableOf(payment)
  const beforeFen = refundedFen(of)
  const part = refundPart(of, { amountFen: line.amount, eligibleFen: line.eligibleAmount }, (left) =>
    runAgain(payment, left),
  )
  if ('refused' in part) return refused(line, part.refused, WORDS[part.refused], part.leftFen)
  const amounts = { amountFen: of.amountFen, beforeFen }
  giveBack(memory, restoredByRefund(payment.charges, part, amounts, restoreOf(payment)))
  block(memory, payment, line.at === undefined ? payment.facts.atMs : Date.parse(line.at))
  const state = part.last ? 'refunded' : 'partially_refunded'
  keep(memory, payment, { state, parts: [...payment.decided.parts, part] })
  return refundAnswer(line, payment, part, state)
}

const WORDS: Record<'not_refundable' | 'whole_only' | 'exceeds_remaining', string> = {
  not_refundable: 'the rules of an offer allow no refund',
  whole_only: 'the rules of an offer allow only one refund of the whole amount',
  exceeds_remaining: 'more than is left to refund',
}

function refundAnswer(
  line: EventLine,
  payment: Original,
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
      discountFen === 0 ? [] : [{ ...payment.grants[i]!, discount: discountFen, funders }],
    ),
    fee: { original: originalFen, final: finalFen, saved: savedFen },
    reasons: [],
  }
}

function refundableOf(payment: Original): Refundable {
  const { facts, merchant, offers, grants, decided } = payment
  const { amount, payable, fee } = answerOf(payment)
  return {
    amountFen: amount,
    eligibleFen: facts.eligibleFen,
    payableFen: payable,
    offers: grants.map(({ code, kind, delivery, discount, funders }, i) => ({
      code,
      kind,
      delivery,
      discountFen: discount,
      funders,
      policy: offers[i]!.offer.rule.refund?.policy ?? 'proportional',
    })),
    fee: { originalFen: fee.original, finalFen: fee.final, savedFen: fee.saved },
    feeOnRefund: merchant?.feeOnRefund ?? 'keep',
    parts: decided.parts,
  }
}

/** The rules on what is left of the payment: the same draw, no limits asked, each offer on what the ones before leave. */
function runAgain(payment: Original, left: { amountFen: number; eligibleFen?: number }): number[] {
  const facts = { ...payment.facts, amountFen: left.amountFen, eligibleFen: left.eligibleFen }
  let payableFen = left.amountFen
  return payment.offers.map((offer, i) => {
    if (offer.kind === 'fee' || left.amountFen === 0 || testOffer(offer, facts) !== undefined) return 0
    const price = { payableFen, feeSavedFen: 0, granted: false, closed: false, fees: payment.merchant?.fees }
    const gives = benefitFen(offer, facts, price)
    const fen = typeof gives === 'number' ? Math.min(gives, payment.grants[i]!.discount) : 0
    if (offer.delivery === 'instant') payableFen -= fen
    return fen
  })
}

/** From the refund on these offers are closed to each identity and the card of the payment. */
function block(memory: Memory, { offers, facts }: Original, atMs: number): void {
  for (const offer of offers)
    for (const charge of blockCharges(offer, facts, atMs))
      if (memory.book.test([charge]) === null) memory.book.take([charge], 'used')
}

const restoreOf = (payment: Original) => (code: string) =>
  payment.offers.find((offer) => offer.code === code)!.offer.rule.refund?.restore

const keep = ({ store }: Memory, { line, decided }: Original, change: Partial<Decided>): void =>
  store.keep(line, { ...decided, ...change })

function giveBack({ book }: Memory, restored: readonly Restored[]): void {
  for (const { key, fen, count } of restored) book.move(key, { usedFen: -fen, usedCount: -count })
}
