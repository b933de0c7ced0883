/** Names and shapes of the flow that reconciles one business date. Types and constants only. */
export const WORKFLOW_TYPE = 'reconciliationDay'
/** Started by the schedule: finds out which date is due, and starts its flow. */
export const DUE_WORKFLOW_TYPE = 'reconciliationDue'

export const reconciliationWorkflowId = (date: string): string => `reconciliation/${date}`

/** Something was imported, or somebody wants it matched now. */
export const AGAIN_SIGNAL = 'again'
export const STATE_QUERY = 'state'

export interface ReconciliationDayInput {
  /** Business date, `YYYY-MM-DD`. */
  date: string
  /** Absent: matched once a day; reminders after 7, 14 and 30 days, then it ends. */
  timing?: { dayMs: number; remindAfterDays: number[] }
}

export interface SourceState {
  source: string
  client: string | null
  lines: number
  matchedLines: number
  outsideLines: number
  /** How many differ, by class. */
  classes: Record<string, number>
}

export interface DayState {
  sources: SourceState[]
  /** The buffer is over: what differs are cases. */
  counted: boolean
  /** From which date on what differs is a case. */
  countsOn: string
  openCases: number
  casesOpened: number
}

export interface DayView extends DayState {
  step: 'matching' | 'waits' | 'cases'
}

/** Open cases of a date, by owner; `-`: nobody. */
export type OpenByOwner = Record<string, number>

export interface ReconciliationActivities {
  /** Matches all sources of the date; safe to repeat. */
  matchDay(input: { date: string }): Promise<DayState>
  openCases(input: { date: string }): Promise<number>
  remindOwners(input: { date: string; ageDays: number }): Promise<OpenByOwner>
  /** The business date that is due at this instant: the day before, in the institution's zone. */
  dueDate(input: { at: string }): Promise<string>
}

export type DayEnd = 'agreed' | 'resolved' | 'left_open'
