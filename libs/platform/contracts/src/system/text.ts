import { z } from 'zod'
import { noCard } from './card-number'
import { LijianError, type FieldError } from './errors'
import { LINE, NO_LINE, NO_WORDS, WORDS, wrongTexts } from '../text'

const LOST = 'expected text of which nothing was lost: U+FFFD stands for bytes that were not understood'

/** Text of one line: a name, an identity, a number of somebody else's. */
// No "pattern" in published schemas: half of the tools that read them know neither \p nor surrogates.
export const lineText = z.string().refine((text) => LINE.test(text), NO_LINE)
/** Text of one line that somebody writes and we keep: no card number stands in it. */
export const plainLine = lineText.refine(...noCard)
/** The same of a text that has a form of its own, such as an address. */
export const lineCheck = lineText.def.checks![0]!
/** What a person writes: it may have tabs and line breaks. */
export const wordsText = z.string().refine((text) => WORDS.test(text), NO_WORDS)

/** The same without card numbers: what we keep. */
export const plainWords = wordsText.refine(...noCard)

/** What people are told apart by. Somebody's U+FFFD stands for bytes that were lost: three customers would be one. */
export const identityText = lineText.refine((text) => !text.includes('\uFFFD'), LOST)

/** For text that stands in no schema: what is wrong with it. */
export const wrongWithLine = (text: string): string | undefined => (LINE.test(text) ? undefined : NO_LINE)

/** JSON that has none of these cannot hold what is refused: an escape, DEL or C1 as it is, a surrogate. */
const SUSPICIOUS = /\\[bfnrtu]|[\x7f-\x9f\ud800-\udfff]/

/** JSON in which every text and key is text. Throws SyntaxError, or WrongText with the places. */
export function jsonOf(text: string, parse: (text: string) => unknown = JSON.parse): unknown {
  const value = parse(text)
  const errors = wrongTextsOf(text, value)
  if (errors.length > 0) throw new WrongText(errors)
  return value
}

/** `wrongTexts` of what was parsed from `text`: most texts need no walk. */
export const wrongTextsOf = (text: string, value: unknown): FieldError[] =>
  SUSPICIOUS.test(text) ? wrongTexts(value) : []

/** Something that came in is no text as we take it: a refusal (400) with every place. */
export class WrongText extends LijianError {
  constructor(readonly errors: FieldError[]) {
    super('invalid_request', undefined, { errors })
    this.message = errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ')
  }
}

export type TextEncoding = 'utf-8' | 'gb18030'
export const BYTE_ORDER_MARK = '\uFEFF'
/** Some editors put an invisible mark before the first character of a file; it is skipped there, once. */
export const withoutByteOrderMark = (text: string): string => (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text)

// Made when first asked for: workflows load this package too. GB18030 covers GBK and GB2312.
const decoders = new Map<TextEncoding, InstanceType<typeof TextDecoder>>()
const decoderOf = (encoding: TextEncoding) => {
  let found = decoders.get(encoding)
  if (!found) decoders.set(encoding, (found = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })))
  return found
}

/** Bytes as text, a byte order mark included; undefined: they are not in that encoding. Never U+FFFD in place of a byte. */
export function tryDecode(bytes: Uint8Array, encoding: TextEncoding = 'utf-8'): string | undefined {
  try {
    return decoderOf(encoding).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes as text; throws WrongText with line and byte (from 1). `firstLine`: the number of the line where the bytes begin. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding = 'utf-8', firstLine = 1): string {
  const text = tryDecode(bytes, encoding)
  if (text !== undefined) return text
  const at = wrongByte(bytes, encoding)
  let [line, byte] = [firstLine, at + 1]
  for (let i = 0; i < at; i++) if (bytes[i] === 10) [line, byte] = [line + 1, at - i]
  throw new WrongText([
    { path: `line ${line}, byte ${byte}`, message: `expected text in ${encoding === 'utf-8' ? 'UTF-8' : 'GB18030'}` },
  ])
}

/** How many bytes from the front are whole characters: by halves, for a decoder does not say. */
function wrongByte(bytes: Uint8Array, encoding: TextEncoding): number {
  const isFine = (length: number, stream: boolean) => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, length), { stream })
      return true
    } catch {
      return false
    }
  }
  let [fine, wrong] = [0, bytes.length + 1]
  while (wrong - fine > 1) {
    const middle = (fine + wrong) >> 1
    if (isFine(middle, true)) fine = middle
    else wrong = middle
  }
  // What is fine so far may end inside a character: that one is wrong.
  while (!isFine(fine, false)) fine--
  return fine
}
