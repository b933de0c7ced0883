import type { CaseAnswer, CasePage, CaseQuery } from '@lijian/contracts'
import { ReconciliationCaseRow } from '@lijian/persistence'
import { MoreThan, type DataSource, type FindOptionsWhere } from 'typeorm'
import { pageOf } from './page'

/** What went wrong with money and waits for a person, oldest first. */
export class Cases {
  constructor(
    private readonly source: DataSource,
    private readonly now: () => number = Date.now,
  ) {}

  async list({ state, kind, after = '0', limit }: CaseQuery): Promise<CasePage> {
    const where: FindOptionsWhere<ReconciliationCaseRow> = { id: MoreThan(Number(after)) }
    if (state) where.state = state
    if (kind) where.kind = kind
    const found = await this.source.manager.find(ReconciliationCaseRow, {
      where,
      order: { id: 'ASC' },
      take: limit + 1,
    })
    const { rows, next } = pageOf(found, limit, ({ id }) => String(id))
    return { cases: rows.map((row) => this.answer(row)), next }
  }

  private answer(row: ReconciliationCaseRow): CaseAnswer {
    return {
      id: row.id,
      kind: row.kind,
      client: row.client,
      serial: row.serial,
      merchant: row.merchant ?? undefined,
      amount: row.amountFen ?? undefined,
      discount: row.discountFen ?? undefined,
      paid: row.paidFen ?? undefined,
      state: row.state as CaseAnswer['state'],
      owner: row.owner ?? undefined,
      openedAt: row.openedAt.toISOString(),
      ageSeconds: Math.max(0, Math.floor((this.now() - row.openedAt.getTime()) / 1000)),
    }
  }
}
