import type { TransactionAnswer, TransactionRequest, TransactionState } from '@lijian/contracts/marketing'

/** What the upstream does with a payment: answer at once, or not before the hold has expired, or never; then maybe take it back. */
export const UPSTREAM = ['success', 'decline', 'timeout', 'late', 'reversal', 'void'] as const
export type UpstreamAnswer = (typeof UPSTREAM)[number]

/** When another payment has come to a state. */
export interface Moment {
  serial: string
  state: TransactionState
}

/** One line of payments.ndjson. */
export interface Example {
  /** What it is there to show. */
  say: string
  payment: TransactionRequest
  upstream: { answers: UpstreamAnswer; after?: Moment }
  after?: Moment
}

export interface Partner {
  code: string
  name: string
  creditLine: number
  /** What the demo tops the prepaid balance up to before it begins. */
  balance: number
}

/** What became of an example: the answer to the query, and the last answer of all. */
export interface Played {
  example: Example
  query: TransactionAnswer
  final: TransactionAnswer
  reversal?: { kind: 'reversal' | 'void'; serial: string }
}

/** Money and uses of one campaign, as one source has them. */
export interface Figures {
  fen: number
  uses: number
}
export type PerCampaign = Map<string, Figures>
