import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { byHandKinds, ClearingByHand, ClearingDays, clearingSystemKinds } from '@lijian/clearing'
import { erasureKind, Erasures } from '@lijian/erasure'
import { cycleKinds, PartnerCycles } from '@lijian/partner-cycles'
import { fundingKinds, PartnerChanges, partnerKind, Partners, PartnerSecrets } from '@lijian/partner-funding'
import { Proposals, type ProposalKinds } from '@lijian/approvals'
import { caseKind, Cases } from '@lijian/cases'
import { KeyList, type NamedKey, Sealer } from '@lijian/privacy'
import { namesOfTargets, ReportFiles, ReportLinks, ReportRuns, ReportSchedules } from '@lijian/report-runs'
import { definitionOf, ReportPages } from '@lijian/reports'
import { BillImports, billLayoutKinds, BillLayouts, caseResolutions, DayRuns } from '@lijian/reconciliation'
import { Accounts } from '@lijian/verification'
import type { Pool } from 'pg'

export interface FinancePlatform {
  settings: {
    timeZone: string
    cutOff: string
    earlyClose: 'on' | 'off'
    accountKeys: readonly NamedKey[]
    tokenKeys: readonly NamedKey[]
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
  const sealer = new Sealer(new KeyList(accountKeys, now), () => randomBytes(12))
  const secrets = new PartnerSecrets(sealer)
  const closing = { ...rule, earlyClose: earlyClose === 'on' }
  const kinds: ProposalKinds = {
    ...fundingKinds(rule),
    ...cycleKinds(rule),
    ...caseKind(caseResolutions(rule)),
    partner: partnerKind(secrets),
    erasure: erasureKind,
    ...clearingSystemKinds,
    ...byHandKinds(closing),
    ...billLayoutKinds,
  }
  const proposals = new Proposals(people, kinds)
  const days = new ClearingDays({ pool: bounded, ...closing })
  return {
    /** For what waits for another person. */
    people,
    accounts: new Accounts(people),
    partners: new Partners(people, { timeZone, sealer, now }),
    partnerChanges: new PartnerChanges(people, secrets, proposals),
    /** What others than their maker approve here. */
    kinds,
    proposals,
    erasures: new Erasures(people, proposals, { tokenKeys: settings.tokenKeys.map(({ key }) => key), timeZone }),
    cycles: new PartnerCycles(people, now),
    cases: new Cases(people, proposals, now),
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
    clearing: days,
    clearingByHand: new ClearingByHand({ pool: bounded, ...closing, proposals, days }),
  }
}
