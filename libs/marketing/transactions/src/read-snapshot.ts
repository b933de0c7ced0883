import { loadTransactions, type Key } from '@lijian/database'
import type { TransactionSnapshot } from '@lijian/workflow-transaction'
import type { Pool } from 'pg'
import { caseOf } from './cases'
import { snapshotOf } from './events'

/** A transaction as its flow knows it, with the case that it stands in; null: nothing is stored. */
export async function readSnapshot(pool: Pool, { client, serial }: Key): Promise<TransactionSnapshot | null> {
  const [row] = await loadTransactions(pool, [{ client, serial }])
  return row ? snapshotOf(row, caseOf(row)) : null
}
