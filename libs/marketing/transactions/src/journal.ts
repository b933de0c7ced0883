import { DEFAULT_CURRENCY, inCurrency } from '@lijian/contracts/money'
import { grantPosting, returnPosting } from '@lijian/ledger'
import type { GrantedOffer, RefundPart } from '@lijian/contracts/marketing'
import type { JournalDetail, JournalOffer, JournalWrite, TransactionRow } from '@lijian/database'
import { isFundsKey } from '@lijian/limits'

/** An offer whose funders' shares were reserved from their balances is prepaid; `@merchant` alone bears nothing that is booked. */
export function journalOffers(
  row: TransactionRow,
  offers: readonly GrantedOffer[] = row.record.offers,
): JournalOffer[] {
  const prepaid = new Set(row.charges.filter(({ key }) => isFundsKey(key)).map(({ offer }) => offer))
  return offers.map(({ campaign, version, code, name, kind, delivery, discount, funders }) => ({
    campaign,
    version,
    code,
    name,
    kind,
    delivery,
    paymentMode: prepaid.has(code) ? 'prepay' : 'postpay',
    discountFen: discount,
    funders: funders.map(({ partner, amount }) => ({ partner, amountFen: amount })),
  }))
}

const currencyOf = (row: TransactionRow): string => row.record.facts?.currency ?? DEFAULT_CURRENCY

/** Files and settlements are made by clearing system: one of each for every currency. */
const clearingSystemOf = (row: TransactionRow): string =>
  inCurrency(row.record.clearingSystem ?? 'main', currencyOf(row))

const detailOf = (row: TransactionRow, offers: JournalOffer[]): JournalDetail => ({
  ...(currencyOf(row) === DEFAULT_CURRENCY ? {} : { currency: currencyOf(row) }),
  amountFen: row.amountFen,
  payableFen: row.payableFen,
  discountFen: row.record.discountFen,
  feeOriginalFen: row.record.fee.original,
  feeFinalFen: row.record.fee.final,
  feeSavedFen: row.record.fee.saved,
  paymentMethod: row.record.facts?.paymentMethod ?? '',
  at: row.record.facts?.at ?? row.createdAt,
  offers,
})

/** What a confirmed transaction posts (docs/reference/postings.md); undefined: it gave nothing. */
export function captureEntry(row: TransactionRow): JournalWrite | undefined {
  if (row.record.offers.length === 0) return undefined
  const offers = journalOffers(row)
  const { accounts, amountsFen } = grantPosting(row.merchant, offers, currencyOf(row))
  return {
    event: 'capture',
    client: row.client,
    serial: row.serial,
    originalSerial: null,
    merchant: row.merchant,
    clearingSystem: clearingSystemOf(row),
    detail: detailOf(row, offers),
    accounts,
    amountsFen,
  }
}

/** What its void or reversal posts: all of it back. `row` as it was captured; undefined: nothing was posted for it. */
export function undoEntry(row: TransactionRow, kind: 'void' | 'reversal', serial: string): JournalWrite | undefined {
  if (row.state !== 'confirmed' || row.record.offers.length === 0) return undefined
  const offers = journalOffers(row)
  const { accounts, amountsFen } = returnPosting(row.merchant, offers, currencyOf(row))
  return {
    event: kind,
    client: row.client,
    serial,
    originalSerial: row.serial,
    merchant: row.merchant,
    clearingSystem: clearingSystemOf(row),
    detail: detailOf(row, offers),
    accounts,
    amountsFen,
  }
}

/** What one refund posts: its part of each offer back. Undefined: nothing was posted for the transaction, so nothing comes back. */
export function refundEntry(row: TransactionRow, serial: string, part: RefundPart): JournalWrite | undefined {
  if (row.state !== 'confirmed' && row.state !== 'partially_refunded') return undefined
  const offers = journalOffers(row).flatMap((offer, i): JournalOffer[] => {
    const { discountFen, funders } = part.offers[i]!
    const shares = funders.map(({ partner, amount }) => ({ partner, amountFen: amount }))
    return discountFen === 0 ? [] : [{ ...offer, discountFen, funders: shares }]
  })
  const { accounts, amountsFen } = returnPosting(row.merchant, offers, currencyOf(row))
  return {
    event: 'refund',
    client: row.client,
    serial,
    originalSerial: row.serial,
    merchant: row.merchant,
    clearingSystem: clearingSystemOf(row),
    detail: {
      ...detailOf(row, offers),
      amountFen: part.amountFen,
      payableFen: part.payerFen,
      discountFen: part.discountFen,
      feeOriginalFen: part.fee.originalFen,
      feeFinalFen: part.fee.finalFen,
      feeSavedFen: part.fee.savedFen,
    },
    accounts,
    amountsFen,
  }
}
