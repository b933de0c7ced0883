import type { ReportKind } from '@lijian/contracts/finance'
import { LijianError } from '@lijian/contracts/system'
import type { ReportDefinition } from '../definition'
import { auditReport } from './audit'
import { campaignEffectReport } from './campaign-effect'
import { clearingReport } from './clearing'
import { merchantReport } from './merchant'
import { partnerFundsReport } from './partner-funds'
import { partnerTransactionsReport } from './partner-transactions'
import { reconciliationReport } from './reconciliation'
import { routingReport } from './routing'

/** All reports there are. One more is one more file and one more name here. */
export const REPORTS: readonly ReportDefinition[] = [
  merchantReport,
  partnerTransactionsReport,
  partnerFundsReport,
  clearingReport,
  campaignEffectReport,
  reconciliationReport,
  routingReport,
  auditReport,
]

export function definitionOf(kind: ReportKind): ReportDefinition {
  const found = REPORTS.find((one) => one.kind === kind)
  if (found === undefined) throw new LijianError('not_found', `There is no report ${kind}`)
  return found
}
