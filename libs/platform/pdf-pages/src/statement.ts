import { PdfDisagrees } from './errors'
import type { Fact } from './facts'
import type { Orientation } from './paper'

/** Whole, in the minor unit of the statement's currency. */
export type Minor = bigint | number

export interface StatementRow {
  /** The business date. */
  date: string
  /** Its time of day is printed, in the zone of the file. */
  at: number | Date
  serial: string
  /** 摘要: what kind of movement it is. */
  summary: string
  /** 商户/说明: with whom, or why. */
  party: string
  /** 收入 (credit); a reversal is below zero. Exactly one of both. */
  incomeFen?: Minor | null
  /** 支出 (debit). */
  expenseFen?: Minor | null
  balanceFen: Minor
}

export interface Movements {
  count: number
  amountFen: Minor
}

/** 对账单: the movements of an account between two balances. */
export interface StatementPdf {
  title: string
  subtitle?: string
  /** Parties, masked account, period, number, instant of printing. */
  head: readonly Fact[]
  currency: string
  openingFen: Minor
  income: Movements
  expense: Movements
  closingFen: Minor
  /** Read to the end, also beyond what the file lists: sums and balances are checked over all of them. */
  rows: AsyncIterable<StatementRow>
  rowCount: number
  /** Stands at the foot of each page; it is looked up where the data is kept. */
  checkCode: string
  /** The sentence that says until when the other party may object. */
  objection: string
  footer?: readonly Fact[]
  orientation?: Orientation
}

/** Adds rows up and holds the statement against them: a file whose figures do not add up is never finished. */
export class Sums {
  income = { count: 0, amountFen: 0n }
  expense = { count: 0, amountFen: 0n }

  constructor(public balanceFen: bigint) {}

  get count(): number {
    return this.income.count + this.expense.count
  }

  add({ incomeFen, expenseFen, balanceFen }: StatementRow): void {
    const row = this.count + 1
    const hasIncome = incomeFen !== undefined && incomeFen !== null
    const hasExpense = expenseFen !== undefined && expenseFen !== null
    if (hasIncome === hasExpense) throw new PdfDisagrees(`row ${row}: either income or expense is expected`)
    const side = hasIncome ? this.income : this.expense
    const amount = BigInt((hasIncome ? incomeFen : expenseFen)!)
    side.count++
    side.amountFen += amount
    this.balanceFen += hasIncome ? amount : -amount
    if (this.balanceFen !== BigInt(balanceFen))
      throw new PdfDisagrees(`row ${row}: its balance is not the one before it with its amount`)
  }

  /** Once all rows are through. */
  check({ rowCount, income, expense, closingFen }: StatementPdf): void {
    const right =
      this.count === rowCount &&
      same(this.income, income) &&
      same(this.expense, expense) &&
      this.balanceFen === BigInt(closingFen)
    if (!right) throw new PdfDisagrees('the rows do not add up to the count, the sums and the closing balance')
  }
}

const same = (a: Movements, b: Movements): boolean => a.count === b.count && BigInt(a.amountFen) === BigInt(b.amountFen)

/** Before the first page: opening + income − expense = closing. */
export function checkHead({ openingFen, income, expense, closingFen, rowCount }: StatementPdf): void {
  if (income.count + expense.count !== rowCount)
    throw new PdfDisagrees('the counts of income and expense are not the count of rows')
  if (BigInt(openingFen) + BigInt(income.amountFen) - BigInt(expense.amountFen) !== BigInt(closingFen))
    throw new PdfDisagrees('opening + income − expense is not the closing balance')
}
