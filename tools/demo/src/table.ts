/** A column: its heading, and whether its cells are numbers (aligned right). */
export interface Column {
  head: string
  right?: true
}

/** What a terminal gives a text: Chinese characters and full-width signs take two columns. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += isWide(char.codePointAt(0)!) ? 2 : 1
  return width
}

const WIDE = [
  [0x1100, 0x115f], // Hangul
  [0x2e80, 0x303e], // CJK radicals, punctuation
  [0x3041, 0xa4cf], // kana, CJK unified ideographs
  [0xac00, 0xd7a3], // Hangul
  [0xf900, 0xfaff], // CJK compatibility
  [0xfe30, 0xfe4f],
  [0xff00, 0xff60], // full-width forms
  [0xffe0, 0xffe6],
  [0x20000, 0x3fffd],
] as const
const isWide = (point: number) => WIDE.some(([from, to]) => point >= from && point <= to)

/** Lines of a table; a cell may have several lines (\n). Text to the left, numbers to the right. */
export function tableOf(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const lines = [columns.map(({ head }) => head), ...rows.flatMap(linesOf)]
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => widthOf(line[i] ?? ''))))
  const [head = '', ...body] = lines.map((line) => drawn(line, columns, widths))
  return [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body]
}

function linesOf(row: readonly string[]): string[][] {
  const cells = row.map((cell) => cell.split('\n'))
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, i) => cells.map((cell) => cell[i] ?? ''))
}

function drawn(line: readonly string[], columns: readonly Column[], widths: readonly number[]): string {
  const cells = columns.map(({ right }, i) => {
    const text = line[i] ?? ''
    const gap = ' '.repeat(widths[i]! - widthOf(text))
    return right ? gap + text : text + gap
  })
  return cells.join('  ').trimEnd()
}
