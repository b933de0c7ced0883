/** Columns whose head begins with `>` stand to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = heads.map((head) => head.startsWith('>'))
  // Names come from documents: what would steer a terminal is not printed.
  const all = [heads.map((head) => head.replace(/^>/, '')), ...rows].map((row) =>
    row.map((cell) => cell.replaceAll(/\p{Cc}/gu, '\ufffd')),
  )
  const widths = heads.map((_, i) => Math.max(...all.map((row) => widthOf(row[i]!))))
  return all
    .filter((row, i) => i > 0 || row.some((cell) => cell !== ''))
    .map(
      (row) =>
        `  ${row
          .map((cell, i) => pad(cell, widths[i]!, right[i]!))
          .join('  ')
          .trimEnd()}`,
    ) // prettier-ignore
    .join('\n')
}

/** Chinese characters are two columns wide in a terminal. */
const widthOf = (text: string): number => [...text].reduce((sum, c) => sum + (c.codePointAt(0)! >= 0x2e80 ? 2 : 1), 0)

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(width - widthOf(text))
  return right ? space + text : text + space
}
