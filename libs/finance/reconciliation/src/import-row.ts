import type { FieldError } from '@lijian/contracts/system'
import type { BillImportAnswer } from '@lijian/contracts/finance'
import { LOCKS } from '@lijian/database'

/** The columns of an import. A process that died in the middle holds no lock any more. */
export const FILE = `f.id, f.layout, f.source, f.scope, f.business_date::text AS date, f.name, f.sha256, f.bytes, f.lines, f.known_lines AS "knownLines",
  f.errors, f.started_at AS "startedAt", f.ended_at AS "endedAt",
  CASE WHEN f.state = 'reading' AND NOT EXISTS (SELECT 1 FROM pg_locks l WHERE l.locktype = 'advisory' AND l.classid = ${LOCKS.billImport} AND l.objid = f.id::oid
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())) AND f.started_at < now() - interval '5 seconds'
    THEN 'cut_off' ELSE f.state END AS state`

export interface FileRow {
  id: string
  layout: string
  source: string
  scope: string
  date: string
  name: string | null
  sha256: string | null
  bytes: string
  lines: string
  knownLines: string
  errors: FieldError[] | null
  startedAt: Date
  endedAt: Date | null
  state: BillImportAnswer['state']
}

export const answerOf = (row: FileRow): BillImportAnswer => ({
  id: Number(row.id),
  layout: row.layout,
  source: row.source,
  client: /^[@*]/.test(row.scope) ? undefined : row.scope,
  date: row.date,
  name: row.name ?? undefined,
  state: row.state,
  sha256: row.sha256 ?? undefined,
  bytes: Number(row.bytes),
  lines: Number(row.lines),
  knownLines: Number(row.knownLines),
  errors: row.errors ?? undefined,
  startedAt: row.startedAt.toISOString(),
  endedAt: row.endedAt?.toISOString(),
})
