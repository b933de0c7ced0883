import type { BillLayout, BillTotal, LineKind } from '@lijian/contracts/finance'
import { MILLS_PER_FEN, millsOf, millsText } from './amounts'
import { LineFault, type Faults } from './fault'

export interface BillSummary {
  lines: number
  /** Numbers of the file itself that were compared. */
  totalsCompared: number
  /** That all its lines name, where it has such a column. */
  currency?: string
}

/** Adds up what the trailer of a file will be compared with. */
export class Totals<Row> {
  private readonly counts: bigint[]
  private readonly sums: ((row: Row) => number)[]
  private readonly seen = new Set<number>()

  constructor(
    private readonly totals: readonly BillTotal[],
    private readonly unit: BillLayout['unit'],
    millsOfTerms: (total: BillTotal) => (row: Row) => number,
  ) {
    this.counts = totals.map(() => 0n)
    this.sums = totals.map((one) => (one.count ? () => 1 : millsOfTerms(one)))
  }

  add(row: Row, kind: LineKind): void {
    for (let i = 0; i < this.totals.length; i++)
      if (this.totals[i]!.kinds?.includes(kind) ?? true) this.counts[i]! += BigInt(this.sums[i]!(row))
  }

  /** Compares one line of totals; what it has no number for is left to another line. */
  compare(line: number, numberAt: (total: BillTotal) => string | undefined, faults: Faults): void {
    this.totals.forEach((one, i) => {
      const text = numberAt(one)
      if (text === undefined) return
      const isTwice = this.seen.has(i)
      this.seen.add(i)
      faults.line(line, () => {
        if (isTwice) throw new LineFault('the totals are there twice', '合计出现两次', one.at)
        this.compareOne(one, this.counts[i]!, text)
      })
    })
  }

  /** A file without its totals is torn. */
  missing(): BillTotal[] {
    return this.totals.filter((_, i) => !this.seen.has(i))
  }

  private compareOne(one: BillTotal, counted: bigint, text: string): void {
    if (one.count) {
      if (!/^\d{1,12}(\.0+)?$/.test(text)) throw new LineFault('expected a number of lines', '应为笔数', one.at)
      const said = BigInt(Math.trunc(Number(text)))
      if (said !== counted)
        throw new LineFault(
          `the file counts ${said}, its lines are ${counted}`,
          `文件合计 ${said} 笔，明细为 ${counted} 笔`,
          one.at,
        )
      return
    }
    const unit = one.sum?.[0]?.unit ?? this.unit
    const mills = millsOf(text, unit === 'fen' ? 'fen' : 'yuan5', undefined, one.at)
    const said = BigInt(mills ?? 0)
    // A total printed in fen may stand for lines with more decimals.
    const rounded = unit === 'yuan5' ? roundToFen(counted) : counted
    if (said !== counted && said !== rounded)
      throw new LineFault(
        `the file says ${millsText(said)}, its lines sum to ${millsText(counted)} yuan`,
        `文件合计 ${millsText(said)} 元，明细合计 ${millsText(counted)} 元`,
        one.at,
      )
  }
}

function roundToFen(mills: bigint): bigint {
  const unit = BigInt(MILLS_PER_FEN)
  const up = mills < 0n ? -(unit / 2n) : unit / 2n
  return ((mills + up) / unit) * unit
}
