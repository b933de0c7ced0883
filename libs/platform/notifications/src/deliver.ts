import { ApplicationFailure } from '@temporalio/common'
import type { Pool } from 'pg'
import type { ClientBook } from './client-book'
import { postSigned } from './post'

/** The final state of a transaction, a void, a reversal or a refund; flows send it, amounts in fen. */
export interface FinalState {
  about: 'transaction' | 'reversal' | 'void' | 'refund'
  client: string
  serial: string
  originalSerial?: string
  version: number
  state: string
  merchant: string
  amountFen: number
  discountFen: number
  payableFen: number
  feeFinalFen?: number
  offers: string[]
  businessDate: string | null
}

export interface WebhookDeps {
  pool: Pool
  clients: ClientBook
  timeoutMs: number
  /** See PostOptions. */
  inside: boolean
  now?: () => number
  onAttempt?: (outcome: 'delivered' | 'failed') => void
}

/** In webhook_delivery a reverse transaction's serial is prefixed: its namespace is not that of transactions. */
const deliveryKey = ({ about, serial }: FinalState) => (about === 'transaction' ? serial : `${about}/${serial}`)

/** Body of a notification: the words of DESIGN's answers, amounts in fen. */
export function webhookBody(state: FinalState): string {
  return JSON.stringify({
    type: state.about,
    serial: state.serial,
    ...(state.originalSerial === undefined ? {} : { originalSerial: state.originalSerial }),
    version: state.version,
    state: state.state,
    merchant: state.merchant,
    amount: state.amountFen,
    discount: state.discountFen,
    payable: state.payableFen,
    ...(state.feeFinalFen === undefined ? {} : { fee: { final: state.feeFinalFen } }),
    offers: state.offers,
    businessDate: state.businessDate,
  })
}

/**
 * One attempt to tell the transaction system a final state. Done once per client, serial and version, also after a retry;
 * throws when the receiver does not answer 2xx, and Temporal tries again. Each attempt and its error stand in webhook_delivery.
 */
export async function deliverWebhook(state: FinalState, deps: WebhookDeps): Promise<void> {
  const settings = await deps.clients.get(state.client)
  // The client has switched its webhook off in the meantime.
  if (!settings?.webhook) return
  const key = [state.client, deliveryKey(state), state.version]
  const begun = await deps.pool.query<{ delivered: boolean }>(
    `INSERT INTO webhook_delivery (client, serial, version, state, attempts, first_attempt_at)
     VALUES ($1, $2, $3, $4, 1, now())
     ON CONFLICT (client, serial, version) DO UPDATE
       SET attempts = webhook_delivery.attempts + CASE WHEN webhook_delivery.delivered_at IS NULL THEN 1 ELSE 0 END
     RETURNING delivered_at IS NOT NULL AS delivered`,
    [...key, state.state],
  )
  if (begun.rows[0]!.delivered) return
  const message = { id: [state.client, state.about, state.serial, state.version], body: webhookBody(state) }
  const { url, secrets } = settings.webhook
  const failure = await postSigned({ url, ...secrets() }, message, deps)
  deps.onAttempt?.(failure === undefined ? 'delivered' : 'failed')
  await deps.pool.query(
    `UPDATE webhook_delivery SET last_error = $4, delivered_at = CASE WHEN $4::text IS NULL THEN now() END
     WHERE client = $1 AND serial = $2 AND version = $3`,
    [...key, failure ?? null],
  )
  if (failure !== undefined) throw ApplicationFailure.retryable(failure, 'webhook')
}
