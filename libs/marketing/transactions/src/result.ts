import { LijianError } from '@lijian/contracts/system'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { FirstAnswer, TransactionRow } from '@lijian/database'
import type { CaseKind } from '@lijian/workflow-transaction'
import { answerOf, asStored } from './answer'
import type { BatchView, Finish } from '@lijian/admission'
import { release } from './charges'
import { transactionEvent } from './events'
import { captureEntry } from './journal'
import { followOriginal, knowTerms } from './refund'
import { learntFacts, takeOutcome, type Documents } from './outcome'
import { isPerhapsUntold, NotToldYet } from './not-told-yet'
import { decideResultOfNothing, paidOtherwise, successOf } from './result-of-nothing'
import type { ResultAsk } from './types'

export const firstOf = ({ record, payableFen }: TransactionRow): FirstAnswer => ({
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
  knowTerms(row, documents)
  const perhapsUntold = isPerhapsUntold(row, ask)
  if (perhapsUntold && row.state === 'held') throw new NotToldYet(row.serial)
  // Nobody knows what was told: a person finds out, and grants it.
  const took = perhapsUntold ? undefined : takeOutcome(view, row, ask, documents)
  const outcome = took?.taken ? took.outcome : undefined
  const paidFen = ask.request.paid ?? row.payableFen
  const mismatch: CaseKind | null = paidFen !== row.payableFen && paidFen !== row.amountFen ? 'paid_mismatch' : null
  const base = { ...row, version: row.version + 1 }
  const result = successOf(ask)
  const { facts: before } = row.record
  const { stored: facts, told } = learntFacts(row, ask)
  const asked = row.record.askedFacts ?? (told ? before! : undefined)
  const learnt = { facts, ...(asked === undefined ? {} : { askedFacts: asked }) }
  const next: TransactionRow =
    outcome === undefined
      ? { ...base, state: 'unfunded', chargesAre: 'none', record: { ...row.record, ...learnt, result } }
      : {
          ...base,
          state: outcome.offers.length === 0 ? 'no_offer' : 'confirmed',
          payableFen: outcome.payableFen,
          chargesAre: outcome.charges.length === 0 ? 'none' : 'used',
          charges: outcome.charges,
          record: {
            ...row.record,
            ...learnt,
            result,
            first: row.record.first ?? (outcome.untouched ? null : firstOf(row)),
            discountFen: outcome.discountFen,
            offers: outcome.offers,
            released: row.record.offers.filter(({ code }) => outcome.offers.every((offer) => offer.code !== code)),
            fee: outcome.fee,
            emptyBecause: outcome.offers.length === 0 ? 'offers_released' : null,
          },
        }
  if (outcome !== undefined) view.post(captureEntry(next))
  return record(view, followOriginal(view, next, documents), ask, outcome === undefined ? 'unfunded' : mismatch)
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
  return record(view, followOriginal(view, next, null), ask, null)
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

/** The state machine of a result (DESIGN §3, "States", "What was really paid"). */
export function decideResult(
  view: BatchView,
  ask: ResultAsk,
  documents: Documents,
  nowMs: number,
): Finish<TransactionAnswer> {
  const row = view.transaction(ask.client, ask.serial)
  if (row === null || (row.state === 'no_offer' && row.record.emptyBecause !== 'offers_released'))
    return decideResultOfNothing(view, row, ask, nowMs)
  const failed = ask.request.outcome === 'failure'
  switch (row.state) {
    case 'held':
      return failed ? failure(view, row, ask) : success(view, row, ask, documents)
    case 'cancelled':
    case 'expired':
      return failed ? asStored(view, row) : success(view, row, ask, documents)
    case 'reversed':
    case 'voided':
      return asStored(view, row)
    default:
      if (failed)
        throw new LijianError('result_conflict', `A success is recorded for ${row.serial}: send a reversal`, {
          state: row.state,
        })
      if ((ask.request.paid ?? row.payableFen) !== (row.record.result?.paidFen ?? row.payableFen))
        throw paidOtherwise(row)
      return asStored(view, row)
  }
}
