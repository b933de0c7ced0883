import type { BatchView, Finish } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { TransactionAnswer } from '@lijian/contracts/marketing'
import type { StoredResult, TransactionRow } from '@lijian/database'
import { answerOf, nothingHeld } from './answer'
import { emptyRow } from './empty-row'
import { transactionEvent } from './events'
import type { ResultAsk } from './types'

export const successOf = ({ request }: ResultAsk): StoredResult => ({
  outcome: 'success',
  paidFen: request.paid ?? null,
  upstreamSerial: request.upstreamSerial,
  paidAt: request.paidAt,
})

export const paidOtherwise = ({ serial, state }: Pick<TransactionRow, 'serial' | 'state'>): LijianError =>
  new LijianError('result_conflict', `A success with another "paid" is recorded for ${serial}`, { state })

/** What stands is no offer. Where money says otherwise it is written down once, and becomes a case. */
export function decideResultOfNothing(
  view: BatchView,
  row: TransactionRow | null,
  ask: ResultAsk,
  nowMs: number,
): Finish<TransactionAnswer> {
  const { outcome, paid } = ask.request
  const known = row?.record.result?.paidFen
  if (known !== undefined && known !== null) {
    if (outcome === 'success' && paid !== undefined && paid !== known) throw paidOtherwise(row!)
    return asItStands(row, ask)
  }
  const standsFen = standing(row, ask)
  if (outcome === 'failure' || paid === undefined || standsFen === undefined || paid === standsFen)
    return asItStands(row, ask)
  const empty = row ?? emptyRow(ask, nowMs, 0)
  const next: TransactionRow = {
    ...empty,
    version: empty.version + 1,
    record: { ...empty.record, result: successOf(ask) },
  }
  view.put(next, { dated: false })
  if (ask.door === 'http') view.emit(transactionEvent(next, { wrong: 'paid_mismatch' }))
  return asItStands(next, ask)
}

/** What should have been paid; undefined: nobody can say, or the payment was undone. */
function standing(row: TransactionRow | null, { request }: ResultAsk): number | undefined {
  // Only a held offer has a marketing serial: the payer acted on one, and nothing is left of it.
  if (row === null) return request.marketingSerial === undefined ? undefined : 0
  return isUnknown(row) ? undefined : row.amountFen
}

const isUnknown = ({ record }: TransactionRow): boolean => record.emptyBecause === 'unknown_original'

const asItStands =
  (row: TransactionRow | null, { serial }: ResultAsk): Finish<TransactionAnswer> =>
  () =>
    row === null || isUnknown(row) ? nothingHeld(serial) : answerOf(row)
