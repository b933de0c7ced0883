import { textTable } from '@lijian/text-table'

/** Columns whose head begins with `>` stand to the right. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const columns = heads.map((head) => ({ head: printable(head.replace(/^>/, '')), right: head.startsWith('>') }))
  const shown = rows.filter((row) => row.some((cell) => cell !== '')).map((row) => row.map(printable))
  return textTable(columns, shown)
    .map((line) => `  ${line}`)
    .join('\n')
}

/** Names come from documents: what would steer a terminal is not printed. */
const printable = (text: string): string => text.replaceAll(/\p{Cc}/gu, '\ufffd')
