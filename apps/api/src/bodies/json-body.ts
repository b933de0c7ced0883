import { decodeText, LijianError, withoutByteOrderMark, wrongTextsOf, type ErrorCode } from '@lijian/contracts/system'
import { parse } from 'secure-json-parse'

/** Bytes as text, without the mark that some editors put before it. Throws WrongText with line and byte. */
const bodyText = (bytes: Uint8Array): string => withoutByteOrderMark(decodeText(bytes))

/** Our deepest document has ten. What looks into a value looks into its parts in turn, and has so much stack only. */
const DEPTH_MAX = 100
const [QUOTE, BACKSLASH, LIST, OBJECT, LIST_END, OBJECT_END] = Buffer.from('"\\[{]}')

function isDeeperThan(most: number, json: string): boolean {
  let depth = 0
  let isText = false
  for (let i = 0; i < json.length; i++) {
    const one = json.charCodeAt(i)
    if (one === QUOTE) isText = !isText
    else if (isText) i += one === BACKSLASH ? 1 : 0
    else if (one === LIST || one === OBJECT) {
      if (++depth > most) return true
    } else if (one === LIST_END || one === OBJECT_END) depth--
  }
  return false
}

/** `textFault`: what a body is refused with in which a text is none. Throws LijianError. */
export function jsonBody(bytes: Uint8Array, textFault: ErrorCode): unknown {
  const text = bodyText(bytes)
  // An empty body is no body: approving and suspending need none.
  if (text === '') return undefined
  if (isDeeperThan(DEPTH_MAX, text))
    throw new LijianError('invalid_request', `The body is nested more than ${DEPTH_MAX} deep`)
  let value: unknown
  try {
    // Keys that would become a prototype are refused.
    value = parse(text, { protoAction: 'error', constructorAction: 'error' })
  } catch {
    throw new LijianError('invalid_request', 'The body is not valid JSON')
  }
  const errors = wrongTextsOf(text, value)
  if (errors.length > 0) throw new LijianError(textFault, undefined, { errors })
  return value
}
