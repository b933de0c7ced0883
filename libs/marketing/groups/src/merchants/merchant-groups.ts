import { LijianError, type PageQuery } from '@lijian/contracts/system'
import type {
  MerchantGroupAnswer,
  MerchantGroupMemberPage,
  MerchantGroupMemberQuery,
  MerchantGroupPage,
  MerchantGroupRequest,
  MerchantGroupVersion,
  MerchantGroupVersionPage,
  MerchantGroupVersionQuery,
} from '@lijian/contracts/marketing'
import type { ProposalAnswer } from '@lijian/contracts/people'
import { proposalAnswerOf } from '@lijian/approvals'
import { inTransaction, pageOf } from '@lijian/database'
import type { Pool } from 'pg'
import { GroupChanges } from './group-change'
import { IN, listed, type GroupRow, type VersionRow } from './versions'

/** Groups of merchants: what offers name in place of a list, so that a binding changes without a new version of the campaign. */
export class MerchantGroupDocuments {
  readonly changes: GroupChanges

  constructor(private readonly pool: Pool) {
    this.changes = new GroupChanges(pool)
  }

  /** The name at once; members at once too, unless a live campaign names the group: then the answer is what waits for another person. */
  put({ code, name, merchants }: MerchantGroupRequest, actor: string): Promise<MerchantGroupAnswer | ProposalAnswer> {
    return inTransaction(this.pool, async (db) => {
      const group = await this.changes.lock(db, code, actor)
      if (group.name !== (name ?? null))
        await db.query('UPDATE merchant_group SET name = $2, updated_by = $3, updated_at = now() WHERE code = $1', [
          ...[code, name ?? null, actor],
        ])
      const change =
        merchants && (await this.changes.make(db, group, { mode: 'replace', incoming: listed(merchants), actor }))
      return change?.proposal === undefined ? readGroup(db, code) : proposalAnswerOf(change.proposal)
    })
  }

  read(code: string): Promise<MerchantGroupAnswer> {
    return readGroup(this.pool, code)
  }

  async list({ after = '', limit }: PageQuery, branches?: readonly string[]): Promise<MerchantGroupPage> {
    const { rows } = await this.pool.query<Answered>(
      `${GROUPS} WHERE g.code > $1 AND ($3::text[] IS NULL OR g.branch = ANY ($3)) ORDER BY g.code LIMIT $2`,
      [...[after, limit + 1, branches ?? null]],
    )
    const page = pageOf(rows, limit, ({ code }) => code)
    return { groups: page.rows.map(answerOf), next: page.next }
  }

  /** The newest first. */
  async versions(code: string, { after, limit }: MerchantGroupVersionQuery): Promise<MerchantGroupVersionPage> {
    await readGroup(this.pool, code)
    const { rows } = await this.pool.query<VersionRow>(
      `SELECT * FROM merchant_group_version WHERE code = $1 AND ($2::integer IS NULL OR version < $2) ORDER BY version DESC LIMIT $3`,
      [code, after ?? null, limit + 1],
    )
    const page = pageOf(rows, limit, ({ version }) => String(version))
    return { versions: page.rows.map(versionOf), next: page.next }
  }

  /** Of any version, whole or only what it changed. */
  async members(code: string, query: MerchantGroupMemberQuery): Promise<MerchantGroupMemberPage> {
    const { version = (await readGroup(this.pool, code)).version, after = '', limit, change } = query
    const where = change === undefined ? IN('$2') : change === 'added' ? 'from_version = $2' : 'to_version = $2'
    const { rows } = await this.pool.query<{ merchant: string }>(
      `SELECT merchant FROM merchant_group_member WHERE code = $1 AND ${where} AND merchant > $3 ORDER BY merchant LIMIT $4`,
      [code, version, after, limit + 1],
    )
    const page = pageOf(rows, limit, ({ merchant }) => merchant)
    return { version, merchants: page.rows.map(({ merchant }) => merchant), next: page.next }
  }
}

type Answered = GroupRow & { draft: VersionRow | null }

const GROUPS = `
  SELECT g.*, (SELECT to_jsonb(v) FROM merchant_group_version v WHERE v.code = g.code AND v.state = 'draft') AS draft FROM merchant_group g`

async function readGroup(db: Pick<Pool, 'query'>, code: string): Promise<MerchantGroupAnswer> {
  const { rows } = (await db.query(`${GROUPS} WHERE g.code = $1`, [code])) as { rows: Answered[] }
  if (!rows[0]) throw new LijianError('not_found', `There is no merchant group ${code}`)
  return answerOf(rows[0])
}

const answerOf = ({
  code,
  name,
  version,
  member_count,
  draft,
  updated_by,
  updated_at,
}: Answered): MerchantGroupAnswer => ({
  code,
  name: name ?? undefined,
  version,
  members: member_count,
  draft: draft === null ? undefined : versionOf(draft),
  updatedBy: updated_by,
  updatedAt: updated_at.toISOString(),
})

const versionOf = (row: VersionRow): MerchantGroupVersion => ({
  version: row.version,
  base: row.base,
  state: row.state,
  members: row.member_count,
  added: row.added,
  removed: row.removed,
  digest: row.digest,
  madeBy: row.made_by,
  madeAt: new Date(row.made_at).toISOString(),
  putInForceBy: row.put_in_force_by ?? undefined,
  putInForceAt: row.put_in_force_at === null ? undefined : new Date(row.put_in_force_at).toISOString(),
})
