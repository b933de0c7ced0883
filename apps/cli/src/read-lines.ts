import { isUtf8 } from 'node:buffer'
import { createReadStream, type ReadStream } from 'node:fs'
import { stdin } from 'node:process'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { withoutByteOrderMark } from '@lijian/contracts/system'
import { BadInput } from './fail'
import { textAt } from './text-of'

const CHUNK_BYTES = 1 << 20
const NEWLINE = 10

/**
 * Calls `each` with every line that is not blank (UTF-8; a file's first without a byte order mark), and its number from 1; memory is one chunk and the
 * longest line. `-` is stdin; `.gz` is unpacked.
 */
export async function readLines(
  file: string,
  each: (line: string, number: number) => void,
  afterChunk: (bytesRead: number) => Promise<void>,
): Promise<void> {
  const read = file === '-' ? stdin : createReadStream(file, { highWaterMark: CHUNK_BYTES })
  // An error of either ends the other; the loop meets it.
  const source = file.endsWith('.gz') ? pipeline(read, createGunzip({ chunkSize: CHUNK_BYTES }), () => {}) : read
  const where = () => (file === '-' ? 'stdin' : file)
  let rest: Buffer | undefined
  let number = 0
  let bytes = 0
  const lineOf = (text: string, at: number): void => {
    const line = at === 1 ? withoutByteOrderMark(text) : text
    // A line of spaces is no row, as in bills.
    if (line.trim() !== '') each(line, at)
  }
  try {
    for await (const piece of source as AsyncIterable<Buffer>) {
      bytes = source === read ? bytes + piece.length : (read as ReadStream).bytesRead
      const chunk: Buffer = rest === undefined ? piece : Buffer.concat([rest, piece])
      const end = chunk.lastIndexOf(NEWLINE)
      if (end < 0) {
        rest = chunk
        continue
      }
      rest = chunk.subarray(end + 1)
      // At once for the whole piece, which costs next to nothing; the line is looked for when there is one.
      const whole = chunk.subarray(0, end)
      if (!isUtf8(whole)) textAt(whole, where, number + 1)
      // A slice at a line's end never cuts a character; and each line is a text of its own: a piece of a larger text would keep all of that alive.
      for (let from = 0; from <= end;) {
        const to = chunk.indexOf(NEWLINE, from)
        number += 1
        if (to > from) lineOf(chunk.toString('utf8', from, to), number)
        from = to + 1
      }
      await afterChunk(bytes)
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new BadInput(`${file}: no such file`)
    if (code === 'EISDIR')
      throw new BadInput(`${file}: is a folder; expected a file of payments, one JSON object per line`)
    if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR')
      throw new BadInput(`${file}: not a whole gzip file; pack it again, or name it without .gz if it is plain`)
    throw error
  }
  if (rest !== undefined && rest.length > 0) lineOf(textAt(rest, where, number + 1), number + 1)
  await afterChunk(bytes)
}
