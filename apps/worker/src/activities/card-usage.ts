import { beginNotice, endNotice, type CardUsageCases } from '@lijian/card-usage'
import { cardCaseRejection, explanationRequest } from '@lijian/contracts/routing'
import { LijianError } from '@lijian/contracts/system'
import type { CardCaseActivities, CardNotice, CardNoticeOutcome } from '@lijian/workflow-card-usage-case'
import { ApplicationFailure } from '@temporalio/common'
import type { Pool } from 'pg'
import { postSigned } from '@lijian/notifications'
import { refusalsAreFinal } from './refusal'

export interface CardUsageActivityDeps {
  pool: Pool
  cardUsage: CardUsageCases
  /** Of the institution: it writes to parent institutions and merchants. Absent: notices stay in the case. */
  noticeGateway?: { url: string; secret: string } | undefined
  webhook: { timeoutMs: number; fetch?: typeof fetch; now?: () => number }
}

/** Explaining and deciding in Temporal: the same use cases as over HTTP, after the key that acts was looked up; and notices. */
export function cardUsageActivities(deps: CardUsageActivityDeps): Omit<CardCaseActivities, 'remind'> {
  const { pool, cardUsage } = deps
  const mayAct = async (keyId: string) => {
    const { rowCount } = await pool.query(
      `SELECT FROM api_key WHERE id = $1 AND revoked_at IS NULL AND 'cases' = ANY (scopes)`,
      [keyId],
    )
    if (rowCount !== 1) throw new LijianError('forbidden', `No API key ${keyId} with the scope cases`)
  }
  return {
    explainCardCase: ({ id, by, file, note }) =>
      refusalsAreFinal(async () => {
        await mayAct(by)
        await cardUsage.explain(id, valid(explanationRequest.safeParse({ file, note })), by)
        return cardUsage.snapshot(id)
      }),
    decideCardCase: ({ id, by, decision, reason, keepSuspended }) =>
      refusalsAreFinal(async () => {
        await mayAct(by)
        if (decision === 'approve') await cardUsage.approve(id, by)
        else if (decision === 'reject')
          await cardUsage.reject(id, valid(cardCaseRejection.safeParse({ reason, keepSuspended })), by)
        else throw new LijianError('invalid_request', 'decision: expected "approve" or "reject"')
        return cardUsage.snapshot(id)
      }),
    noticeCardCase: (notice) => refusalsAreFinal(() => send(notice, deps)),
  }
}

async function send(notice: CardNotice, deps: CardUsageActivityDeps): Promise<CardNoticeOutcome> {
  const { pool, noticeGateway: gateway, webhook } = deps
  const begun = await beginNotice(pool, notice, gateway !== undefined)
  if ('done' in begun) return begun.done
  const failure = await postSigned(gateway!, JSON.stringify(begun.body), {
    ...webhook,
    headers: { 'idempotency-key': begun.idempotencyKey },
  })
  await endNotice(pool, notice, failure)
  if (failure !== undefined) throw ApplicationFailure.retryable(failure, 'notice')
  return 'delivered'
}

function valid<T>(
  parsed:
    | { success: true; data: T }
    | { success: false; error: { issues: readonly { message: string; path: PropertyKey[] }[] } },
): T {
  if (parsed.success) return parsed.data
  throw new LijianError(
    'invalid_request',
    parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  )
}
