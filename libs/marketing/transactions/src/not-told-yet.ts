import type { BatchView, Finish } from '@lijian/admission'
import { LijianError } from '@lijian/contracts/system'
import type { Key, TransactionRow } from '@lijian/database'
import type { ResultAsk } from './types'

/** Thrown before anything is decided: an undo may be under way, for nobody has written down that this hold was told. */
export class NotToldYet extends LijianError {
  constructor(serial: string) {
    super('unavailable', `Whether the offer of ${serial} was told is not written down yet: send "paid", or this again`)
  }
}

/**
 * Whether a success says neither what was paid nor on which answer, and nobody knows what was answered. Throws LijianError result_conflict where it names
 * another answer.
 */
export function isPerhapsUntold({ serial, state, record, marketingSerial }: TransactionRow, ask: ResultAsk): boolean {
  const { paid, marketingSerial: echo } = ask.request
  if (paid !== undefined || echo === marketingSerial) return false
  if (echo !== undefined)
    throw new LijianError('result_conflict', `${echo} is not the answer that holds for ${serial}: send "paid"`, {
      state,
    })
  return record.perhapsUntold === true
}

/** The answer has gone out in time: a success without "paid" means it from here on. */
export function decideWasTold(view: BatchView, { client, serial }: Key): Finish<void> {
  const row = view.transaction(client, serial)
  if (row?.record.perhapsUntold === true && ['held', 'expired', 'cancelled'].includes(row.state)) {
    const { perhapsUntold: _, ...record } = row.record
    view.put({ ...row, version: row.version + 1, record }, { dated: false })
  }
  return () => undefined
}
