import { LijianError } from '@lijian/contracts/system'
import type { RefundAnswer, RefundPart } from '@lijian/contracts/marketing'
import type { ReverseRow, ReverseWrite, StoredCharge, StoredRefund, TransactionRow } from '@lijian/database'
import { restoredByRefund } from '@lijian/refunds'
import type { BatchView, Finish } from '@lijian/admission'
import { refundEvent } from './events'
import { refundEntry } from './journal'
import type { Documents } from './outcome'
import { refundAnswerOf, refundsOf, writeOf, type RefundWrite } from './refund-answer'
import { chargesAtGrant, RefundTerms } from './refund-terms'

import type { RefundAsk, RefundResultAsk } from './types'

/** States in which a payment has been made and its refund can be told at once. */
const REFUNDABLE: readonly string[] = ['confirmed', 'partially_refunded', 'unfunded', 'no_offer']

/**
 * First step: the payer's part, before the upstream refund (DESIGN §4, "Refund"). While the original's result is not known the refund waits
 * and then follows it. Throws LijianError unknown_original, not_refundable, whole_only, exceeds_remaining, serial_reused.
 */
export function decideRefund(
  view: BatchView,
  ask: RefundAsk,
  documents: Documents,
  nowMs: number,
): Finish<RefundAnswer> {
  const earlier = view.reverse(ask.client, ask.serial)
  if (earlier) return firstAnswer(earlier, ask)
  const row = view.transaction(ask.client, ask.originalSerial)
  if (row === null || (row.state === 'no_offer' && row.record.emptyBecause !== 'offers_released'))
    throw new LijianError(
      'unknown_original',
      `No transaction ${ask.originalSerial} holds anything: the payer gets all of it`,
    )
  const refund: StoredRefund = {
    serial: ask.serial,
    state: 'waiting',
    amountFen: ask.amountFen,
    eligibleFen: ask.eligibleFen ?? null,
    at: new Date(nowMs).toISOString(),
    part: null,
    succeeded: false,
    bodyHash: ask.bodyHash,
  }
  if (row.state === 'held') {
    const next = { ...row, version: row.version + 1, record: { ...row.record, refunds: [...refundsOf(row), refund] } }
    view.put(next, { dated: false })
    return told(view, writeOf(next, refund), { expected: false, dated: false })
  }
  if (!REFUNDABLE.includes(row.state))
    throw new LijianError('not_refundable', `Transaction ${row.serial} is ${row.state}`, {
      state: row.state,
      leftFen: 0,
    })
  const { next, held, leftFen } = hold(view, row, refund, documents)
  view.put(next, { dated: false })
  const write = writeOf(next, held, leftFen)
  view.emit(refundEvent(next, held, 'refund_held'))
  return told(view, write, { expected: false, dated: false })
}

/** Second step: the upstream refund succeeded, or it is undone. Throws LijianError not_found, refund_conflict. */
export function decideRefundResult(view: BatchView, ask: RefundResultAsk, documents: Documents): Finish<RefundAnswer> {
  const earlier = view.reverse(ask.client, ask.serial)
  if (earlier === null || earlier.kind !== 'refund' || earlier.originalSerial !== ask.originalSerial)
    throw new LijianError('not_found', `Transaction ${ask.originalSerial} has no refund ${ask.serial}`)
  const failed = ask.outcome === 'failure'
  if (earlier.state === 'done' || earlier.state === 'cancelled') {
    if ((earlier.state === 'cancelled') !== failed) throw new LijianError('refund_conflict')
    return (businessDate) => refundAnswerOf(earlier, businessDate)
  }
  if (earlier.state === 'refused') return (businessDate) => refundAnswerOf(earlier, businessDate)
  const { row, refund } = underWay(view, ask)
  if (failed) return undo(view, row, refund, documents)
  if (refund.state !== 'waiting') return finish(view, row, refund, documents)
  if (refund.succeeded) return (businessDate) => refundAnswerOf(earlier, businessDate)
  const known: StoredRefund = { ...refund, succeeded: true }
  view.put(replaced(row, known), { dated: false })
  return told(view, writeOf(row, known), { expected: true, dated: false })
}

/**
 * The refund in its original's row. Refund and original are read one after the other: where they are not of one moment the guard of the
 * original sends the batch back, and this error never leaves it.
 */
function underWay(view: BatchView, ask: RefundResultAsk): { row: TransactionRow; refund: StoredRefund } {
  const row = view.transaction(ask.client, ask.originalSerial)
  const refund = row === null ? undefined : refundsOf(row).find(({ serial }) => serial === ask.serial)
  if (row === null || refund === undefined)
    throw new LijianError('unavailable', `Refund ${ask.serial} of ${ask.originalSerial} is changing: send it again`)
  return { row, refund }
}

