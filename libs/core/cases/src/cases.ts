import { branchOfCase, type Proposal, type Proposals } from '@lijian/approvals'
import { LijianError } from '@lijian/contracts/system'
import type {
  CaseAnswer,
  CasePage,
  CaseQuery,
  CaseWithResolutions,
  ResolutionAnswer,
  ResolutionRequest,
} from '@lijian/contracts/people'
import { withoutNulls } from '@lijian/database'
import type { Pool } from 'pg'
import { caseCurrency } from './case-currency'
import { CASE_RESOLUTION } from './resolution'

const CURRENCY = caseCurrency('reconciliation_case')
const COLUMNS = `id, kind, client, serial, merchant, ${CURRENCY} AS currency, amount_fen AS amount, discount_fen AS discount, paid_fen AS paid, source,
  business_date::text AS "businessDate", our_state AS "ourState", ours_fen AS ours, theirs_fen AS theirs, cash_fen AS cash, file_id AS file, line_no AS line,
  evidence, state, owner, opened_at AS "openedAt", resolution, resolved_by AS "resolvedBy", reminded_at AS "remindedAt", closed_at AS "closedAt", reopened_count AS reopened`
const NUMBERS = new Set([
  'id',
  'amount',
  'discount',
  'paid',
  'ours',
  'theirs',
  'cash',
  'file',
  'line',
  'resolvedBy',
  'reopened',
])

/** What went wrong with money: who looks after it, and how it ends. Ending one takes two people. */
export class Cases {
  constructor(
    private readonly pool: Pool,
    /** Knows the kind of resolutions: see caseKind. */
    private readonly proposals: Proposals,
    private readonly now: () => number,
  ) {}

