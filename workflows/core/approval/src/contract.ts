import { moneyTextNamed } from '@lijian/money'

/** Names and shapes of the flow of one proposal. Types and constants only. */
export const WORKFLOW_TYPE = 'approval'
/** Of flows that releases before began. */
export const EARLIER_TYPE = 'partnerFunding'
/** Proposals of money keep the name that they had when only they had a flow: what began before is told under it. */
const MONEY: readonly string[] = ['receipt', 'withdrawal', 'credit_line', 'transfer', 'collection', 'cycle_adjustment']
export const approvalWorkflowId = (id: number, kind: string): string =>
  `${MONEY.includes(kind) ? 'funding' : 'approval'}/${id}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
export const STATE_QUERY = 'state'
export const DECIDE_UPDATE = 'decide'

export interface ApprovalInput {
  proposal: number
  /** How often somebody is reminded while nobody acts; absent: after 4 hours, then every day. */
  remindAfterMs?: readonly number[]
}

/** How a proposal stands, as PostgreSQL has it. Neither an account nor anybody's words in it. */
export interface ApprovalSnapshot {
  id: number
  kind: string
  /** Code or id of what it is about: a partner, a campaign, a case. */
  subject: string
  /** Absent: it is not about an amount. */
  amountFen?: number
  /** Absent: CNY. */
  currency?: string
  hash: string
  version: number
  state: 'proposed' | 'approved' | 'rejected' | 'withdrawn' | 'expired'
  /** So many others approve it; absent: one. */
  needs?: number
  /** So many have. */
  approvals?: number
  /** Absent: never. */
  expiresAt?: string
  /** Absent: head office. */
  branch?: string
  /** Ids of API keys or persons. */
  maker: string
  madeAt: string
  checker: string | null
}

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export type ApprovalEnd = Pick<
  ApprovalSnapshot,
  'state' | 'kind' | 'subject' | 'amountFen' | 'currency' | 'needs' | 'approvals'
>

export const figuresOf = ({
  kind,
  subject,
  amountFen,
  currency,
  needs,
  approvals,
}: ApprovalSnapshot): Omit<ApprovalEnd, 'state'> => ({ kind, subject, amountFen, currency, needs, approvals })

export interface Changed {
  version: number
  body: ApprovalSnapshot
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
  flow: 'approval' | 'partner-funding'
  proposal: number
  kind: string
  subject: string
  waitsSince: string
  /** 1 for the first. */
  times: number
  /** Those who were reminded have not acted: somebody above them hears of it. */
  escalated?: true
}

export interface ApprovalActivities {
  /** `update`: the id of the update, which spends the proof. */
  decideProposal(input: Decision & { proposal: number; update: string }): Promise<ApprovalSnapshot>
  remind(reminder: Reminder): Promise<void>
  /** Ends it if its time is over; how it stands then. */
  expireProposal(input: { proposal: number }): Promise<ApprovalSnapshot>
}

export const isDecided = ({ state }: Pick<ApprovalSnapshot, 'state'>): boolean => state !== 'proposed'

/** `receipt of CCB: 1000.00`, `campaign CCB-2026-Q4` */
export const approvalSummary = ({ kind, subject, amountFen, currency }: ApprovalSnapshot): string => {
  const named = kind.replaceAll('_', ' ')
  return amountFen === undefined
    ? `${named} ${subject}`
    : `${named} of ${subject}: ${moneyTextNamed(amountFen, currency)}`
}

export function approvalAttributes({
  kind,
  subject,
  state,
}: ApprovalSnapshot): { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | string[] }[] {
  const partners = MONEY.includes(kind)
    ? [{ name: 'LijianPartners', type: 'KEYWORD_LIST' as const, value: [subject] }]
    : []
  return [{ name: 'LijianState', type: 'KEYWORD', value: state }, ...partners]
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
