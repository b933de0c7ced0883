import { wallSecondsOf, wallText } from '@lijian/sheet-files'
import type { Book } from './book'
import type { Grid } from './grid'
import type { PdfJob } from './paper'
import { PdfDisagrees } from './errors'
import { RowPages } from './row-pages'
import { PDF_ROWS_AT_MOST } from './rows-at-most'
import type { Minor, StatementPdf, StatementRow, Sums } from './statement'
import { STATEMENT_WORDS } from './statement-words'

/** Columns before the amounts. */
const NO_TEXT = ['', '', '', '', '', '']

interface Side {
  count: number
  income: bigint
  expense: bigint
}

/** The rows of a statement with what begins and ends each page. */
export class StatementRows {
  private readonly pages: RowPages
  private atBegin: Side = { count: 0, income: 0n, expense: 0n }

  constructor(
    private readonly book: Book,
    private readonly grid: Grid,
    sizes: readonly number[],
    private readonly sums: Sums,
    private readonly amount: (minor: Minor) => string,
    private readonly job: PdfJob,
  ) {
    this.pages = new RowPages(book, sizes, { begin: () => this.begin(), end: () => this.end() })
  }

  /** All rows, then the sums. Rows that the file leaves out are added up, too. */
  async draw({ rows, rowCount }: StatementPdf): Promise<void> {
    let listed = this.now()
    for await (const row of rows) {
      if (this.sums.count === rowCount)
        throw new PdfDisagrees(`more rows came than the ${rowCount} that were announced`)
      const isListed = this.sums.count < PDF_ROWS_AT_MOST
      if (isListed) await this.pages.place()
      this.job.signal?.throwIfAborted()
      this.sums.add(row)
      if (!isListed) continue
      this.put(this.textsOf(row))
      listed = this.now()
      this.book.rows = listed.count
    }
    if (rowCount === 0) {
      await this.pages.place()
      this.put([], this.words.noRows)
    }
    await this.pages.finish()
    this.drawSums(listed)
  }

  private get words() {
    return STATEMENT_WORDS[this.job.language]
  }

  private now(): Side {
    const { count, income, expense } = this.sums
    return { count, income: income.amountFen, expense: expense.amountFen }
  }

  private textsOf(row: StatementRow): string[] {
    const { incomeFen, expenseFen, balanceFen } = row
    const at = wallSecondsOf({ key: 'at', zh: '', en: '', type: 'instant' }, { at: row.at }, this.job.zone)
    return [
      String(this.sums.count),
      row.date,
      wallText(at!).slice(11),
      row.serial,
      row.summary,
      row.party,
      ...[incomeFen, expenseFen, balanceFen].map((fen) => (fen === null || fen === undefined ? '' : this.amount(fen))),
    ]
  }

  private begin(): void {
    const { words, sums } = this
    this.grid.head(this.book.y)
    this.book.y += this.grid.headHeight
    this.atBegin = this.now()
    this.putSide(sums.count === 0 ? words.carriedInFirst : words.carriedIn, this.atBegin, sums.balanceFen)
  }

  private end(): void {
    this.putPageSum(this.now())
    this.putSide(this.words.carriedOut, this.now(), this.sums.balanceFen)
  }

  private drawSums(listed: Side): void {
    const { words, sums } = this
    const all = this.now()
    this.putPageSum(listed)
    if (all.count > listed.count) {
      this.putSide(words.listed(String(listed.count)), listed)
      this.putSide(words.unlisted(String(all.count - listed.count)), difference(all, listed))
    }
    this.putSide(words.total(String(all.count)), all, sums.balanceFen, true)
  }

  private putPageSum(until: Side): void {
    const page = difference(until, this.atBegin)
    this.putSide(this.words.pageSum(String(page.count)), page)
  }

  private putSide(label: string, { income, expense }: Side, balance?: bigint, bold = false): void {
    const amounts = [income, expense].map((fen) => this.amount(fen))
    const texts = [...NO_TEXT, ...amounts, balance === undefined ? '' : this.amount(balance)]
    this.put(texts, label, { bold, shade: true })
  }

  private put(texts: readonly string[], label = '', look: { bold?: boolean; shade?: boolean } = {}): void {
    this.grid.row(this.book.y, texts, { ...look, label })
    this.book.y += this.grid.rowHeight
  }
}

const difference = (a: Side, b: Side): Side => ({
  count: a.count - b.count,
  income: a.income - b.income,
  expense: a.expense - b.expense,
})
