import { LijianError } from '@lijian/contracts/system'
import { currencyOfKey, withoutCurrency } from '@lijian/contracts/money'
import type { ClearingFileAnswer, ClearingLayout, FileKind, FileState, RunState } from '@lijian/contracts/finance'
import type { FileSummary } from '@lijian/clearing-files'
import { writeOutbox } from '@lijian/database'
import {
  clearingAttributes,
  clearingSummary,
  clearingWorkflowId,
  WORKFLOW_TYPE,
  type Changed,
  type FileFlowState,
  type RunSnapshot,
} from '@lijian/workflow-clearing-day'
import type { ClientBase, QueryResultRow } from 'pg'

export type Db = Pick<ClientBase, 'query'>

/** A pool or a connection, for reads. */
export interface Reader {
  query<Row extends QueryResultRow>(text: string, values?: unknown[]): Promise<{ rows: Row[] }>
}

/** A row of clearing_file; amounts are safe integers. `clearingSystem` carries the currency of the file (`inCurrency`). */
export interface StoredFile {
  id: number
  businessDate: string
  kind: FileKind
  clearingSystem: string
  version: number
  settlementDate: string
  layout: ClearingLayout
  name: string
  rows: number
  rowsWritten: number
  grossFen: number
  discountFen: number
  settleFen: number
  feeFinalFen: number
  feeSavedFen: number
  sha256: string | null
  bytes: number | null
  provedAt: Date | null
  state: FileState
  reasons: ClearingFileAnswer['reasons'] | null
  replaces: number | null
  replacesName: string | null
  createdAt: Date
  publishedAt: Date | null
  acknowledgedAt: Date | null
}

export interface StoredRun {
  businessDate: string
  settlementDate: string
  state: RunState
  version: number
  trouble: string | null
  requestedBy: string
  requestedAt: Date
  frozenAt: Date | null
  publishedAt: Date | null
  settledAt: Date | null
}

const FILE = `f.id::float8 AS id, f.business_date::text AS "businessDate", f.kind, f.clearing_system AS "clearingSystem", f.version,
  f.settlement_date::text AS "settlementDate", f.layout, f.name, f.rows_count::float8 AS rows, f.rows_written::float8 AS "rowsWritten",
  f.gross_fen::float8 AS "grossFen", f.discount_fen::float8 AS "discountFen", f.settle_fen::float8 AS "settleFen",
  f.fee_final_fen::float8 AS "feeFinalFen", f.fee_saved_fen::float8 AS "feeSavedFen", f.sha256, f.bytes::float8 AS bytes,
  f.proved_at AS "provedAt", f.state, f.reasons, f.replaces::float8 AS replaces, r.name AS "replacesName", f.created_at AS "createdAt",
  f.published_at AS "publishedAt", f.acknowledged_at AS "acknowledgedAt"
  FROM clearing_file f LEFT JOIN clearing_file r ON r.id = f.replaces`
const RUN = `business_date::text AS "businessDate", settlement_date::text AS "settlementDate", state, version, trouble,
  requested_by AS "requestedBy", requested_at AS "requestedAt", frozen_at AS "frozenAt", published_at AS "publishedAt", settled_at AS "settledAt"
  FROM clearing_run`

/** `where` stands in the program, never comes from outside. */
export async function readFiles(db: Reader, where: string, values: readonly unknown[]): Promise<StoredFile[]> {
  return (await db.query<StoredFile>(`SELECT ${FILE} ${where}`, [...values])).rows
}
export async function readRuns(db: Reader, where: string, values: readonly unknown[]): Promise<StoredRun[]> {
  return (await db.query<StoredRun>(`SELECT ${RUN} ${where}`, [...values])).rows
}

export async function readFile(db: Reader, id: number): Promise<StoredFile> {
  const [file] = await readFiles(db, 'WHERE f.id = $1', [id])
  if (!file) throw new LijianError('not_found', `There is no clearing file ${id}`)
  return file
}

/** The newest versions of a date's files. */
export const currentFiles = (db: Reader, businessDate: string): Promise<StoredFile[]> =>
  readFiles(
    db,
    `WHERE f.business_date = $1 AND f.state <> 'replaced' AND f.kind <> 'settlement' ORDER BY f.clearing_system, f.kind`,
    [businessDate],
  )

/** Makes other changes of the same run wait until the caller's transaction ends. */
export async function lockRun(db: Db, businessDate: string): Promise<StoredRun> {
  const [run] = await readRuns(db, 'WHERE business_date = $1 FOR UPDATE', [businessDate])
  if (!run) throw new Error(`there is no clearing run of ${businessDate}`)
  return run
}

export const summaryOf = (file: StoredFile): FileSummary => ({ ...file, replaces: file.replacesName })

/** A new version of the run, as its flow is to know it; in the transaction of the change. */
export async function changed(db: Db, businessDate: string): Promise<Changed> {
  const { rows } = await db.query<{ version: number; state: RunState; settlementDate: string }>(
    `UPDATE clearing_run SET version = version + 1 WHERE business_date = $1
     RETURNING version, state, settlement_date::text AS "settlementDate"`,
    [businessDate],
  )
  const { version, state, settlementDate } = rows[0]!
  const files = (await currentFiles(db, businessDate)).map(
    ({ id, name, kind, clearingSystem, version: ofFile, rows: count, state: now }) => ({
      id,
      name,
      kind,
      clearingSystem,
      version: ofFile,
      rows: count,
      state: now as FileFlowState,
    }),
  )
  return { version, body: { businessDate, settlementDate, state, files } }
}

/** Signals a change to the run's flow; the first signal starts it. */
export async function tellFlow(db: Db, { version, body }: Changed): Promise<void> {
  const { businessDate } = body
  await writeOutbox(db, {
    client: '@clearing',
    serial: businessDate,
    workflowId: clearingWorkflowId(businessDate),
    workflowType: WORKFLOW_TYPE,
    dated: false,
    snapshot: {
      version,
      start: [{ businessDate }],
      summary: clearingSummary(body),
      attributes: clearingAttributes(body),
      body: body satisfies RunSnapshot,
    },
    delayMs: 0,
  })
}

export const fileAnswer = (file: StoredFile): ClearingFileAnswer => ({
  id: file.id,
  businessDate: file.businessDate,
  kind: file.kind,
  clearingSystem: withoutCurrency(file.clearingSystem),
  currency: currencyOfKey(file.clearingSystem),
  version: file.version,
  settlementDate: file.settlementDate,
  layout: file.layout.code,
  name: file.name,
  rows: file.rows,
  rowsWritten: file.rowsWritten,
  received: file.grossFen,
  discount: file.discountFen,
  settle: file.settleFen,
  feeFinal: file.feeFinalFen,
  feeSaved: file.feeSavedFen,
  sha256: file.sha256 ?? undefined,
  bytes: file.bytes ?? undefined,
  state: file.state,
  reasons: file.reasons ?? undefined,
  replaces: file.replaces ?? undefined,
  createdAt: file.createdAt.toISOString(),
  publishedAt: file.publishedAt?.toISOString(),
  acknowledgedAt: file.acknowledgedAt?.toISOString(),
})
