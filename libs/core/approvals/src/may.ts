import { APPROVAL_KINDS, type ApprovalLine } from '@lijian/contracts/people'
import type { ClientBase } from 'pg'
import type { Rights } from './rights'

type Db = Pick<ClientBase, 'query'>
export type MayNot = ApprovalLine['may']['not']

/**
 * Why somebody may not decide about a row of `proposal`, as column `may."not"`; null: the decision would be tried. It is refused by the same rules,
 * under a lock. `$1` is who asks, see `asksOf`.
 */
export const MAY = `CROSS JOIN LATERAL (
  SELECT CASE
    WHEN proposal.state <> 'proposed' OR proposal.expires_at <= now() THEN 'ended'
    WHEN proposal.maker_person = asks ->> 'person' THEN 'own'
    WHEN (asks ->> 'isMachine')::boolean THEN 'machine'
    WHEN NOT asks -> 'kinds' ? proposal.kind OR asks -> 'kinds' ->> proposal.kind = proposal.maker_person THEN 'scope'
    WHEN NOT (asks -> 'below' = 'null' OR asks -> 'below' ? proposal.branch) THEN 'branch'
    WHEN policy.roles IS NOT NULL AND NOT asks -> 'roles' ?| policy.roles THEN 'role'
    WHEN policy.other_branch AND (SELECT p.branch FROM person p WHERE p.id = proposal.maker_person) = asks ->> 'branch' THEN 'branch'
    WHEN EXISTS (SELECT FROM proposal_decision d
      WHERE d.proposal = proposal.id AND d.hash = proposal.hash AND d.person = asks ->> 'person') THEN 'approved'
  END AS "not"
  FROM (SELECT $1::jsonb AS asks) me LEFT JOIN LATERAL (
    SELECT a.roles, a.other_branch FROM approval_policy a
    WHERE a.kind IN (proposal.kind, '*') AND a.from_fen <= abs(coalesce(proposal.amount_fen, 0))
    ORDER BY a.kind = proposal.kind DESC, a.from_fen DESC LIMIT 1) policy ON true) may`

/** `$1` of `MAY`. Kinds have the absent one whose right it is; null: one's own. */
export function asksOf({ person, isMachine, branch, roles, below, mayCheck, onBehalfOf }: Rights): string {
  const kinds = Object.keys(APPROVAL_KINDS).filter(mayCheck)
  return JSON.stringify({
    ...{ person, isMachine, roles, branch, below },
    kinds: Object.fromEntries(kinds.map((kind) => [kind, onBehalfOf(kind) ?? null])),
  })
}

export const mayOf = (rights: Rights, kind: string, not: MayNot | null): ApprovalLine['may'] => {
  if (not !== null && not !== undefined) return { decide: false, not }
  const onBehalfOf = rights.onBehalfOf(kind)
  return { decide: true, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) }
}

/** One, read by itself. */
export async function mayDecide(db: Db, rights: Rights, { id, kind }: { id: number; kind: string }) {
  const { rows } = await db.query<{ not: MayNot | null }>(`SELECT may."not" FROM proposal ${MAY} WHERE id = $2`, [
    asksOf(rights),
    id,
  ])
  return mayOf(rights, kind, rows[0]!.not)
}
