import { LijianError } from '@lijian/contracts/system'
import { applyBatch, loadCounters, loadTransactions, type Key, type TransactionRow } from '@lijian/database'
import type { PoolClient } from 'pg'
import { BatchMemory, BatchView, Memory } from '@lijian/admission'
import { fundsPartner, isFundsKey } from '@lijian/limits'
import { ownLimit } from './charges'
import { transactionEvent } from './events'
import { captureEntry } from './journal'

const TRIES = 8

/**
 * Grants an unfunded transaction after the fact, because its funders consent: it is confirmed and posted on the business date of now, in the
 * caller's database transaction. Quotas that have room are charged; full ones are not asked, for the funder's word stands above them. A
 * prepaid balance must have the money. Refuses (LijianError state_conflict) what is not unfunded, and what has refunds.
 */
export async function grantUnfunded(
  db: PoolClient,
  key: Key,
  day: { timeZone: string; cutOff: string },
): Promise<{ row: TransactionRow; businessDate: string }> {
  const memory = new BatchMemory(new Memory(() => 0))
  memory.learnTransactions(await loadTransactions(db, [key]), [key])
  for (let tries = 0; tries < TRIES; tries++) {
    const view = new BatchView(memory)
    const known = view.transaction(key.client, key.serial)
    const keys = (known?.charges ?? []).map((charge) => charge.key)
    // After a stale answer they are locked, and memory has them.
    if (tries === 0) memory.learnCounters(await loadCounters(db, keys), keys)
    const row = decide(view, key)
    const applied = await applyBatch(db, view.batch(), day)
    if (!applied.stale) return { row, businessDate: applied.businessDate }
    memory.learnTransactions(applied.transactions, [])
    memory.learnCounters(applied.counters, keys)
  }
  throw new Error(`granting ${key.serial} stayed stale ${TRIES} times under lock`)
}

function decide(view: BatchView, { client, serial }: Key): TransactionRow {
  const row = view.transaction(client, serial)
  if (row === null) throw new LijianError('not_found', `There is no transaction ${serial} of ${client}`)
  if (row.state !== 'unfunded')
    throw new LijianError('state_conflict', `Only an unfunded transaction is granted; ${serial} is ${row.state}`, {
      state: row.state,
    })
  if ((row.record.refunds ?? []).length > 0)
    throw new LijianError('state_conflict', `${serial} has refunds: what would be granted cannot be told any more`, {
      state: row.state,
    })
  const charges = row.charges.filter((charge) => {
    const ask = ownLimit(charge)
    const fits = view.counters.test([ask]) === null
    if (fits) view.counters.take([ask], 'used')
    else if (isFundsKey(charge.key))
      throw new LijianError(
        'state_conflict',
        `The prepaid balance of ${fundsPartner(charge.key)} is short: book a receipt first`,
      )
    return fits
  })
  const next: TransactionRow = {
    ...row,
    version: row.version + 1,
    state: 'confirmed',
    chargesAre: charges.length === 0 ? 'none' : 'used',
    charges,
  }
  view.put(next, { dated: true })
  view.post(captureEntry(next))
  view.emit(transactionEvent(next, { dated: true }))
  return next
}
