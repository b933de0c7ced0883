/** What a cell can hold of a text. Each function has its counterpart in text-sql.ts. */

/** No line, no cell and no XML 1.0 can carry these: each becomes a space. Tabs and line breaks too: a row is a line. */
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u001f\u007f\ufffe\uffff]/g
/** Half of a surrogate pair: PostgreSQL cannot hold one, so it comes from JavaScript only. */
const HALF = /\p{Cs}/gu

export const fitText = (text: string): string => text.replace(UNFIT, ' ').replace(HALF, '\ufffd')

/** What Excel takes in a cell, in units of UTF-16. */
export const MOST_UNITS = 32_767

/** Cuts to what Excel takes. A letter beyond the BMP counts two, so each in the part that fits takes one letter from its end. */
export function cutText(text: string): string {
  if (text.length <= MOST_UNITS) return text
  const letters = [...text].slice(0, MOST_UNITS)
  const wide = letters.reduce((sum, letter) => sum + letter.length - 1, 0)
  return letters.slice(0, MOST_UNITS - wide).join('')
}

/** Excel reads `_x0041_` as A, so the underline before such a beginning is written as `_x005F_`. */
export const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
