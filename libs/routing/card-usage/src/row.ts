import { LijianError, present } from '@lijian/contracts/system'
import type { CardCaseAnswer, CardCaseState } from '@lijian/contracts/routing'
import { waitsFor, type CardCaseSnapshot } from '@lijian/workflow-card-usage-case'
import type { ClientBase, Pool } from 'pg'

export interface CaseRow {
  id: number
  merchant: string
  method: string
  parents: string[]
  state: CardCaseState
  version: number
  period: string
  threshold: number
  scheme: string | null
  cards: number
  remindHours: number
  explanation: { file: string; note?: string; by: string; at: string } | null
  decision: { reason?: string; by: string; at: string } | null
  history: { at: string; what: string; by: string; words?: string }[]
  openedAt: Date
  closedAt: Date | null
  /** What waits for a reviewer. */
  proposal: { id: number; hash: string } | null
}

export const CASE_COLUMNS = `id::float8 AS id, merchant, method, parents, state, version, period, threshold, scheme, cards, remind_hours AS "remindHours",
  explanation, decision, history, opened_at AS "openedAt", closed_at AS "closedAt",
  (SELECT jsonb_build_object('id', p.id, 'hash', p.hash) FROM proposal p
   WHERE p.kind = 'card_usage' AND p.subject = card_usage_case.id::text AND p.state = 'proposed' AND (p.expires_at > now()) IS NOT FALSE
   ORDER BY p.id DESC LIMIT 1) AS proposal`

/** Throws LijianError not_found. */
export async function readCase(db: Pick<Pool | ClientBase, 'query'>, id: number, lock = false): Promise<CaseRow> {
  const { rows } = await db.query<CaseRow>(
    `SELECT ${CASE_COLUMNS} FROM card_usage_case WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`,
    [id],
  )
  if (rows[0] === undefined) throw new LijianError('not_found', `There is no card-usage case ${id}`)
  return rows[0]
}

export function answerOf(row: CaseRow): CardCaseAnswer {
  const { id, merchant, method, parents, state, period, threshold, scheme, cards, explanation, decision } = row
  const waits = waitsFor({ state, merchant, submitter: explanation?.by ?? null })
  return {
    id,
    merchant,
    method,
    parents,
    state,
    ...present({ waitsFor: waits }),
    period,
    threshold,
    ...(scheme === null ? {} : { scheme }),
    cards,
    ...(row.proposal === null ? {} : { proposal: row.proposal }),
    ...(explanation === null ? {} : { explanation: told(explanation) }),
    ...(decision === null ? {} : { decision: told(decision) }),
    openedAt: row.openedAt.toISOString(),
    ...(row.closedAt === null ? {} : { closedAt: row.closedAt.toISOString() }),
  }
}

/** An instant as all others are told; the database writes it in its own way. */
export const told = <T extends { at: string }>(event: T): T => ({ ...event, at: new Date(event.at).toISOString() })

/** The same that sql/tell_card_usage_case.sql tells the flow. */
export const snapshotOf = (row: CaseRow): CardCaseSnapshot => ({
  id: row.id,
  version: row.version,
  merchant: row.merchant,
  method: row.method,
  parents: row.parents,
  state: row.state,
  period: row.period,
  threshold: row.threshold,
  cards: row.cards,
  remindHours: row.remindHours,
  submitter: row.explanation?.by ?? null,
  reason: row.decision?.reason ?? null,
  returned: row.history.filter(({ what }) => what === 'returned').length,
  openedAt: row.openedAt.toISOString(),
})
