import type { ClearingByHand } from '@lijian/clearing'
import type { PartnerCycles } from '@lijian/partner-cycles'
import type { Proposals } from '@lijian/approvals'
import type { PartnerChanges, Partners } from '@lijian/partner-funding'
import type { Erasures } from '@lijian/erasure'
import type { Cases } from '@lijian/cases'
import type { ReportFiles, ReportLinks, ReportRuns, ReportSchedules } from '@lijian/report-runs'
import type { ReportPages } from '@lijian/reports'
import type { BillImports, BillLayouts, DayRuns } from '@lijian/reconciliation'
import type { Accounts } from '@lijian/verification'
import type { Pool } from 'pg'
import { endpointOf } from '../../endpoint'

/** What an endpoint of finance may reach. */
export interface FinanceWing {
  accounts: Accounts
  partners: Partners
  partnerChanges: PartnerChanges
  proposals: Proposals
  cycles: PartnerCycles
  erasures: Erasures
  cases: Cases
  bills: BillImports
  billLayouts: BillLayouts
  dayRuns: DayRuns
  clearingByHand: ClearingByHand
  reportRuns: ReportRuns
  reportSchedules: ReportSchedules
  reportLinks: ReportLinks
  reportFiles: ReportFiles
  reportPages: ReportPages
  /** Changes that people propose wait here, never payments. */
  people: Pool
  /** For what is only read. */
  pool: Pool
}

export const endpoint = endpointOf<FinanceWing>()
