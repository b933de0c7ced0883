import { inChinese, LijianError } from '@lijian/contracts/system'
import { LINE_FAULTS, type GroupImportAnswer, type ImportFailure, type ImportMode } from '@lijian/contracts/marketing'
import { GroupImportEntity, LOCKS, type ImportKind } from '@lijian/database'
import { QueryFailedError, type EntityManager, type QueryRunner } from 'typeorm'
import { Failed, type ReadSoFar } from './failed'
import type { LineDigest } from './line-digest'

export interface ImportAsk {
  kind: ImportKind
  code: string
  mode: ImportMode
  /** The file is NDJSON. */
  json: boolean
  /** Of the body as it is sent, when the request says it. */
  totalBytes: number | undefined
  actor: string
}

const UNIQUE_VIOLATION = '23505'

/** Imports whose lock is free: their process or its connection is gone, nothing was changed. */
export async function failInterrupted(manager: EntityManager): Promise<void> {
  await manager.query(
    `UPDATE group_import SET state = 'failed', failure = 'interrupted', finished_at = now()
     WHERE state = 'running' AND NOT EXISTS (
       SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = group_import.id::oid AND objsubid = 2
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))`,
    [LOCKS.groupImport],
  )
}

/** The row of a new import and its lock, both or none. Throws import_running while another one of this group runs. */
export async function beginImport(runner: QueryRunner, ask: ImportAsk): Promise<number> {
  await failInterrupted(runner.manager)
  const { kind, code, mode, totalBytes, actor } = ask
  await runner.startTransaction()
  try {
    const [{ id }] = (await runner.query(
      `INSERT INTO group_import (kind, code, mode, state, total_bytes, started_by) VALUES ($1, $2, $3, 'running', $4, $5) RETURNING id`,
      [kind, code, mode, totalBytes ?? null, actor],
    )) as [{ id: number }]
    await runner.query('SELECT pg_advisory_lock($1, $2)', [LOCKS.groupImport, id])
    await runner.commitTransaction()
    return id
  } catch (error) {
    await runner.rollbackTransaction().catch(() => undefined)
    const { code: state } = (error instanceof QueryFailedError ? error.driverError : {}) as { code?: string }
    throw state === UNIQUE_VIOLATION ? new LijianError('import_running') : error
  }
}

export const unlockImport = (runner: QueryRunner, id: number): Promise<unknown> =>
  runner.query('SELECT pg_advisory_unlock($1, $2)', [LOCKS.groupImport, id])

/** Throws Failed when somebody has cancelled it. */
export async function saveProgress(
  manager: EntityManager,
  id: number,
  bytes: number,
  { lines, accepted, errorCount }: ReadSoFar['progress'],
): Promise<void> {
  await manager.update(GroupImportEntity, { id }, { bytes, lines, accepted, errorCount })
  await mustGoOn(manager, id)
}

/** Nothing has been changed yet. */
export async function mustGoOn(manager: EntityManager, id: number): Promise<void> {
  const row = await manager.findOne(GroupImportEntity, { where: { id }, select: { id: true, cancelledBy: true } })
  if (row?.cancelledBy != null)
    throw new Failed('cancelled', `The import was cancelled by ${row.cancelledBy}; nothing was changed`)
}

export const saveFailure = (manager: EntityManager, id: number, failure: ImportFailure, read?: ReadSoFar) => {
  const counts = read && { ...countsOf(read.progress), errors: read.errors }
  return manager.update(GroupImportEntity, { id }, { state: 'failed', failure, ...counts, finishedAt: () => 'now()' })
}

const countsOf = ({ lines, accepted, errorCount }: ReadSoFar['progress']) => ({ lines, accepted, errorCount })

export const told = ({ line, fault }: LineDigest['errors'][number]) => ({ line, message: LINE_FAULTS[fault] })

export function importAnswer(row: GroupImportEntity): GroupImportAnswer {
  const { id, kind, code, mode, state, failure, changed, lines, accepted, duplicates, errorCount, memberCount } = row
  const total = row.totalBytes
  const percent =
    state === 'done' ? 100 : total ? Math.min(100, Math.floor((1000 * row.bytes) / total) / 10) : undefined
  return {
    id,
    kind,
    code,
    mode,
    state,
    failure: (failure as ImportFailure | null) ?? undefined,
    changed: changed ?? undefined,
    lines,
    accepted,
    duplicates: duplicates ?? undefined,
    errorCount,
    errors: row.errors.map(({ line, message }) => ({ line, message, messageZh: inChinese(message) })),
    bytes: row.bytes,
    percent,
    members: memberCount ?? undefined,
    proposal: row.proposal ?? undefined,
    cancelledBy: row.cancelledBy ?? undefined,
    startedBy: row.startedBy,
    startedAt: row.startedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString(),
  }
}
