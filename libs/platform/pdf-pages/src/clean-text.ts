import type { Typeface } from './fonts'

/** 〓, the printer's mark for a type that the case lacks. */
export const GETA = '〓'

// Controls, marks of direction and of joining, selectors of variants: they draw nothing, or turn the text around.
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu
const LINE_END = /[\t\n\v\f\r\u0085\u2028\u2029]+/g

/** A text of one line that the typeface can draw: controls go, what it lacks becomes 〓. */
export function cleanText(text: string, typeface: Typeface): string {
  const line = PLAIN.test(text) ? text : text.normalize('NFC').replace(LINE_END, ' ').replace(INVISIBLE, '')
  let clean = ''
  for (const char of line) clean += typeface.has(char.codePointAt(0)!) ? char : GETA
  return clean
}

const PLAIN = /^[ -~]*$/
