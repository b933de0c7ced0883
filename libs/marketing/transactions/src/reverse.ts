import { LijianError } from '@lijian/contracts/system'
import type { ReverseAnswer, TransactionAnswer } from '@lijian/contracts/marketing'
import { REVERSE_VERSION, type TransactionRow } from '@lijian/database'
import { answerOf, asStored, orderedReverse, reverseAnswerOf, type ReverseAnswerStored } from './answer'
import { isUntold, withoutTeller, type BatchView, type Finish, type Why } from '@lijian/admission'
import { reverseEvent, transactionEvent } from './events'
import { release } from './charges'
import { emptyRow } from './empty-row'
import { tellersOf, withTellers } from './told'
import { undoEntry } from './journal'
import { followOriginal, refundUnderWay } from './refund'

import type { ReverseAsk } from './types'

/** Throws where the state refuses; a reversal reports a fact, so only states without anything to report on do. */
function checkState(row: TransactionRow, { kind }: ReverseAsk): void {
  const refund = row.state === 'held' ? undefined : refundUnderWay(row)
  if (refund)
    throw new LijianError('not_reversible', `Refund ${refund.serial} of ${row.serial} is under way`, {
      state: row.state,
    })
  switch (row.state) {
    case 'reversed':
    case 'voided':
      throw new LijianError(
        'already_reversed',
        `Transaction ${row.serial} was already undone by ${row.record.reversedBy ?? 'another'}`,
        { state: row.state },
      )
    case 'cancelled':
    case 'partially_refunded':
    case 'refunded':
      throw new LijianError('not_reversible', `Transaction ${row.serial} is ${row.state}`, { state: row.state })
    case 'expired':
      // A till that never sent its result sends a reversal: accepted, so that a result still under way cannot revive the discount.
      if (kind === 'void')
        throw new LijianError('not_reversible', `Transaction ${row.serial} is expired`, { state: row.state })
      return
    default:
      return
  }
}

/** Undoes a hold or a confirmed transaction as a whole, restoring every counter (DESIGN §3 "refunds", §4 "Void and reversal"). */
export function decideReverse(view: BatchView, ask: ReverseAsk, nowMs: number): Finish<ReverseAnswer> {
  const earlier = view.reverse(ask.client, ask.serial)
  if (earlier) {
    if (earlier.originalSerial !== ask.originalSerial || earlier.kind !== ask.kind || earlier.bodyHash !== ask.bodyHash)
      throw new LijianError('serial_reused', `Serial ${ask.serial} belongs to another ${earlier.kind}`)
    return (businessDate) =>
      reverseAnswerOf({ ...earlier, businessDate: 'businessDate' in earlier ? earlier.businessDate : businessDate! })
  }
  const original = { client: ask.client, serial: ask.originalSerial }
  const row = view.transaction(original.client, original.serial)
  if (row === null || (row.state === 'no_offer' && row.record.emptyBecause !== 'offers_released')) {
    if (row === null || row.record.emptyBecause === 'unknown_original')
      view.put(emptyRow(original, nowMs, (row?.version ?? 0) + 1), { dated: false })
    return () => {
      throw new LijianError('unknown_original', `No transaction ${ask.originalSerial} holds anything`)
    }
  }
  checkState(row, ask)
  // A use is burnt by voiding what was used; a hold was never used.
  const kept = release(view, row, ask.kind === 'void' && row.chargesAre === 'used' ? row.record.voidKeepsCount : [])
  const state = ask.kind === 'void' ? 'voided' : 'reversed'
  const next: TransactionRow = {
    ...row,
    version: row.version + 1,
    state,
    chargesAre: kept.length === 0 || row.chargesAre === 'none' ? 'none' : 'used',
    charges: row.chargesAre === 'none' ? row.charges : kept,
    record: { ...row.record, reversedBy: ask.serial },
  }
  view.put(followOriginal(view, next, null), { dated: true })
  const stored: ReverseAnswerStored = orderedReverse({
    serial: ask.serial,
    originalSerial: row.serial,
    kind: ask.kind,
    state,
    amount: row.amountFen,
    discount: row.record.discountFen,
    payable: row.payableFen,
    offers: row.record.offers,
    fee: row.record.fee,
  })
  view.putReverse({
    client: ask.client,
    serial: ask.serial,
    originalSerial: row.serial,
    kind: ask.kind,
    state: 'done',
    bodyHash: ask.bodyHash,
    answer: { v: REVERSE_VERSION, ...stored },
    expected: false,
    dated: true,
  })
  view.post(undoEntry(row, ask.kind, ask.serial))
  // Only a hold's workflow still runs; a finished one is not woken for this.
  if (row.state === 'held') view.emit(transactionEvent(next, { dated: true }))
  view.emit(reverseEvent(row, ask.kind, ask.serial))
  return (businessDate) => ({ ...stored, businessDate: businessDate! })
}

/** Releases a hold whose time is over. Called by its workflow, which learns the state from the answer. */
export function decideExpire(
  view: BatchView,
  client: string,
  serial: string,
  nowMs: number,
): Finish<TransactionAnswer | undefined> {
  const row = view.transaction(client, serial)
  if (row === null) return () => undefined
  if (row.state !== 'held' || row.holdExpiresAt === null || Date.parse(row.holdExpiresAt) > nowMs)
    return asStored(view, row)
  release(view, row)
  const expired: TransactionRow = { ...row, version: row.version + 1, state: 'expired', chargesAre: 'none' }
  const next = followOriginal(view, expired, null)
  view.put(next, { dated: false })
  return () => answerOf(next)
}

/** A query may still write something here. */
const isStillAsked = ({ state, record }: TransactionRow) =>
  state === 'held' || record.emptyBecause === 'unknown_original'

/** A statement that comes after this meets a row where it knew of none, or another version than it knew: PostgreSQL refuses all of it. */
function standInTheWay(view: BatchView, row: TransactionRow | null, lost: () => TransactionRow | null): void {
  const made = row === null ? lost() : isStillAsked(row) ? { ...row, version: row.version + 1 } : null
  if (made !== null) view.put(made, { dated: false })
}

export interface Undo {
  client: string
  serial: string
  /** The marketing serial that its evaluation has or would have made. */
  attempt: string
  why: Why
  /** The statement of the attempt may still be committed; makes what is to stand in its way where there is no row. */
  lost?: (() => TransactionRow | null) | undefined
}

/**
 * The caller of this attempt was told "no offer" instead of the hold (DESIGN §3, "Deadline"). It ends when no other attempt has told of it, or may.
 */
export function decideUndo(view: BatchView, { client, serial, attempt, why, lost }: Undo): Finish<void> {
  const row = view.transaction(client, serial)
  const tellers = row?.state === 'held' ? withoutTeller(tellersOf(row), attempt, why) : undefined
  if (row === null || tellers === undefined) {
    if (lost !== undefined) standInTheWay(view, row, lost)
    return () => undefined
  }
  if (!isUntold(tellers)) {
    view.put(withTellers(row, tellers), { dated: false })
    return () => undefined
  }
  release(view, row)
  const next: TransactionRow = {
    ...row,
    version: row.version + 1,
    state: 'no_offer',
    payableFen: row.amountFen,
    chargesAre: 'none',
    charges: [],
    holdExpiresAt: null,
    record: {
      ...row.record,
      discountFen: 0,
      offers: [],
      released: row.record.offers,
      fee: { ...row.record.fee, final: row.record.fee.original, saved: 0 },
      emptyBecause: 'deadline',
      tellers,
    },
  }
  view.put(followOriginal(view, next, null), { dated: false })
  view.emit(transactionEvent(next))
  return () => undefined
}
