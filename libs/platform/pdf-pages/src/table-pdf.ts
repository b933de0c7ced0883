import type { Writable } from 'node:stream'
import { Book } from './book'
import { cellText } from './cell-text'
import type { Chart } from './chart'
import { type ChartRows, chartRows } from './chart-rows'
import { type Column, headOf, type Row } from '@lijian/sheet-files'
import { PdfDisagrees } from './errors'
import { type Fact, FactLines } from './facts'
import { drawTitle, RUNNING_HEAD, titleHeight } from './furniture'
import { Grid, type GridColumn } from './grid'
import { pageSizes } from './page-sizes'
import { type Orientation, Paper, type PdfJob, type PdfResult } from './paper'
import { RowPages } from './row-pages'
import { PDF_ROWS_AT_MOST, rowsOfAll } from './rows-at-most'
import { streamed } from './streamed'
import { WORDS } from './words'

export interface TablePdf {
  title: string
  subtitle?: string
  head: readonly Fact[]
  columns: readonly Column[]
  /** Read no further than PDF_ROWS_AT_MOST. */
  rows: Iterable<Row> | AsyncIterable<Row>
  /** Of all rows, also of those that the file leaves out. */
  rowCount: number
  /** Sums of all rows; a sum that a row lacks stays empty. */
  totals?: readonly { label: string; cells: Row }[]
  charts?: readonly Chart[]
  /** What the figures rest on: snapshot, business dates, SHA-256. */
  footer?: readonly Fact[]
  orientation?: Orientation
  /** Lines that a long text may take in a row: 1 by default. */
  linesPerRow?: 1 | 2 | 3
}

/**
 * A report as a table: title, facts, charts, rows under a repeated head, totals, and what the figures rest on. Ends the sink, or destroys it
 * after a failure.
 */
export const tablePdf = (sink: Writable, table: TablePdf, job: PdfJob): Promise<PdfResult> =>
  streamed(sink, job.signal, async (give) => {
    const paper = new Paper(give, job, { title: table.title, orientation: table.orientation ?? 'landscape' })
    const charts = await chartRows(table.charts ?? [], paper, job.language)
    const plan = planned(paper, table, job, charts)
    const { title, subtitle = '' } = table
    const book = new Book(paper, job, { pages: plan.pages, start: title, end: subtitle, note: '' })
    await drawFront(paper, book, table, plan)
    await drawRows(book, table, plan, job)
    drawTail(paper, book, table, plan, job)
    return book.close()
  })

interface Plan {
  grid: Grid
  facts: FactLines
  footer: FactLines
  notice: FactLines
  charts: ChartRows
  /** Rows of charts on each page before the table begins. */
  chartPages: number[]
  /** Rows on the last of these pages and on those after it. */
  sizes: number[]
  pages: number
}

const GAP = 8
/** A table that begins with fewer rows at the end of a page begins on the next. */
const ROWS_TO_BEGIN = 4

function planned(paper: Paper, table: TablePdf, job: PdfJob, charts: ChartRows): Plan {
  const { top, bottom } = paper.frame
  const grid = new Grid(paper, table.columns.map(gridColumn(job)), table.linesPerRow)
  const [facts, footer, notice] = factLines(paper, table, job)
  const front = titleHeight(table.subtitle) + facts.height + notice.height + GAP
  const { chartPages, used } = placedCharts(charts, bottom - top - front, bottom - top - RUNNING_HEAD)
  const rowsIn = (height: number) => Math.floor((height - grid.headHeight) / grid.rowHeight)
  const left = rowsIn((chartPages.length > 1 ? bottom - top - RUNNING_HEAD : bottom - top - front) - used)
  const tailHeight = (table.totals?.length ?? 0) * grid.rowHeight + notice.height + footer.height + GAP
  const sizes = pageSizes(Math.max(1, Math.min(table.rowCount, PDF_ROWS_AT_MOST)), {
    first: left < ROWS_TO_BEGIN ? 0 : left,
    other: rowsIn(bottom - top - RUNNING_HEAD),
    tail: Math.ceil(tailHeight / grid.rowHeight),
  })
  return { grid, facts, footer, notice, charts, chartPages, sizes, pages: chartPages.length - 1 + sizes.length }
}

