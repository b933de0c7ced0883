import { LijianError } from '@lijian/contracts/system'
import type { AcknowledgementRequest } from '@lijian/contracts/finance'
import { insertFile } from './plan'
import { changed, currentFiles, lockRun, readFile, type Db, type StoredFile } from './rows'
import type { Changed } from '@lijian/workflow-clearing-day'

/** The file with its run locked, so that what is decided about both holds. */
export async function lockFile(db: Db, id: number): Promise<StoredFile> {
  const file = await readFile(db, id)
  if (file.kind === 'settlement')
    throw new LijianError(
      'state_conflict',
      'A settlement file is for the payout system: it is neither acknowledged nor replaced',
    )
  await lockRun(db, file.businessDate)
  return readFile(db, id)
}

const sameReasons = (file: StoredFile, { reasons = [] }: AcknowledgementRequest) =>
  JSON.stringify(sorted(file.reasons ?? [])) === JSON.stringify(sorted(reasons))
const sorted = (reasons: readonly object[]) => reasons.map((reason) => Object.entries(reason).sort())

/** What a locked file becomes by an acknowledgement; undefined: it is so already. Throws LijianError state_conflict. */
export function verdictOn(file: StoredFile, request: AcknowledgementRequest): 'acknowledged' | 'refused' | undefined {
  const { state } = file
  if (request.sha256 !== undefined && file.sha256 !== null && request.sha256 !== file.sha256)
    throw new LijianError(
      'state_conflict',
      `The acknowledgement is of other content: ${file.name} has the SHA-256 ${file.sha256}`,
      { state },
    )
  const wanted = request.outcome === 'accepted' ? 'acknowledged' : 'refused'
  if (state === wanted && (wanted === 'acknowledged' || sameReasons(file, request))) return undefined
  if (state !== 'published' && state !== 'missing') throw new LijianError('state_conflict', cannot(file), { state })
  return wanted
}

/** Records what a clearing system says of a file, in the caller's transaction. The same again changes nothing (undefined). */
export async function acknowledge(db: Db, id: number, request: AcknowledgementRequest): Promise<Changed | undefined> {
  const file = await lockFile(db, id)
  const wanted = verdictOn(file, request)
  if (wanted === undefined) return undefined
  await db.query(`UPDATE clearing_file SET state = $2, reasons = $3, acknowledged_at = now() WHERE id = $1`, [
    id,
    wanted,
    request.reasons === undefined ? null : JSON.stringify(request.reasons),
  ])
  const all = await currentFiles(db, file.businessDate)
  if (all.every((one) => one.state === 'acknowledged'))
    await db.query(`UPDATE clearing_run SET state = 'acknowledged', trouble = NULL WHERE business_date = $1`, [
      file.businessDate,
    ])
  return changed(db, file.businessDate)
}

function cannot({ name, state, version }: StoredFile): string {
  if (state === 'created') return `${name} is not published yet`
  if (state === 'replaced') return `${name} was replaced by a version after ${version}`
  return `${name} is already ${state}`
}

/** Whether a locked file is replaced for this reason already. Throws LijianError state_conflict where it cannot be replaced. */
export function isReplaced(file: StoredFile, reason: string | undefined): boolean {
  if (file.state === 'replaced' && file.reasons?.at(-1)?.message === reason) return true
  if (file.state === 'acknowledged' || file.state === 'replaced')
    throw new LijianError('state_conflict', cannot(file), { state: file.state })
  return false
}

/**
 * Plans a new version of a file, in the layout that its clearing system has now; the one before is replaced. Not of a file that was accepted:
 * what it says is settled. Replaced for this reason already: nothing changes (undefined).
 */
export async function replace(db: Db, id: number, reason: string | undefined): Promise<Changed | undefined> {
  const file = await lockFile(db, id)
  if (isReplaced(file, reason)) return undefined
  await db.query(
    `UPDATE clearing_file SET state = 'replaced', reasons = coalesce(reasons, '[]') || $2::jsonb WHERE id = $1`,
    [id, JSON.stringify(reason === undefined ? [] : [{ message: reason }])],
  )
  await insertFile(db, { ...file, version: file.version + 1, replaces: id })
  await db.query(`UPDATE clearing_run SET state = 'frozen' WHERE business_date = $1`, [file.businessDate])
  return changed(db, file.businessDate)
}
