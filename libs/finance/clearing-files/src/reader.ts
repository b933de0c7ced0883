import { decimalsOf, DEFAULT_CURRENCY } from '@lijian/contracts/money'
import {
  OFFER_FIELDS,
  SETTLEMENT_FIELDS,
  SUMMARY_FIELDS,
  type CellType,
  type ClearingLayout,
  type LayoutCell,
  type LayoutColumn,
} from '@lijian/contracts/finance'

/** A row as the file has it: amounts in fen with their sign (reverse rows negative), dates YYYY-MM-DD, everything else text. */
export type FileRow = Readonly<Record<string, string | number>>

/** What is wrong with a file, and on which of its lines (from 1). */
export class FileFault extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(line === 0 ? message : `line ${line}: ${message}`)
    this.name = 'FileFault'
  }
}

const EMPTY = Buffer.alloc(0)

/**
 * Reads a file of a layout, piece by piece in constant memory. The last line is held back until the end, since only there it is known to be
 * the trailer. Throws FileFault.
 */
export class LayoutReader {
  rows = 0
  header: FileRow | undefined
  trailer: FileRow | undefined
  #line = 0
  #rest: Buffer = EMPTY
  #held: Buffer | undefined
  readonly #amount: RegExp
  readonly #example: string
  readonly #decoder: InstanceType<typeof TextDecoder>
  readonly #fields: Readonly<Record<string, CellType>>

  constructor(
    readonly layout: ClearingLayout,
    readonly onRow: (row: FileRow) => void,
    /** Which fields are looked at; absent: all. Who adds up a day needs few of them. */
    readonly wanted?: ReadonlySet<string>,
    /** Of the file: how many decimals its amounts have. */
    currency: string = DEFAULT_CURRENCY,
  ) {
    const decimals = layout.amounts === 'fen' ? 0 : decimalsOf(currency)
    this.#amount = decimals === 0 ? /^-?\d{1,16}$/ : new RegExp(`^-?\\d{1,14}\\.\\d{${decimals}}$`)
    this.#example =
      decimals === 0 ? 'a whole amount' : `an amount such as 12.${'30'.padEnd(decimals, '0').slice(0, decimals)}`
    this.#decoder = new TextDecoder(layout.encoding, { fatal: true, ignoreBOM: false })
    this.#fields = layout.rows === 'offers' ? OFFER_FIELDS : SETTLEMENT_FIELDS
  }

