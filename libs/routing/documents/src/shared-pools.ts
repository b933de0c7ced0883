import { lockSubject, type Proposal, type ProposalKind, type Proposals } from '@lijian/approvals'
import { sharedPoolRequest, type RoutingWarningAnswer, type SharedPoolRequest } from '@lijian/contracts/routing'
import { canonicalJson, LijianError } from '@lijian/contracts/system'
import { inTransaction } from '@lijian/database'
import type { Pool } from 'pg'
import type { SharedUse } from './shared-uses'

export const SHARED_POOL = 'shared_pool'

/** That MIDs of a pool are shared: the approved proposal is what routing documents refer to, so it has no other effect. */
export const sharedPoolKind: ProposalKind<SharedPoolRequest> = {
  replaces: true,
  read: (_db, subject, request) => {
    const parsed = sharedPoolRequest.safeParse(request)
    const errors = parsed.error?.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
    if (!parsed.success) return Promise.reject(new LijianError('invalid_request', undefined, { errors: errors! }))
    if (parsed.data.pool !== subject)
      return Promise.reject(new LijianError('invalid_request', `It is about pool ${subject}, and stays so`))
    return Promise.resolve(parsed.data)
  },
  apply: () => Promise.resolve(),
}

/** Approvals of shared pools, and documents held against them. */
export class SharedPools {
  constructor(
    private readonly pool: Pool,
    private readonly proposals: Proposals,
  ) {}

  /** The same as what waits is what waits. Throws LijianError. */
  propose(request: SharedPoolRequest, actor: string): Promise<Proposal> {
    return inTransaction(this.pool, async (db) => {
      await lockSubject(db, SHARED_POOL, request.pool)
      const open = await this.proposals.openOf(SHARED_POOL, request.pool, db)
      if (open && canonicalJson(open.body) === canonicalJson(request)) return open
      return this.proposals.proposeIn(db, { kind: SHARED_POOL, subject: request.pool, request, actor })
    })
  }

  /** What does not refer to an approval of its pool, by its id and whoever has approved it; or is used by merchants that the approval does not name. */
  async warnings(uses: readonly SharedUse[]): Promise<RoutingWarningAnswer[]> {
    const found: RoutingWarningAnswer[] = []
    for (const use of uses) {
      const approved = await this.approvalOf(use)
      if (approved === undefined) found.push(notApproved(use))
      else found.push(...notNamed(use, approved))
    }
    return found
  }

  private async approvalOf({ pool, reference, approvedBy }: SharedUse): Promise<SharedPoolRequest | undefined> {
    if (!/^[0-9]{1,15}$/.test(reference)) return undefined
    const { rows } = await this.pool.query<{ body: SharedPoolRequest }>(
      `SELECT p.body FROM proposal p LEFT JOIN api_key k ON k.id = p.checker LEFT JOIN person who ON who.id IN (k.person, p.checker)
       WHERE p.id = $1 AND p.kind = '${SHARED_POOL}' AND p.subject = $2 AND p.state = 'approved' AND $3 IN (p.checker, who.id, who.login, who.name)`,
      [reference, pool, approvedBy],
    )
    return rows[0]?.body
  }
}

const notApproved = ({ path, pool, reference, approvedBy }: SharedUse): RoutingWarningAnswer => ({
  code: 'shared_not_approved',
  level: 'refuse',
  path,
  message: `No approved proposal ${reference} about shared pool ${pool}, approved by ${approvedBy}: POST /v1/routing/shared-pools proposes one`,
  messageZh: `未找到由 ${approvedBy} 批准的、关于共享商户池 ${pool} 的审批 ${reference}：先用 POST /v1/routing/shared-pools 提交`,
  proof: { pool, reference, approvedBy },
})

function notNamed(
  { path, pool, reference, merchants }: SharedUse,
  approved: SharedPoolRequest,
): RoutingWarningAnswer[] {
  if (approved.merchants === undefined) return []
  const named = new Set(approved.merchants)
  const others = merchants.filter((merchant) => !named.has(merchant))
  if (others.length === 0) return []
  const some = others.slice(0, NAMED_MAX)
  return [
    {
      code: 'shared_not_approved',
      level: 'refuse',
      path,
      message: `Proposal ${reference} lets other merchants use pool ${pool} than ${some.join(', ')} (${others.length} in all)`,
      messageZh: `审批 ${reference} 未允许这些商户使用商户池 ${pool}：${some.join('、')}（共 ${others.length} 个）`,
      proof: { pool, reference, merchants: some },
    },
  ]
}

const NAMED_MAX = 5
