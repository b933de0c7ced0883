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

const xmlSql = (text: string): string =>
  `regexp_replace(replace(replace(replace(${text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '_(?=x[0-9A-Fa-f]{4}_)', '_x005F_', 'g')`

/** Text of a cell as XML, with all that can be in one. */
export const xmlOfAnySql = (text: string): string => xmlSql(fitSql(cutSql(text)))

/** A letter of private use that stands between texts. One of theirs only takes them the long way. */
const BETWEEN = `E'\\uE000'`

/**
 * Whether one of the texts needs more than being copied. One expression over all of them costs a third of one for each: nearly every row
 * has none.
 */
export const anyUnusualSql = (texts: readonly string[]): string => {
  const all = `concat(${[BETWEEN, ...texts.flatMap((text) => [text, BETWEEN])].join(', ')})`
  return `(${all} ~ '[${UNFIT_CLASS}&<>]|_x|\\uE000 | \\uE000' OR octet_length(${all}) > ${MOST_UNITS})`
}

const guardedSql = (text: string): string =>
  `CASE WHEN ${text} ~ '^ *[''=+\\-@＝＋－＠]' THEN '''' || ${text} ELSE ${text} END`

/** A cell of CSV. Most texts begin with a letter or digit and hold no control character: one look tells. */
export const csvTextSql = (text: string): string =>
  `CASE WHEN ${text} ~ '^ *[''=+\\-@＝＋－＠]|[${UNFIT_CLASS}]' THEN ${guardedSql(fitSql(text))} ELSE ${text} END`
