/**
 * Names and shapes of the marketing-transaction flow. Types and constants only (no zod: 34 ms of CPU per replayed workflow),
 * so that the API, the relay, the client and the workflow sandbox may all import it.
 */
import type { ResultRequest, TransactionAnswer, TransactionRequest } from '@lijian/contracts/marketing'
import { holdsCardNumber } from '@lijian/contracts/text'
import { moneyText, moneyTextNamed } from '@lijian/money'

export const TASK_QUEUE = 'lijian'
export const WORKFLOW_TYPE = 'marketingTransaction'

/** `transaction/<client>/<serial>`: one workflow per marketing transaction (DESIGN §3, "Identity"). */
export const transactionWorkflowId = (client: string, serial: string): string => `transaction/${client}/${serial}`

export type TransactionFlowState =
  | 'no_offer'
  | 'held'
  | 'confirmed'
  | 'cancelled'
  | 'expired'
  | 'reversed'
  | 'voided'
  | 'unfunded'
  | 'partially_refunded'
  | 'refunded'

/**
 * What the flow returns: the state, and its figures where something was stored. Releases up to 2026-12 returned the state alone, as a text; histories of
 * then still say so.
 */
export interface TransactionEnd extends Partial<
  Pick<
    TransactionSnapshot,
    | 'version'
    | 'merchant'
    | 'currency'
    | 'amountFen'
    | 'discountFen'
    | 'payableFen'
    | 'feeSavedFen'
    | 'offers'
    | 'businessDate'
  >
> {
  state: TransactionFlowState
}

/** What has gone wrong and must find an owner. */
export type CaseKind = 'unfunded' | 'paid_mismatch' | 'undo_failed'

/**
 * The whole state of a transaction after one change, as PostgreSQL has it. Each event carries all of it, so a receiver
 * keeps the one with the highest `version` and needs neither order nor uniqueness. No card, customer or phone in it.
 */
export interface TransactionSnapshot {
  client: string
  serial: string
  version: number
  state: TransactionFlowState
  merchant: string
  campaigns: string[]
  offers: string[]
  partners: string[]
  /** Of every amount, which is in its minor unit; absent: CNY. */
  currency?: string
  amountFen: number
  discountFen: number
  payableFen: number
  feeFinalFen: number
  feeSavedFen: number
  holdExpiresAt: string | null
  businessDate: string | null
  case: { kind: CaseKind; paidFen: number | null } | null
  /** A webhook is configured for the client: the final state is to be delivered. */
  notify: boolean
}

/**
 * Signal by which the relay tells a transaction's workflow what has happened to it. Arguments: the newest snapshot, then
 * those older ones of the same delivery that carry a case, so that handing over only the newest loses none.
 */
export const CHANGED_SIGNAL = 'changed'

/** Updates by which a Temporal client asks, and reports the result, each with its token. Both idempotent by the transaction's serial. */
export const QUERY_UPDATE = 'query'
export const CONFIRM_UPDATE = 'confirm'

/** Query: what the workflow knows and what it waits for. */
export const STATE_QUERY = 'state'

export interface TransactionKey {
  client: string
  serial: string
}

/** A card as it may stand in a history: never its number. */
export interface TokenCard {
  token: string
  bin?: string
  last4?: string
  /** Under earlier token keys, the last first. */
  earlier?: readonly string[]
}

/** The payment of the Temporal door: DESIGN's payment body with a card token and a customer token in place of what is sensitive. */
export type TokenPayment = Omit<TransactionRequest, 'serial' | 'card' | 'customer' | 'identities' | 'currency'> & {
  currency?: string
  card?: TokenCard
  customerToken?: string
  /** Tokens of what else the person is known by (device, phone …), by kind. */
  identityTokens?: Partial<Record<keyof NonNullable<TransactionRequest['identities']>, string>>
  /** By one of these tokens, those of the same value under earlier token keys, the last first. */
  earlier?: Readonly<Record<string, readonly string[]>>
}

export type TokenResult = Omit<ResultRequest, 'card'> & { card?: TokenCard }

/** What a door call said, and the transaction as it stands after it (null: nothing is stored, there is no offer). */
export interface DoorOutcome {
  answer: TransactionAnswer
  snapshot: TransactionSnapshot | null
}

/** A final state on its way to the transaction system. `about` is `transaction`, or the kind of the reverse transaction. */
export interface FinalState {
  about: 'transaction' | 'reversal' | 'void'
  client: string
  serial: string
  originalSerial?: string
  version: number
  state: TransactionFlowState
  merchant: string
  amountFen: number
  discountFen: number
  payableFen: number
  feeFinalFen?: number
  offers: string[]
  businessDate: string | null
}

