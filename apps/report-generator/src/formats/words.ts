import type { ReportLanguage } from '@lijian/contracts/finance'

/** What a file says beside its rows. */
interface ReportWords {
  summary: string
  dates: string
  snapshot: string
  rows: string
  sha256: string
}

export const WORDS: Readonly<Record<ReportLanguage, ReportWords>> = {
  zh: { summary: '汇总', dates: '业务日期', snapshot: '账务状态', rows: '行数', sha256: '数据 SHA-256' },
  en: {
    summary: 'Totals',
    dates: 'Business dates',
    snapshot: 'State of the books',
    rows: 'Rows',
    sha256: 'SHA-256 of the rows',
  },
}
