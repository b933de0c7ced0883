import { Buffer } from 'node:buffer'
import type { BillColumn, BillLayout } from '@lijian/contracts/finance'
import { BYTE_ORDER_MARK, tryDecode } from '@lijian/contracts/system'
import { LineFault } from './fault'

/** Bytes as text; most lines are plain ASCII, which needs no decoder. A line ends with LF or CR LF, and has no other control character than tabs. */
export function decode(bytes: Buffer, encoding: BillLayout['encoding']): string {
  const plain = bytes.toString('latin1')
  if (!/[^\t\x20-\x7e]/.test(plain)) return plain
  const text = tryDecode(bytes, encoding)
  if (text === undefined) throw new LineFault(`expected text in ${encoding}`, `应为 ${encoding} 编码的文本`)
  if (text.includes('\r'))
    throw new LineFault(
      'found CR within the line, expected LF or CR LF at its end',
      '行内有 CR，行应以 LF 或 CR LF 结束',
    )
  if (/[^\P{Cc}\t]/u.test(text)) throw new LineFault('found a control character', '含有控制字符')
  return text
}

const MARK = Buffer.from(BYTE_ORDER_MARK)
/** What a file begins with: its byte order mark is skipped; one of UTF-8 tells a layout in GB18030 that it is the wrong one. */
export function withoutMark(bytes: Buffer, encoding: BillLayout['encoding']): Buffer {
  if (!bytes.subarray(0, MARK.length).equals(MARK)) return bytes
  if (encoding === 'utf-8') return bytes.subarray(MARK.length)
  throw new LineFault(
    'found the byte order mark of UTF-8, expected text in gb18030',
    '有 UTF-8 字节顺序标记，应为 gb18030',
  )
}

/** GB18030 makes something of most bytes. Whole words in UTF-8 are hardly ever words in GB18030 too: they are asked of the first line that has any. */
export const looksLikeUtf8 = (bytes: Buffer): boolean =>
  /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]{2}/u.test(tryDecode(bytes) ?? '')
export const hasWords = (bytes: Buffer): boolean => bytes.some((byte) => byte > 0x7f)

/** Cells of a line by delimiter; with quotes as RFC 4180 has them. A quote that is not closed goes on in the next line: undefined. */
export function split(text: string, delimiter: string, quotes: boolean): string[] | undefined {
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
      if (end < 0) return undefined
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
  const twice = new Set<string>()
  header?.forEach((name, i) => (byName.has(name) ? twice.add(name) : byName.set(name, i)))
  return (column: BillColumn): number => {
    // Of two columns with one name nobody knows which is meant.
    const at = typeof column === 'number' ? column - 1 : twice.has(column) ? undefined : byName.get(column)
    if (at !== undefined && (header === undefined || at < header.length)) return at
    missing(column)
    return 0
  }
}
