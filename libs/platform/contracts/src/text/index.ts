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

/** A value and where it stands: a path of its own for each would take the square of the depth. */
interface Placed {
  up: Placed | undefined
  key: string | number
  one: unknown
}

/** The root has no key. */
function pathOf(placed: Placed): (string | number)[] {
  const path: (string | number)[] = []
  for (let at = placed; at.up !== undefined; at = at.up) path.push(at.key)
  return path.reverse()
}

/** Texts and keys anywhere in a JSON value that no border lets in. Values are not repeated. */
export function wrongTexts(value: unknown): FieldError[] {
  const errors: FieldError[] = []
  const open: Placed[] = [{ up: undefined, key: '', one: value }]
  for (let next = open.pop(); next !== undefined && errors.length < MOST_TOLD; next = open.pop()) {
    const { one } = next
    if (typeof one === 'string') {
      if (!WORDS.test(one)) errors.push({ path: pathText(pathOf(next)), message: wrongWith(one) })
    } else if (Array.isArray(one)) {
      // The first is looked at first.
      for (let i = one.length - 1; i >= 0; i--) if (mayHoldText(one[i])) open.push({ up: next, key: i, one: one[i] })
    } else if (typeof one === 'object' && one !== null) {
      const entries = Object.entries(one)
      for (const [key] of entries)
        if (!LINE.test(key) && errors.length < MOST_TOLD)
          errors.push({ path: pathText([...pathOf(next), '?']), message: key.includes(NO_TEXT) ? NO_JSON : NO_LINE })
      for (let i = entries.length - 1; i >= 0; i--) {
        const [key, held] = entries[i]!
        if (mayHoldText(held)) open.push({ up: next, key, one: held })
      }
    }
  }
  return errors
}

const mayHoldText = (one: unknown): boolean => typeof one === 'string' || typeof one === 'object'
