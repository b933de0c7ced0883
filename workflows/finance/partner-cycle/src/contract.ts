import { moneyText } from '@lijian/money'

/** Names and shapes of the flows of partner cycles. Types and constants only. */
export const WORKFLOW_TYPE = 'partnerCycle'
export const cycleWorkflowId = (partner: string, cycle: string, period: string): string =>
  `cycle/${partner}/${cycle}/${period}`

/** The flow that issues what is due, once. */
export const ISSUE_WORKFLOW_TYPE = 'issuePartnerCycles'

/** The long-lived flow that issues every hour. */
export const TICKS_WORKFLOW_TYPE = 'cycleTicks'
/** Of another task queue it is another house's. */
export const ticksWorkflowId = (taskQueue: string): string => `ticks/cycles/${taskQueue}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
export const STATE_QUERY = 'state'
export const CONFIRM_UPDATE = 'confirm'
export const DISPUTE_UPDATE = 'dispute'

export interface CycleInput {
  id: number
  partner: string
  cycle: string
  period: string
  /** When somebody is reminded of an open cycle, since it was issued; absent: after 30, 60 and 90 days. */
  ageing?: readonly { days: number; afterMs: number }[]
}

/** How a cycle stands, as PostgreSQL has it. */
export interface CycleSnapshot {
  id: number
  partner: string
  /** Absent: CNY. */
  currency?: string
  cycle: string
  period: string
  from: string
  to: string
  campaigns: string[]
  state: 'issued' | 'confirmed' | 'disputed' | 'closed'
  version: number
  openingFen: number
  incomeFen: number
  expenseFen: number
  closingFen: number
  dueFen: number
  paidFen: number
  openFen: number
  /** Rows in dispute. */
  disputed: number
  /** Of the prepaid balance at the end; null: there is none. */
  balanceFen: number | null
  lowBalance: boolean
  issuedAt: string
}

const FIGURES = ['partner', 'cycle', 'period', 'currency', 'dueFen', 'paidFen', 'openFen', 'closingFen'] as const

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export type CycleEnd = Pick<CycleSnapshot, 'state' | (typeof FIGURES)[number]>

export const figuresOf = (snapshot: CycleSnapshot): Omit<CycleEnd, 'state'> =>
  Object.fromEntries(FIGURES.map((name) => [name, snapshot[name]])) as Omit<CycleEnd, 'state'>

/** Of the flow that issues what is due. */
export interface IssueEnd {
  state: 'done'
  statements: number
}

export interface Changed {
  version: number
  body: CycleSnapshot
}

/** Arguments of the updates: `proof` is the API's, for the person who acts. */
export interface Confirmation {
  proof: string
}
export interface DisputeArgument {
  proof: string
  rows: { serial: string; amount: number; reason: string }[]
}

export interface CycleReminder {
  flow: 'partner-cycle'
  kind: string
  id: number
  partner: string
  period: string
  openFen: number
  days: number
}

export interface CycleActivities {
  /** `update`: the id of the update, which spends the proof. */
  confirmCycle(input: Confirmation & { id: number; update: string }): Promise<CycleSnapshot>
  disputeCycle(input: DisputeArgument & { id: number; update: string }): Promise<CycleSnapshot>
  issueDueCycles(): Promise<number>
  remind(reminder: CycleReminder): Promise<void>
}

const inIts =
  ({ currency = 'CNY' }: Pick<CycleSnapshot, 'currency'>) =>
  (fen: number): string =>
    `${moneyText(fen, currency)}${currency === 'CNY' ? '' : ` ${currency}`}`

/** `statement month 2026-11 of CCB: due 15.00, open 15.00` */
export function cycleSummary(snapshot: CycleSnapshot): string {
  const { partner, cycle, period, dueFen, openFen } = snapshot
  const money = inIts(snapshot)
  return `statement ${cycle} ${period} of ${partner}: due ${money(dueFen)}, open ${money(openFen)}`
}

/** In words, for the details of the workflow. */
export function cycleLines(c: CycleSnapshot): string[] {
  const money = inIts(c)
  const lines = [
    `**${c.state}** · ${cycleSummary(c)}`,
    `${c.from} to ${c.to}: opening ${money(c.openingFen)}, income ${money(c.incomeFen)}, expense ${money(c.expenseFen)}, closing ${money(c.closingFen)}`,
    `campaigns: ${c.campaigns.join(', ') || 'none'}`,
  ]
  if (c.balanceFen !== null) lines.push(`prepaid balance ${money(c.balanceFen)}${c.lowBalance ? ' ⚠ low' : ''}`)
  if (c.state === 'issued') lines.push(`waits for ${c.partner} to confirm or dispute, since ${c.issuedAt}`)
  if (c.state === 'disputed')
    lines.push(`${c.disputed} row(s) in dispute: give way (two people), or ${c.partner} confirms`)
  if (c.state !== 'closed' && c.openFen > 0)
    lines.push(`waits for ${money(c.openFen)} to arrive; paid so far ${money(c.paidFen)}`)
  return lines
}

export function cycleAttributes({
  partner,
  state,
  campaigns,
}: CycleSnapshot): { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | string[] }[] {
  return [
    { name: 'LijianState', type: 'KEYWORD', value: state },
    { name: 'LijianPartners', type: 'KEYWORD_LIST', value: [partner] },
    ...(campaigns.length > 0 ? [{ name: 'LijianCampaigns', type: 'KEYWORD_LIST' as const, value: campaigns }] : []),
  ]
}

/** Undefined: it may be tried; else what is wrong with it. */
export function wrongRows({ rows }: Partial<DisputeArgument>): string | undefined {
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > 500) return 'rows: expected 1 to 500 rows'
  const isRow = ({ serial, amount, reason }: DisputeArgument['rows'][number]) =>
    typeof serial === 'string' &&
    Number.isSafeInteger(amount) &&
    amount > 0 &&
    typeof reason === 'string' &&
    reason !== '' &&
    reason.length <= 500 &&
    !/[0-9]{8}/.test(reason)
  return rows.every(isRow)
    ? undefined
    : 'rows: expected serial, amount in fen, and a reason without account, card or phone numbers'
}
