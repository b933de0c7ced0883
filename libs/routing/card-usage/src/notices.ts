import { type CardNotice, type CardNoticeOutcome, isEnd } from '@lijian/workflow-card-usage-case'
import type { Pool } from 'pg'
import { readCase } from './row'

/** What to send, or what there is to say of it without sending. */
export type BegunNotice = { done: CardNoticeOutcome } | { body: Record<string, unknown>; idempotencyKey: string }

const KEY = 'case_id = $1 AND kind = $2 AND seq = $3 AND recipient_kind = $4 AND recipient = $5'
const keyOf = ({ case: id, kind, seq, to, code }: CardNotice) => [id, kind, seq, to, code]

/**
 * Writes down who is told what, before it is tried. A notice that was delivered is not sent again, and what is no longer so (the case has ended, or was
 * opened again) is not sent at all. `gateway` false: it stays in the case for people to read.
 */
export async function beginNotice(pool: Pool, notice: CardNotice, gateway: boolean): Promise<BegunNotice> {
  const row = await readCase(pool, notice.case)
  const isNews =
    notice.kind === 'reopened' || notice.kind === 'kept_suspended' ? row.state === notice.kind : !isEnd(row.state)
  const { rows: before } = await pool.query<{ delivered: boolean }>(
    `SELECT delivered_at IS NOT NULL AS delivered FROM card_usage_notice WHERE ${KEY}`,
    keyOf(notice),
  )
  if (before[0]?.delivered) return { done: 'delivered' }
  if (!isNews) return { done: 'over' }
  await pool.query(
    `INSERT INTO card_usage_notice (case_id, kind, seq, recipient_kind, recipient, attempts) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (case_id, kind, seq, recipient_kind, recipient) DO UPDATE SET attempts = card_usage_notice.attempts + excluded.attempts`,
    [...keyOf(notice), gateway ? 1 : 0],
  )
  if (!gateway) return { done: 'recorded' }
  const { id, merchant, method, state, period, threshold, cards, decision } = row
  return {
    idempotencyKey: ['card-usage', id, notice.kind, notice.seq, notice.to, notice.code].join('/'),
    body: {
      type: 'card_usage_case',
      notice: notice.kind,
      to: { kind: notice.to === 'parent' ? 'parent_institution' : 'merchant', code: notice.code },
      case: { id, merchant, method, state, period, threshold, cards },
      ...(decision?.reason === undefined ? {} : { reason: decision.reason }),
      do: WHAT_TO_DO[notice.kind],
    },
  }
}

/** How the attempt went: `failure` in a sentence, or nothing. */
export async function endNotice(pool: Pool, notice: CardNotice, failure: string | undefined): Promise<void> {
  await pool.query(
    `UPDATE card_usage_notice SET last_error = $6, delivered_at = CASE WHEN $6::text IS NULL THEN now() END WHERE ${KEY}`,
    [...keyOf(notice), failure ?? null],
  )
}

const WHAT_TO_DO: Record<CardNotice['kind'], string> = {
  opened: 'The method is stopped. Hand in a written explanation; it is open again once that is approved.',
  reminder: 'The method is still stopped. Hand in a written explanation.',
  returned: 'The explanation was not enough: hand in another one.',
  reopened: 'The explanation was approved; the method is open again.',
  kept_suspended: 'The explanation was rejected; the method stays stopped.',
}
