/** Names and shapes of the flow of a card-usage case. Types and constants only. */
export const WORKFLOW_TYPE = 'cardUsageCase'
/** As sql/tell_card_usage_case.sql has it. */
export const cardCaseWorkflowId = (merchant: string, method: string, id: number): string =>
  `card-usage/${merchant}/${method}/${id}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
export const STATE_QUERY = 'state'
export const EXPLAIN_UPDATE = 'explain'
export const DECIDE_UPDATE = 'decide'

export interface CardCaseInput {
  id: number
  merchant: string
  method: string
  /** How often somebody is reminded; absent: as the case says. */
  remindAfterMs?: number
}

export type CardCaseState = 'waiting_explanation' | 'waiting_review' | 'reopened' | 'kept_suspended'

/** How a case stands, as PostgreSQL has it. No card in it, only how many. */
export interface CardCaseSnapshot {
  id: number
  version: number
  merchant: string
  method: string
  /** Parent institutions of the merchant, nearest first. */
  parents: string[]
  state: CardCaseState
  period: string
  threshold: number
  cards: number
  remindHours: number
  /** Who entered the explanation: somebody else reviews it. */
  submitter: string | null
  /** Of the last rejection. */
  reason: string | null
  /** How often an explanation was sent back. */
  returned: number
  openedAt: string
}

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export type CardCaseEnd = Pick<
  CardCaseSnapshot,
  'state' | 'merchant' | 'method' | 'period' | 'cards' | 'threshold' | 'returned'
>

export const figuresOf = ({
  merchant,
  method,
  period,
  cards,
  threshold,
  returned,
}: CardCaseSnapshot): Omit<CardCaseEnd, 'state'> => ({ merchant, method, period, cards, threshold, returned })

export interface Changed {
  version: number
  body: CardCaseSnapshot
}

export type CardNoticeKind = 'opened' | 'reminder' | 'returned' | 'reopened' | 'kept_suspended'

/** Who is told what; the same (case, kind, seq, recipient) is delivered once. */
export interface CardNotice {
  case: number
  kind: CardNoticeKind
  /** Of several notices of one kind. */
  seq: number
  to: 'parent' | 'merchant'
  code: string
}
/** recorded: there is no gateway, people read it in the case; over: the case has ended meanwhile. */
export type CardNoticeOutcome = 'delivered' | 'recorded' | 'over'

/** Arguments of the updates: `proof` is the API's, for the person who acts. */
export interface Explaining {
  proof: string
  /** Reference of the written explanation. */
  file: string
  note?: string
}
export interface Deciding {
  proof: string
  decision: 'approve' | 'reject'
  /** Of a rejection. */
  reason?: string
  /** Of a rejection: true ends the case with the method still stopped. */
  keepSuspended?: boolean
}

export interface CardCaseReminder {
  flow: 'card-usage-case'
  kind: CardCaseState
  id: number
  merchant: string
  method: string
  waitsFor: string
  times: number
}

export interface CardCaseActivities {
  noticeCardCase(notice: CardNotice): Promise<CardNoticeOutcome>
  /** `update`: the id of the update, which spends the proof. */
  explainCardCase(input: Explaining & { id: number; update: string }): Promise<CardCaseSnapshot>
  decideCardCase(input: Deciding & { id: number; update: string }): Promise<CardCaseSnapshot>
  remind(reminder: CardCaseReminder): Promise<void>
}

export const isEnd = (state: CardCaseState): boolean => state === 'reopened' || state === 'kept_suspended'

/** Whom a case waits for, in words; undefined: it has ended. */
export function waitsFor({
  state,
  merchant,
  submitter,
}: Pick<CardCaseSnapshot, 'state' | 'merchant' | 'submitter'>): string | undefined {
  if (state === 'waiting_explanation') return `the written explanation of ${merchant}`
  return state === 'waiting_review' ? `a reviewer other than ${submitter}` : undefined
}

/** `qr at M0001: 2 card(s) over 200 payments in 2026-11` */
export const cardCaseSummary = ({ merchant, method, cards, threshold, period }: CardCaseSnapshot): string =>
  `${method} at ${merchant}: ${cards} card(s) over ${threshold} payments in ${period}`