const gridColumn =
  (showing: PdfJob) =>
  (column: Column): GridColumn => ({
    title: headOf(column, showing),
    characters: column.width ?? CHARACTERS[column.type],
    kind: KINDS[column.type],
  })

const CHARACTERS = { text: 18, integer: 9, amount: 14, rate: 8, date: 10, instant: 19, flag: 5 } satisfies Record<Column['type'], number> // prettier-ignore
const KINDS = {
  text: 'text',
  integer: 'figure',
  amount: 'figure',
  rate: 'figure',
  date: 'centred',
  instant: 'centred',
  flag: 'centred',
} as const

function factLines(paper: Paper, table: TablePdf, job: PdfJob): [FactLines, FactLines, FactLines] {
  const { left, right, width, height } = paper.frame
  const words = WORDS[job.language]
  const lines = (facts: readonly Fact[], columns: number) => new FactLines(facts, right - left, columns, paper, words)
  const perLine = width > height ? 3 : 2
  return [
    lines(table.head, perLine),
    lines(table.footer ?? [], perLine),
    lines(rowsOfAll(table.rowCount, job.language), 1),
  ]
}

function placedCharts({ count, height }: ChartRows, first: number, other: number) {
  const chartPages = [0]
  let used = 0
  for (let i = 0; i < count; i++) {
    if (used + height > (chartPages.length > 1 ? other : first)) {
      chartPages.push(0)
      used = 0
    }
    chartPages[chartPages.length - 1]!++
    used += height
  }
  return { chartPages, used }
}

async function drawFront(paper: Paper, book: Book, table: TablePdf, plan: Plan): Promise<void> {
  book.open()
  book.y = drawTitle(paper, table.title, table.subtitle)
  for (const lines of [plan.facts, plan.notice]) {
    lines.draw(paper, paper.frame.left, book.y)
    book.y += lines.height
  }
  book.y += GAP
  let row = 0
  for (const [page, count] of plan.chartPages.entries()) {
    if (page > 0) await book.next()
    for (let i = 0; i < count; i++, row++, book.y += plan.charts.height) plan.charts.draw(row, book.y)
  }
}

async function drawRows(book: Book, table: TablePdf, { grid, sizes }: Plan, job: PdfJob): Promise<void> {
  const announced = Math.min(table.rowCount, PDF_ROWS_AT_MOST)
  const begin = () => {
    grid.head(book.y)
    book.y += grid.headHeight
  }
  const pages = new RowPages(book, sizes, { begin, end: () => {} })
  const draw = async (texts: string[], label = '') => {
    await pages.place()
    grid.row(book.y, texts, { label })
    book.y += grid.rowHeight
  }
  let drawn = 0
  for await (const row of table.rows) {
    if (drawn === announced) {
      if (table.rowCount > announced) break
      throw new PdfDisagrees(`more rows came than the ${announced} that were announced`)
    }
    await draw(table.columns.map((column) => cellText(column, row, job)))
    book.rows = ++drawn
  }
  if (drawn !== announced) throw new PdfDisagrees(`${drawn} rows came, and ${announced} were announced`)
  if (announced === 0) await draw([], WORDS[job.language].noRows)
  await pages.finish()
}

function drawTail(paper: Paper, book: Book, table: TablePdf, plan: Plan, job: PdfJob): void {
  for (const { label, cells } of table.totals ?? []) {
    const texts = table.columns.map((column) => cellText(column, cells, job))
    plan.grid.row(book.y, texts, { label, bold: true, shade: true })
    book.y += plan.grid.rowHeight
  }
  book.y += GAP
  for (const lines of [plan.notice, plan.footer]) {
    lines.draw(paper, paper.frame.left, book.y)
    book.y += lines.height
  }
}
