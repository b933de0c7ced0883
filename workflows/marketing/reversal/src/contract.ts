/** Names and shapes of the reverse flows (reversal, void). Types and constants only. */
import type { ReverseAnswer } from '@lijian/contracts/marketing'

export const WORKFLOW_TYPE = 'reverseTransaction'

export type ReverseFlowKind = 'reversal' | 'void'

/** `reversal|void/<client>/<its own serial>` (DESIGN §3, "Identity"). */
export const reverseWorkflowId = (kind: ReverseFlowKind, client: string, serial: string): string =>
  `${kind}/${client}/${serial}`

/** A reverse transaction as PostgreSQL has recorded it: whole, already done when the flow learns of it. */
export interface ReverseSnapshot {
  client: string
  serial: string
  originalSerial: string
  kind: ReverseFlowKind
  state: 'reversed' | 'voided'
  merchant: string
  campaigns: string[]
  offers: string[]
  partners: string[]
  /** Of every amount, which is in its minor unit; absent: CNY. */
  currency?: string
  amountFen: number
  discountFen: number
  payableFen: number
  businessDate: string
  notify: boolean
}

/** What the flow returns; releases up to 2026-12 returned the state alone, and `refused: <reason>`. */
export type ReverseEnd =
  | Pick<
      ReverseSnapshot,
      'state' | 'originalSerial' | 'merchant' | 'amountFen' | 'discountFen' | 'payableFen' | 'offers' | 'businessDate'
    >
  | { state: 'refused'; reason: string }

/** What is told to the transaction system about a reverse transaction: `FinalState` of the marketing-transaction flow. */
export interface ReverseFinalState {
  about: ReverseFlowKind
  client: string
  serial: string
  originalSerial: string
  version: number
  state: 'reversed' | 'voided'
  merchant: string
  amountFen: number
  discountFen: number
  payableFen: number
  offers: string[]
  businessDate: string
}

/** A Temporal client asks for a reversal or void itself; without `merchant`, since PostgreSQL has not recorded it yet. */
export interface ReverseRequestInput {
  ask: ReverseFlowKind
  client: string
  serial: string
  originalSerial: string
  /** The client's signature of its call. */
  token?: string
}

/**
 * Update by which a Temporal client that has asked gets its answer; idempotent by the reverse transaction's serial. Its argument is the original's serial:
 * the flow may run for another original, or may have been started through the other door.
 */
export const REVERSE_UPDATE = 'reverse'

export interface ReverseOutcome {
  answer: ReverseAnswer
  snapshot: ReverseSnapshot
}

export interface ReverseTransactionActivities {
  reverse(input: ReverseRequestInput): Promise<ReverseOutcome>
  notify(state: ReverseFinalState): Promise<void>
}
