import { decodeText, inChinese, jsonOf, WrongText } from '@lijian/contracts/system'
import { BadInput } from './fail'

/** Where bytes of a file become text, and text JSON: what is no text is refused with its place, as at the API's border. */

/** Throws BadInput with `where`, line and byte. */
export function textAt(bytes: Uint8Array, where: () => string, firstLine = 1): string {
  try {
    return decodeText(bytes, 'utf-8', firstLine)
  } catch (error) {
    throw refused(error, where)
  }
}

/** Throws BadInput with `where`, and with the path of a text that is none. */
export function jsonAt(text: string, where: () => string): unknown {
  try {
    return jsonOf(text)
  } catch (error) {
    throw refused(error, where)
  }
}

function refused(error: unknown, where: () => string): unknown {
  if (error instanceof SyntaxError) return new BadInput(`${where()}: not JSON: ${error.message}`)
  if (!(error instanceof WrongText)) return error
  const [{ path, message }] = error.errors as [{ path: string; message: string }]
  return new BadInput(`${where()}: ${path === '' ? '' : `${path}: `}${message} (${inChinese(message)})`)
}
