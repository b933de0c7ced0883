import type { ReportColumn } from '@lijian/contracts/finance'

type Make = (key: string, zh: string, en: string) => ReportColumn
const columnOf =
  (type: ReportColumn['type']): Make =>
  (key, zh, en) => ({ key, zh, en, type })

export const textColumn = columnOf('text')
export const integerColumn = columnOf('integer')
export const amountColumn = columnOf('amount')
export const rateColumn = columnOf('rate')
export const dateColumn = columnOf('date')
export const instantColumn = columnOf('instant')
export const flagColumn = columnOf('flag')

export const BUSINESS_DATE = dateColumn('date', '业务日期', 'Business date')
export const CURRENCY_CODE = textColumn('currency', '币种', 'Currency')

const said = (zh: string, en: string) => ({ zh, en })
/** What the journal's events are called in files. */
export const EVENT: ReportColumn = {
  ...textColumn('event', '事件', 'Event'),
  words: {
    capture: said('支付', 'Capture'),
    void: said('撤销', 'Void'),
    reversal: said('冲正', 'Reversal'),
    refund: said('退款', 'Refund'),
    top_up: said('充值', 'Top-up'),
    withdrawal: said('提款', 'Withdrawal'),
    collection: said('收款', 'Collection'),
    settlement: said('结算', 'Settlement'),
    rebate_payout: said('返现支付', 'Rebate paid out'),
    transfer: said('划转', 'Transfer'),
    adjustment: said('调账', 'Adjustment'),
    write_off: said('核销', 'Write-off'),
    unmatched_receipt: said('待查入账', 'Unmatched receipt'),
  },
}
