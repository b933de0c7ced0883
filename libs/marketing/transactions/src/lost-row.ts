import type { Why } from '@lijian/admission'
import type { TransactionRow } from '@lijian/database'
import { feeFen } from '@lijian/rules'
import { emptyRow } from './empty-row'
import type { Evaluated } from './evaluated'

/** Stands in the way of a hold that may still be committed: the answer that was told instead, as after the undo of a hold. */
export function lostRow({ ask, facts, fees, marketingSerial }: Evaluated, why: Why): TransactionRow {
  const original = feeFen(fees, facts.paymentMethod, facts.cardType, facts.amountFen)
  const empty = emptyRow({ client: ask.client, serial: ask.request.serial }, ask.receivedAtMs, 1)
  return {
    ...empty,
    marketingSerial,
    merchant: facts.merchant,
    bodyHash: ask.bodyHash,
    amountFen: facts.amountFen,
    payableFen: facts.amountFen,
    record: {
      ...empty.record,
      fee: { original, final: original, saved: 0 },
      emptyBecause: 'deadline',
      notify: ask.notify ?? false,
      tellers: [{ id: marketingSerial, withdrawn: why }],
    },
  }
}
