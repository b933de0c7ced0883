/** Names and shapes of the clearing flow. Types and constants only. */
export const WORKFLOW_TYPE = 'clearingDay'
/** What the schedule starts: it opens the runs of every date that is over. */
export const DUE_WORKFLOW_TYPE = 'clearingDue'

/** The long-lived flow that does so every day. */
export const TICKS_WORKFLOW_TYPE = 'clearingTicks'
/** Of another task queue it is another house's. */
export const ticksWorkflowId = (taskQueue: string): string => `ticks/clearing/${taskQueue}`

/** `clearing/<business date>`: one flow per date, so a date is never run twice at once. */
export const clearingWorkflowId = (businessDate: string): string => `clearing/${businessDate}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
/** From the activity that writes a file. */
export const PROGRESS_SIGNAL = 'progress'
export const STATE_QUERY = 'state'
/** The same as POST /v1/clearing-files/{id}/acknowledgement, for a clearing system that is a Temporal client; what a person says waits alike. */
export const ACKNOWLEDGE_UPDATE = 'acknowledge'

export interface ClearingDayInput {
  businessDate: string
  /** Times of what is waited for; absent: DEFAULT_PATIENCE. */
  patience?: Partial<Patience>
}

export interface Patience {
  /** Published and not acknowledged: it is said again each time so much has passed … */
  remindAfterMs: number
  /** … and becomes a case after so much. */
  caseAfterMs: number
  /** A file that does not agree with the ledger is made and proved again so often. */
  proveAgainMs: number
  /** A worker that has said nothing for so long is dead: its step is given to another. */
  workerGoneAfterMs: number
}

const HOUR_MS = 3_600_000
export const DEFAULT_PATIENCE: Patience = {
  remindAfterMs: 4 * HOUR_MS,
  caseAfterMs: 24 * HOUR_MS,
  proveAgainMs: HOUR_MS,
  workerGoneAfterMs: 60_000,
}

export type FileFlowState = 'created' | 'published' | 'missing' | 'acknowledged' | 'refused'

/** The newest version of one file. */
export interface FileSnapshot {
  id: number
  name: string
  kind: string
  clearingSystem: string
  version: number
  rows: number
  state: FileFlowState
}

/** How a run stands, as PostgreSQL has it. */
export interface RunSnapshot {
  businessDate: string
  settlementDate: string
  state: 'opened' | 'frozen' | 'published' | 'acknowledged' | 'settled'
  files: FileSnapshot[]
}

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export interface ClearingEnd extends Pick<RunSnapshot, 'businessDate' | 'settlementDate' | 'state'> {
  files: number
  rows: number
}

export const endOf = ({ businessDate, settlementDate, state, files }: RunSnapshot): ClearingEnd => ({
  state,
  businessDate,
  settlementDate,
  files: files.length,
  rows: files.reduce((sum, { rows }) => sum + rows, 0),
})

/** Of the flow that opens what is due. */
export interface DueEnd {
  state: 'done'
  dates: string[]
}

/** Of several the one with the highest version counts, wherever it came from. */
export interface Changed {
  version: number
  body: RunSnapshot
}

/** Of an acknowledgement. `proposal`: it came from a person, and waits for another one. */
export interface Acknowledged extends RunSnapshot {
  proposal?: number
}

export interface Progress {
  fileId: number
  rowsWritten: number
}

export interface AcknowledgeInput {
  /** The API's, for the clearing system's key. */
  proof: string
  fileId: number
  outcome: 'accepted' | 'refused'
  sha256?: string
  reasons?: { row?: number; code?: string; message: string }[]
}

export interface ClearingCaseInput {
  kind: 'clearing_proof'
  businessDate: string
  differences: string[]
}

/** Every one of them is safe to repeat, and goes on where a try before was cut off. */
export interface ClearingDayActivities {
  /** Fails until the date before is published. */
  waitTurn(input: { businessDate: string }): Promise<void>
  /** Closes and seals the date, plans its files. */
  freezeDay(input: { businessDate: string }): Promise<Changed>
  writeClearingFile(input: { fileId: number }): Promise<void>
  /** Reads what was written and compares it with the ledger; empty: all of it agrees. */
  proveDay(input: { businessDate: string }): Promise<{ differences: string[] }>
  publishDay(input: { businessDate: string }): Promise<Changed>
  openProofCase(input: ClearingCaseInput): Promise<void>
  /** Says where people look that acknowledgements are missing. */
  remindClearing(input: { businessDate: string }): Promise<void>
  /** What is still not acknowledged is missing: a case for each. */
  giveUpWaiting(input: { businessDate: string }): Promise<Changed>
  /** Fails until every date due on the settlement date is acknowledged. */
  settleDay(input: { businessDate: string }): Promise<Changed>
  publishSettlement(input: { businessDate: string }): Promise<void>
  /** `update`: the id of the update, which spends the proof. */
  acknowledgeFile(input: AcknowledgeInput & { update: string }): Promise<Changed & Pick<Acknowledged, 'proposal'>>
  /** Opens the runs of every date that is over, in order; their flows start through the outbox. */
  openDueRuns(): Promise<string[]>
}

export const clearingSummary = ({ businessDate, settlementDate }: RunSnapshot): string =>
  `clearing ${businessDate}, settlement ${settlementDate}`

export function clearingAttributes({
  businessDate,
  state,
}: RunSnapshot): { name: string; type: 'KEYWORD'; value: string }[] {
  return [
    { name: 'LijianBusinessDate', type: 'KEYWORD', value: businessDate },
    { name: 'LijianState', type: 'KEYWORD', value: state },
  ]
}
