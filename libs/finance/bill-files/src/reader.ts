import { Buffer } from 'node:buffer'
import type { BillColumn, BillLayout, BillTotal } from '@lijian/contracts/finance'
import { millsText } from './amounts'
import { jsonOf, WrongText } from '@lijian/contracts/system'
import { cleaner, decode, hasWords, looksLikeUtf8, positions, slices, split, withoutMark } from './cells'
import { currencyCheck } from './currency-check'
import { BillFault, Faults, LineFault } from './fault'
import { millsReader, rowReader, type BillLine, type ColumnOf } from './row-reader'
import { matchSentence } from './sentence'
import { Totals, type BillSummary } from './totals'

/** A row as its form has it: cells by position, or an object of NDJSON. */
type Row = readonly string[] | Readonly<Record<string, unknown>>

const LONGEST_LINE = 1 << 20
/** Of a row with line breaks in it. */
const LONGEST_ROW = 1 << 16
const LF = 10
const CR = 13

/**
 * Reads a bill of any layout while its bytes come, in constant memory. `read` answers the lines that are whole by now; they count only once
 * `end` has answered, for a file whose own totals disagree, or which is torn, is refused whole (BillFault, with every place).
 */
export class BillReader {
  private readonly faults = new Faults()
  private readonly clean: (cell: string) => string
  private rest: Buffer = Buffer.alloc(0)
  private number = 0
  private lines = 0
  private header: string[] | undefined
  private row: ((row: Row, number: number) => BillLine) | undefined
  private seeCurrency: ((row: Row) => string | undefined) | undefined
  private currency: string | undefined
  private checks: ((row: Row, line: BillLine) => void)[] = []
  private totals: Totals<Row> | undefined
  private trailerHeader: string[] | undefined
  private ended = false
  /** A row that goes on in the next line, inside quotes; and where it began. */
  private held: { text: string; number: number } | undefined
  private encodingIsSeen = false
  private lastBalance: { balanceFen: number; movedFen: number } | undefined

  /** `date`: business date of the file, `YYYY-MM-DD`. */
  constructor(
    private readonly layout: BillLayout,
    private readonly date: string,
  ) {
    this.clean = cleaner(layout)
    if (layout.form.type === 'fixed' || layout.form.type === 'ndjson' || layout.form.header === 'none') this.compile()
  }

