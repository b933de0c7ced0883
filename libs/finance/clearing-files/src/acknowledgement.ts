import { acknowledgementRequest, type AcknowledgementRequest } from '@lijian/contracts/finance'
import { decodeText, withoutByteOrderMark, WrongText } from '@lijian/contracts/system'
import { FileFault } from './reader'

/** What a clearing system says about one file. */
export interface Acknowledgement extends AcknowledgementRequest {
  fileName: string
}

/**
 * Reads an acknowledgement file (UTF-8):
 *
 *     ACK|<file name>|<SHA-256 or empty>|accepted or refused
 *     REASON|<row or empty>|<code or empty>|<text>          any number
 *     END|<number of reasons>
 *
 * One that is torn (no END, another count) or malformed is refused as a whole: FileFault says where.
 */
export function parseAcknowledgement(bytes: Uint8Array): Acknowledgement {
  const lines = withoutByteOrderMark(textOf(bytes)).split(/\r?\n/)
  if (lines.at(-1) !== '') throw new FileFault(lines.length, 'the file is torn: its last line has no end')
  lines.pop()
  const [head, ...rest] = lines
  const [word, fileName = '', sha256 = '', outcome = '', ...more] = (head ?? '').split('|')
  if (word !== 'ACK' || fileName === '' || more.length > 0)
    throw new FileFault(1, 'expected ACK|<file name>|<SHA-256 or empty>|accepted or refused')
  const last = rest.pop()
  const [end, count = ''] = (last ?? '').split('|')
  if (end !== 'END')
    throw new FileFault(lines.length, 'the file is torn: expected END|<number of reasons> as its last line')
  if (count !== String(rest.length))
    throw new FileFault(
      lines.length,
      `the file is torn: END counts ${count || 'nothing'}, there are ${rest.length} reasons`,
    )
  const reasons = rest.map((line, i) => {
    const [kind, row = '', code = '', ...message] = line.split('|')
    if (kind !== 'REASON' || !/^\d*$/.test(row) || message.length === 0)
      throw new FileFault(i + 2, 'expected REASON|<row or empty>|<code or empty>|<text>')
    return { ...(row === '' ? {} : { row: Number(row) }), ...(code === '' ? {} : { code }), message: message.join('|') }
  })
  const parsed = acknowledgementRequest.safeParse({
    outcome,
    ...(sha256 === '' ? {} : { sha256 }),
    ...(reasons.length === 0 ? {} : { reasons }),
  })
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    throw new FileFault(path[0] === 'reasons' ? Number(path[1]) + 2 : 1, `${path.join('.')}: ${message}`)
  }
  return { fileName, ...parsed.data }
}

function textOf(bytes: Uint8Array): string {
  try {
    return decodeText(bytes)
  } catch (error) {
    if (!(error instanceof WrongText)) throw error
    const [{ path, message }] = error.errors as [{ path: string; message: string }]
    throw new FileFault(Number(/\d+/.exec(path)![0]), `${path.replace(/^line \d+, /, '')}: ${message}`)
  }
}
