import { carried, clearingDates, clearingFiles, clearingProofs, clearingRuns, settlements } from '../clearing'
import {
  amountColumn,
  BUSINESS_DATE,
  CURRENCY_CODE,
  dateColumn,
  flagColumn,
  instantColumn,
  integerColumn,
  textColumn,
} from '../columns'
import type { ReportDefinition, Section } from '../definition'

const settlementDate = dateColumn('settlement_date', '清算日期', 'Settlement date')
const said = (zh: string, en: string) => ({ zh, en })
const fileState = {
  ...textColumn('state', '状态', 'State'),
  words: {
    created: said('待发布', 'Not published'),
    published: said('已发布', 'Published'),
    missing: said('逾期未回执', 'Overdue'),
    acknowledged: said('已回执', 'Acknowledged'),
    refused: said('被拒绝', 'Refused'),
    replaced: said('已替换', 'Replaced'),
  },
}
const runState = {
  ...textColumn('state', '状态', 'State'),
  words: {
    opened: said('已发起', 'Opened'),
    frozen: said('已关账', 'Closed'),
    published: said('已发布', 'Published'),
    acknowledged: said('已回执', 'Acknowledged'),
    settled: said('已结算', 'Settled'),
  },
}
const fileKind = {
  ...textColumn('kind', '文件类型', 'Kind'),
  words: {
    amount: said('立减', 'Discounts'),
    fee: said('手续费减免', 'Fees'),
    rebate: said('返现', 'Rebates'),
    settlement: said('商户付款', 'Payouts'),
  },
}
const rows = integerColumn('rows', '笔数', 'Rows')

const files: Section = {
  section: 'files',
  zh: '清算文件',
  en: 'Files',
  columns: [
    BUSINESS_DATE,
    textColumn('clearing_system', '清算系统', 'Clearing system'),
    CURRENCY_CODE,
    fileKind,
    integerColumn('version', '版本', 'Version'),
    textColumn('name', '文件名', 'File'),
    settlementDate,
    fileState,
    rows,
    amountColumn('received', '收单金额', 'Received'),
    amountColumn('discount', '优惠金额', 'Discount'),
    amountColumn('settle', '清算金额', 'To settle'),
    amountColumn('fee', '手续费', 'Fee'),
    amountColumn('fee_saved', '减免手续费', 'Fee saved'),
    instantColumn('created', '生成时间', 'Created'),
    instantColumn('published', '发布时间', 'Published'),
    instantColumn('acknowledged', '回执时间', 'Acknowledged'),
    instantColumn('settled', '结算时间', 'Settled'),
    flagColumn('late', '逾期', 'Late'),
    textColumn('replaces', '替换文件', 'Replaces'),
    textColumn('reasons', '原因', 'Reasons'),
  ],
  keys: ['date', 'clearing_system', 'currency', 'kind', 'version'],
  // Versions and kinds of files show the same payments: their sums would count them twice.
  sums: [],
  rows: clearingFiles,
}

const DUE = [
  { key: 'amount', zh: '优惠', en: 'Discounts' },
  { key: 'fee', zh: '手续费', en: 'Fees' },
  { key: 'rebate', zh: '返现', en: 'Rebates' },
] as const

const days: Section = {
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [
    BUSINESS_DATE,
    CURRENCY_CODE,
    integerColumn('files', '文件数', 'Files'),
    rows,
    ...DUE.map(({ key, zh, en }) => amountColumn(key, `${zh}清算金额`, `${en} to settle`)),
    amountColumn('payout', '付款金额', 'Payouts'),
    integerColumn('created', '未发布', 'Not published'),
    integerColumn('waiting', '待回执', 'Not acknowledged'),
    integerColumn('acknowledged', '已回执', 'Acknowledged'),
    integerColumn('refused', '被拒绝', 'Refused'),
    integerColumn('late', '逾期', 'Late'),
  ],
  keys: ['date', 'currency'],
  sums: ['files', 'rows', 'amount', 'fee', 'rebate', 'payout', 'created', 'waiting', 'acknowledged', 'refused', 'late'],
  rows: clearingDates,
  charts: (all) =>
    [...new Set(all.map((row) => String(row['currency'])))].map((currency) => {
      const shown = all.filter((row) => row['currency'] === currency)
      return {
        kind: 'bar',
        zh: `每日清算金额 ${currency}`,
        en: `To settle per day, ${currency}`,
        type: 'amount',
        categories: shown.map((row) => String(row['date'])),
        series: DUE.map(({ key, zh, en }) => ({ zh, en, values: shown.map((row) => Number(row[key])) })),
      }
    }),
}

const runs: Section = {
  section: 'runs',
  zh: '清算批次',
  en: 'Runs',
  columns: [
    BUSINESS_DATE,
    settlementDate,
    runState,
    flagColumn('early', '提前关账', 'Early'),
    textColumn('requested_by', '发起人', 'Requested by'),
    instantColumn('requested', '发起时间', 'Requested'),
    instantColumn('frozen', '关账时间', 'Closed'),
    instantColumn('published', '发布时间', 'Published'),
    instantColumn('settled', '结算时间', 'Settled'),
    textColumn('trouble', '问题', 'Trouble'),
  ],
  keys: ['date'],
  sums: [],
  rows: clearingRuns,
}

const merchantColumns = [
  dateColumn('date', '清算日期', 'Settlement date'),
  textColumn('merchant', '商户', 'Merchant'),
  CURRENCY_CODE,
  amountColumn('due', '本期应付', 'Due'),
  amountColumn('carried_in', '上期结转', 'Carried in'),
  amountColumn('payout', '付款金额', 'Payout'),
  amountColumn('carried_out', '结转下期', 'Carried out'),
  dateColumn('negative_since', '欠款起始日', 'Owing since'),
  integerColumn('days', '欠款天数', 'Days owing'),
]

const merchants: Section = {
  section: 'settlements',
  zh: '商户结算',
  en: 'Settlements',
  columns: merchantColumns,
  keys: ['date', 'merchant', 'currency'],
  // What is carried stands in every settlement again.
  sums: ['due', 'payout'],
  rows: settlements,
}

const owing: Section = {
  section: 'carried',
  zh: '欠款商户',
  en: 'Owing',
  columns: merchantColumns,
  keys: ['date', 'merchant', 'currency'],
  sums: ['carried_out'],
  rows: carried,
}

/** 清算: what was sent to clearing systems, what they said of it, and what merchants got. */
export const clearingReport: ReportDefinition = {
  kind: 'clearing',
  zh: '清算报表',
  en: 'Clearing',
  scopes: ['finance', 'read.clearing'],
  needs: [],
  takes: ['currency'],
  version: 1,
  basis: 'live',
  sections: [files, days, runs, merchants, owing],
  proofs: clearingProofs,
}
