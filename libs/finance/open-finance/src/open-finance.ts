import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { ClearingDays } from '@lijian/clearing'
import { cycleKinds, PartnerCycles } from '@lijian/partner-cycles'
import { fundingKinds, MoneyProposals, Partners } from '@lijian/partner-funding'
import { Cases } from '@lijian/cases'
import { KeyList, type NamedKey, Sealer } from '@lijian/privacy'
import { namesOfTargets, ReportFiles, ReportLinks, ReportRuns, ReportSchedules } from '@lijian/report-runs'
import { definitionOf, ReportPages } from '@lijian/reports'
import { BillImports, BillLayouts, caseResolutions, DayRuns } from '@lijian/reconciliation'
import { Accounts } from '@lijian/verification'
import type { Pool } from 'pg'

export interface FinancePlatform {
  settings: {
    timeZone: string
    cutOff: string
    earlyClose: 'on' | 'off'
    accountKeys: readonly NamedKey[]
    reconciliationBufferDays: number
    dataDir: string
    /** Where files of reports are kept; absent: a folder in `dataDir`. */
    reportDir?: string | undefined
    /** The file of places to which reports may be sent. */
    reportTargets?: string | undefined
  }
  /** People, files and flows wait here, never payments. */
  people: Pool
  /** For files that others send; absent where none comes. */
  imports?: Pool
  /** For changes of clearing runs: a lock that does not come ends within its time limit. */
  bounded: Pool
  now: () => number
}

export type Finance = ReturnType<typeof openFinance>

/** Everything that people, clearing systems and flows ask of finance; each change is one database transaction. */
export function openFinance({ settings, people, imports, bounded, now }: FinancePlatform) {
  const { timeZone, cutOff, earlyClose, accountKeys, reconciliationBufferDays: bufferDays } = settings
  const rule = { timeZone, cutOff }
  const reportRuns = new ReportRuns(people, definitionOf)
  const billLayouts = new BillLayouts(people)
  return {
    accounts: new Accounts(people),
    partners: new Partners(people, {
      timeZone,
      sealer: new Sealer(new KeyList(accountKeys, now), () => randomBytes(12)),
      now,
    }),
    proposals: new MoneyProposals(people, { ...fundingKinds(rule), ...cycleKinds(rule) }),
    cycles: new PartnerCycles(people, now),
    cases: new Cases(people, caseResolutions(rule), now),
    billLayouts,
    bills: new BillImports(people, billLayouts, { files: imports }),
    dayRuns: new DayRuns(people, billLayouts, rule, { bufferDays }),
    reportRuns,
    reportSchedules: new ReportSchedules(people, reportRuns, {
      timeZone,
      targets: namesOfTargets(settings.reportTargets),
    }),
    reportLinks: new ReportLinks(people, () => randomBytes(32)),
    reportFiles: new ReportFiles(settings.reportDir ?? join(settings.dataDir, 'reports')),
    reportPages: new ReportPages(bounded, timeZone),
    clearing: new ClearingDays({ pool: bounded, ...rule, earlyClose: earlyClose === 'on' }),
  }
}
