import type { BacktestReport, BacktestRunAnswer } from '@lijian/contracts/marketing'

export interface Ref {
  code: string
  version: number
}

export interface RunRow {
  id: number
  serial: string
  requested_by: string
  requested_at: Date
  request_hash: string
  campaigns: Ref[]
  against: Ref[] | null
  from_date: string | null
  to_date: string | null
  state: BacktestRunAnswer['state']
  attempt: number
  cancel_requested: boolean
  lines_done: number
  lines_total: number | null
  started_at: Date | null
  finished_at: Date | null
  expires_at: Date | null
  failure: string | null
}

/** Without its reports, which may be long. */
export const RUN = `id, serial, requested_by, requested_at, request_hash, campaigns, against, from_date, to_date, state, attempt, cancel_requested,
  lines_done, lines_total, started_at, finished_at, expires_at, failure`

export const answerOf = (row: RunRow): BacktestRunAnswer => ({
  id: row.id,
  serial: row.serial,
  campaigns: row.campaigns,
  against: row.against ?? undefined,
  days: row.from_date === null || row.to_date === null ? undefined : { from: row.from_date, to: row.to_date },
  state: row.state,
  linesDone: row.lines_done,
  linesTotal: row.lines_total ?? undefined,
  attempt: row.attempt,
  cancelRequested: row.cancel_requested,
  requestedBy: row.requested_by,
  requestedAt: row.requested_at.toISOString(),
  startedAt: row.started_at?.toISOString(),
  finishedAt: row.finished_at?.toISOString(),
  expiresAt: row.expires_at?.toISOString(),
  failure: row.failure ?? undefined,
})

/** Reports as they are kept: of a hundred thousand merchants those with most discount; their number stands in `lines`. */
const MERCHANTS_MAX = 500
export const keptReport = (report: BacktestReport): BacktestReport => ({
  ...report,
  a: { ...report.a, merchants: report.a.merchants.slice(0, MERCHANTS_MAX) },
  ...(report.b === undefined ? {} : { b: { ...report.b, merchants: report.b.merchants.slice(0, MERCHANTS_MAX) } }),
  ...(report.difference === undefined
    ? {}
    : { difference: { ...report.difference, merchants: report.difference.merchants.slice(0, MERCHANTS_MAX) } }),
})
