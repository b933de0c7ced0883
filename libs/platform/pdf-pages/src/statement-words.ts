/** The fixed words of a statement. */
const ZH = {
  columns: ['序号', '日期', '时间', '流水号', '摘要', '商户/说明', '收入（贷）', '支出（借）', '余额'],
  opening: '上期余额',
  income: (count: string) => `本期收入（${count} 笔）`,
  expense: (count: string) => `本期支出（${count} 笔）`,
  closing: '期末余额',
  incomeSum: '收入合计',
  expenseSum: '支出合计',
  proof: '上期余额 + 本期收入 − 本期支出 = 期末余额',
  unit: (unit: string) => `单位：${unit}`,
  carriedIn: '承前页',
  carriedInFirst: '承前页（上期余额）',
  pageSum: (count: string) => `本页小计（${count} 笔）`,
  carriedOut: '过次页',
  listed: (count: string) => `已列小计（${count} 笔）`,
  unlisted: (count: string) => `未列明细（${count} 笔）`,
  total: (count: string) => `合计（${count} 笔）`,
  inWords: '人民币大写',
  nothingBelow: '（以下空白）',
  noRows: '本期无交易',
  checkCode: '校验码：',
}

const EN: typeof ZH = {
  columns: ['No.', 'Date', 'Time', 'Serial', 'Summary', 'Merchant / note', 'Income (credit)', 'Expense (debit)', 'Balance'], // prettier-ignore
  opening: 'Opening balance',
  income: (count) => `Income (${count})`,
  expense: (count) => `Expense (${count})`,
  closing: 'Closing balance',
  incomeSum: 'Income',
  expenseSum: 'Expense',
  proof: 'Opening balance + income − expense = closing balance',
  unit: (unit) => `Unit: ${unit}`,
  carriedIn: 'Brought forward',
  carriedInFirst: 'Brought forward (opening balance)',
  pageSum: (count) => `Sum of this page (${count})`,
  carriedOut: 'Carried forward',
  listed: (count) => `Sum of listed rows (${count})`,
  unlisted: (count) => `Rows not listed (${count})`,
  total: (count) => `Total (${count})`,
  inWords: 'In words',
  nothingBelow: '(Nothing below this line)',
  noRows: 'No transactions in this period',
  checkCode: 'Check code: ',
}

export const STATEMENT_WORDS = { zh: ZH, en: EN }
