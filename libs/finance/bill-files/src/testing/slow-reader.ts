import { Buffer } from 'node:buffer'
import type { BillColumn, BillLayout } from '@lijian/contracts/finance'
import { CURRENCY_DECIMALS } from '@lijian/contracts/money'
import { fenOf, isText, mills, rowOf, sum, textOf, wrong, Wrong, type Cell, type SlowRow } from './slow-row'

/**
 * A second reader of bills, for tests: the whole file at once, bigints, no shared code, no thought of speed. It knows rows, or the line that it
 * stopped at.
 */
export type SlowResult = { rows: SlowRow[] } | { refusedAt: number | 'header' }

/** Cells of quoted text, character by character; undefined: the quote goes on. */
function quoted(text: string, delimiter: string): string[] | undefined {
  const cells: string[] = []
  for (let i = 0; ; i++) {
    let cell = ''
    if (text[i] === '"') {
      for (i++; ; i++) {
        if (i >= text.length) return undefined
        if (text[i] !== '"') cell += text[i]
        else if (text[i + 1] === '"') cell += text[i++]
        else break
      }
      i++
      if (i < text.length && text[i] !== delimiter) wrong()
    } else while (i < text.length && text[i] !== delimiter) cell += text[i++]
    cells.push(cell)
    if (i >= text.length) return cells
  }
}

export function slowRead(layout: BillLayout, date: string, file: Buffer): SlowResult {
  return new SlowFile(layout, date).read(file)
}

/** Nobody reads on after so many faults: a header that comes later is not seen. */
const MOST = 20

class SlowFile {
  private readonly rows: SlowRow[] = []
  private readonly cellsOf: Cell[] = []
  private header: string[] | undefined
  private totalNames: string[] | undefined
  private isOver = false
  private isHeaderWrong = false
  private held: { text: string; line: number } | undefined
  private seenWords = false
  private currency: string | undefined
  private readonly told = new Set<number>()

  constructor(
    private readonly layout: BillLayout,
    private readonly date: string,
  ) {}

  private get hasHeader(): boolean {
    return this.layout.form.type === 'delimited' && this.layout.form.header === 'names'
  }

  read(file: Buffer): SlowResult {
    const pieces: Buffer[] = []
    let from = 0
    for (let i = 0; i < file.length; i++)
      if (file[i] === 10) {
        pieces.push(file.subarray(from, i))
        from = i + 1
      }
    const isTorn = from < file.length
    if (isTorn && this.layout.trailer) pieces.push(file.subarray(from))
    let first: number | undefined
    let wrongs = 0
    pieces.forEach((piece, i) => {
      const line = this.held?.line ?? i + 1
      try {
        if (!this.isHeaderWrong && wrongs < MOST) this.line(piece.at(-1) === 13 ? piece.subarray(0, -1) : piece, i + 1)
      } catch (error) {
        if (!(error instanceof Wrong)) throw error
        first ??= line
        wrongs++
      }
    })
    if (this.isHeaderWrong) return { refusedAt: 'header' }
    if (first !== undefined) return { refusedAt: first }
    if (isTorn && !this.layout.trailer) return { refusedAt: pieces.length + 1 }
    if (this.held) return { refusedAt: this.held.line }
    if (this.hasHeader && this.header === undefined) return { refusedAt: 'header' }
    if ((this.layout.trailer?.totals ?? []).some((_, i) => !this.told.has(i))) return { refusedAt: pieces.length }
    return { rows: this.rows }
  }

  private line(raw: Buffer, physical: number): void {
    const { layout } = this
    let bytes = raw
    if (physical === 1 && bytes.toString('hex', 0, 3) === 'efbbbf') {
      if (layout.encoding !== 'utf-8') wrong()
      bytes = bytes.subarray(3)
    }
    if (layout.encoding !== 'utf-8' && !this.seenWords && [...bytes].some((byte) => byte > 127)) {
      this.seenWords = true
      if (Buffer.from(bytes.toString()).equals(bytes) && /[\p{Script=Han}　-〿＀-￯]{2}/u.test(bytes.toString())) wrong()
    }
    if (!this.held && bytes.toString('latin1').trim() === '') return
    if (layout.form.type === 'fixed') {
      const { widths, separatorBytes } = layout.form
      if (bytes.length !== widths.reduce((a, b) => a + b, 0) + separatorBytes * (widths.length - 1)) wrong()
      let at = 0
      const cells = widths.map((width) => {
        const cell = textOf(bytes.subarray(at, at + width), layout.encoding)
        at += width + separatorBytes
        return this.clean(cell)
      })
      return this.row((column) => cells[Number(column) - 1]!, physical)
    }
    const line = this.held?.line ?? physical
    let text = textOf(bytes, layout.encoding)
    if (this.held) text = `${this.held.text}\n${text}`
    else if (layout.comment !== undefined && text.startsWith(layout.comment)) return this.sentence(text)
    if (layout.form.type === 'ndjson') return this.object(text, line)
    const found = layout.form.quotes ? quoted(text, layout.form.delimiter) : text.split(layout.form.delimiter)
    this.held = found ? undefined : { text, line }
    if (found)
      this.cells(
        found.map((cell) => this.clean(cell)),
        line,
      )
  }

  private clean(cell: string): string {
    const { prefix, trim } = this.layout
    const text = trim ? cell.trim() : cell
    return prefix !== undefined && text.startsWith(prefix) ? (trim ? text.slice(1).trim() : text.slice(1)) : text
  }

