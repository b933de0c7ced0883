import { DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { canonicalJson } from '@lijian/contracts/system'
import type { PartnerRequest } from '@lijian/contracts/finance'
import type { StoredAccount } from '@lijian/database'
import { sealedHash, type PartnerSecrets, type Which } from './partner-secrets'

/** Columns that `partner` and `partner_draft` have in common: what people write of a partner. */
export interface PartnerColumns {
  name: string
  kind: string
  payment_mode: string
  currency: string
  status: string
  contacts: Buffer | null
  deposit_account: StoredAccount | null
  payout_account: StoredAccount | null
  /** PostgreSQL's bigint comes as text. */
  warn_below_fen: string | number | null
  warn_below_ppm: number | null
}
export const PARTNER_COLUMNS =
  'name, kind, payment_mode, currency, status, contacts, deposit_account, payout_account, warn_below_fen, warn_below_ppm'
export const valuesOf = (columns: PartnerColumns): unknown[] => [
  ...[columns.name, columns.kind, columns.payment_mode, columns.currency, columns.status, columns.contacts],
  ...[columns.deposit_account, columns.payout_account].map((one) => one && JSON.stringify(one)),
  ...[columns.warn_below_fen, columns.warn_below_ppm],
]

/** As it will stand; what is left out of a request stays or goes as the request's schema says. Throws LijianError invalid_request. */
export const columnsOf = (
  secrets: PartnerSecrets,
  code: string,
  request: PartnerRequest,
  stored: PartnerColumns | undefined,
): PartnerColumns => ({
  name: request.name,
  kind: request.kind,
  payment_mode: request.paymentMode,
  currency: request.currency ?? stored?.currency ?? DEFAULT_CURRENCY,
  status: request.status,
  contacts: secrets.contacts(code, request.contacts, stored?.contacts ?? null),
  deposit_account: secrets.account(code, 'deposit', request.depositAccount, stored?.deposit_account ?? null),
  payout_account: secrets.account(code, 'payout', request.payoutAccount, stored?.payout_account ?? null),
  warn_below_fen: request.warnBelow?.amount ?? null,
  warn_below_ppm: request.warnBelow?.ppm ?? null,
})

interface ShownAccount {
  bank: string
  number: string
  /** SHA-256 of the sealed holder and number. */
  sealed: string
}

/** As approvers and the history see it: nothing of a person, and no number. */
export interface PartnerDocument {
  name: string
  kind: string
  paymentMode: string
  currency: string
  status: string
  contacts?: { sealed: string }
  depositAccount?: ShownAccount
  payoutAccount?: ShownAccount
  warnBelow?: { amount?: number; ppm?: number }
}

export function documentOf(columns: PartnerColumns): PartnerDocument {
  const { name, kind, payment_mode, currency, status, contacts, deposit_account, payout_account } = columns
  const { warn_below_fen, warn_below_ppm } = columns
  return {
    name,
    kind,
    paymentMode: payment_mode,
    currency,
    status,
    ...(contacts && { contacts: { sealed: sealedHash(contacts) } }),
    ...(deposit_account && { depositAccount: shownAccount(deposit_account) }),
    ...(payout_account && { payoutAccount: shownAccount(payout_account) }),
    ...(warn_below_fen === null && warn_below_ppm === null
      ? {}
      : {
          warnBelow: {
            ...(warn_below_fen === null ? {} : { amount: Number(warn_below_fen) }),
            ...(warn_below_ppm === null ? {} : { ppm: warn_below_ppm }),
          },
        }),
  }
}

const shownAccount = ({ bank, last4, sealed }: StoredAccount): ShownAccount => ({
  bank,
  number: `****${last4}`,
  sealed: sealedHash(sealed),
})

/** Accounts that would stand afterwards and are others than before: somebody must have seen their numbers. */
export const changedAccounts = (was: PartnerColumns | undefined, is: PartnerColumns): Which[] =>
  (['deposit', 'payout'] as const).filter((which) => {
    const now = is[`${which}_account`]
    return now !== null && now.sealed !== was?.[`${which}_account`]?.sealed
  })

/** Equal where people would read the same, although it was sealed anew. */
export function isSame(secrets: PartnerSecrets, code: string, one: PartnerColumns, other: PartnerColumns): boolean {
  const plain = (columns: PartnerColumns) =>
    canonicalJson({
      ...documentOf({ ...columns, contacts: null, deposit_account: null, payout_account: null }),
      contacts: secrets.contactsOf(code, columns.contacts),
      accounts: (['deposit', 'payout'] as const).map((which) => {
        const stored = columns[`${which}_account`]
        return stored && { bank: stored.bank, ...secrets.opened(code, which, stored) }
      }),
    })
  return plain(one) === plain(other)
}
