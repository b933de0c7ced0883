import { Buffer } from 'node:buffer'
import type { BillColumn, BillLayout } from '@lijian/contracts/finance'
import { LineFault } from './fault'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
// Covers GBK and GB2312.
const gb18030 = new TextDecoder('gb18030', { fatal: true })

/** Bytes as text; most lines are plain ASCII, which needs no decoder. */
export function decode(bytes: Buffer, encoding: BillLayout['encoding']): string {
  const plain = bytes.toString('latin1')
  // eslint-disable-next-line no-control-regex
  if (!/[^\x00-\x7f]/.test(plain)) return plain
  try {
    return (encoding === 'utf-8' ? utf8 : gb18030).decode(bytes)
  } catch {
    throw new LineFault(`expected text in ${encoding}`, `应为 ${encoding} 编码的文本`)
  }
}

/** Cells of a line by delimiter; with quotes as RFC 4180 has them, except that a cell ends with its line. */
export function split(text: string, delimiter: string, quotes: boolean): string[] {
  if (!quotes || !text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  let at = 0
  for (;;) {
    if (text[at] !== '"') {
      const end = text.indexOf(delimiter, at)
      cells.push(end < 0 ? text.slice(at) : text.slice(at, end))
      if (end < 0) return cells
      at = end + 1
      continue
    }
    let cell = ''
    for (at++; ; at++) {
      const end = text.indexOf('"', at)
      if (end < 0) throw new LineFault('a quote is not closed: the line is torn', '引号未闭合：该行不完整')
      cell += text.slice(at, end)
      at = end + 1
      if (text[at] !== '"') break
      cell += '"'
    }
    cells.push(cell)
    if (at >= text.length) return cells
    if (text[at] !== delimiter) throw new LineFault('expected a delimiter after a quote', '引号后应为分隔符')
    at++
  }
}

/** Cells of a fixed-width line, each with its bytes; the line has been measured. */
export function slices(bytes: Buffer, widths: readonly number[], separatorBytes: number): Buffer[] {
  let at = 0
  return widths.map((width) => {
    const cell = bytes.subarray(at, at + width)
    at += width + separatorBytes
    return cell
  })
}

/** How a cell is told apart from what surrounds it. */
export function cleaner({ prefix, trim }: Pick<BillLayout, 'prefix' | 'trim'>): (cell: string) => string {
  const trimmed = trim ? (cell: string) => cell.trim() : (cell: string) => cell
  if (prefix === undefined) return trimmed
  return (cell) => {
    const text = trimmed(cell)
    return text.startsWith(prefix) ? trimmed(text.slice(1)) : text
  }
}

/** The text of one column of the line at hand. */
export type CellOf<Row> = (row: Row) => string

/** Positions of the columns of a header; a name that is not there is told by `missing`. */
export function positions(header: readonly string[] | undefined, missing: (column: BillColumn) => void) {
  const byName = new Map<string, number>()
  header?.forEach((name, i) => byName.has(name) || byName.set(name, i))
  return (column: BillColumn): number => {
    const at = typeof column === 'number' ? column - 1 : byName.get(column)
    if (at !== undefined && (header === undefined || at < header.length)) return at
    missing(column)
    return 0
  }
}
