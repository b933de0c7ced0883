import { postSigned, type PostOptions } from '@lijian/notifications'
import { type CardNotice, type CardNoticeOutcome, isEnd } from '@lijian/workflow-card-usage-case'
import { ApplicationFailure } from '@temporalio/common'
import type { Pool } from 'pg'
import { readCase } from './row'

/** What to send, or what there is to say of it without sending. */
type BegunNotice = { done: CardNoticeOutcome } | { body: Record<string, unknown>; idempotencyKey: string }

const KEY = 'case_id = $1 AND kind = $2 AND seq = $3 AND recipient_kind = $4 AND recipient = $5'
const keyOf = ({ case: id, kind, seq, to, code }: CardNotice) => [id, kind, seq, to, code]

export interface NoticeDeps {
  pool: Pool
  /** Of the institution: it writes to parent institutions and merchants. Absent: notices stay in the case. */
  noticeGateway?: { url: string; secret: string } | undefined
  webhook: Omit<PostOptions, 'headers'>
}

/** One attempt to tell a merchant or its parent institution; throws when the gateway does not take it, and Temporal tries again. */
export async function sendNotice(notice: CardNotice, deps: NoticeDeps): Promise<CardNoticeOutcome> {
  const { pool, noticeGateway: gateway, webhook } = deps
  const begun = await beginNotice(pool, notice, gateway !== undefined)
  if ('done' in begun) return begun.done
  const headers = { 'idempotency-key': begun.idempotencyKey }
  const failure = await postSigned(
    gateway!,
    { id: [begun.idempotencyKey], body: JSON.stringify(begun.body) },
    { ...webhook, headers },
  )
  await endNotice(pool, notice, failure)
  if (failure !== undefined) throw ApplicationFailure.retryable(failure, 'notice')
  return 'delivered'
}

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
  // Whom a flow names was told to it by a signal, which anybody who reaches Temporal can send.
  const isConcerned = notice.to === 'merchant' ? notice.code === row.merchant : row.parents.includes(notice.code)
  if (!isNews || !isConcerned) return { done: 'over' }
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
