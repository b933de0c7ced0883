import type {
  ReportEncoding,
  ReportFormat,
  ReportKind,
  ReportLanguage,
  ReportParameters,
  ReportRunAnswer,
  ReportState,
} from '@lijian/contracts/finance'
import { present } from '@lijian/contracts/system'

/** A row of report_run as it is read. */
export interface RunRow {
  id: number
  kind: ReportKind
  parameters: ReportParameters
  section: string | null
  format: ReportFormat
  language: ReportLanguage
  encoding: ReportEncoding
  dataVersion: string
  requestedBy: string
  requestedAt: Date
  schedule: string | null
  state: ReportState
  attempt: number
  startedAt: Date | null
  finishedAt: Date | null
  rowsWritten: number
  snapshot: string | null
  rowsCount: number | null
  bytes: number | null
  sha256: string | null
  fileName: string | null
  checkCode: string | null
  failure: string | null
  expiresAt: Date | null
  deliveries: DeliveryRow[] | null
}

interface DeliveryRow {
  target: string
  attempts: number
  dueMs: number
  deliveredMs: number | null
  lastError: string | null
}

export const RUN = `id, kind, parameters, section, format, language, encoding, data_version AS "dataVersion", requested_by AS "requestedBy",
  requested_at AS "requestedAt", schedule, state, attempt, started_at AS "startedAt", finished_at AS "finishedAt", rows_written AS "rowsWritten",
  snapshot, rows_count AS "rowsCount", bytes, sha256, file_name AS "fileName", check_code AS "checkCode", failure, expires_at AS "expiresAt",
  (SELECT jsonb_agg(jsonb_build_object('target', d.target, 'attempts', d.attempts, 'lastError', d.last_error,
     'dueMs', floor(extract(epoch FROM d.due_at) * 1000), 'deliveredMs', floor(extract(epoch FROM d.delivered_at) * 1000)) ORDER BY d.target)
   FROM report_delivery d WHERE d.run = report_run.id) AS deliveries`

export const answerOf = (row: RunRow): ReportRunAnswer => ({
  id: row.id,
  kind: row.kind,
  parameters: row.parameters,
  format: row.format,
  language: row.language,
  encoding: row.encoding,
  state: row.state,
  requestedBy: row.requestedBy,
  requestedAt: row.requestedAt.toISOString(),
  attempt: row.attempt,
  rowsWritten: row.rowsWritten,
  ...present({
    section: row.section ?? undefined,
    schedule: row.schedule ?? undefined,
    startedAt: instantOf(row.startedAt),
    finishedAt: instantOf(row.finishedAt),
    snapshot: row.snapshot ?? undefined,
    rows: row.rowsCount ?? undefined,
    bytes: row.bytes ?? undefined,
    sha256: row.sha256 ?? undefined,
    fileName: row.fileName ?? undefined,
    checkCode: row.checkCode ?? undefined,
    failure: row.failure ?? undefined,
    expiresAt: instantOf(row.expiresAt),
    deliveries: row.deliveries?.map(deliveryOf),
  }),
})

const instantOf = (at: Date | null) => at?.toISOString()

const deliveryOf = ({ target, attempts, dueMs, deliveredMs, lastError }: DeliveryRow) => ({
  target,
  attempts,
  ...(deliveredMs === null
    ? { nextAt: new Date(dueMs).toISOString() }
    : { deliveredAt: new Date(deliveredMs).toISOString() }),
  ...present({ lastError: lastError ?? undefined }),
})