  private cells(cells: string[], line: number): void {
    const { layout } = this
    const { trailer } = layout
    if (layout.ignore?.includes(cells[0]!)) return
    if (this.totalNames) {
      const names = this.totalNames
      this.totalNames = undefined
      return this.totals((at) => cells[typeof at === 'number' ? at - 1 : names.indexOf(at)])
    }
    if (this.hasHeader && !this.header) {
      this.header = cells
      const used = JSON.stringify([
        layout.fields,
        layout.when,
        layout.kind,
        layout.state,
        layout.key,
        layout.currency?.optional && !cells.includes(String(layout.currency.column)) ? [] : layout.currency,
        layout.checks,
        layout.trailer?.totals.map((one) => one.sum),
      ])
      const names = new Set(
        [...used.matchAll(/"columns?":(\[[^\]]*\]|"(?:[^"\\]|\\.)*")/g)].flatMap(
          ([, found]) => JSON.parse(found!) as string | string[],
        ),
      )
      for (const name of layout.key ?? []) names.add(String(name))
      this.isHeaderWrong = [...names].some((name) => cells.filter((cell) => cell === name).length !== 1)
      return
    }
    if (trailer && trailer.type !== 'sentences' && cells[0] === trailer.startsWith) {
      this.isOver = true
      if (trailer.type === 'table') this.totalNames = cells
      else this.totals((at) => cells[typeof at === 'number' ? at - 1 : this.header!.indexOf(at)])
      return
    }
    if (cells.length !== this.header!.length) wrong()
    this.row((column) => cells[this.header!.indexOf(String(column))]!, line)
  }

  private object(text: string, line: number): void {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      wrong()
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) wrong()
    const all = JSON.stringify(value, (key, one: unknown) =>
      isText(key) && (typeof one !== 'string' || isText(one, '\t\n\r')) ? one : wrong(),
    )
    if (all === undefined) wrong()
    const shown = (one: unknown) =>
      one === undefined || one === null
        ? ''
        : typeof one === 'string'
          ? one.trim()
          : typeof one === 'number'
            ? String(one)
            : '?'
    const object = value as Record<string, unknown>
    const { trailer } = this.layout
    if (trailer?.type === 'record' && Object.hasOwn(object, trailer.startsWith)) {
      const totals = object[trailer.startsWith] as Record<string, unknown> | null
      this.totals((at) => shown(totals?.[at]) || undefined)
      this.isOver = true
      return
    }
    this.row((column) => shown(object[column]), line)
  }

  private sentence(text: string): void {
    const { trailer } = this.layout
    if (trailer?.type !== 'sentences') return
    for (const one of trailer.sentences) {
      const names = [...one.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
      const pattern = one
        .split(/\{\w+\}/)
        .map((words) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('([-+]?[\\d,]*\\.?\\d*)')
      const found = new RegExp(`^${pattern}\\s*$`).exec(text)
      if (!found || found.slice(1).includes('')) continue
      this.isOver = true
      this.totals((at) => found[names.indexOf(String(at)) + 1] ?? undefined, names)
    }
  }

  private row(cell: Cell, line: number): void {
    if (this.isOver) wrong()
    this.seeCurrency(cell)
    const row = rowOf(this.layout, this.date, cell, line)
    // A cell that only the totals add up is an amount too.
    for (const total of this.layout.trailer?.totals ?? [])
      if (total.sum && (total.kinds?.includes(row.kind) ?? true)) sum(total.sum, this.layout.unit, cell)
    const before = this.rows.at(-1)
    if (this.layout.balance) {
      if (row['balanceFen'] === undefined) wrong()
      const moved = Number(row['amountFen']) * (row.kind === 'receipt' ? 1 : -1)
      if (before && Number(before['balanceFen']) + moved !== row['balanceFen']) wrong()
    }
    this.rows.push(row)
    this.cellsOf.push(cell)
  }

  /** As rows were added up: all in what the layout names, or all in what the first one says. */
  private seeCurrency(cell: Cell): void {
    const of = this.layout.currency
    if (!of || (this.header && !this.header.includes(String(of.column)))) return
    const text = cell(of.column)
    if (of.is) return of.is.includes(text) ? undefined : wrong()
    const code = text === '' ? 'CNY' : text
    if (!CURRENCY_DECIMALS.has(code)) wrong()
    if ((this.currency ??= code) !== code) wrong()
  }

  private totals(at: (column: BillColumn) => string | undefined, only?: string[]): void {
    if (this.hasHeader && !this.header) wrong()
    let isWrong = false
    this.layout.trailer!.totals.forEach((total, i) => {
      if (only && !only.includes(String(total.at))) return
      const text = at(total.at)
      if (text === undefined) return
      if (this.told.has(i)) isWrong = true
      this.told.add(i)
      const mine = this.rows
        .map((row, n) => [row, this.cellsOf[n]!] as const)
        .filter(([row]) => total.kinds?.includes(row.kind) ?? true)
      if (total.count) {
        const [whole = '', zeros] = text.split('.')
        if (!/^\d{1,12}$/.test(whole) || (zeros !== undefined && !/^0+$/.test(zeros)) || Number(whole) !== mine.length)
          isWrong = true
        return
      }
      const unit = total.sum![0]!.unit ?? this.layout.unit
      try {
        const said = mills(text, unit === 'fen' ? 'fen' : 'yuan5', false) ?? 0n
        const counted = mine.reduce((all, [, cell]) => all + (sum(total.sum!, this.layout.unit, cell) ?? 0n), 0n)
        if (said !== counted && !(unit === 'yuan5' && said === fenOf(counted) * 1000n)) isWrong = true
      } catch (error) {
        if (!(error instanceof Wrong)) throw error
        isWrong = true
      }
    })
    if (isWrong) wrong()
  }
}
