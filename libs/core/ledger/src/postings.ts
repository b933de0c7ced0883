import { currencyOfKey, DEFAULT_CURRENCY, inCurrency } from '@lijian/contracts/money'
import { assertFen } from '@lijian/money'
import {
  BANK_OWN,
  BANK_RESERVE,
  feeForgoneAccount,
  isPartnerAccount,
  merchantDiscountAccount,
  prepaidAccount,
  REBATES_PAYABLE,
  receivableAccount,
  SUSPENSE,
  WRITE_OFF,
} from './accounts'

/** Accounts and what is booked on each: debits positive, credits negative, together 0. No account stands there twice, none with 0. */
export interface Posting {
  accounts: string[]
  amountsFen: number[]
}

/** What one granted offer gave, and who bears it. `@merchant` = the paying merchant bears that share itself. */
export interface GivenOffer {
  kind: 'amount' | 'fee'
  delivery: 'instant' | 'rebate'
  paymentMode: 'prepay' | 'postpay'
  funders: readonly { partner: string; amountFen: number }[]
}

export const MERCHANT_SHARE = '@merchant'

interface Line {
  account: string
  amountFen: number
}

const debit = (account: string, amountFen: number): Line => ({ account, amountFen })
const credit = (account: string, amountFen: number): Line => ({ account, amountFen: -amountFen })

/** Lines of one account become one; 0 is left out. Throws when they do not balance, or in several currencies: that is a bug of this file. */
function posting(lines: readonly Line[], currency: string = DEFAULT_CURRENCY): Posting {
  const sums = new Map<string, number>()
  for (const { account: name, amountFen } of lines) {
    assertFen(Math.abs(amountFen))
    const account = isPartnerAccount(name) ? name : inCurrency(name, currency)
    sums.set(account, (sums.get(account) ?? 0) + amountFen)
  }
  const kept = [...sums].filter(([, amountFen]) => amountFen !== 0)
  const sum = kept.reduce((total, [, amountFen]) => total + amountFen, 0)
  if (sum !== 0) throw new Error(`a posting is off balance by ${sum} fen`)
  return { accounts: kept.map(([account]) => account), amountsFen: kept.map(([, amountFen]) => amountFen) }
}

/**
 * Capture: each funder owes its share (postpay) or has paid it before (prepay). Money off goes to the merchant, a rebate to the consumer;
 * a fee saved makes up for the income that the institution goes without. `@merchant`'s share is neither paid out nor a receivable; of a
 * rebate, which is paid out whole, it is taken from what the merchant gets.
 */
export function grantPosting(merchant: string, offers: readonly GivenOffer[], currency?: string): Posting {
  return posting(
    offers.flatMap((offer) => grantLines(merchant, offer)),
    currency,
  )
}

/** Void, reversal, refund: what comes back of each offer, against the same accounts. */
export function returnPosting(merchant: string, offers: readonly GivenOffer[], currency?: string): Posting {
  return posting(
    offers.flatMap((offer) =>
      grantLines(merchant, offer).map(({ account, amountFen }) => ({ account, amountFen: -amountFen })),
    ),
    currency,
  )
}

function grantLines(merchant: string, { kind, delivery, paymentMode, funders }: GivenOffer): Line[] {
  return funders.flatMap(({ partner, amountFen }) => {
    if (partner === MERCHANT_SHARE)
      return kind === 'amount' && delivery === 'rebate'
        ? [debit(merchantDiscountAccount(merchant), amountFen), credit(REBATES_PAYABLE, amountFen)]
        : []
    const funder = paymentMode === 'prepay' ? prepaidAccount(partner) : receivableAccount(partner)
    return [debit(funder, amountFen), credit(receiverOf(kind, delivery, merchant, partner), amountFen)]
  })
}

function receiverOf(
  kind: GivenOffer['kind'],
  delivery: GivenOffer['delivery'],
  merchant: string,
  partner: string,
): string {
  if (kind === 'fee') return feeForgoneAccount(partner)
  return delivery === 'rebate' ? REBATES_PAYABLE : merchantDiscountAccount(merchant)
}

/** A partner's money has arrived and two people have seen it. */
export const topUpPosting = (partner: string, amountFen: number, currency?: string): Posting =>
  posting([debit(BANK_OWN, amountFen), credit(prepaidAccount(partner), amountFen)], currency)

/** What is left of a prepaid balance goes back to the partner. */
export const withdrawalPosting = (partner: string, amountFen: number, currency?: string): Posting =>
  posting([debit(prepaidAccount(partner), amountFen), credit(BANK_OWN, amountFen)], currency)

/** A partner pays what a cycle asked for; what it paid beyond that waits in suspense until somebody decides. */
export const collectionPosting = (
  partner: string,
  receivedFen: number,
  matchedFen: number,
  currency?: string,
): Posting =>
  posting(
    [
      debit(BANK_OWN, receivedFen),
      credit(receivableAccount(partner), matchedFen),
      credit(SUSPENSE, receivedFen - matchedFen),
    ],
    currency,
  )

/** Merchants get their discounts back from the client reserve: positive = paid out, negative = taken back. */
export const settlementPosting = (
  merchants: readonly { merchant: string; amountFen: number }[],
  currency?: string,
): Posting =>
  posting(
    merchants.flatMap(({ merchant, amountFen }) => [
      debit(merchantDiscountAccount(merchant), amountFen),
      credit(BANK_RESERVE, amountFen),
    ]),
    currency,
  )

export const rebatePayoutPosting = (amountFen: number, currency?: string): Posting =>
  posting([debit(REBATES_PAYABLE, amountFen), credit(BANK_RESERVE, amountFen)], currency)

/** Between own funds and client reserve. */
export const transferPosting = (to: 'own' | 'reserve', amountFen: number, currency?: string): Posting =>
  posting(
    to === 'reserve'
      ? [debit(BANK_RESERVE, amountFen), credit(BANK_OWN, amountFen)]
      : [debit(BANK_OWN, amountFen), credit(BANK_RESERVE, amountFen)],
    currency,
  )

/** Money that nobody can place yet. */
export const unmatchedReceiptPosting = (amountFen: number, currency?: string): Posting =>
  posting([debit(BANK_OWN, amountFen), credit(SUSPENSE, amountFen)], currency)

/** A difference resolved by two people: from one account to another, both named with their currency. */
export const adjustmentPosting = (debitAccount: string, creditAccount: string, amountFen: number): Posting =>
  posting([debit(debitAccount, amountFen), credit(creditAccount, amountFen)])

/** `currency`: of a partner's account, whose name does not say it. */
export const writeOffPosting = (account: string, amountFen: number, currency = currencyOfKey(account)): Posting =>
  adjustmentPosting(inCurrency(WRITE_OFF, currency), account, amountFen)

/** Money in hand that the books do not know (above 0) or miss (below 0) waits in suspense until somebody knows more. */
export const differencePosting = (bank: 'own' | 'reserve', cashFen: number, currency?: string): Posting =>
  posting([debit(bank === 'own' ? BANK_OWN : BANK_RESERVE, cashFen), credit(SUSPENSE, cashFen)], currency)
