import { DRAFT_PAGES, writeGroupPages, type GroupKind } from '@lijian/database'
import { LijianError } from '@lijian/contracts/system'
import { pagesOf, wordsOf, WORDS, compareAt } from '@lijian/rules'
import type { PoolClient } from 'pg'
import { setImmediate } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import { membersOf, type GroupRow } from './group-members'

/** What a change makes of a locked group; what is left out stays as it is. */
export interface MemberChangeAsk {
  /** Fingerprints, ascending. */
  words?: Uint32Array | undefined
  bins?: readonly string[] | undefined
}

export interface Draft {
  kind: GroupKind
  code: string
  base: number
  bins: string[] | null
  has_members: boolean
  member_count: number
  added: number
  removed: number
  digest: string
}

const COLUMNS = 'kind, code, base, bins, has_members, member_count, added, removed, digest'

/** Of the pages as they are stored, and the prefixes. */
const DIGEST = `encode(sha256(coalesce((SELECT string_agg(members, ''::bytea ORDER BY page) FROM group_page
    WHERE kind = $1 AND code = $2 AND version = ${DRAFT_PAGES}), ''::bytea) || convert_to(coalesce($3::text[]::text, '') || ' ' || $4::integer::text, 'UTF8')), 'hex')`

/**
 * Stores what a locked group would become; nobody sees it until `putInForce`. An earlier draft goes, unless it says the same: then it stays, and is
 * answered.
 */
export async function storeDraft(
  { manager, db }: { manager: EntityManager; db: PoolClient },
  kind: GroupKind,
  row: GroupRow,
  { words, bins }: MemberChangeAsk,
  actor: string,
): Promise<Draft> {
  const { code, membersVersion: base, memberCount } = row
  const earlier = await draftOf(db, kind, code)
  await db.query('SAVEPOINT before_draft')
  await dropDraft(db, kind, code)
  let change = { count: memberCount, added: 0, removed: 0 }
  if (words !== undefined) {
    await writeGroupPages(manager, kind, code, DRAFT_PAGES, pagesOf(words))
    change = { count: words.length / WORDS, ...(await compared(wordsOf(await membersOf(manager, kind, row)), words)) }
  }
  const { rows } = await db.query<Draft>(
    `INSERT INTO member_group_draft (${COLUMNS}, made_by)
     SELECT $1, $2, $4::integer, $3::text[], $5::boolean, $6::integer, $7::integer, $8::integer, ${DIGEST}, $9 RETURNING ${COLUMNS}`,
    [...[kind, code, bins ?? null, base, words !== undefined], change.count, change.added, change.removed, actor],
  )
  const made = rows[0]!
  if (made.digest !== earlier?.digest) return made
  await db.query('ROLLBACK TO SAVEPOINT before_draft')
  return earlier
}

export async function draftOf(db: PoolClient, kind: GroupKind, code: string): Promise<Draft | undefined> {
  const { rows } = await db.query<Draft>(
    `SELECT ${COLUMNS} FROM member_group_draft WHERE kind = $1 AND code = $2 FOR UPDATE`,
    [kind, code],
  )
  return rows[0]
}

/** `digest`: only if it says this; a later one may have taken its place. */
export async function dropDraft(db: PoolClient, kind: GroupKind, code: string, digest?: string): Promise<void> {
  const { rowCount } = await db.query(
    'DELETE FROM member_group_draft WHERE kind = $1 AND code = $2 AND ($3::text IS NULL OR digest = $3)',
    [kind, code, digest ?? null],
  )
  if (rowCount === 0) return
  await db.query(`DELETE FROM group_page WHERE kind = $1 AND code = $2 AND version = ${DRAFT_PAGES}`, [kind, code])
}

/** The draft is what payments see from here on, in every process, as a whole. `digest`: of what was approved. */
export async function putInForce(
  db: PoolClient,
  kind: GroupKind,
  code: string,
  { digest, actor }: { digest: string; actor: string },
): Promise<void> {
  const { rows } = await db.query<{ version: number }>(
    `SELECT members_version AS version FROM ${kind} WHERE code = $1 FOR UPDATE`,
    [code],
  )
  const draft = await draftOf(db, kind, code)
  const [row] = rows
  const isSame = draft?.digest === digest && draft.base === row?.version && (await stillDigests(db, draft))
  if (!isSame)
    throw new LijianError('changed_since', `What group ${code} would become has changed since: send the change again`)
  const version = draft.has_members ? draft.base + 1 : draft.base
  const place = [kind, code]
  if (draft.has_members) {
    await db.query(`DELETE FROM group_page WHERE kind = $1 AND code = $2 AND version <> ${DRAFT_PAGES}`, place)
    await db.query(`UPDATE group_page SET version = $3 WHERE kind = $1 AND code = $2 AND version = ${DRAFT_PAGES}`, [
      ...[...place, version],
    ])
  }
  const bins = kind === 'card_group' ? ', bins = coalesce($5, bins)' : ''
  await db.query(
    `UPDATE ${kind} SET members_version = $2, member_count = $3, updated_by = $4, updated_at = now()${bins} WHERE code = $1`,
    [...[code, version, draft.member_count, actor], ...(kind === 'card_group' ? [draft.bins] : [])],
  )
  await dropDraft(db, kind, code)
}

/** Nobody has touched its pages since. */
async function stillDigests(db: PoolClient, { kind, code, base, bins, digest }: Draft): Promise<boolean> {
  const { rows } = await db.query<{ digest: string }>(`SELECT ${DIGEST} AS digest`, [kind, code, bins, base])
  return rows[0]!.digest === digest
}

/** So many steps are a millisecond; payments are answered in between. */
const STEPS_AT_ONCE = 50_000

/** How many of `after` are new, and how many of `before` are gone; both ascending. */
async function compared(before: Uint32Array, after: Uint32Array): Promise<{ added: number; removed: number }> {
  let [i, j, same] = [0, 0, 0]
  for (let steps = 1; i < before.length && j < after.length; steps++) {
    const order = compareAt(before, i, after, j)
    if (order <= 0) i += WORDS
    if (order >= 0) j += WORDS
    if (order === 0) same += 1
    if (steps % STEPS_AT_ONCE === 0) await setImmediate()
  }
  return { added: after.length / WORDS - same, removed: before.length / WORDS - same }
}
