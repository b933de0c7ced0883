import { FORMULA_STARTS } from './formula-guard'
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

/** The list of formula-guard.ts as a class inside of an SQL literal; tab and return are spaces by then. */
const RUNS_CLASS = FORMULA_STARTS.filter((start) => start > ' ')
  .map((start) => (start === "'" ? "''" : start === '-' ? '\\-' : start))
  .join('')

/** A letter of private use that stands between texts. One of theirs only takes them the long way. */
const BETWEEN = `E'\\uE000'`

/**
 * Whether a row has a text that cannot be copied as it is. One expression over all texts costs a third of one for each: nearly every row has
 * none.
 */
export const unusualXmlSql = (texts: readonly string[]): string =>
  `(${joined(texts)} ~ '[${UNFIT_CLASS}&<>]|_x|^ | $|\\uE000 | \\uE000' OR greatest(${texts.map((text) => `octet_length(${text})`).join(', ')}) > ${MOST_UNITS})`

/** The same for CSV. */
export const unusualCsvSql = (texts: readonly string[]): string =>
  `${joined(texts)} ~ '(?:^|\\uE000) *[${RUNS_CLASS}]|[${UNFIT_CLASS}]'`

const joined = (texts: readonly string[]) => `concat_ws(${[BETWEEN, ...texts].join(', ')})`

/** A cell of CSV, with all that can be in one. */
export const csvOfAnySql = (text: string): string => {
  const fit = fitSql(text)
  return `CASE WHEN ${fit} ~ '^ *[${RUNS_CLASS}]' THEN '''' || ${fit} ELSE ${fit} END`
}
