import { LijianError } from '@lijian/contracts/system'
import type { ImportMode } from '@lijian/contracts/marketing'
import { recordChange } from '@lijian/live-config'
import type { PoolClient } from 'pg'

export interface GroupRow {
  code: string
  name: string | null
  version: number
  latest_version: number
  member_count: number
  updated_by: string
  updated_at: Date
}

export interface VersionRow {
  code: string
  version: number
  base: number
  state: 'draft' | 'in_force' | 'replaced' | 'dropped'
  member_count: number
  added: number
  removed: number
  digest: string
  made_by: string
  made_at: Date
  put_in_force_by: string | null
  put_in_force_at: Date | null
}

/** Where the merchants of a change stand: an expression that gives rows of one column `id`, and what it asks for as $1. */
export interface Incoming {
  sql: string
  value: unknown
}

export const listed = (merchants: readonly string[]): Incoming => ({ sql: 'unnest($1::text[]) AS i (id)', value: merchants }) // prettier-ignore

/** The group's row, made if it is not there, locked until the end of the transaction: changes come one after another. */
export async function lockGroup(db: PoolClient, code: string, actor: string): Promise<GroupRow> {
  await db.query(
    `INSERT INTO merchant_group (code, updated_by, branch) SELECT $1::text, $2::text, coalesce((SELECT p.branch FROM person p
       WHERE p.id = coalesce((SELECT k.person FROM api_key k WHERE k.id = $2), $2)), 'head-office') ON CONFLICT (code) DO NOTHING`,
    [code, actor],
  )
  const { rows } = await db.query<GroupRow>('SELECT * FROM merchant_group WHERE code = $1 FOR UPDATE', [code])
  return rows[0]!
}

/** In force: what a payment sees. */
export const IN = (version: string): string =>
  `from_version <= ${version} AND (to_version IS NULL OR to_version > ${version})`

/**
 * Stores what a locked group would become; nobody sees it until `putInForce`. An earlier draft is dropped, unless it says the same: then it stays.
 * Undefined: the group is so already.
 */
export async function storeDraft(
  db: PoolClient,
  group: GroupRow,
  mode: ImportMode,
  incoming: Incoming,
  actor: string,
): Promise<VersionRow | undefined> {
  const earlier = await draftOf(db, group.code)
  await db.query('SAVEPOINT before_draft')
  if (earlier !== undefined) await dropDraft(db, group.code, earlier.version)
  const made = await makeDraft(db, group, mode, incoming, actor)
  // What says what is in force, or what waits, changes nothing.
  if (made === undefined || made.digest === earlier?.digest) await db.query('ROLLBACK TO SAVEPOINT before_draft')
  if (earlier !== undefined && made?.digest === earlier.digest) return earlier
  return made
}

export async function draftOf(db: Pick<PoolClient, 'query'>, code: string): Promise<VersionRow | undefined> {
  const { rows } = await db.query<VersionRow>(
    `SELECT * FROM merchant_group_version WHERE code = $1 AND state = 'draft'`,
    [code],
  )
  return rows[0]
}

async function makeDraft(
  db: PoolClient,
  group: GroupRow,
  mode: ImportMode,
  { sql, value }: Incoming,
  actor: string,
): Promise<VersionRow | undefined> {
  const { code, version: base, member_count: before } = group
  const version = group.latest_version + 1
  const keys = [value, code, base, version]
  const named = `SELECT FROM ${sql} WHERE i.id COLLATE "C" = m.merchant`
  let removed = 0
  if (mode !== 'add')
    removed = await countOf(
      db,
      `UPDATE merchant_group_member m SET to_version = $4 WHERE m.code = $2 AND ${IN('$3')} AND ${mode === 'remove' ? '' : 'NOT '}EXISTS (${named})`,
      keys,
    )
  let added = 0
  if (mode !== 'remove')
    added = await countOf(
      db,
      `INSERT INTO merchant_group_member (code, merchant, from_version)
       SELECT DISTINCT $2::text, i.id COLLATE "C", $4::integer FROM ${sql}
       WHERE NOT EXISTS (SELECT FROM merchant_group_member m WHERE m.code = $2 AND m.merchant = i.id COLLATE "C" AND ${IN('$3')})`,
      keys,
    )
  if (added === 0 && removed === 0) return undefined
  await db.query('UPDATE merchant_group SET latest_version = $2 WHERE code = $1', [code, version])
  const { rows } = await db.query<VersionRow>(
    `INSERT INTO merchant_group_version (code, version, base, state, member_count, added, removed, digest, made_by)
     SELECT $1::text, $2::integer, $3::integer, 'draft', $4, $5, $6, encode(sha256(convert_to(
       coalesce((SELECT digest FROM merchant_group_version WHERE code = $1 AND version = $3), '')
       || E'\\n+' || coalesce((SELECT string_agg(merchant, ' ' ORDER BY merchant) FROM merchant_group_member WHERE code = $1 AND from_version = $2), '')
       || E'\\n-' || coalesce((SELECT string_agg(merchant, ' ' ORDER BY merchant) FROM merchant_group_member WHERE code = $1 AND to_version = $2), ''),
       'UTF8')), 'hex'), $7 RETURNING *`,
    [code, version, base, before + added - removed, added, removed, actor],
  )
  return rows[0]!
}

async function countOf(db: PoolClient, sql: string, values: unknown[]): Promise<number> {
  return (await db.query(sql, values)).rowCount ?? 0
}

/** What it would have changed is as if it had never been stored; its number is not used again. */
export async function dropDraft(db: PoolClient, code: string, version: number): Promise<void> {
  const { rowCount } = await db.query(
    `UPDATE merchant_group_version SET state = 'dropped' WHERE code = $1 AND version = $2 AND state = 'draft'`,
    [code, version],
  )
  if (rowCount === 0) return
  await db.query('DELETE FROM merchant_group_member WHERE code = $1 AND from_version = $2', [code, version])
  await db.query('UPDATE merchant_group_member SET to_version = NULL WHERE code = $1 AND to_version = $2', [code, version]) // prettier-ignore
}

/** The draft of a locked group is what payments see from here on, in every process, as a whole. */
export async function putInForce(db: PoolClient, code: string, version: number, actor: string): Promise<void> {
  const { rows } = await db.query<VersionRow & { current: number }>(
    `SELECT v.*, g.version AS current FROM merchant_group g JOIN merchant_group_version v ON v.code = g.code AND v.version = $2
     WHERE g.code = $1 FOR UPDATE OF g, v`,
    [code, version],
  )
  const [draft] = rows
  if (draft?.state !== 'draft' || draft.base !== draft.current)
    throw new LijianError('state_conflict', `Version ${version} of merchant group ${code} is no draft of what is in force: send the change again`) // prettier-ignore
  await db.query(`UPDATE merchant_group_version SET state = 'replaced' WHERE code = $1 AND state = 'in_force'`, [code])
  await db.query(
    `UPDATE merchant_group_version SET state = 'in_force', put_in_force_by = $3, put_in_force_at = now() WHERE code = $1 AND version = $2`,
    [code, version, actor],
  )
  await db.query(
    'UPDATE merchant_group SET version = $2, member_count = $3, updated_by = $4, updated_at = now() WHERE code = $1',
    [code, version, draft.member_count, actor],
  )
  await recordChange(db, 'merchant_group', code)
}
