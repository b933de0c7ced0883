/** One text in both languages of the page. */
export interface Words {
  zh: string
  en: string
}

export const words = (zh: string, en: string): Words => ({ zh, en })
export const same = (text: string): Words => ({ zh: text, en: text })

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
/** Control characters have no place in XML, escaped or not. */
export const escape = (text: string): string =>
  text.replaceAll(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '\ufffd').replaceAll(/[&<>"]/g, (c) => ENTITIES[c]!)

/** Both languages stand in the page; the switch hides one. `classes`: of the element, beside its language. */
export function both({ zh, en }: Words, element = 'span', classes = '', attributes = ''): string {
  const one = (languages: string, lang: string, content: string) => {
    const all = [languages, classes].filter((name) => name !== '').join(' ')
    return `<${element}${all === '' ? '' : ` class="${all}"`}${lang}${attributes}>${escape(content)}</${element}>`
  }
  return zh === en ? one('', '', zh) : one('zh', ' lang="zh-CN"', zh) + one('en', ' lang="en"', en)
}

export interface Column {
  head: Words
  isText?: boolean
}

export function htmlTable(columns: readonly Column[], rows: readonly (readonly (string | Words)[])[]): string {
  const cell = (content: string | Words) => (typeof content === 'string' ? escape(content) : both(content))
  const side = ({ isText }: Column) => (isText === true ? ' class="text"' : '')
  const head = columns.map((column) => `<th${side(column)}>${both(column.head)}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${row.map((content, i) => `<td${side(columns[i]!)}>${cell(content)}</td>`).join('')}</tr>`,
  )
  return `<div class="wide"><table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table></div>`
}
