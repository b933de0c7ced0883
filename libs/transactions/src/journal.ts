import { grantPosting, returnPosting } from '@lijian/ledger'
import type { GrantedOffer } from '@lijian/contracts'
import type { JournalDetail, JournalOffer, JournalWrite, TransactionRow } from '@lijian/persistence'

/** An offer whose funders' shares were reserved from their balances is prepaid; `@merchant` alone bears nothing that is booked. */
export function journalOffers(
  row: TransactionRow,
  offers: readonly GrantedOffer[] = row.record.offers,
): JournalOffer[] {
  const prepaid = new Set(row.charges.filter(({ key }) => key.startsWith('@funds/')).map(({ offer }) => offer))
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

const detailOf = (row: TransactionRow, offers: JournalOffer[]): JournalDetail => ({
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

/** What a confirmed transaction posts (docs/postings.md); undefined: it gave nothing. */
export function captureEntry(row: TransactionRow): JournalWrite | undefined {
  if (row.record.offers.length === 0) return undefined
  const offers = journalOffers(row)
  const { accounts, amountsFen } = grantPosting(row.merchant, offers)
  return {
    event: 'capture',
    client: row.client,
    serial: row.serial,
    originalSerial: null,
    merchant: row.merchant,
    clearingSystem: row.record.clearingSystem ?? 'main',
    detail: detailOf(row, offers),
    accounts,
    amountsFen,
  }
}

/** What its void or reversal posts: all of it back. `row` as it was captured; undefined: nothing was posted for it. */
export function undoEntry(row: TransactionRow, kind: 'void' | 'reversal', serial: string): JournalWrite | undefined {
  if (row.state !== 'confirmed' || row.record.offers.length === 0) return undefined
  const offers = journalOffers(row)
  const { accounts, amountsFen } = returnPosting(row.merchant, offers)
  return {
    event: kind,
    client: row.client,
    serial,
    originalSerial: row.serial,
    merchant: row.merchant,
    clearingSystem: row.record.clearingSystem ?? 'main',
    detail: detailOf(row, offers),
    accounts,
    amountsFen,
  }
}