export interface OpenCaseInput extends TransactionKey {
  kind: CaseKind
  merchant: string
  amountFen: number
  discountFen: number
  paidFen: number | null
}

/** The worker implements these; the workflow never sees a database. Each is idempotent by its key. */
export interface MarketingTransactionActivities {
  /** `token`: the client's signature of its call. */
  query(input: TransactionKey & { payment: TokenPayment; token?: string }): Promise<DoorOutcome>
  result(input: TransactionKey & { result: TokenResult; token?: string }): Promise<DoorOutcome>
  expire(key: TransactionKey): Promise<TransactionSnapshot | null>
  read(key: TransactionKey): Promise<TransactionSnapshot | null>
  openCase(input: OpenCaseInput): Promise<void>
  notify(state: FinalState): Promise<void>
}

/** Answer of the `state` query. */
export interface FlowView {
  snapshot: TransactionSnapshot | null
  waitingFor: 'result' | 'webhook' | 'door' | 'nothing'
}

/**
 * Search attributes: what operations look for, nothing personal. Never encrypted. Three lists are all that the development
 * server has columns for.
 */
export const SEARCH_ATTRIBUTES = {
  merchant: { name: 'LijianMerchant', type: 'KEYWORD' },
  businessDate: { name: 'LijianBusinessDate', type: 'KEYWORD' },
  state: { name: 'LijianState', type: 'KEYWORD' },
  client: { name: 'LijianClient', type: 'KEYWORD' },
  case: { name: 'LijianCase', type: 'KEYWORD' },
  campaigns: { name: 'LijianCampaigns', type: 'KEYWORD_LIST' },
  offers: { name: 'LijianOffers', type: 'KEYWORD_LIST' },
  partners: { name: 'LijianPartners', type: 'KEYWORD_LIST' },
} as const

export type LijianSearchAttribute =
  | { key: { name: string; type: 'KEYWORD' }; value: string }
  | { key: { name: string; type: 'KEYWORD_LIST' }; value: string[] }

type Searchable = Pick<
  TransactionSnapshot,
  'client' | 'merchant' | 'state' | 'businessDate' | 'campaigns' | 'offers' | 'partners'
>

/** What is empty is left out: a server refuses neither, but an absent attribute costs nothing. */
export function searchAttributesOf(snapshot: Searchable): LijianSearchAttribute[] {
  const words = (['client', 'merchant', 'state', 'businessDate'] as const).flatMap((name) => {
    const value = snapshot[name]
    return value === null || value === '' ? [] : [{ key: SEARCH_ATTRIBUTES[name], value }]
  })
  const lists = (['campaigns', 'offers', 'partners'] as const).flatMap((name) =>
    snapshot[name].length === 0 ? [] : [{ key: SEARCH_ATTRIBUTES[name], value: snapshot[name] }],
  )
  return [...words, ...lists]
}

/**
 * The same of a payment that a Temporal client asks for, before it has an answer: `128.00 at R-NOODLE`. A start stands in the history before the validator
 * has looked at anything, so only an amount and what looks like a merchant's code get in.
 */
export function askedSummary({
  merchant,
  amount,
  currency,
}: Pick<TokenPayment, 'merchant' | 'amount' | 'currency'>): string {
  const money =
    Number.isSafeInteger(amount) && (currency === undefined || /^[A-Z]{3}$/.test(currency))
      ? moneyTextNamed(amount, currency)
      : 'a payment'
  const isCode = typeof merchant === 'string' && /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/.test(merchant)
  return isCode && !holdsCardNumber(merchant) && !/\d{9}/.test(merchant) ? `${money} at ${merchant}` : money
}

/** One sentence for the list of workflows: `128.00 at R-NOODLE: CCB-DINING-100 −15.00`. */
export function summaryOf(
  t: Pick<TransactionSnapshot, 'merchant' | 'currency' | 'amountFen' | 'discountFen' | 'offers'>,
): string {
  const { merchant, currency = 'CNY', amountFen, discountFen, offers } = t
  const off = discountFen > 0 ? ` −${moneyText(discountFen, currency)}` : ''
  const given = offers.length === 0 ? 'no offer' : offers.join(', ')
  return `${moneyTextNamed(amountFen, currency)}${merchant === '' ? '' : ` at ${merchant}`}: ${given}${off}`
}