  read(chunk: Buffer): BillLine[] {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk])
    const found: BillLine[] = []
    let at = 0
    for (let end = bytes.indexOf(LF, at); end >= 0; end = bytes.indexOf(LF, at)) {
      this.take(bytes.subarray(at, end > at && bytes[end - 1] === CR ? end - 1 : end), found)
      at = end + 1
    }
    this.rest = Buffer.from(bytes.subarray(at))
    if (this.rest.length > LONGEST_LINE) {
      this.faults.add(`line ${this.number + 1}`, 'expected a line of at most 1 MiB', '单行不应超过 1 MiB')
      this.faults.throwIfAny()
    }
    return found
  }

  /** What was left without a line end, and whether the file is whole. Throws BillFault. */
  end(): { found: BillLine[]; summary: BillSummary } {
    const found: BillLine[] = []
    if (this.rest.length > 0) {
      // Whatever has a trailer proves itself; anything else must end its last line.
      if (this.layout.trailer === undefined)
        this.faults.add(
          `line ${this.number + 1}`,
          'the file is torn: its last line has no end',
          '文件不完整：最后一行没有换行',
        )
      else this.take(this.rest.at(-1) === CR ? this.rest.subarray(0, -1) : this.rest, found)
    }
    if (this.held)
      this.faults.add(`line ${this.held.number}`, 'a quote is not closed: the line is torn', '引号未闭合：该行不完整')
    if (this.row === undefined) this.faults.add('header', 'expected a header: the file is empty', '缺少表头：文件为空')
    for (const one of this.totals?.missing() ?? [])
      this.faults.add(
        `line ${this.number}`,
        `the file is torn: its total ${one.at} is missing`,
        `文件不完整：缺少合计 ${one.at}`,
      )
    this.faults.throwIfAny()
    const totalsCompared = this.layout.trailer?.totals.length ?? 0
    return { found, summary: { lines: this.lines, totalsCompared, currency: this.currency } }
  }

  private take(bytes: Buffer, found: BillLine[]): void {
    this.number++
    const number = this.held?.number ?? this.number
    const line = this.faults.line(number, () => this.line(bytes, number))
    if (line) found.push(line)
  }

  private line(raw: Buffer, number: number): BillLine | undefined {
    const { form, encoding, comment } = this.layout
    const bytes = this.number === 1 ? withoutMark(raw, encoding) : raw
    this.seeEncoding(bytes)
    // A blank line is no row, in every form.
    if (!this.held && bytes.toString('latin1').trim() === '') return undefined
    if (form.type === 'fixed') return this.rowLine(this.fixedCells(bytes), number)
    let text = decode(bytes, encoding)
    if (this.held) text = `${this.held.text}\n${text}`
    else if (comment !== undefined && text.startsWith(comment)) {
      this.sentence(text, number)
      return undefined
    }
    if (form.type === 'ndjson') return this.jsonLine(text, number)
    const found = split(text, form.delimiter, form.quotes)
    this.held = found ? undefined : { text, number }
    if (!found) {
      if (text.length <= LONGEST_ROW) return undefined
      // What follows was swallowed by the quote: nothing of it can be told apart.
      this.faults.add(`line ${number}`, 'a quote is not closed: the line is torn', '引号未闭合：该行不完整')
      throw new BillFault(this.faults.errors)
    }
    const cells = found.map(this.clean)
    if (this.layout.ignore?.includes(cells[0]!)) return undefined
    if (this.trailerHeader) {
      const names = this.trailerHeader
      this.trailerHeader = undefined
      this.compareTotals(number, ({ at }) => cells[typeof at === 'number' ? at - 1 : names.indexOf(at)])
      return undefined
    }
    if (this.header === undefined && form.header === 'names') {
      this.header = cells
      this.compile()
      return undefined
    }
    if (this.isTrailer(cells[0]!)) {
      if (this.layout.trailer?.type === 'table') this.trailerHeader = cells
      else {
        const place = (at: BillColumn) => (typeof at === 'number' ? at - 1 : (this.header?.indexOf(at) ?? -1))
        this.compareTotals(number, ({ at }) => cells[place(at)])
      }
      this.ended = true
      return undefined
    }
    const wanted = this.header?.length ?? form.columns!
    if (cells.length !== wanted)
      throw new LineFault(
        `found ${cells.length} cells, expected ${wanted}: it is torn, or a cell contains the delimiter`,
        `有 ${cells.length} 列，应为 ${wanted} 列：该行不完整或单元格含分隔符`,
      )
    return this.rowLine(cells, number)
  }

  /** The first words of a file say whether it is in UTF-8 although its layout has GB18030; the reverse is found by its bytes. */
  private seeEncoding(bytes: Buffer): void {
    if (this.encodingIsSeen || this.layout.encoding === 'utf-8' || !hasWords(bytes)) return
    this.encodingIsSeen = true
    if (looksLikeUtf8(bytes))
      throw new LineFault('found text in UTF-8, expected text in gb18030', '为 UTF-8 编码的文本，应为 gb18030')
  }

  private fixedCells(bytes: Buffer): string[] {
    const { form, encoding } = this.layout
    if (form.type !== 'fixed') return []
    const wanted = form.widths.reduce((sum, width) => sum + width, form.separatorBytes * (form.widths.length - 1))
    if (bytes.length !== wanted)
      throw new LineFault(
        `found ${bytes.length} bytes, expected ${wanted}: the line is torn`,
        `有 ${bytes.length} 字节，应为 ${wanted} 字节：该行不完整`,
      )
    return slices(bytes, form.widths, form.separatorBytes).map((cell) => this.clean(decode(cell, encoding)))
  }

  private jsonLine(text: string, number: number): BillLine | undefined {
    let value: unknown
    try {
      value = jsonOf(text)
    } catch (error) {
      if (error instanceof WrongText)
        throw new LineFault('found a control character or half of a pair', '含有控制字符或半个代理对')
      throw new LineFault('expected one JSON object', '应为一个 JSON 对象')
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      throw new LineFault('expected one JSON object', '应为一个 JSON 对象')
    const row = value as Record<string, unknown>
    const key = this.layout.trailer?.type === 'record' ? this.layout.trailer.startsWith : undefined
    if (key !== undefined && Object.hasOwn(row, key)) {
      const totals = row[key] as Record<string, unknown> | null
      this.compareTotals(number, ({ at }) => textOf(totals ?? {}, at) || undefined)
      this.ended = true
      return undefined
    }
    return this.rowLine(row, number)
  }

  private rowLine(row: Row, number: number): BillLine {
    if (this.ended) throw new LineFault('a row after the totals', '合计之后仍有明细')
    this.lines++
    this.currency = this.seeCurrency?.(row) ?? this.currency
    const line = this.row!(row, number)
    for (const check of this.checks) check(row, line)
    this.totals?.add(row, line.kind)
    if (this.layout.balance) this.followBalance(line)
    return line
  }

  private isTrailer(first: string): boolean {
    const { trailer } = this.layout
    return trailer !== undefined && trailer.type !== 'sentences' && first === trailer.startsWith
  }

  private sentence(text: string, number: number): void {
    const { trailer } = this.layout
    if (trailer?.type !== 'sentences') return
    for (const one of trailer.sentences) {
      const numbers = matchSentence(one, text)
      if (!numbers) continue
      this.ended = true
      this.compareTotals(number, ({ at }) => numbers.get(String(at)))
    }
  }

  private compareTotals(number: number, numberAt: (total: BillTotal) => string | undefined): void {
    if (!this.totals) throw new LineFault('the totals come before the header', '合计出现在表头之前')
    this.totals.compare(number, numberAt, this.faults)
  }

  /** The columns are known: whatever is missing is told at once, and no row is read. */
  private compile(): void {
    const { layout, header } = this
    const missing = new Set<BillColumn>()
    const place = positions(header, (column) => missing.add(column))
    const cellOf: ColumnOf<Row> = (column) => {
      if (layout.form.type === 'ndjson') return (row) => textOf(row, column)
      const at = place(column)
      return (row) => (row as readonly string[])[at]!
    }
    this.row = rowReader(layout, this.date, cellOf)
    this.seeCurrency = currencyCheck(layout, header, cellOf)
    this.checks = (layout.checks ?? []).map(({ kinds, left, right }) => {
      const [a, b] = [left, right].map((terms) => millsReader(terms, layout.unit, cellOf, { whole: true })) as [
        (row: Row) => number | undefined,
        (row: Row) => number | undefined,
      ]
      return (row, { kind }) => {
        if (kinds !== undefined && !kinds.includes(kind)) return
        const [found, expected] = [a(row), b(row)]
        // Nothing stated is nothing to compare.
        if (found === undefined || expected === undefined || found === expected) return
        throw new LineFault(
          `found ${millsText(BigInt(found))}, the other amounts of the line make ${millsText(BigInt(expected))} yuan`,
          `为 ${millsText(BigInt(found))} 元，按该行其他金额应为 ${millsText(BigInt(expected))} 元`,
          left[0]!.column,
        )
      }
    })
    if (layout.trailer)
      this.totals = new Totals(layout.trailer.totals, layout.unit, ({ sum }) => {
        const mills = millsReader(sum!, layout.unit, cellOf)
        return (row) => mills(row) ?? 0
      })
    if (missing.size === 0) return
    const names = [...missing].join(', ')
    throw new BillFault([
      {
        path: 'header',
        message: `expected the columns ${names}: is it this layout?`,
        messageZh: `缺少列 ${names}：版式是否正确？`,
      },
    ])
  }

  /** Each balance is the one before and what moved. */
  private followBalance({ line, kind, amountFen, balanceFen }: BillLine): void {
    if (balanceFen === undefined) throw new LineFault('expected a balance', '缺少余额', `line ${line}`)
    const movedFen = kind === 'receipt' ? amountFen : -amountFen
    const before = this.lastBalance
    this.lastBalance = { balanceFen, movedFen }
    if (!before) return
    const expected =
      this.layout.balance === 'oldestFirst' ? before.balanceFen + movedFen : before.balanceFen - before.movedFen
    if (expected !== balanceFen)
      throw new LineFault(
        `found a balance of ${balanceFen} fen, after the line before it is ${expected} fen: a line is missing or changed`,
        `余额为 ${balanceFen} 分，按上一行应为 ${expected} 分：有明细缺失或被改动`,
        this.layout.fields.balance![0]!.column,
      )
  }
}

function textOf(row: object, key: BillColumn): string {
  const value: unknown = Object.hasOwn(row, key) ? row[key as never] : undefined
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '?'
}
