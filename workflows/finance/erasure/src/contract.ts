import type { ErasurePlace } from '@lijian/contracts/people'

/** Names and shapes of the flow that forgets a person. Types and constants only. */
export const WORKFLOW_TYPE = 'erasure'
export const erasureWorkflowId = (id: number): string => `erasure/${id}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'

/** The number of the erasure and nothing of the person: Temporal knows nobody. */
export interface ErasureInput {
  erasure: number
  /** How often it looks whether open payments are over; absent: 10 minutes. */
  lookEveryMs?: number
}

/** What became of one place. */
export interface PlaceDone {
  place: ErasurePlace
  state: 'waits' | 'done'
  rows: number
  /** Held back by law until the end of this date. */
  until?: string
  /** From now: with `until`, or until what was removed is gone. */
  untilMs?: number
  /** Payments that are not over. */
  open?: number
  /** Of flows that are done: for how long Temporal keeps what nobody removes. */
  keptDays?: number
}

/** What the flow returns; releases up to 2026-12 returned the SHA-256 alone. */
export interface ErasureEnd {
  state: 'certified'
  /** Of the certificate. */
  sha256: string
  rows: number
}

export interface ErasureActivities {
  /** Safe to repeat: a place that is done stays so. */
  erasePlace(input: { erasure: number; place: ErasurePlace }): Promise<PlaceDone>
  /** Forgets the tokens too. Its SHA-256. */
  certifyErasure(input: { erasure: number }): Promise<string>
}
