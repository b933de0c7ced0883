import type { FieldError } from '../system/errors'
import { pathText } from '../system/field-errors'

export { holdsCardNumber, passesLuhn, withoutCardNumbers } from './card-number'
export { isUnreadable, readable } from './readable'

// No zod here: flows load this, and each flow loads for itself.

/**
 * What text is, at every border: well-formed Unicode without control characters (Cc: C0, DEL, C1) and without halves of surrogate pairs (Cs).
 * PostgreSQL stores neither U+0000 nor a half; and bytes that are replaced by U+FFFD make different people one.
 */
export const LINE = /^[^\p{Cc}\p{Cs}]*$/u
export const WORDS = /^(?:[^\p{Cc}\p{Cs}]|[\t\n\r])*$/u
export const NO_LINE = 'expected text without control characters and without halves of surrogate pairs'
export const NO_WORDS =
  'expected text without control characters (tab and line break may be) and without halves of surrogate pairs'

/**
 * Stands where bytes were that are no JSON in UTF-8, when they came over a door that hands no bytes on. It is half of a pair, so that no border
 * lets it in; Python writes the byte FF so.
 */
export const NO_TEXT = '\udcff'
const NO_JSON = 'expected JSON in UTF-8'

/** Stands where a payload came that is not encrypted, and had to be: half of a pair, too. */
export const NO_PLAIN = '\udcfe'
const NOT_SEALED = 'expected an encrypted payload: give the Temporal client the keys of LIJIAN_PAYLOAD_KEYS'

const MOST_TOLD = 20

const wrongWith = (text: string) => (text.includes(NO_TEXT) ? NO_JSON : text.includes(NO_PLAIN) ? NOT_SEALED : NO_WORDS)

/** Texts and keys anywhere in a JSON value that no border lets in. Values are not repeated. */
export function wrongTexts(value: unknown): FieldError[] {
  const errors: FieldError[] = []
  const open: [path: (string | number)[], value: unknown][] = [[[], value]]
  for (let next = open.pop(); next !== undefined && errors.length < MOST_TOLD; next = open.pop()) {
    const [path, one] = next
    if (typeof one === 'string') {
      if (!WORDS.test(one)) errors.push({ path: pathText(path), message: wrongWith(one) })
    } else if (typeof one === 'object' && one !== null) {
      const isList = Array.isArray(one)
      const inside: typeof open = []
      for (const [key, held] of Object.entries(one)) {
        if (!isList && !LINE.test(key))
          errors.push({ path: pathText([...path, '?']), message: key.includes(NO_TEXT) ? NO_JSON : NO_LINE })
        inside.push([[...path, isList ? Number(key) : key], held])
      }
      open.push(...inside.reverse())
    }
  }
  return errors.slice(0, MOST_TOLD)
}
