import { caseKinds, type Resolution } from '@lijian/cases'
import { LijianError } from '@lijian/contracts/system'
import type { ResolutionRequest } from '@lijian/contracts/people'
import type { TransactionRow } from '@lijian/database'
import type { CaseKind } from '@lijian/workflow-transaction'
import { grantUnfunded } from './grant-late'

/** What transactions, reverse transactions and refunds open cases for. */
export const transactionCases = caseKinds('unfunded', 'paid_mismatch', 'undo_failed', 'refund_open')

/** What `paid` tells when it is neither the payable nor the gross amount; after such a result the payable is the gross amount. */
export function caseOf(row: TransactionRow): CaseKind | null {
  if (row.state === 'unfunded') return 'unfunded'
  const paidFen = row.record.result?.paidFen ?? null
  return paidFen !== null && paidFen !== row.payableFen ? 'paid_mismatch' : null
}

/** Ends an unfunded transaction's case: its funders bear the discount after the fact. */
export const grantResolution = (day: {
  timeZone: string
  cutOff: string
}): Resolution<Extract<ResolutionRequest, { resolution: 'grant' }>> => ({
  check({ kind }) {
    if (kind !== 'unfunded')
      throw new LijianError('state_conflict', `Only a case of the kind unfunded can be granted; this one is ${kind}`)
  },
  async apply(db, { client, serial }) {
    await grantUnfunded(db, { client, serial }, day)
  },
})
