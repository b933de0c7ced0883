import { LijianError } from '@lijian/contracts/system'
import {
  merchantMethodRef,
  type CardCaseAnswer,
  type CardCasePage,
  type CardCaseQuery,
  type CardCaseRejection,
  type CardCaseState,
  type CardCaseWhole,
  type ExplanationRequest,
} from '@lijian/contracts/routing'
import { inTransaction } from '@lijian/database'
import { liftRef, mustBeTwoPeople } from '@lijian/approvals'
import type { CardCaseSnapshot } from '@lijian/workflow-card-usage-case'
import type { ClientBase, Pool } from 'pg'
import { answerOf, CASE_COLUMNS, readCase, snapshotOf, told, type CaseRow } from './row'

/**
 * Merchants' methods that are stopped because cards went over their scheme's threshold (DESIGN §5). Cases open with the payment that goes over
 * (libs/platform/database, card_went_over.sql); here people end them: one hands in the written explanation, another one decides. Times are the database's.
 */
export class CardUsageCases {
  constructor(private readonly pool: Pool) {}

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

  /** The merchant's written explanation, also a better one while nobody has decided. Throws LijianError not_found, state_conflict. */
  explain(id: number, { file, note }: ExplanationRequest, actor: string): Promise<CardCaseAnswer> {
    return this.change(id, (row) => {
      if (row.state === 'reopened') throw new LijianError('state_conflict', `Case ${id} has ended: the method is open`)
      const { explanation: before } = row
      const isSame = before !== null && before.file === file && before.note === note && before.by === actor
      if (row.state === 'waiting_review' && isSame) return undefined
      return {
        state: 'waiting_review',
        explanation: { file, ...(note === undefined ? {} : { note }), by: actor },
        event: { what: 'explained', by: actor, words: file },
      }
    })
  }

  /** Opens the method again. Throws LijianError not_found, state_conflict, maker_is_checker. */
  approve(id: number, actor: string): Promise<CardCaseAnswer> {
    return this.change(id, (row) => {
      if (row.state === 'reopened' && row.decision?.by === actor) return undefined
      mustBeReviewed(row, actor)
      return { state: 'reopened', decision: { by: actor }, event: { what: 'approved', by: actor } }
    })
  }

  /** Asks for another explanation, or ends the case with the method still stopped. Throws as `approve` does. */
  reject(id: number, { reason, keepSuspended }: CardCaseRejection, actor: string): Promise<CardCaseAnswer> {
    const state = keepSuspended ? 'kept_suspended' : 'waiting_explanation'
    return this.change(id, (row) => {
      const { decision: before } = row
      if (row.state === state && before?.by === actor && before.reason === reason) return undefined
      mustBeReviewed(row, actor)
      const what = keepSuspended ? 'kept_suspended' : 'returned'
      return { state, decision: { reason, by: actor }, event: { what, by: actor, words: reason } }
    })
  }

  private change(id: number, decide: (row: CaseRow) => Change | undefined): Promise<CardCaseAnswer> {
    return inTransaction(this.pool, async (db) => {
      const row = await readCase(db, id, true)
      const change = decide(row)
      if (change !== undefined) await write(db, row, change)
      return answerOf(change === undefined ? row : await readCase(db, id))
    })
  }
}

interface Change {
  state: CardCaseState
  explanation?: { file: string; note?: string; by: string }
  decision?: { reason?: string; by: string }
  event: { what: string; by: string; words?: string }
}

function mustBeReviewed({ id, state, explanation }: CaseRow, actor: string): void {
  if (state !== 'waiting_review')
    throw new LijianError('state_conflict', `Case ${id} is ${state}: there is no explanation to decide on`)
  mustBeTwoPeople(explanation?.by, actor)
}

async function write(db: ClientBase, { id, merchant, method }: CaseRow, change: Change): Promise<void> {
  const { state, explanation, decision, event } = change
  await db.query(
    `UPDATE card_usage_case SET state = $2, version = version + 1,
       explanation = CASE WHEN $3::jsonb IS NULL THEN explanation ELSE $3::jsonb || jsonb_build_object('at', now()) END,
       decision = CASE WHEN $4::jsonb IS NOT NULL THEN $4::jsonb || jsonb_build_object('at', now()) END,
       history = history || (jsonb_build_object('at', now()) || $5::jsonb),
       closed_at = CASE WHEN $2 IN ('reopened', 'kept_suspended') THEN now() END
     WHERE id = $1`,
    [
      id,
      state,
      explanation && JSON.stringify(explanation),
      decision && JSON.stringify(decision),
      JSON.stringify(event),
    ],
  )
  // Only what the case itself has stopped: what a person stopped stays stopped.
  if (state === 'reopened') await liftRef(db, merchantMethodRef(merchant, method), '@card-usage')
  await db.query('SELECT tell_card_usage_case($1)', [id])
}
