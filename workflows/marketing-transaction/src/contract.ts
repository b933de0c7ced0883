/**
 * Names and shapes of the marketing-transaction flow. Types and constants only (no zod: 34 ms of CPU per replayed workflow),
 * so that the API, the relay, the client and the workflow sandbox may all import it.
 */
export const TASK_QUEUE = 'lijian'
export const WORKFLOW_TYPE = 'marketingTransaction'

/** `transaction/<client>/<serial>`: one workflow per marketing transaction (DESIGN §3, "Identity"). */
export const transactionWorkflowId = (client: string, serial: string): string => `transaction/${client}/${serial}`

export type TransactionFlowState =
  | 'no_offer'
  | 'held'
  | 'confirmed'
  | 'cancelled'
  | 'expired'
  | 'reversed'
  | 'voided'
  | 'unfunded'
  | 'partially_refunded'
  | 'refunded'

/** What has gone wrong and must find an owner. */
export type CaseKind = 'unfunded' | 'paid_mismatch' | 'undo_failed'

/**
 * The whole state of a transaction after one change, as PostgreSQL has it. Each event carries all of it, so a receiver
 * keeps the one with the highest `version` and needs neither order nor uniqueness. No card, customer or phone in it.
 */
export interface TransactionSnapshot {
  client: string
  serial: string
  version: number
  state: TransactionFlowState
  merchant: string
  campaigns: string[]
  offers: string[]
  partners: string[]
  amountFen: number
  discountFen: number
  payableFen: number
  feeFinalFen: number
  feeSavedFen: number
  holdExpiresAt: string | null
  businessDate: string | null
  case: { kind: CaseKind; paidFen: number | null } | null
  /** A webhook is configured for the client: the final state is to be delivered. */
  notify: boolean
}

/** Signal by which the relay tells a transaction's workflow what has happened to it. */
export const CHANGED_SIGNAL = 'changed'
