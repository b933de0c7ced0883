import { decode, encode } from 'iconv-lite'
import type { Column } from './columns'
import { csvText, quoted } from './csv-row'
import { FORMULA_STARTS } from './formula-guard'
import type { Encoding } from './sql'

/**
 * Lines of CSV as COPY writes them, made safe: no text is a formula, and no cell has a control character. Here and not in PostgreSQL: a regular
 * expression over the texts of a row costs a backend more than all else that a line needs, and one look at each byte costs Node half of that.
 */
export async function* guardedLines(
  pieces: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
  encoding: Encoding,
): AsyncGenerator<Buffer, void> {
  const guard = new LineGuard(columns, encoding)
  for await (const piece of pieces) yield* guard.take(piece)
  yield* guard.end()
}

const [COMMA, QUOTE, FEED, SPACE] = [44, 34, 10, 32]
/** What a byte asks for in the middle of a cell. */
enum In {
  Nothing,
  Mark,
  Unfit,
  /** First byte of U+FFFE and U+FFFF. */
  MaybeUnfit,
}

class LineGuard {
  private readonly isText: Uint8Array
  private readonly inCell: Uint8Array
  private readonly atStart: Uint8Array
  /** Pieces of a line whose end has not come, and how many bytes are enough to look for it again. */
  private rest: Uint8Array[] = []
  private waiting = 0
  private enough = 0

  constructor(
    columns: readonly Column[],
    private readonly encoding: Encoding,
  ) {
    this.isText = Uint8Array.from(columns, ({ type }) => (type === 'text' ? 1 : 0))
    this.inCell = inCell(encoding)
    this.atStart = atStart(encoding)
  }

  /** The lines that are whole. Nearly all stay as they are, in the piece that they came in. */
  *take(piece: Uint8Array): Generator<Buffer, void> {
    this.rest.push(piece)
    this.waiting += piece.length
    if (this.waiting >= this.enough && piece.includes(FEED)) yield* this.wholeLines()
  }

  private *wholeLines(): Generator<Buffer, void> {
    const { isText, inCell, atStart } = this
    const bytes = this.rest.length === 1 ? asBuffer(this.rest[0]!) : Buffer.concat(this.rest)
    // Lines before `line` are whole, and those before `given` were given away.
    let [given, line, column] = [0, 0, 0]
    let isQuoted = false
    let isOdd = isText[0] === 1 && startsOddly(bytes, 0, atStart)
    for (let at = 0; at < bytes.length; at++) {
      const kind = inCell[bytes[at]!]
      if (kind === In.Nothing) continue
      if (kind === In.Unfit) isOdd = true
      else if (kind === In.MaybeUnfit) isOdd ||= isUnfit(bytes, at)
      else if (bytes[at] === QUOTE) isQuoted = !isQuoted
      else if (bytes[at] === COMMA) {
        if (!isQuoted && isText[++column] === 1) isOdd ||= startsOddly(bytes, at + 1, atStart)
      } else if (isQuoted) isOdd = true
      else {
        if (isOdd) {
          if (line > given) yield bytes.subarray(given, line)
          yield this.mended(bytes.subarray(line, at))
          given = at + 1
        }
        line = at + 1
        column = 0
        isOdd = isText[0] === 1 && startsOddly(bytes, line, atStart)
      }
    }
    if (line > given) yield bytes.subarray(given, line)
    this.rest = line < bytes.length ? [bytes.subarray(line)] : []
    this.waiting = bytes.length - line
    // A text of many lines is read as often as it doubles, and not once for each of its pieces.
    this.enough = 2 * this.waiting
  }

  /** The lines that still wait. Throws if one has no end. */
  *end(): Generator<Buffer, void> {
    if (this.waiting > 0) yield* this.wholeLines()
    if (this.rest.some(({ length }) => length > 0)) throw new Error('the rows end in the middle of a line')
  }

  private mended(line: Buffer): Buffer {
    const text = this.encoding === 'utf-8' ? line.toString() : decode(line, 'gb18030')
    const safe = [...text.matchAll(CELL)]
      .slice(0, this.isText.length)
      .map(([, cell], n) => (this.isText[n] === 1 && cell !== '' ? quoted(csvText(unquoted(cell!))) : cell))
    const made = `${safe.join(',')}\n`
    return this.encoding === 'utf-8' ? Buffer.from(made) : encode(made, 'gb18030')
  }
}

const asBuffer = ({ buffer, byteOffset, byteLength }: Uint8Array) => Buffer.from(buffer, byteOffset, byteLength)

/** Each cell, and behind the last one an empty match. */
const CELL = /("[^"]*(?:""[^"]*)*"|[^",]*)(?:,|$)/g

const unquoted = (cell: string) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)

/** Whether a spreadsheet may run the text that begins here. A full-width sign of any kind counts: a closer look decides. */
function startsOddly(bytes: Buffer, from: number, atStart: Uint8Array): boolean {
  let at = bytes[from] === QUOTE ? from + 1 : from
  while (bytes[at] === SPACE) at++
  return at < bytes.length && atStart[bytes[at]!] === 1
}

function inCell(encoding: Encoding): Uint8Array {
  const kinds = new Uint8Array(256)
  kinds.fill(In.Unfit, 0, 32)
  kinds[0x7f] = In.Unfit
  kinds[COMMA] = kinds[QUOTE] = kinds[FEED] = In.Mark
  // UTF-8: EF BF BE and EF BF BF. GB18030: 84 31 A4 38 and 84 31 A4 39; no later byte of a letter is a mark or below a space.
  kinds[encoding === 'utf-8' ? 0xef : 0x84] = In.MaybeUnfit
  return kinds
}

const isUnfit = (bytes: Buffer, at: number): boolean =>
  bytes[at] === 0xef ? bytes[at + 1] === 0xbf && bytes[at + 2]! >= 0xbe : bytes[at + 1] === 0x31

/** ASCII of FORMULA_STARTS, and the first byte of its full-width ones. */
function atStart(encoding: Encoding): Uint8Array {
  const odd = new Uint8Array(256)
  for (const sign of FORMULA_STARTS) odd[encode(sign, encoding === 'utf-8' ? 'utf8' : 'gb18030')[0]!] = 1
  return odd
}
