/** A cell of a Markdown table: one line, its bars escaped. */
const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

export const code = (text: string): string => `\`${text}\``

export const codes = (texts: readonly string[]): string => texts.map(code).join(', ')

interface Page {
  title: string
  /** One sentence: what the page lists. */
  about: string
  /** The file that a person edits instead of the page. */
  source: string
  blocks: readonly string[]
}

/** A page of docs/reference: title, what it lists, where that is written, then its blocks. */
export const page = ({ title, about, source, blocks }: Page): string =>
  [`# ${title}`, about, `\`npm run docs\` makes this page from ${source}; a test compares both.`, ...blocks].join(
    '\n\n',
  ) + '\n'
