import { moneyText } from '@lijian/money'

/** Names and shapes of the flow of one proposal of money. Types and constants only. */
export const WORKFLOW_TYPE = 'partnerFunding'
export const fundingWorkflowId = (proposal: number): string => `funding/${proposal}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
export const STATE_QUERY = 'state'
export const DECIDE_UPDATE = 'decide'

export interface FundingInput {
  proposal: number
  /** How often somebody is reminded while nobody acts; absent: after 4 hours, then every day. */
  remindAfterMs?: readonly number[]
}

/** How a proposal stands, as PostgreSQL has it. Neither an account nor anybody's words in it. */
export interface FundingSnapshot {
  id: number
  kind: string
  /** A partner, or `institution`. */
  subject: string
  amountFen: number
  /** Absent: CNY. */
  currency?: string
  hash: string
  version: number
  state: 'proposed' | 'approved' | 'rejected' | 'withdrawn'
  /** API keys. */
  maker: string
  madeAt: string
  checker: string | null
}

export interface Changed {
  version: number
  body: FundingSnapshot
}

/** Argument of the update `decide`: `proof` is the API's, for the person who decides; `hash` is of what was shown. */
export interface Decision {
  proof: string
  hash: string
  decision: 'approve' | 'reject'
  /** Needed to reject. */
  reason?: string
}

export interface Reminder {
  flow: 'partner-funding'
  proposal: number
  kind: string
  subject: string
  waitsSince: string
  /** 1 for the first. */
  times: number
}

export interface FundingActivities {
  /** `update`: the id of the update, which spends the proof. */
  decideProposal(input: Decision & { proposal: number; update: string }): Promise<FundingSnapshot>
  remind(reminder: Reminder): Promise<void>
}

export const isDecided = ({ state }: Pick<FundingSnapshot, 'state'>): boolean => state !== 'proposed'

/** `receipt · CCB · 1000.00` */
export const fundingSummary = ({ kind, subject, amountFen, currency = 'CNY' }: FundingSnapshot): string =>
  `${kind} · ${subject} · ${moneyText(amountFen, currency)}${currency === 'CNY' ? '' : ` ${currency}`}`

export function fundingAttributes({
  subject,
  state,
}: FundingSnapshot): { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | string[] }[] {
  return [
    { name: 'LijianState', type: 'KEYWORD', value: state },
    { name: 'LijianPartners', type: 'KEYWORD_LIST', value: [subject] },
  ]
}

/** Undefined: the decision may be tried; else what is wrong with it. */
export function wrongDecision({ hash, decision, reason }: Decision): string | undefined {
  if (typeof hash !== 'string' || !/^[0-9a-f]{64}$/.test(hash))
    return 'hash: expected the hash of the proposal as it was shown'
  if (decision !== 'approve' && decision !== 'reject') return 'decision: expected approve or reject'
  if (decision === 'reject' && !reason) return 'reason: expected a reason'
  if (reason !== undefined && (typeof reason !== 'string' || reason.length > 500 || /[0-9]{8}/.test(reason)))
    return 'reason: expected words without account, card or phone numbers'
  return undefined
}
