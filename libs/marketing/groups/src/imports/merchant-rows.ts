import type { Proposal } from '@lijian/approvals'
import { IMPORT_ERRORS_TOLD, type Merchant } from '@lijian/contracts/marketing'
import { readable } from '@lijian/contracts/text'
import { recordChange } from '@lijian/live-config'
import type { PoolClient } from 'pg'
import { MONEY_FIELDS, type FeesOfFiles } from '../merchants/fees-kind'
import { Failed, wrongLines, type ReadSoFar } from './failed'
import type { ImportAsk } from './import-rows'

const DOCUMENT = `${readable('m.document')}::jsonb`
/** So many lines are merged at once: others find the connection's time in between. */
const LINES_AT_ONCE = 10_000

/** A person reads them one by one: so many wait as one proposal, of at most so many characters. */
const WAIT_MAX = 500
const WAIT_LENGTH_MAX = 2 ** 21

const money = (document: string) => `ROW(${MONEY_FIELDS.map((field) => `${document} -> '${field}'`).join(', ')})`

/**
 * What a line leaves out stays as it is. Without a status a new merchant is active, one that had left is back, and another one stays what it is.
 * What says what is stored is not written; what changes what a stored merchant pays is told, to wait for another person.
 */
const MERGE = `
  WITH merged AS (
    SELECT DISTINCT ON (i.id) i.id, ${DOCUMENT} AS before,
      coalesce(${DOCUMENT}, '{}') || i.document || jsonb_build_object('status',
        coalesce(i.document ->> 'status', CASE m.status WHEN 'left' THEN 'active' ELSE m.status END, 'active')) AS document
    FROM incoming i LEFT JOIN merchant m ON m.id COLLATE "C" = i.id
    WHERE i.line > $1 AND i.line <= $2 ORDER BY i.id),
  differing AS (
    SELECT id, document, before IS NOT NULL AND ${money('before')} IS DISTINCT FROM ${money('document')} AS waits
    FROM merged WHERE before IS DISTINCT FROM document),
  stored AS (
    INSERT INTO merchant (id, document, updated_by, import_id)
    SELECT id, document::json, $3, $4 FROM differing WHERE NOT waits
    ON CONFLICT (id) DO UPDATE SET document = excluded.document, updated_by = excluded.updated_by, import_id = excluded.import_id, updated_at = now()
    RETURNING 1)
  SELECT (SELECT count(*)::integer FROM stored) AS count,
    (SELECT coalesce(json_agg(document), '[]') FROM (SELECT document FROM differing WHERE waits LIMIT ${WAIT_MAX + 1}) w) AS waiting`

const LEAVE = (which: 'EXISTS' | 'NOT EXISTS') => `
  UPDATE merchant m SET document = (${DOCUMENT} || '{"status": "left"}')::json, updated_by = $1, import_id = $2, updated_at = now()
  WHERE m.status IS DISTINCT FROM 'left' AND ${which} (SELECT FROM incoming i WHERE i.id = m.id COLLATE "C")`

/** `replace`: the file is the whole list, and who is not in it has left; `remove`: who is in it leaves. */
export async function storeMerchants(
  db: PoolClient,
  id: number,
  { mode, actor }: ImportAsk,
  { read, fees }: { read: ReadSoFar; fees: FeesOfFiles },
): Promise<{ changed: boolean; members: number; proposal?: Proposal | undefined }> {
  await mustFit(db, read)
  let count = 0
  const waiting = new Map<string, Merchant>()
  if (mode !== 'remove')
    for (let line = 0; line < read.progress.lines; line += LINES_AT_ONCE) {
      const { rows } = await db.query<{ count: number; waiting: Merchant[] }>(MERGE, [
        ...[line, line + LINES_AT_ONCE, actor, id],
      ])
      count += rows[0]!.count
      for (const document of rows[0]!.waiting) waiting.set(document.id, document)
      mustBeReadable(waiting, read)
    }
  if (mode !== 'add')
    count += (await db.query(LEAVE(mode === 'remove' ? 'EXISTS' : 'NOT EXISTS'), [actor, id])).rowCount ?? 0
  if (count > 0) await recordChange(db, 'merchants', String(id))
  const proposal = waiting.size === 0 ? undefined : await fees.propose(db, [...waiting.values()], actor)
  return { changed: count > 0, members: count, proposal }
}

function mustBeReadable(waiting: ReadonlyMap<string, Merchant>, read: ReadSoFar): void {
  if (waiting.size <= WAIT_MAX && JSON.stringify([...waiting.values()]).length <= WAIT_LENGTH_MAX) return
  throw new Failed(
    'too_large',
    `One file changes the fees or the settlement of at most ${WAIT_MAX} stored merchants: another person reads each. Send the others in files of their own`,
    read,
  )
}

/** Lines that are right each by itself, and not together: two about one merchant, branches that are not there. */
async function mustFit(db: PoolClient, read: ReadSoFar): Promise<void> {
  const { rows } = await db.query<{ line: number; message: string }>(
    `SELECT max(line) AS line, 'says something else of a merchant than an earlier line' AS message FROM incoming
       GROUP BY id HAVING count(*) > 1 AND count(DISTINCT document) > 1
     UNION ALL
     SELECT line, 'expected a branch that exists' FROM incoming
       WHERE document ? 'branch' AND NOT EXISTS (SELECT FROM branch b WHERE b.code = document ->> 'branch')
     ORDER BY line`,
  )
  if (rows.length === 0) return
  throw wrongLines({
    progress: { ...read.progress, errorCount: rows.length },
    errors: rows.slice(0, IMPORT_ERRORS_TOLD),
  })
}
