import type { ClearingDays } from '@lijian/clearing'
import type { PartnerCycles } from '@lijian/partner-cycles'
import type { MoneyProposals, Partners } from '@lijian/partner-funding'
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
  proposals: MoneyProposals
  cycles: PartnerCycles
  cases: Cases
  bills: BillImports
  billLayouts: BillLayouts
  dayRuns: DayRuns
  clearing: ClearingDays
  reportRuns: ReportRuns
  reportSchedules: ReportSchedules
  reportLinks: ReportLinks
  reportFiles: ReportFiles
  reportPages: ReportPages
  /** For what is only read. */
  pool: Pool
}

export const endpoint = endpointOf<FinanceWing>()
