import type { Writable } from 'node:stream'
import { decimalsOf, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import { Book } from './book'
import { decimalGrouped } from './cell-text'
import { type Fact, FactLines } from './facts'
import { drawTitle, RUNNING_HEAD, titleHeight } from './furniture'
import { Grid, type GridColumn } from './grid'
import { pageSizes } from './page-sizes'
import { GREY, Paper, type PdfJob, type PdfResult } from './paper'
import { rmbWords } from './rmb-words'
import { PDF_ROWS_AT_MOST, rowsOfAll } from './rows-at-most'
import { checkHead, type Minor, type StatementPdf, Sums } from './statement'
import { summaryBox } from './statement-box'
import { StatementRows } from './statement-rows'
import { STATEMENT_WORDS } from './statement-words'
import { streamed } from './streamed'
import { unitOf, WORDS } from './words'

/**
 * A bank's statement (对账单): balances carried from page to page, sums in words, a check code. Ends the sink, or destroys it when the figures do
 * not add up.
 */
export const statementPdf = (sink: Writable, statement: StatementPdf, job: PdfJob): Promise<PdfResult> =>
  streamed(sink, job.signal, async (give) => {
    checkHead(statement)
    const paper = new Paper(give, job, { title: statement.title, orientation: statement.orientation ?? 'landscape' })
    const plan = planned(paper, statement, job)
    const own = STATEMENT_WORDS[job.language]
    const book = new Book(paper, job, {
      pages: plan.sizes.length,
      start: statement.title,
      end: statement.subtitle ?? '',
      note: `${own.checkCode}${statement.checkCode}    ${statement.objection}`,
    })
    drawFront(paper, book, statement, plan, job)
    const sums = new Sums(BigInt(statement.openingFen))
    const rows = new StatementRows(book, plan.grid, plan.sizes, sums, plan.amount, job)
    await rows.draw(statement)
    sums.check(statement)
    drawEnding(paper, book, plan, own.nothingBelow)
    return book.close()
  })

/** 序号, 日期, 时间, 流水号, 摘要, 商户/说明, 收入, 支出, 余额. */
const COLUMNS: readonly Omit<GridColumn, 'title'>[] = [
  { characters: 6, kind: 'figure' },
  { characters: 10, kind: 'centred' },
  { characters: 8, kind: 'centred' },
  { characters: 24, kind: 'text' },
  { characters: 14, kind: 'text' },
  { characters: 26, kind: 'text' },
  { characters: 15, kind: 'figure' },
  { characters: 15, kind: 'figure' },
  { characters: 16, kind: 'figure' },
]
const GAP = 8
const UNIT_HEIGHT = 13
const NOTHING_BELOW_HEIGHT = 20

interface Plan {
  grid: Grid
  facts: FactLines
  /** That rows are left out. */
  notice: FactLines
  /** Sums in words, and what the figures rest on. */
  ending: FactLines[]
  sizes: number[]
  amount: (minor: Minor) => string
}

function planned(paper: Paper, statement: StatementPdf, job: PdfJob): Plan {
  const { left, right, top, bottom, width, height } = paper.frame
  const words = WORDS[job.language]
  const grid = new Grid(
    paper,
    COLUMNS.map((column, i) => ({ ...column, title: STATEMENT_WORDS[job.language].columns[i]! })),
  )
  const lines = (facts: readonly Fact[], columns: number) => new FactLines(facts, right - left, columns, paper, words)
  const perLine = width > height ? 3 : 2
  const decimals = decimalsOf(statement.currency)
  const facts = lines(statement.head, perLine)
  const notice = lines(rowsOfAll(statement.rowCount, job.language), 1)
  const ending = [lines(inWords(statement, job), 1), notice, lines(statement.footer ?? [], perLine)]
  const front = titleHeight(statement.subtitle) + facts.height + notice.height + GAP + summaryBox.height + UNIT_HEIGHT
  // 承前页, 本页小计 and 过次页 take three rows of each page; on the last, sums take the place of 过次页.
  const rowsIn = (room: number) => Math.floor((room - grid.headHeight) / grid.rowHeight) - 3
  const sums = statement.rowCount > PDF_ROWS_AT_MOST ? 3 : 1
  const below = GAP + ending.reduce((sum, { height: own }) => sum + own, 0) + NOTHING_BELOW_HEIGHT
  const sizes = pageSizes(Math.max(1, Math.min(statement.rowCount, PDF_ROWS_AT_MOST)), {
    first: rowsIn(bottom - top - front),
    other: rowsIn(bottom - top - RUNNING_HEAD),
    tail: sums - 1 + Math.ceil(below / grid.rowHeight),
  })
  return { grid, facts, notice, ending, sizes, amount: (minor) => decimalGrouped(BigInt(minor), decimals) }
}

/** 人民币大写 is of yuan alone. */
function inWords({ currency, income, expense, closingFen }: StatementPdf, { language }: PdfJob): Fact[] {
  if (currency !== DEFAULT_CURRENCY || language !== 'zh') return []
  const own = STATEMENT_WORDS.zh
  return [
    { label: `${own.incomeSum}${own.inWords}`, value: rmbWords(BigInt(income.amountFen)) },
    { label: `${own.expenseSum}${own.inWords}`, value: rmbWords(BigInt(expense.amountFen)) },
    { label: `${own.closing}${own.inWords}`, value: rmbWords(BigInt(closingFen)) },
  ]
}

function drawFront(paper: Paper, book: Book, statement: StatementPdf, plan: Plan, job: PdfJob): void {
  const { left, right } = paper.frame
  const own = STATEMENT_WORDS[job.language]
  book.open()
  book.y = drawTitle(paper, statement.title, statement.subtitle)
  for (const lines of [plan.facts, plan.notice]) {
    lines.draw(paper, left, book.y)
    book.y += lines.height
  }
  book.y += GAP / 2
  summaryBox.draw(paper, book.y, [
    { label: own.opening, value: plan.amount(statement.openingFen) },
    { label: own.income(String(statement.income.count)), value: plan.amount(statement.income.amountFen) },
    { label: own.expense(String(statement.expense.count)), value: plan.amount(statement.expense.amountFen) },
    { label: own.closing, value: plan.amount(statement.closingFen) },
  ])
  book.y += summaryBox.height
  const unit = own.unit(unitOf(statement.currency, job.language))
  const small = { size: 8, color: GREY, width: right - left }
  paper.text(paper.clean(own.proof), left, book.y + 11, small)
  paper.text(paper.clean(unit), left, book.y + 11, { ...small, align: 'right' })
  book.y += UNIT_HEIGHT + GAP / 2
}

function drawEnding(paper: Paper, book: Book, plan: Plan, nothingBelow: string): void {
  const { left, right } = paper.frame
  book.y += GAP
  for (const lines of plan.ending) {
    lines.draw(paper, left, book.y)
    book.y += lines.height
  }
  paper.text(nothingBelow, left, book.y + 14, { size: 9, color: GREY, align: 'center', width: right - left })
}
