import {
  APPROVAL_KINDS,
  approvalKindSpec,
  type ApprovalCounts,
  type ApprovalKindName,
  type ApprovalPage,
  type ApprovalQuery,
  type ProposalAnswer,
  type Scope,
} from '@lijian/contracts/people'
import type { Pool } from 'pg'
import { proposalAnswerOf } from './answers'
import { asksOf, MAY, mayOf, type MayNot } from './may'
import { branchesFrom, rightsOf, type Asking, type Rights } from './rights'
import { COLUMNS, proposalOf, type Row } from './rows'

/** Everything that waits for a second person or has waited, in one list. */
export class Inbox {
  constructor(private readonly pool: Pool) {}

  /** Newest first; kinds and branches that the one who asks does not see are not there. */
  async list(query: ApprovalQuery, asking: Asking): Promise<ApprovalPage> {
    const { state, mine, kind, branch, subject, after, limit } = query
    const rights = await rightsOf(this.pool, asking)
    const { rows } = await this.pool.query<Row & { not: MayNot | null }>(
      `SELECT ${COLUMNS}, may."not" FROM proposal ${MAY}
       WHERE ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR kind = $3) AND kind = ANY ($4)
         AND ($5::text[] IS NULL OR branch = ANY ($5)) AND ($6::text IS NULL OR subject = $6) AND ($7::bigint IS NULL OR id < $7)
         AND ($8::text IS NULL OR maker_person = $8 OR maker = $9) AND NOT ($10 AND (state <> 'proposed' OR may."not" IS NOT NULL))
       ORDER BY id DESC LIMIT $11`,
      [
        ...[asksOf(rights), state ?? null, kind ?? null, kindsSeen(asking, rights, mine === 'waiting')],
        ...[await this.branches(rights, branch), subject ?? null, after ?? null],
        ...(mine === 'made' ? [rights.person, asking.actor] : [null, null]),
        ...[mine === 'waiting', limit + 1],
      ],
    )
    const approvals = rows.slice(0, limit).map(({ not, ...row }) => {
      const proposal = proposalOf(row)
      return { ...forList(proposalAnswerOf(proposal)), may: mayOf(rights, proposal.kind, not) }
    })
    return rows.length > limit ? { approvals, next: String(approvals.at(-1)!.id) } : { approvals }
  }

  /** For a badge: cheap enough to be asked often. */
  async counts(asking: Asking): Promise<ApprovalCounts> {
    const rights = await rightsOf(this.pool, asking)
    const { rows } = await this.pool.query<{ kind: ApprovalKindName; own: boolean; n: number }>(
      `SELECT kind, may."not" IS NOT NULL AS own, count(*)::int AS n FROM proposal ${MAY}
       WHERE state = 'proposed' AND (may."not" IS NULL OR may."not" = 'own') AND ($2::text[] IS NULL OR branch = ANY ($2))
       GROUP BY 1, 2 ORDER BY 1`,
      [asksOf(rights), rights.below],
    )
    const byKind = rows.filter(({ own }) => !own).map(({ kind, n }) => ({ kind, waiting: n }))
    return {
      waiting: byKind.reduce((sum, { waiting }) => sum + waiting, 0),
      made: rows.filter(({ own }) => own).reduce((sum, { n }) => sum + n, 0),
      byKind,
    }
  }

  private async branches({ below }: Rights, wanted: string | undefined): Promise<readonly string[] | null> {
    if (wanted === undefined) return below
    const asked = await branchesFrom(this.pool, wanted)
    return below === null ? asked : asked.filter((code) => below.includes(code))
  }
}

/** A page of campaigns with a hundred thousand merchants each is no list: what is large is read one by one, at its own address. */
const LIST_CHARACTERS = 16_384
const LIST_CHANGES = 20

function forList(answer: ProposalAnswer): ProposalAnswer {
  const { before, body, changes } = answer
  if (JSON.stringify([before, body, changes]).length <= LIST_CHARACTERS) return answer
  return { ...answer, before: null, body: {}, changes: changes.slice(0, LIST_CHANGES), isCut: true }
}

/** Whoever reads the area of a kind, proposes or decides it sees it. */
function kindsSeen({ scopes }: Asking, rights: Rights, onlyDecides: boolean): string[] {
  const has = (anyOf: readonly Scope[]) => anyOf.some((scope) => scopes.has(scope))
  return Object.keys(APPROVAL_KINDS).filter((kind) => {
    const { make, check, area } = approvalKindSpec(kind)!
    return rights.mayCheck(kind) || (!onlyDecides && (scopes.has(area) || has(make) || has(check)))
  })
}
