import type { ReportLanguage, ReportParameters } from '@lijian/contracts/finance'

/** What a file says beside its rows. */
interface ReportWords {
  summary: string
  total: string
  dates: string
  until: string
  snapshot: string
  remark: string
  rows: string
  sha256: string
  totalsSha256: string
  account: string
  objection: string
  about: Readonly<Record<Exclude<keyof ReportParameters, 'from' | 'to'>, string>>
}

export const WORDS: Readonly<Record<ReportLanguage, ReportWords>> = {
  zh: {
    summary: '汇总',
    total: '合计',
    dates: '业务日期',
    until: ' 至 ',
    snapshot: '账务状态',
    remark: '说明',
    rows: '行数',
    sha256: '数据 SHA-256',
    totalsSha256: '合计 SHA-256',
    account: '账户',
    objection: '如有异议，请于收到本对账单之日起 5 个工作日内书面提出。',
    about: {
      partner: '合作方',
      merchant: '商户',
      campaign: '活动',
      offer: '子活动',
      method: '支付方式',
      client: '交易系统',
      source: '账单来源',
      currency: '币种',
    },
  },
  en: {
    summary: 'Totals',
    total: 'Total',
    dates: 'Business dates',
    until: ' to ',
    snapshot: 'State of the books',
    remark: 'Note',
    rows: 'Rows',
    sha256: 'SHA-256 of the rows',
    totalsSha256: 'SHA-256 of the totals',
    account: 'Account',
    objection: 'Please object in writing within 5 working days of receipt.',
    about: {
      partner: 'Partner',
      merchant: 'Merchant',
      campaign: 'Campaign',
      offer: 'Offer',
      method: 'Payment method',
      client: 'Client',
      source: 'Source of bills',
      currency: 'Currency',
    },
  },
}
