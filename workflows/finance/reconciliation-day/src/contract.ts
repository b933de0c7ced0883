/** Names and shapes of the flow that reconciles one business date. Types and constants only. */
export const WORKFLOW_TYPE = 'reconciliationDay'
/** The long-lived flow that does so every day. */
export const TICKS_WORKFLOW_TYPE = 'reconciliationTicks'
/** Of another task queue it is another house's. */
export const ticksWorkflowId = (taskQueue: string): string => `ticks/reconciliation/${taskQueue}`
/** Finds out which date is due, and starts its flow. */
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

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export interface DayEnd {
  state: 'agreed' | 'resolved' | 'left_open'
  sources: number
  lines: number
  matchedLines: number
  openCases: number
}

export const endOf = (state: DayEnd['state'], { sources, openCases }: DayState): DayEnd => ({
  state,
  sources: sources.length,
  lines: sources.reduce((sum, { lines }) => sum + lines, 0),
  matchedLines: sources.reduce((sum, { matchedLines }) => sum + matchedLines, 0),
  openCases,
})

/** Of the flow that finds out which date is due. */
export interface DueEnd {
  state: 'started' | 'under_way'
  date: string
}
