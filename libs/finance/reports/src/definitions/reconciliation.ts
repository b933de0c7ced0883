import { amountColumn, BUSINESS_DATE, CURRENCY_CODE, instantColumn, integerColumn, textColumn } from '../columns'
import type { ReportDefinition, Section } from '../definition'
import { breakClasses, breaks, cases, matchingRuns, owners, reconciliationProofs, resolutions } from '../reconciliation'

const source = textColumn('source', '来源', 'Source')
const client = textColumn('client', '交易系统', 'Client')
const serial = textColumn('serial', '流水号', 'Serial')
const merchant = textColumn('merchant', '商户', 'Merchant')
const said = (zh: string, en: string) => ({ zh, en })
/** What matching finds, and what else becomes a case; a kind without a word here is shown as it is. */
const KINDS = {
  marketing_missing: said('我方缺优惠', 'Not in our books'),
  payment_missing: said('对方缺交易', 'Not in theirs'),
  amount_differs: said('金额不符', 'Amount differs'),
  state_differs: said('状态不符', 'State differs'),
  unfunded: said('无出资', 'Unfunded'),
  over: said('长款', 'Over'),
  short: said('短款', 'Short'),
  unmatched_receipt: said('待查入账', 'Unmatched receipt'),
  unmatched_payout: said('待查出账', 'Unmatched payout'),
  paid_mismatch: said('实付不符', 'Paid differs'),
  list_missing: said('缺清单', 'No list'),
}
const kind = { ...textColumn('kind', '差错类型', 'Kind'), words: KINDS }
const breakClass = { ...textColumn('class', '差异类型', 'Class'), words: KINDS }
const caseState = (key: string) => ({
  ...textColumn(key, '差错状态', 'Case state'),
  words: { open: said('处理中', 'Open'), closed: said('已处理', 'Closed') },
})
const owner = textColumn('owner', '负责人', 'Owner')
const resolution = {
  ...textColumn('resolution', '处理方式', 'Resolution'),
  words: {
    accept: said('认可', 'Accepted'),
    grant: said('补发优惠', 'Granted'),
    adjust: said('调账', 'Adjusted'),
    write_off: said('核销', 'Written off'),
  },
}
const ageFrom = integerColumn('age_from', '账龄起（天）', 'Days, from')
const days = integerColumn('days', '天数', 'Days')
const caseCount = integerColumn('cases', '差错数', 'Cases')
const amount = amountColumn('amount', '交易金额', 'Amount')
const ours = amountColumn('ours', '我方金额', 'Ours')
const theirs = amountColumn('theirs', '对方金额', 'Theirs')
const cash = amountColumn('cash', '长短款', 'Cash over or short')
const booked = amountColumn('booked', '已入账金额', 'Booked')

const classSection: Section = {
  section: 'classes',
  zh: '差异汇总',
  en: 'Differences',
  columns: [
    breakClass,
    source,
    ageFrom,
    CURRENCY_CODE,
    integerColumn('breaks', '差异数', 'Differences'),
    integerColumn('open', '处理中', 'Open'),
    integerColumn('closed', '已处理', 'Closed'),
    ours,
    theirs,
    cash,
  ],
  keys: ['class', 'source', 'age_from', 'currency'],
  sums: ['breaks', 'open', 'closed', 'ours', 'theirs', 'cash'],
  rows: breakClasses,
  charts: (rows) => {
    const classes = [...new Set(rows.map((row) => String(row['class'])))]
    const count = (name: string) =>
      rows.filter((row) => row['class'] === name).reduce((sum, row) => sum + Number(row['breaks']), 0)
    return [
      {
        kind: 'bar',
        zh: '差异数',
        en: 'Differences',
        type: 'integer',
        categories: classes,
        series: [{ zh: '差异数', en: 'Differences', values: classes.map(count) }],
      },
    ]
  },
}

const ownerSection: Section = {
  section: 'owners',
  zh: '处理中差错',
  en: 'Open cases',
  columns: [
    owner,
    ageFrom,
    CURRENCY_CODE,
    caseCount,
    integerColumn('oldest', '最长天数', 'Oldest, days'),
    amount,
    cash,
  ],
  keys: ['owner', 'age_from', 'currency'],
  sums: ['cases', 'amount', 'cash'],
  rows: owners,
}

