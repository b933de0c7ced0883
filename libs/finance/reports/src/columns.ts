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
