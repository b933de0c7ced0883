import { withoutCurrency } from '@lijian/contracts/money'

/** Side on which an account's balance normally stands: assets and expenses debit, liabilities and income credit. */
export type Side = 'debit' | 'credit'

export interface AccountKind {
  /** How names of this kind begin; `<…>` stands for the partner's or merchant's code. */
  name: string
  side: Side
  en: string
  zhCN: string
}

/** The chart of accounts (DESIGN §4). */
export const ACCOUNT_KINDS = {
  bankOwn: { name: 'bank/own', side: 'debit', en: 'bank: own funds', zhCN: '银行存款（自有资金）' },
  bankReserve: { name: 'bank/reserve', side: 'debit', en: 'bank: client reserve', zhCN: '客户备付金' },
  prepaid: { name: 'prepaid/<partner>', side: 'credit', en: 'partner prepaid balance', zhCN: '合作方预存款' },
  receivable: { name: 'receivable/<partner>', side: 'debit', en: 'partner receivable', zhCN: '应收合作方款' },
  merchantDiscount: {
    name: 'merchant-discount/<merchant>',
    side: 'credit',
    en: 'merchant discount payable',
    zhCN: '应付商户优惠款',
  },
  feeForgone: {
    name: 'fee-forgone/<partner>',
    side: 'credit',
    en: 'fee income forgone, borne by the funder',
    zhCN: '手续费减免（出资方承担）',
  },
  rebatesPayable: { name: 'rebates-payable', side: 'credit', en: 'rebates payable', zhCN: '应付返现款' },
  suspense: { name: 'suspense', side: 'credit', en: 'suspense', zhCN: '待查挂账' },
  writeOff: { name: 'write-off', side: 'debit', en: 'differences written off', zhCN: '差错核销' },
} as const satisfies Record<string, AccountKind>

export const BANK_OWN = ACCOUNT_KINDS.bankOwn.name
export const BANK_RESERVE = ACCOUNT_KINDS.bankReserve.name
export const SUSPENSE = ACCOUNT_KINDS.suspense.name
export const WRITE_OFF = ACCOUNT_KINDS.writeOff.name
export const REBATES_PAYABLE = ACCOUNT_KINDS.rebatesPayable.name

export const prepaidAccount = (partner: string): string => `prepaid/${partner}`
export const receivableAccount = (partner: string): string => `receivable/${partner}`
/** Accounts of a partner: of whatever currency the partner is. */
export const isPartnerAccount = (account: string): boolean => /^(prepaid|receivable|fee-forgone)\//.test(account)

export const merchantDiscountAccount = (merchant: string): string => `merchant-discount/${merchant}`
export const feeForgoneAccount = (partner: string): string => `fee-forgone/${partner}`

/**
 * The kind of an account by its name; undefined: no account of this chart is named so. A partner has one currency, so that its accounts are bare; the
 * name of every other account carries its currency (`inCurrency`).
 */
export function accountKind(name: string): AccountKind | undefined {
  const account = withoutCurrency(name)
  return Object.values(ACCOUNT_KINDS).find((kind) => {
    const place = kind.name.indexOf('<')
    return place < 0 ? account === kind.name : account.length > place && account.startsWith(kind.name.slice(0, place))
  })
}