  push(bytes: Uint8Array): void {
    const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const chunk = this.#rest.length === 0 ? piece : Buffer.concat([this.#rest, piece])
    let from = 0
    for (let to = chunk.indexOf(10); to >= 0; to = chunk.indexOf(10, from)) {
      this.#take(chunk.subarray(from, to))
      from = to + 1
    }
    // The caller may use its piece again: what is left of it is copied.
    this.#rest = Buffer.from(chunk.subarray(from))
    if (this.#held !== undefined) this.#held = Buffer.from(this.#held)
  }

  /** After the last piece. */
  end(): void {
    // A file without a single line may still have its byte order mark.
    if (this.#line === 0) this.#rest = withoutMark(this.#rest)
    if (this.#rest.length > 0) throw new FileFault(this.#line + 1, 'the file ends within a line')
    const { layout } = this
    if (layout.trailer) {
      if (this.#held === undefined) throw new FileFault(0, 'the file has no trailer')
      this.trailer = this.#summary(this.#held, layout.trailer, this.#line)
    } else if (this.#held !== undefined) this.#row(this.#held, this.#line)
    if (layout.header && this.header === undefined) throw new FileFault(0, 'the file has no header')
    for (const [name, line] of [
      ['header', this.header],
      ['trailer', this.trailer],
    ] as const)
      if (line?.['rows'] !== undefined && line['rows'] !== this.rows)
        throw new FileFault(0, `the ${name} counts ${line['rows']} rows, there are ${this.rows}`)
  }

  #take(raw: Buffer): void {
    let line = raw
    if (this.layout.newline === 'crlf') {
      if (line.at(-1) !== 13) throw new FileFault(this.#line + 1, 'expected CR LF at its end')
      line = line.subarray(0, -1)
    }
    if (this.#line === 0) line = withoutMark(line)
    this.#line++
    const { header, titles } = this.layout
    const headLines = (header ? 1 : 0) + (titles ? 1 : 0)
    if (header && this.#line === 1) this.header = this.#summary(line, header, 1)
    else if (this.#line > headLines) {
      if (this.#held !== undefined) this.#row(this.#held, this.#line - 1)
      this.#held = line
    }
  }

  #row(line: Buffer, number: number): void {
    const cells = this.#cells(line, this.layout.columns, number)
    const row: Record<string, string | number> = {}
    this.layout.columns.forEach((column, i) => {
      const { field } = column
      if (field !== undefined && this.#wants(field))
        row[field] = this.#value(cells[i]!, this.#fields[field]!, column, number)
    })
    if (this.layout.reverseAmounts === 'positive' && this.layout.rows === 'offers' && row['event'] !== 'capture')
      for (const [field, value] of Object.entries(row))
        if (this.#fields[field] === 'amount' && value !== 0) row[field] = -Number(value)
    this.rows++
    this.onRow(row)
  }

  #wants(field: string): boolean {
    return this.wanted === undefined || this.wanted.has(field)
  }

  #summary(line: Buffer, cells: readonly LayoutCell[], number: number): FileRow {
    const texts = this.#cells(line, cells, number)
    const found: Record<string, string | number> = {}
    cells.forEach((cell, i) => {
      if (cell.field !== undefined) found[cell.field] = this.#value(texts[i]!, SUMMARY_FIELDS[cell.field], cell, number)
      else if (texts[i] !== cell.constant)
        throw new FileFault(number, `expected "${cell.constant}", found "${texts[i]}"`)
    })
    return found
  }

  #cells(line: Buffer, cells: readonly (LayoutColumn | LayoutCell)[], number: number): string[] {
    const { form } = this.layout
    if (form.type === 'delimited') {
      const texts = parted(this.#decode(line, number), form.delimiter, form.quote)
      if (texts?.length !== cells.length)
        throw new FileFault(number, `expected ${cells.length} cells, found ${texts?.length ?? 'an open quote'}`)
      return texts
    }
    const length = cells.reduce((sum, { width }) => sum + width!, 0)
    if (line.length !== length) throw new FileFault(number, `expected ${length} bytes, found ${line.length}`)
    let at = 0
    return cells.map(({ width, align, pad, field }) => {
      if (cells === this.layout.columns && field !== undefined && !this.#wants(field)) {
        at += width!
        return ''
      }
      const text = this.#decode(line.subarray(at, (at += width!)), number)
      const isNumber =
        field !== undefined && /amount|number/.test(this.#fields[field] ?? SUMMARY_FIELDS[field as never])
      return pad === '0'
        ? text
        : align === 'right' || (align === undefined && isNumber)
          ? text.trimStart()
          : trimEnd(text)
    })
  }

  #decode(bytes: Buffer, number: number): string {
    try {
      return this.#decoder.decode(bytes)
    } catch {
      throw new FileFault(number, `is no ${this.layout.encoding}`)
    }
  }

  #value(text: string, type: CellType, cell: LayoutColumn | LayoutCell, number: number): string | number {
    const wrong = (what: string) => new FileFault(number, `${cell.field}: expected ${what}, found "${text}"`)
    switch (type) {
      case 'amount': {
        if (!this.#amount.test(text.replace(/^(-?)0+(?=\d)/, '$1'))) throw wrong(this.#example)
        return Number(text.replace('.', '')) || 0
      }
      case 'number':
        if (!/^\d{1,20}$/.test(text)) throw wrong('a whole number')
        return Number(text)
      case 'date': {
        const digits = text.replaceAll('-', '')
        if (!/^\d{8}$/.test(digits)) throw wrong('a date')
        return `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
      }
      case 'text':
        return this.layout.form.type === 'delimited' && text.startsWith("'") ? text.slice(1) : text
      case 'word': {
        const values = 'values' in cell ? cell.values : undefined
        return Object.entries(values ?? {}).find(([, shown]) => shown === text)?.[0] ?? text
      }
      case 'instant':
        return text
    }
  }
}

const withoutMark = (bytes: Buffer) =>
  bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes

/** Only spaces: a name may end with other white space. */
const trimEnd = (text: string) => text.replace(/ +$/, '')

/** Cells of one line; undefined: a quote stays open. */
function parted(line: string, delimiter: string, quote: string | undefined): string[] | undefined {
  if (quote === undefined || !line.includes(quote)) return line.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; at++) {
    if (line[at] === quote) {
      let text = ''
      for (;;) {
        const close = line.indexOf(quote, at + 1)
        if (close < 0) return undefined
        text += line.slice(at + 1, close)
        at = close + 1
        if (line[at] !== quote) break
        text += quote
      }
      cells.push(text)
    } else {
      const next = line.indexOf(delimiter, at)
      cells.push(line.slice(at, next < 0 ? line.length : next))
      at = next < 0 ? line.length : next
    }
    if (at >= line.length) return cells
    if (line[at] !== delimiter) return undefined
  }
}