const resolutionSection: Section = {
  section: 'resolutions',
  zh: '已处理差错',
  en: 'Closed cases',
  columns: [
    resolution,
    kind,
    CURRENCY_CODE,
    caseCount,
    integerColumn('longest', '最长处理天数', 'Longest, days'),
    amount,
    cash,
    booked,
  ],
  keys: ['resolution', 'kind', 'currency'],
  sums: ['cases', 'amount', 'cash', 'booked'],
  rows: resolutions,
}

const runSection: Section = {
  section: 'runs',
  zh: '对账批次',
  en: 'Runs',
  columns: [
    BUSINESS_DATE,
    source,
    textColumn('scope', '范围', 'Scope'),
    textColumn('basis', '依据', 'Basis'),
    {
      ...textColumn('state', '状态', 'State'),
      words: { pending: said('缓冲期', 'Within the buffer'), counted: said('已转差错', 'Counted') },
    },
    integerColumn('lines', '对方笔数', 'Lines'),
    integerColumn('books', '我方笔数', 'Books'),
    integerColumn('matched_lines', '对方已匹配', 'Lines matched'),
    integerColumn('matched_books', '我方已匹配', 'Books matched'),
    integerColumn('outside_lines', '范围外', 'Outside'),
    integerColumn('breaks', '差异数', 'Differences'),
    instantColumn('ran', '对账时间', 'Run at'),
  ],
  keys: ['date', 'source', 'scope'],
  sums: ['lines', 'books', 'matched_lines', 'matched_books', 'outside_lines', 'breaks'],
  rows: matchingRuns,
}

const breakSection: Section = {
  section: 'breaks',
  zh: '差异明细',
  en: 'Details of differences',
  columns: [
    BUSINESS_DATE,
    integerColumn('id', '差异编号', 'Number'),
    source,
    breakClass,
    client,
    serial,
    textColumn('act', '交易类型', 'Act'),
    merchant,
    textColumn('our_state', '我方状态', 'Our state'),
    CURRENCY_CODE,
    ours,
    theirs,
    amountColumn('ours_discount', '我方优惠', 'Our discount'),
    amountColumn('theirs_discount', '对方优惠', 'Their discount'),
    cash,
    days,
    integerColumn('case_id', '差错编号', 'Case'),
    caseState('case_state'),
  ],
  keys: ['date', 'id'],
  sums: ['ours', 'theirs', 'ours_discount', 'theirs_discount', 'cash'],
  rows: breaks,
}

const caseSection: Section = {
  section: 'cases',
  zh: '差错明细',
  en: 'Cases',
  columns: [
    BUSINESS_DATE,
    integerColumn('id', '差错编号', 'Case'),
    kind,
    source,
    client,
    serial,
    merchant,
    caseState('state'),
    owner,
    instantColumn('opened', '发现时间', 'Opened'),
    instantColumn('closed', '关闭时间', 'Closed'),
    integerColumn('reopened', '重开次数', 'Reopened'),
    days,
    resolution,
    textColumn('maker', '经办人', 'Maker'),
    textColumn('checker', '复核人', 'Checker'),
    textColumn('reason', '处理说明', 'Reason'),
    CURRENCY_CODE,
    amount,
    amountColumn('discount', '优惠金额', 'Discount'),
    ours,
    theirs,
    cash,
    booked,
  ],
  keys: ['date', 'id'],
  sums: ['amount', 'discount', 'ours', 'theirs', 'cash', 'booked'],
  rows: cases,
}

/** 对账与差错: what bills and our books say differently, and what became of it. */
export const reconciliationReport: ReportDefinition = {
  kind: 'reconciliation',
  zh: '对账与差错报表',
  en: 'Reconciliation and cases',
  scopes: ['reconciliation', 'cases', 'read.clearing'],
  needs: [],
  takes: ['source', 'currency'],
  version: 1,
  basis: 'live',
  sections: [classSection, ownerSection, resolutionSection, runSection, breakSection, caseSection],
  proofs: reconciliationProofs,
}