  /** Oldest first. */
  async list(query: CaseQuery, branches?: readonly string[]): Promise<CasePage> {
    const { state, kind, owner, client, serial, merchant, source, businessDate, olderThanDays, after, limit } = query
    const before = olderThanDays === undefined ? null : new Date(this.now() - olderThanDays * 86_400_000)
    const { rows } = await this.pool.query<Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM reconciliation_case
       WHERE id > $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR kind = $3)
         AND ($4::text IS NULL OR CASE WHEN $4 = '-' THEN owner IS NULL ELSE owner = $4 END)
         AND ($5::text IS NULL OR client = $5) AND ($6::text IS NULL OR serial = $6) AND ($7::text IS NULL OR merchant = $7)
         AND ($8::text IS NULL OR source = $8) AND ($9::date IS NULL OR business_date = $9) AND ($10::timestamptz IS NULL OR opened_at <= $10)
         AND ($12::text[] IS NULL OR ${branchOfCase('reconciliation_case')} = ANY ($12))
       ORDER BY id LIMIT $11`,
      [
        ...[after ?? '0', state ?? null, kind ?? null, owner ?? null, client ?? null, serial ?? null, merchant ?? null],
        ...[source ?? null, businessDate ?? null, before, limit + 1, branches ?? null],
      ],
    )
    const cases = rows.slice(0, limit).map((row) => this.answer(row))
    return rows.length > limit ? { cases, next: String(cases.at(-1)!.id) } : { cases }
  }

  async read(id: string): Promise<CaseWithResolutions> {
    const found = await this.one(id)
    const { proposals } = await this.proposals.list({ kind: CASE_RESOLUTION, subject: String(found.id), limit: 100 })
    return { ...found, resolutions: proposals.map(resolutionOf) }
  }

  async assign(id: string, owner: string | null): Promise<CaseAnswer> {
    const { rows } = await this.pool.query(
      `UPDATE reconciliation_case SET owner = $2 WHERE id = $1 AND state = 'open' RETURNING ${COLUMNS}`,
      [id, owner],
    )
    if (rows[0]) return this.answer(rows[0] as Record<string, unknown>)
    await this.one(id)
    throw closed(id)
  }

  async propose(id: string, body: ResolutionRequest, actor: string): Promise<ResolutionAnswer> {
    await this.one(id)
    return resolutionOf(await this.proposals.propose(CASE_RESOLUTION, String(Number(id)), body, actor))
  }

  async approve(id: string, resolution: string, hash: string, actor: string): Promise<ResolutionAnswer> {
    await this.ofCase(id, resolution)
    return resolutionOf(await this.proposals.approve(Number(resolution), hash, actor))
  }

  async reject(id: string, resolution: string, hash: string, reason: string, actor: string): Promise<ResolutionAnswer> {
    await this.ofCase(id, resolution)
    return resolutionOf(await this.proposals.reject(Number(resolution), hash, actor, reason))
  }

  async withdraw(id: string, resolution: string, actor: string): Promise<ResolutionAnswer> {
    await this.ofCase(id, resolution)
    return resolutionOf(await this.proposals.withdraw(Number(resolution), actor))
  }

  /** What was posted stays posted: another resolution posts anew. What was opened again for this reason is answered as it stands. */
  async reopen(id: string, reason: string): Promise<CaseAnswer> {
    const { rows } = await this.pool.query(
      `UPDATE reconciliation_case SET state = 'open', resolution = NULL, resolved_by = NULL, closed_at = NULL,
         reopened_count = reopened_count + 1, reopen_reason = $2 WHERE id = $1 AND state = 'closed' RETURNING ${COLUMNS}`,
      [id, reason],
    )
    if (rows[0]) return this.answer(rows[0] as Record<string, unknown>)
    const found = await this.one(id)
    const { rowCount } = await this.pool.query(
      `SELECT FROM reconciliation_case WHERE id = $1 AND state = 'open' AND reopened_count > 0 AND reopen_reason = $2`,
      [id, reason],
    )
    if (rowCount === 1) return found
    throw new LijianError('state_conflict', `Case ${id} is open`)
  }

  private async one(id: string): Promise<CaseAnswer> {
    const { rows } = await this.pool.query<Record<string, unknown>>(
      `SELECT ${COLUMNS} FROM reconciliation_case WHERE id = $1`,
      [id],
    )
    if (!rows[0]) throw new LijianError('not_found', `There is no case ${id}`)
    return this.answer(rows[0])
  }

  private async ofCase(id: string, resolution: string): Promise<void> {
    const proposal = await this.proposals.read(Number(resolution))
    if (proposal.kind !== CASE_RESOLUTION || proposal.subject !== String(Number(id)))
      throw new LijianError('not_found', `Case ${id} has no resolution ${resolution}`)
  }

  private answer(row: Record<string, unknown>): CaseAnswer {
    const { openedAt, closedAt, remindedAt, reopened, ...rest } = withoutNulls(row, NUMBERS) as Record<
      string,
      unknown
    > & { openedAt: Date; closedAt?: Date; remindedAt?: Date; reopened: number }
    return {
      ...(rest as Omit<CaseAnswer, 'openedAt' | 'closedAt' | 'remindedAt' | 'ageSeconds'>),
      ...(reopened === 0 ? {} : { reopened }),
      ...(closedAt ? { closedAt: closedAt.toISOString() } : {}),
      ...(remindedAt ? { remindedAt: remindedAt.toISOString() } : {}),
      openedAt: openedAt.toISOString(),
      ageSeconds: Math.max(0, Math.floor((this.now() - openedAt.getTime()) / 1000)),
    }
  }
}

const closed = (id: string) => new LijianError('state_conflict', `Case ${id} is closed: open it again first`)

const resolutionOf = ({
  id,
  subject,
  state,
  hash,
  maker,
  madeAt,
  checker,
  checkedAt,
  reason,
  body,
}: Proposal): ResolutionAnswer => ({
  id,
  case: Number(subject),
  state,
  hash,
  maker,
  madeAt,
  ...(checker === null ? {} : { checker }),
  ...(checkedAt === null ? {} : { checkedAt }),
  ...(reason === null ? {} : { rejectedBecause: reason }),
  body: body as ResolutionRequest,
})
