import { LijianError } from '@lijian/contracts/system'
import type {
  CardCaseAnswer,
  CardCasePage,
  CardCaseQuery,
  CardCaseRejection,
  CardCaseWhole,
  ExplanationRequest,
} from '@lijian/contracts/routing'
import { inTransaction } from '@lijian/database'
import { lockSubject, Proposals, type Proposal } from '@lijian/approvals'
import type { CardCaseSnapshot } from '@lijian/workflow-card-usage-case'
import type { Pool } from 'pg'
import { CARD_USAGE, explanationKind, mustBeReviewed } from './explanation-kind'
import { answerOf, CASE_COLUMNS, readCase, snapshotOf, told, type CaseRow } from './row'

/**
 * Merchants' methods that are stopped because cards went over their scheme's threshold (DESIGN §5). Cases open with the payment that goes over
 * (libs/platform/database, card_went_over.sql); here people end them: one hands in the written explanation, another one decides. Times are the database's.
 */
export class CardUsageCases {
  private readonly proposals: Proposals

  constructor(private readonly pool: Pool) {
    this.proposals = new Proposals(pool, { [CARD_USAGE]: explanationKind() })
  }

  /** Newest first. */
  async list({ state, merchant, method, after, limit }: CardCaseQuery): Promise<CardCasePage> {
    const { rows } = await this.pool.query<CaseRow>(
      `SELECT ${CASE_COLUMNS} FROM card_usage_case
       WHERE ($1::text IS NULL OR state = $1) AND ($2::text IS NULL OR merchant = $2) AND ($3::text IS NULL OR method = $3)
         AND ($4::bigint IS NULL OR id < $4) ORDER BY id DESC LIMIT $5`,
      [state ?? null, merchant ?? null, method ?? null, after ?? null, limit + 1],
    )
    const cases = rows.slice(0, limit).map(answerOf)
    return rows.length > limit ? { cases, next: String(cases.at(-1)!.id) } : { cases }
  }

  /** With the cards, who was told, and what has happened. Throws LijianError not_found. */
  async read(id: number): Promise<CardCaseWhole> {
    const row = await readCase(this.pool, id)
    const cards = await this.pool.query<CardCaseWhole['cardsOver'][number] & { overSince: Date }>(
      `SELECT o.card_token AS "cardToken", o.period, u.count, o.at AS "overSince" FROM card_over o
       JOIN card_usage u ON u.kind = 'merchant' AND u.holder = o.merchant AND u.period = o.period AND u.card_token = o.card_token
       WHERE o.case_id = $1 ORDER BY u.count DESC, o.card_token LIMIT 1000`,
      [id],
    )
    const notices = await this.pool.query<{
      kind: CardCaseWhole['notices'][number]['kind']
      to: 'parent' | 'merchant'
      code: string
      at: Date
      attempts: number
      deliveredAt: Date | null
      lastError: string | null
    }>(
      `SELECT kind, recipient_kind AS to, recipient AS code, at, attempts, delivered_at AS "deliveredAt", last_error AS "lastError"
       FROM card_usage_notice WHERE case_id = $1 ORDER BY at, seq, recipient_kind DESC`,
      [id],
    )
    return {
      ...answerOf(row),
      cardsOver: cards.rows.map((card) => ({ ...card, overSince: (card.overSince as Date).toISOString() })),
      notices: notices.rows.map(({ at, deliveredAt, lastError, ...notice }) => ({
        ...notice,
        at: at.toISOString(),
        ...(deliveredAt === null ? {} : { deliveredAt: deliveredAt.toISOString() }),
        ...(lastError === null ? {} : { lastError }),
      })),
      history: row.history.map(told),
    }
  }

  snapshot = async (id: number): Promise<CardCaseSnapshot> => snapshotOf(await readCase(this.pool, id))

  /**
   * The merchant's written explanation, also a better one while nobody has decided: it waits as a proposal about the case. Throws LijianError not_found,
   * state_conflict.
   */
  explain(id: number, request: ExplanationRequest, actor: string): Promise<CardCaseAnswer> {
    return inTransaction(this.pool, async (db) => {
      const subject = String(id)
      await lockSubject(db, CARD_USAGE, subject)
      const { state, explanation, proposal } = await readCase(db, id)
      const { file, note } = request
      const isSame = explanation?.file === file && explanation.note === note && explanation.by === actor
      if (!(state === 'waiting_review' && proposal !== null && isSame))
        await this.proposals.proposeIn(db, { kind: CARD_USAGE, subject, request, actor })
      return answerOf(await readCase(db, id))
    })
  }

  /** Opens the method again. `hash`: of what was shown; absent over Temporal, whose proof names the case. Throws LijianError. */
  async approve(id: number, actor: string, hash?: string): Promise<CardCaseAnswer> {
    const last = await this.lastOf(id)
    await this.proposals.approve(last.id, hash ?? last.hash, actor)
    return answerOf(await readCase(this.pool, id))
  }

  /** Asks for another explanation, or ends the case with the method still stopped. Throws as `approve` does. */
  async reject(id: number, returned: CardCaseRejection, actor: string, hash?: string): Promise<CardCaseAnswer> {
    const last = await this.lastOf(id)
    const proposals = new Proposals(this.pool, { [CARD_USAGE]: explanationKind(returned) })
    await proposals.reject(last.id, hash ?? last.hash, actor, returned.reason)
    return answerOf(await readCase(this.pool, id))
  }

  /** What waits about the case, or was decided last. */
  private async lastOf(id: number): Promise<Proposal> {
    const row = await readCase(this.pool, id)
    const { proposals } = await this.proposals.list({ kind: CARD_USAGE, subject: String(id), limit: 1 })
    if (proposals[0] === undefined) {
      mustBeReviewed(row)
      throw new LijianError(
        'state_conflict',
        `Case ${id} was explained before two people had to agree: hand it in again`,
      )
    }
    return proposals[0]
  }
}
