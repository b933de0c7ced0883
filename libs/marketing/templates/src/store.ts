import { canonicalJson, LijianError } from '@lijian/contracts/system'
import type { RuleTemplate, RuleTemplateAnswer, RuleTemplateLine } from '@lijian/contracts/marketing'
import { mustBeTwoPeople } from '@lijian/approvals'
import type { Pool, PoolClient } from 'pg'

/** Who has made and approved what a release brings. */
export const RELEASE = '@release'

export interface VersionRow {
  code: string
  version: number
  latest_version: number
  approved_version: number | null
  state: RuleTemplateLine['state']
  maker: string
  checker: string | null
  created_at: Date
  approved_at: Date | null
  retired_at: Date | null
  document: RuleTemplate
}

/** A version with what its template says of the others; `document` as the answer needs it. */
export const versionsWith = (document: string): string => `
  SELECT v.code, v.version, t.latest_version, t.approved_version, v.state, v.maker, v.checker, v.created_at, v.approved_at, v.retired_at, ${document} AS document
  FROM rule_template t JOIN rule_template_version v ON v.code = t.code`

export const lineOf = (row: VersionRow): RuleTemplateLine => ({
  code: row.code,
  names: row.document.names,
  version: row.version,
  state: row.state,
  latestVersion: row.latest_version,
  approvedVersion: row.approved_version ?? undefined,
  maker: row.maker,
  checker: row.checker ?? undefined,
  createdAt: row.created_at.toISOString(),
  approvedAt: row.approved_at?.toISOString(),
  retiredAt: row.retired_at?.toISOString(),
})

/** The newest version, or the one asked for. */
export async function readTemplate(db: Pool | PoolClient, code: string, version?: number): Promise<RuleTemplateAnswer> {
  const { rows } = await db.query<VersionRow>(
    `${versionsWith('v.document')} WHERE t.code = $1 AND v.version = coalesce($2, t.latest_version)`,
    [code, version ?? null],
  )
  if (rows[0] !== undefined) return { ...lineOf(rows[0]), document: rows[0].document }
  await mustExist(db, code)
  throw new LijianError('not_found', `Rule template ${code} has no version ${version}`)
}

export async function mustExist(db: Pool | PoolClient, code: string): Promise<void> {
  const { rowCount } = await db.query('SELECT FROM rule_template WHERE code = $1', [code])
  if (rowCount === 0) throw new LijianError('not_found', `There is no rule template ${code}`)
}

/** A draft: a document that differs from the newest version becomes a new one, which nobody may use before it is put in force. */
export async function storeTemplate(db: PoolClient, document: RuleTemplate, maker: string): Promise<number> {
  const { code } = document
  await db.query('INSERT INTO rule_template (code, latest_version) VALUES ($1, 0) ON CONFLICT DO NOTHING', [code])
  const { latest_version: latest } = await lockTemplate(db, code)
  const { rows } = await db.query<{ document: RuleTemplate }>(
    'SELECT document FROM rule_template_version WHERE code = $1 AND version = $2',
    [code, latest],
  )
  if (rows[0] !== undefined && canonicalJson(rows[0].document) === canonicalJson(document)) return latest
  const version = latest + 1
  await db.query(
    `INSERT INTO rule_template_version (code, version, document, state, maker) VALUES ($1, $2, $3, 'not_approved', $4)`,
    [code, version, JSON.stringify(document), maker],
  )
  await db.query('UPDATE rule_template SET latest_version = $2 WHERE code = $1', [code, version])
  return version
}

/** From now on new campaigns are made from this version, and no longer from the one before. */
export async function putTemplateInForce(
  db: PoolClient,
  code: string,
  version: number,
  checker: string,
): Promise<void> {
  const { approved_version: before } = await lockTemplate(db, code)
  const { state, maker } = await versionOf(db, code, version)
  if (state === 'approved') return
  if (state === 'retired') throw new LijianError('state_conflict', `Version ${version} of ${code} is retired`)
  if (checker !== RELEASE) mustBeTwoPeople(maker, checker)
  if (before !== null) await retireVersion(db, code, before)
  await db.query(
    `UPDATE rule_template_version SET state = 'approved', checker = $3, approved_at = now() WHERE code = $1 AND version = $2`,
    [code, version, checker],
  )
  await db.query('UPDATE rule_template SET approved_version = $2 WHERE code = $1', [code, version])
}

/** No campaign is made from it any more; those that came from it stay. One person is enough, as for every stop. */
export async function retireTemplate(db: PoolClient, code: string): Promise<void> {
  const { approved_version: before } = await lockTemplate(db, code)
  if (before === null) return
  await retireVersion(db, code, before)
  await db.query('UPDATE rule_template SET approved_version = NULL WHERE code = $1', [code])
}

const retireVersion = (db: PoolClient, code: string, version: number) =>
  db.query(
    `UPDATE rule_template_version SET state = 'retired', retired_at = now() WHERE code = $1 AND version = $2 AND state = 'approved'`,
    [code, version],
  )

/** Everything that changes a template or its versions holds this row. */
export async function lockTemplate(db: PoolClient, code: string) {
  const { rows } = await db.query<{ latest_version: number; approved_version: number | null }>(
    'SELECT latest_version, approved_version FROM rule_template WHERE code = $1 FOR UPDATE',
    [code],
  )
  if (rows[0] === undefined) throw new LijianError('not_found', `There is no rule template ${code}`)
  return rows[0]
}

async function versionOf(db: PoolClient, code: string, version: number) {
  const { rows } = await db.query<Pick<VersionRow, 'state' | 'maker'>>(
    'SELECT state, maker FROM rule_template_version WHERE code = $1 AND version = $2',
    [code, version],
  )
  if (rows[0] === undefined) throw new LijianError('not_found', `Rule template ${code} has no version ${version}`)
  return rows[0]
}