/** Throws NeedsVersion while nothing has been decided yet, if refunds wait for this row's result. */
export function knowTerms(row: TransactionRow, documents: Documents): void {
  if (refundsOf(row).some(({ state }) => state === 'waiting')) new RefundTerms(row, documents)
}

/**
 * What refunds that waited become once their original's result is recorded: figures when it succeeded, else refused. `row` as it is now;
 * returns it with them. Called by whatever ends a hold.
 */
export function followOriginal(view: BatchView, row: TransactionRow, documents: Documents | null): TransactionRow {
  const waiting = refundsOf(row).filter(({ state }) => state === 'waiting')
  let now = row
  for (const refund of waiting) {
    if (documents === null || !REFUNDABLE.includes(row.state)) {
      now = without(now, refund)
      refuse(view, now, refund, `the transaction is ${row.state}`)
      continue
    }
    try {
      const step = hold(view, now, refund, documents)
      now = step.next
      if (refund.succeeded) now = complete(view, now, step.held, documents).next
      else {
        view.putReverse({ ...writeOf(now, step.held, step.leftFen), expected: true, dated: false })
        view.emit(refundEvent(now, step.held, 'refund_held'))
      }
    } catch (error) {
      if (!(error instanceof LijianError)) throw error
      now = without(now, refund)
      refuse(view, now, refund, error.code)
    }
  }
  return now
}

/** Refunds that are not finished: while there is one, a void or reversal does not know what it would undo. */
export const refundUnderWay = (row: TransactionRow): StoredRefund | undefined =>
  refundsOf(row).find(({ state }) => state !== 'done')

const replaced = (row: TransactionRow, refund: StoredRefund): TransactionRow => ({
  ...row,
  version: row.version + 1,
  record: { ...row.record, refunds: refundsOf(row).map((other) => (other.serial === refund.serial ? refund : other)) },
})

const without = (row: TransactionRow, { serial }: StoredRefund): TransactionRow => ({
  ...row,
  record: { ...row.record, refunds: refundsOf(row).filter((other) => other.serial !== serial) },
})

/** Works out the part, and closes the offers that say so to the payer. Neither quota nor money moves yet. */
function hold(
  view: BatchView,
  row: TransactionRow,
  refund: StoredRefund,
  documents: Documents,
): { next: TransactionRow; held: StoredRefund; leftFen: number } {
  const terms = new RefundTerms(row, documents)
  const others = refundsOf(row).filter(({ serial }) => serial !== refund.serial)
  const part = terms.part(others, refund.amountFen, refund.eligibleFen)
  if ('refused' in part)
    throw new LijianError(part.refused, `${part.leftFen} fen of ${row.serial} are left to refund`, {
      state: row.state,
      leftFen: part.leftFen,
    })
  const held: StoredRefund = { ...refund, state: 'refund_held', part }
  const blocks = row.chargesAre === 'none' && row.charges.length > 0 ? [] : block(view, terms, refund)
  const charges = [...row.charges, ...blocks]
  return {
    held,
    leftFen: terms.leftAfter([...others, held]),
    next: {
      ...row,
      version: row.version + 1,
      chargesAre: blocks.length > 0 ? 'used' : row.chargesAre,
      charges,
      record: { ...row.record, refunds: [...others, held] },
    },
  }
}

function block(view: BatchView, terms: RefundTerms, refund: StoredRefund): StoredCharge[] {
  const taken: StoredCharge[] = []
  for (const { offer, charge } of terms.blocks(Date.parse(refund.at))) {
    // Closed already by another refund: it stays closed when this one is undone.
    if (view.counters.test([charge]) !== null) continue
    view.counters.take([charge], 'used')
    taken.push({ key: charge.key, fen: 0, count: 1, offer, refund: refund.serial })
  }
  return taken
}

function undo(view: BatchView, row: TransactionRow, refund: StoredRefund, documents: Documents): Finish<RefundAnswer> {
  const rest = without(row, refund)
  const leftFen = refund.part === null ? undefined : new RefundTerms(row, documents).leftAfter(refundsOf(rest))
  const opened = row.charges.filter((charge) => charge.refund === refund.serial)
  for (const { key, count } of opened) view.counters.move(key, { usedCount: -count })
  const charges = row.charges.filter((charge) => charge.refund !== refund.serial)
  view.put({ ...rest, version: row.version + 1, charges, chargesAre: standing(row, charges) }, { dated: false })
  view.emit(refundEvent(row, refund, 'cancelled'))
  return told(view, { ...writeOf(row, refund, leftFen), state: 'cancelled' }, { expected: true, dated: false })
}

