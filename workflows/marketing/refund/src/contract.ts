import { moneyTextNamed } from '@lijian/money'

/** Names and shapes of the refund flow. Types and constants only. */
export const WORKFLOW_TYPE = 'refund'

/** `refund/<client>/<its own serial>` (DESIGN §3, "Identity"). */
export const refundWorkflowId = (client: string, serial: string): string => `refund/${client}/${serial}`

/** The relay's signal (libs/platform/contracts, FlowEvent). */
export const CHANGED_SIGNAL = 'changed'
export const STATE_QUERY = 'state'

/** waiting: for the result of its original; refund_held: for its own. The others are ends: done ones carry their original's state. */
export type RefundFlowState =
  'waiting' | 'refund_held' | 'partially_refunded' | 'refunded' | 'unfunded' | 'no_offer' | 'cancelled' | 'refused'

export interface RefundInput {
  client: string
  serial: string
  originalSerial: string
  /** When it is said that no result comes, and when that becomes a case; absent: after 1 and 3 days. */
  ageing?: { sayAfterMs: number; caseAfterMs: number }
}

/** How a refund stands after one change, as PostgreSQL has it. No card, customer or phone in it. */
export interface RefundSnapshot extends Omit<RefundInput, 'ageing'> {
  state: RefundFlowState
  merchant: string
  campaigns: string[]
  offers: string[]
  partners: string[]
  /** Of every amount, which is in its minor unit; absent: CNY. */
  currency?: string
  amountFen: number
  /** Null while it waits for its original's result. */
  payerFen: number | null
  discountFen: number | null
  /** When it was asked for. */
  since: string
  notify: boolean
}

/** What the flow returns; releases up to 2026-12 returned the state alone. */
export type RefundEnd = Pick<
  RefundSnapshot,
  'state' | 'originalSerial' | 'merchant' | 'currency' | 'amountFen' | 'payerFen' | 'discountFen' | 'offers'
>

export function endOf(refund: RefundSnapshot): RefundEnd {
  const { state, originalSerial, merchant, currency, amountFen, payerFen, discountFen, offers } = refund
  return { state, originalSerial, merchant, currency, amountFen, payerFen, discountFen, offers }
}

export interface Changed {
  version: number
  body: RefundSnapshot
}

export interface RefundFinalState {
  about: 'refund'
  client: string
  serial: string
  originalSerial: string
  version: number
  state: RefundFlowState
  merchant: string
  amountFen: number
  discountFen: number
  payableFen: number
  offers: string[]
  businessDate: string | null
}

export interface RefundCaseInput {
  kind: 'refund_open'
  client: string
  serial: string
  merchant: string
  amountFen: number
  discountFen: number
  paidFen: number | null
}

export interface RefundActivities {
  openCase(input: RefundCaseInput): Promise<void>
  notify(state: RefundFinalState): Promise<void>
}

export const isEnd = (state: RefundFlowState): boolean => state !== 'waiting' && state !== 'refund_held'

/** `refund of S1, 50.00 at M0001: the payer gets 42.50` */
export function refundSummary(refund: RefundSnapshot): string {
  const { originalSerial, merchant, amountFen, payerFen, currency } = refund
  const payer = payerFen === null ? '' : `: the payer gets ${moneyTextNamed(payerFen, currency)}`
  return `refund of ${originalSerial}, ${moneyTextNamed(amountFen, currency)} at ${merchant}${payer}`
}

/** Search attributes by the names that transactions have; nothing personal. */
export function refundAttributes(
  refund: RefundSnapshot,
): { name: string; type: 'KEYWORD' | 'KEYWORD_LIST'; value: string | string[] }[] {
  const words = { LijianMerchant: refund.merchant, LijianState: refund.state, LijianClient: refund.client }
  const lists = { LijianCampaigns: refund.campaigns, LijianOffers: refund.offers, LijianPartners: refund.partners }
  return [
    ...Object.entries(words).map(([name, value]) => ({ name, type: 'KEYWORD' as const, value })),
    ...Object.entries(lists)
      .filter(([, value]) => value.length > 0)
      .map(([name, value]) => ({ name, type: 'KEYWORD_LIST' as const, value })),
  ]
}
