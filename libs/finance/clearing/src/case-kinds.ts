import { caseKinds } from '@lijian/cases'

/** A file that nobody has acknowledged, a day whose proof failed, a document that cannot be read, a merchant that has owed us for long. */
export const clearingCases = caseKinds(
  'clearing_unacknowledged',
  'clearing_proof',
  'clearing_document',
  'settlement_negative',
)
