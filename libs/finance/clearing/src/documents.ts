import { CLEARED_EVENTS, LAYOUTS } from '@lijian/clearing-files'
import { CLEARING_KINDS, clearingLayout, type ClearingLayout, type FileKind } from '@lijian/contracts/finance'
import { isUnreadable, readable } from '@lijian/contracts/text'
import { clearingCases } from './case-kinds'
import type { Db, Reader } from './rows'

/** What codes of clearing systems look like: they are names of folders and stand in names of files. */
const CODE = `'^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'`
const NAMED_SYSTEM = `${readable('document')}->>'clearingSystem'`

/** Every clearing system that somebody has named as such a system can be named; other documents are told by `unreadDocuments`. */
export const NAMED_SYSTEMS = `SELECT 'main' AS code UNION SELECT code FROM clearing_system WHERE code ~ ${CODE}
  UNION SELECT code FROM (SELECT ${NAMED_SYSTEM} AS code FROM merchant) m WHERE code ~ ${CODE}`

/** Documents behind the date $1 that are not what may be stored now: of an older release, of a backup, or written by hand. */
const UNREAD = `SELECT 'merchant/' || id AS document, id AS merchant FROM merchant
    WHERE ${isUnreadable('document')} OR coalesce(${NAMED_SYSTEM}, 'main') !~ ${CODE} OR json_typeof(document) <> 'object'
  UNION ALL SELECT 'layout/' || left(code, 64), NULL FROM clearing_system WHERE code !~ ${CODE}
  UNION ALL SELECT DISTINCT 'campaign/' || v.code || '/' || v.version, NULL
  FROM journal j CROSS JOIN LATERAL jsonb_array_elements(j.detail->'offers') o (offer)
  JOIN campaign_version v ON v.code = o.offer->>'campaign' AND v.version = (o.offer->>'version')::int
  WHERE j.business_date = $1 AND j.event IN ${CLEARED_EVENTS} AND ${isUnreadable('v.document')}`

/** A document that PostgreSQL cannot read as it stands stops no date: it is read without what it must not have, and is somebody's case. */
export const openDocumentCases = (db: Db, businessDate: string) =>
  clearingCases.openFrom(db, {
    columns: ['merchant'],
    select: `SELECT 'clearing_document', '@clearing', document, merchant FROM (${UNREAD}) u`,
    values: [businessDate],
  })

/** The layout that is stored for a kind of file; undefined: none is, null: it is none. */
export function storedLayout(layouts: unknown, kind: FileKind): ClearingLayout | undefined | null {
  if (typeof layouts !== 'object' || layouts === null) return null
  const wanted = Object.hasOwn(layouts, kind) ? (layouts as Record<string, unknown>)[kind] : undefined
  if (wanted === undefined) return undefined
  if (typeof wanted === 'string') return Object.hasOwn(LAYOUTS, wanted) ? LAYOUTS[wanted] : null
  return clearingLayout.safeParse(wanted).data ?? null
}

const MOST_NAMED = 10

/** The same documents, for those who look at the run; null: there are none. */
export async function documentTrouble(db: Reader, businessDate: string): Promise<string | null> {
  const { rows: documents } = await db.query<{ document: string }>(
    `SELECT left(document, 100) AS document FROM (${UNREAD}) u ORDER BY 1`,
    [businessDate],
  )
  const { rows: systems } = await db.query<{ code: string; layouts: unknown }>(
    `SELECT code, layouts FROM clearing_system WHERE code ~ ${CODE} ORDER BY code`,
  )
  const layouts = systems.flatMap(({ code, layouts: stored }) =>
    CLEARING_KINDS.filter((kind) => storedLayout(stored, kind) === null).map((kind) => `layout/${code}/${kind}`),
  )
  const names = [...documents.map(({ document }) => document), ...layouts]
  if (names.length === 0) return null
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return `the date is cleared without what could not be read of ${names.slice(0, MOST_NAMED).join(', ')}${more}: enter them again`
}
