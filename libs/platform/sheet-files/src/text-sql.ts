import { literal } from './sql'
import { MOST_UNITS } from './text'

/** The counterpart of text.ts in PostgreSQL. */

/** PostgreSQL holds no NUL and no half of a surrogate pair. */
const UNFIT = [...Array.from({ length: 31 }, (_, i) => i + 1), 0x7f, 0xfffe, 0xffff]
const UNFIT_LETTERS = `E'${UNFIT.map((code) => `\\u${code.toString(16).padStart(4, '0')}`).join('')}'`
const UNFIT_CLASS = '\\u0001-\\u001f\\u007f\\uFFFE\\uFFFF'

export const fitSql = (text: string): string =>
  `translate(${text}, ${UNFIT_LETTERS}, ${literal(' '.repeat(UNFIT.length))})`

export function cutSql(text: string): string {
  const most = `left(${text}, ${MOST_UNITS})`
  return `left(${text}, ${MOST_UNITS} - length(regexp_replace(${most}, '[^\\U00010000-\\U0010FFFF]', '', 'g')))`
}

export const xmlSql = (text: string): string =>
  `regexp_replace(replace(replace(replace(${text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '_(?=x[0-9A-Fa-f]{4}_)', '_x005F_', 'g')`

/** A letter of private use that stands between texts. One of theirs only takes them the long way. */
const BETWEEN = `E'\\uE000'`

/**
 * Whether a row has a text that cannot be copied as it is. One expression over all texts costs a third of one for each: nearly every row has
 * none.
 */
export const unusualXmlSql = (texts: readonly string[]): string =>
  `(${joined(texts)} ~ '[${UNFIT_CLASS}&<>]|_x|^ | $|\\uE000 | \\uE000' OR greatest(${texts.map((text) => `octet_length(${text})`).join(', ')}) > ${MOST_UNITS})`

const joined = (texts: readonly string[]) => `concat_ws(${[BETWEEN, ...texts].join(', ')})`
