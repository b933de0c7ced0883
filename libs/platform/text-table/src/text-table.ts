import stringWidth from 'string-width'

/** A column: its heading, and whether its cells are numbers (aligned right). */
export interface Column {
  head: string
  right?: boolean
}

export interface TextTableOptions {
  /** A line of ─ under the heads. */
  rule?: boolean
}

/** Lines of a table; a cell may have several lines (\n). Text to the left, numbers to the right. */
export function textTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  { rule = false }: TextTableOptions = {},
): string[] {
  const lines = [columns.map(({ head }) => head), ...rows.flatMap(linesOf)]
  const widths = columns.map((_, i) => widest(lines, i))
  const [head = '', ...body] = lines.map((line) =>
    columns
      .map(({ right }, i) => padded(line[i] ?? '', widths[i]!, right))
      .join('  ')
      .trimEnd(),
  )
  return rule ? [head, widths.map((width) => '─'.repeat(width)).join('  '), ...body] : [head, ...body]
}

/** A Markdown table, padded so that it reads well in a terminal too. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, i) => Math.max(3, widest([head, ...rows], i)))
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, i) => padded(cells[i] ?? '', width)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const widest = (lines: readonly (readonly string[])[], column: number): number =>
  Math.max(...lines.map((line) => stringWidth(line[column] ?? '')))

function linesOf(row: readonly string[]): string[][] {
  const cells = row.map((cell) => cell.split('\n'))
  const height = Math.max(...cells.map((cell) => cell.length))
  return Array.from({ length: height }, (_, i) => cells.map((cell) => cell[i] ?? ''))
}

function padded(text: string, width: number, right = false): string {
  const space = ' '.repeat(width - stringWidth(text))
  return right ? space + text : text + space
}
