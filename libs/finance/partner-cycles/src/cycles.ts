import type { CycleAnswer, CycleQuery, DisputeRequest } from '@lijian/contracts/finance'
import type { CycleSnapshot } from '@lijian/workflow-partner-cycle'
import type { Pool } from 'pg'
import { confirm, dispute, unknownCycle } from './changes'
import { cycleSnapshot } from './event'
import { issueDue, issueEarly } from './issue'
import { answerOf, CYCLE_COLUMNS, type CycleRow } from './row'
import { openStatement, type Only } from './statement'

/** Statements of partners over closed business dates: issued, confirmed or disputed, paid, closed. */
export class PartnerCycles {
  constructor(
    private readonly pool: Pool,
    private readonly now: () => number = Date.now,
  ) {}

  issueDue = (): Promise<number> => issueDue(this.pool)
  issueEarly = async (partner: string, campaign: string): Promise<CycleAnswer> =>
    this.answer(await issueEarly(this.pool, partner, campaign))
  confirm = async (id: number, actor: string): Promise<CycleAnswer> => this.answer(await confirm(this.pool, id, actor))
  dispute = async (id: number, request: DisputeRequest): Promise<CycleAnswer> =>
    this.answer(await dispute(this.pool, id, request))
  read = async (id: number): Promise<CycleAnswer> => this.answer(await this.row(id))
  snapshot = async (id: number): Promise<CycleSnapshot> => cycleSnapshot(await this.row(id))

  /** Newest first. */
  async list(
    { partner, cycle, state, after, limit }: CycleQuery,
    branches?: readonly string[],
  ): Promise<{ cycles: CycleAnswer[]; next?: string }> {
    const { rows } = await this.pool.query<CycleRow>(
      `SELECT ${CYCLE_COLUMNS} FROM partner_cycle
       WHERE ($1::text IS NULL OR partner = $1) AND ($2::text IS NULL OR cycle = $2) AND ($3::text IS NULL OR state = $3)
         AND ($4::bigint IS NULL OR id < $4)
         AND ($6::text[] IS NULL OR partner IN (SELECT code FROM partner WHERE branch = ANY ($6))) ORDER BY id DESC LIMIT $5`,
      [partner ?? null, cycle ?? null, state ?? null, after ?? null, limit + 1, branches ?? null],
    )
    const cycles = rows.slice(0, limit).map((row) => this.answer(row))
    return rows.length > limit ? { cycles, next: String(cycles.at(-1)!.id) } : { cycles }
  }

  /** Its details as CSV, piece by piece. */
  async statement(
    id: number,
    only: Only,
  ): Promise<{ name: string; sha256: string | undefined; pieces: AsyncGenerator<string> }> {
    const row = await this.row(id)
    const whole = only.campaign === undefined && only.offer === undefined
    const name = [row.partner, row.cycle, row.period, only.campaign, only.offer].filter(Boolean).join('_')
    return {
      name: `${name}.csv`,
      sha256: whole ? row.statementSha256 : undefined,
      pieces: openStatement(this.pool, row, row, only),
    }
  }

  private async row(id: number): Promise<CycleRow> {
    const { rows } = await this.pool.query<CycleRow>(`SELECT ${CYCLE_COLUMNS} FROM partner_cycle WHERE id = $1`, [id])
    if (!rows[0]) throw unknownCycle(id)
    return rows[0]
  }

  private readonly answer = (row: CycleRow): CycleAnswer => answerOf(row, this.now())
}