function finish(
  view: BatchView,
  row: TransactionRow,
  refund: StoredRefund,
  documents: Documents,
): Finish<RefundAnswer> {
  const { next, write } = complete(view, row, refund, documents)
  view.put(next, { dated: false })
  return (businessDate) => refundAnswerOf(write, businessDate)
}

/** Money and quota move: counters, journal, the original's state. Returns the original's row and the refund's. */
function complete(
  view: BatchView,
  row: TransactionRow,
  refund: StoredRefund,
  documents: Documents,
): { next: TransactionRow; write: ReverseWrite } {
  const terms = new RefundTerms(row, documents)
  const done: StoredRefund = { ...refund, state: 'done' }
  const before = refundsOf(row).filter(({ state, serial }) => state === 'done' && serial !== refund.serial)
  const beforeFen = before.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const last = terms.part(before, refund.amountFen, null)
  const isLast = !('refused' in last) && last.last
  const part: RefundPart = { ...refund.part!, last: isLast, whole: isLast && before.length === 0 }
  const charges = restore(view, row, part, { amountFen: row.amountFen, beforeFen }, terms)
  const state = stateAfter(row, isLast)
  const next: TransactionRow = { ...replaced(row, done), state, charges, chargesAre: standing(row, charges) }
  const write = { ...writeOf(next, done, terms.leftAfter(refundsOf(next))), expected: true, dated: true }
  view.putReverse(write)
  view.post(refundEntry(row, refund.serial, part))
  view.emit(refundEvent(next, done, state))
  return { next, write }
}

const standing = (row: TransactionRow, charges: readonly StoredCharge[]): TransactionRow['chargesAre'] =>
  row.chargesAre === 'used' && charges.length === 0 ? 'none' : row.chargesAre

/** Without an offer, or with an unfunded one, a refund changes nothing about what the transaction is to marketing. */
function stateAfter(
  { state }: TransactionRow,
  isLast: boolean,
): 'unfunded' | 'no_offer' | 'refunded' | 'partially_refunded' {
  if (state === 'unfunded' || state === 'no_offer') return state
  return isLast ? 'refunded' : 'partially_refunded'
}

function restore(
  view: BatchView,
  row: TransactionRow,
  part: RefundPart,
  amounts: { amountFen: number; beforeFen: number },
  terms: RefundTerms,
): StoredCharge[] {
  // What was never taken (unfunded) does not come back.
  if (row.chargesAre !== 'used') return row.charges
  const restored = restoredByRefund(chargesAtGrant(row.charges), part, amounts, (code) => terms.restoreOf(code))
  const back = [...restored]
  return row.charges.flatMap((charge) => {
    if (charge.refund !== undefined) return [charge]
    const place = back.findIndex(({ key }) => key === charge.key)
    if (place < 0) return [charge]
    const [{ fen, count } = { fen: 0, count: 0 }] = back.splice(place, 1)
    view.counters.move(charge.key, { usedFen: -fen, usedCount: -count })
    const left = { ...charge, ofFen: charge.ofFen ?? charge.fen, fen: charge.fen - fen, count: charge.count - count }
    return left.fen === 0 && left.count === 0 ? [] : [left]
  })
}

function refuse(view: BatchView, row: TransactionRow, refund: StoredRefund, reason: string): void {
  const write = writeOf(row, refund)
  view.putReverse({ ...write, state: 'refused', answer: { ...write.answer, reason }, expected: true, dated: false })
  view.emit(refundEvent(row, refund, 'refused'))
}

function told(view: BatchView, write: RefundWrite, how: { expected: boolean; dated: boolean }): Finish<RefundAnswer> {
  view.putReverse({ ...write, ...how })
  return () => refundAnswerOf({ ...write, businessDate: null }, null)
}

/** The same serial with the same body: what it was told before. What waited then is told how it stands now. */
function firstAnswer(earlier: ReverseRow | ReverseWrite, ask: RefundAsk): Finish<RefundAnswer> {
  if (earlier.kind !== 'refund' || earlier.originalSerial !== ask.originalSerial || earlier.bodyHash !== ask.bodyHash)
    throw new LijianError('serial_reused', `Serial ${ask.serial} belongs to another ${earlier.kind}`)
  return (businessDate) => refundAnswerOf(earlier, businessDate)
}
