import type { ReportColumn } from '@lijian/contracts/finance'
import { amountColumn, BUSINESS_DATE, CURRENCY_CODE, EVENT, instantColumn, integerColumn, textColumn } from '../columns'
import type { ReportDefinition, ReportRow, Section } from '../definition'
import { currencyOf, days, entries, fundsProofs, parts, standing } from '../funds'

const account: ReportColumn = {
  ...textColumn('account', '账户', 'Account'),
  words: { prepaid: { zh: '预存款', en: 'Prepaid' }, receivable: { zh: '应收款', en: 'Owed' } },
}
const prepaid = amountColumn('prepaid', '预存款余额', 'Prepaid')
const owed = amountColumn('owed', '应收款余额', 'Owed')
const income = amountColumn('income', '收入', 'Income')
const expense = amountColumn('expense', '支出', 'Expense')

const valuesOf = (rows: readonly ReportRow[], key: string) => rows.map((row) => Number(row[key]))

const daySection: Section = {
  section: 'days',
  zh: '按日',
  en: 'Days',
  columns: [
    BUSINESS_DATE,
    CURRENCY_CODE,
    amountColumn('opening', '上期余额', 'Opening balance'),
    income,
    expense,
    amountColumn('closing', '期末余额', 'Closing balance'),
    prepaid,
    owed,
  ],
  keys: ['date', 'currency'],
  sums: ['income', 'expense'],
  rows: days,
  charts: (rows) => {
    const categories = rows.map((row) => String(row['date']))
    return [
      {
        kind: 'line',
        zh: '每日期末余额',
        en: 'Closing balance per day',
        type: 'amount',
        categories,
        series: [{ zh: '期末余额', en: 'Closing balance', values: valuesOf(rows, 'closing') }],
      },
      {
        kind: 'bar',
        zh: '每日收支',
        en: 'Income and expense per day',
        type: 'amount',
        categories,
        series: [
          { zh: '收入', en: 'Income', values: valuesOf(rows, 'income') },
          { zh: '支出', en: 'Expense', values: valuesOf(rows, 'expense') },
        ],
      },
    ]
  },
}

/** What a bank statement (对账单) is made of. */
const entrySection: Section = {
  section: 'entries',
  zh: '对账单',
  en: 'Statement',
  columns: [
    BUSINESS_DATE,
    integerColumn('entry', '账务编号', 'Entry'),
    integerColumn('part', '序号', 'Part'),
    instantColumn('at', '交易时间', 'Time'),
    account,
    EVENT,
    textColumn('client', '交易系统', 'Client'),
    textColumn('serial', '流水号', 'Serial'),
    textColumn('original_serial', '原流水号', 'Original serial'),
    textColumn('summary', '摘要', 'Summary'),
    textColumn('merchant', '商户', 'Merchant'),
    income,
    expense,
    amountColumn('balance', '余额', 'Balance'),
    CURRENCY_CODE,
  ],
  keys: ['date', 'entry', 'part'],
  sums: ['income', 'expense'],
  rows: entries,
}

/** One of both sides, by what it consists of. */
const sideSection = (side: ReportColumn): Section => ({
  section: side.key,
  zh: `${side.zh}明细`,
  en: side.en,
  columns: [
    BUSINESS_DATE,
    account,
    EVENT,
    textColumn('campaign', '活动', 'Campaign'),
    CURRENCY_CODE,
    integerColumn('entries', '笔数', 'Entries'),
    { ...side, key: 'amount' },
  ],
  keys: ['date', 'account', 'event', 'campaign'],
  sums: ['entries', 'amount'],
  rows: (
    ask,
  ) => `SELECT date, account, event, campaign, ${currencyOf(ask)} AS currency, count(DISTINCT id) AS entries, sum(${side.key})::bigint AS amount
    FROM (${parts(ask)}) p WHERE ${side.key} > 0 GROUP BY 1, 2, 3, 4`,
})

/** Held and available are never of the past: this section is empty unless the range reaches a date that is open. */
const nowSection: Section = {
  section: 'now',
  zh: '当前额度',
  en: 'Now',
  columns: [
    textColumn('partner', '合作方', 'Partner'),
    textColumn('name', '名称', 'Name'),
    CURRENCY_CODE,
    prepaid,
    owed,
    amountColumn('held', '冻结金额', 'Held'),
    amountColumn('credit_line', '授信额度', 'Credit line'),
    amountColumn('available', '可用额度', 'Available'),
  ],
  keys: ['partner'],
  sums: [],
  rows: (ask) =>
    `SELECT partner, name, currency, prepaid, owed, held, credit_line, available FROM (${standing(ask)}) n`,
}

/** 合作方资金报表: what a partner had, what came and went, and what it has. */
export const partnerFundsReport: ReportDefinition = {
  kind: 'partner-funds',
  zh: '合作方资金报表',
  en: 'Partner funds',
  // Those that read statements of partners today, and finance.
  scopes: ['finance', 'read.money', 'funding.make', 'funding.check'],
  needs: ['partner'],
  takes: [],
  version: 1,
  basis: 'books',
  sections: [daySection, entrySection, sideSection(income), sideSection(expense), nowSection],
  proofs: fundsProofs,
}
