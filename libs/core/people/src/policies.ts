import type { ProposalKind } from '@lijian/approvals'
import {
  approvalKindSpec,
  approvalPolicyRequest,
  POLICY_KINDS,
  type ApprovalPolicyAnswer,
  type ApprovalPolicyPage,
} from '@lijian/contracts/people'
import { LijianError, type PageQuery } from '@lijian/contracts/system'
import type { PoolClient } from 'pg'
import { parsed, refused, setOf, type Db } from './reading'

type Rows = ApprovalPolicyAnswer['policies']
/** As it stands in the table. */
const stored = (kind: string) => (kind === 'any' ? '*' : kind)

/** Who approves a kind from which amount on. Its subject is the kind; "any" stands for kinds without rows. */
export const policyKind: ProposalKind<ApprovalPolicyAnswer> = {
  replaces: true,
  read: async (_db, kind, request) => {
    const policies = parsed(approvalPolicyRequest, request).policies.map(({ roles, ...row }) => ({
      ...row,
      ...(roles && { roles: setOf(roles) }),
    }))
    return { kind, policies: policies.sort((a, b) => a.fromFen - b.fromFen) }
  },
  before: async (db, kind) => {
    await db.query('SELECT FROM approval_policy WHERE kind = $1 FOR UPDATE', [stored(kind)])
    return { kind, policies: (await readPolicies(db, [kind])).get(kind) ?? [] }
  },
  check: (db, { body }) => mustBeGood(db, body),
  apply: async (db, { body }) => {
    await mustBeGood(db, body)
    await db.query('DELETE FROM approval_policy WHERE kind = $1', [stored(body.kind)])
    for (const { fromFen, approvers, otherBranch, roles, expiresAfterHours } of body.policies)
      await db.query(
        `INSERT INTO approval_policy (kind, from_fen, approvers, other_branch, roles, expires_after_hours) VALUES ($1, $2, $3, $4, $5, $6)`,
        [stored(body.kind), fromFen, approvers, otherBranch, roles ?? null, expiresAfterHours],
      )
  },
}

/** A rule that nobody can meet would shut its kind for good: also the kind by which it would be changed. */
async function mustBeGood(db: PoolClient, { kind, policies }: ApprovalPolicyAnswer): Promise<void> {
  if (kind === 'any' && policies[0]?.fromFen !== 0)
    throw refused('policies', 'expected one from 0 on: "any" stands for every kind without rows')
  const scopes = kind === 'any' ? ['admin'] : (approvalKindSpec(kind)?.check ?? [])
  for (const [i, { approvers, roles }] of policies.entries()) {
    const known = await db.query('SELECT FROM role WHERE code = ANY ($1)', [roles ?? []])
    if (known.rowCount !== (roles ?? []).length) throw refused(`policies.${i}.roles`, 'expected roles that exist')
    const { rows } = await db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM person p WHERE status = 'active' AND ($2::text[] IS NULL OR roles && $2)
       AND EXISTS (SELECT FROM role r WHERE r.code = ANY (p.roles) AND r.scopes && $1)`,
      [scopes, roles ?? null],
    )
    const isMakersOwn = (approvalKindSpec(kind)?.make ?? ['admin']).some((scope) => scopes.includes(scope))
    const wanted = approvers + (isMakersOwn ? 1 : 0)
    if (rows[0]!.n < wanted)
      throw new LijianError(
        'state_conflict',
        `${rows[0]!.n} persons may decide by this rule, and ${wanted} are needed beside each other: make persons first`,
      )
  }
}

async function readPolicies(db: Db, kinds: readonly string[]): Promise<Map<string, Rows>> {
  const { rows } = await db.query<
    Omit<Rows[number], 'fromFen' | 'roles'> & { kind: string; fromFen: string; roles: string[] | null }
  >(
    `SELECT kind, from_fen AS "fromFen", approvers, other_branch AS "otherBranch", roles, expires_after_hours AS "expiresAfterHours"
     FROM approval_policy WHERE kind = ANY ($1) ORDER BY kind, from_fen`,
    [kinds.map(stored)],
  )
  const found = new Map<string, Rows>()
  for (const { kind, fromFen, roles, ...row } of rows) {
    const name = kind === '*' ? 'any' : kind
    found.set(name, [
      ...(found.get(name) ?? []),
      { ...row, fromFen: Number(fromFen), ...(roles && { roles: setOf(roles) }) },
    ])
  }
  return found
}

export async function listPolicies(db: Db, { after, limit }: PageQuery): Promise<ApprovalPolicyPage> {
  const kinds = [...POLICY_KINDS].sort().filter((kind) => after === undefined || kind > after)
  const shown = kinds.slice(0, limit)
  const policies = await readPolicies(db, shown)
  return {
    kinds: shown.map((kind) => ({ kind, policies: policies.get(kind) ?? [] })),
    next: kinds.length > limit ? shown.at(-1) : undefined,
  }
}
