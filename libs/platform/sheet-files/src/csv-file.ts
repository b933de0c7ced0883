import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { encode as encodeAs } from 'iconv-lite'
import { guardedLines } from './csv-guard'
import { csvHead, csvRow, csvTexts } from './csv-row'
import { Feed, type Lines } from './feed'
import { checkColumns, footerOf, isHashed, type FileOptions, type Sheet, type WrittenFile } from './sheet'
import type { Encoding } from './sql'

export interface CsvOptions extends FileOptions {
  /** UTF-8 begins with a byte order mark: without it Excel takes the file for GBK. */
  readonly encoding: Encoding
}

/** Writes one table as CSV in constant memory and ends the sink. Rows from PostgreSQL are the lines of `csvCopySql`. */
export async function csvFile(sink: Writable, sheet: Sheet, options: CsvOptions): Promise<WrittenFile> {
  checkColumns(sheet)
  const written = { rows: 0, bytes: 0 }
  const hash = createHash('sha256')
  const lines = async function* () {
    for await (const piece of linesOf(sheet, options, (rows) => {
      written.rows += rows
      options.onRows?.(written.rows)
    })) {
      hash.update(piece)
      written.bytes += piece.length
      yield piece
    }
  }
  const { signal } = options
  await pipeline(lines, sink, signal ? { signal } : {})
  return { ...written, sha256: hash.digest('hex') }
}

async function* linesOf(
  sheet: Sheet,
  options: CsvOptions,
  onRows: (rows: number) => void,
): AsyncGenerator<Buffer, void> {
  const { columns, title = [], rows } = sheet
  const { encoding, signal } = options
  const encode = (text: string) => (encoding === 'utf-8' ? Buffer.from(text) : encodeAs(text, 'gb18030'))
  const lineOf = (row: Parameters<typeof csvRow>[1]) => csvRow(columns, row, options)
  const safe = 'lines' in rows ? { lines: guarded(rows.lines, columns, encoding) } : rows
  const feed = new Feed(safe, { lineOf, encode, onRows, isHashed: isHashed(sheet), ...(signal ? { signal } : {}) })
  let isDone = false
  try {
    const head = [...title.map(csvTexts), csvHead(columns, options)].join('\n')
    yield encode(`${encoding === 'utf-8' ? '\ufeff' : ''}${head}\n`)
    yield* feed.take(Infinity, Infinity)
    isDone = true
  } finally {
    if (!isDone) feed.close()
  }
  const footer = footerOf(sheet, () => ({ rows: feed.rows, sha256: feed.sha256() }))
  if (footer.length > 0) yield encode(footer.map((line) => `${csvTexts(line)}\n`).join(''))
}

/** Let go of, it lets go of its source: a stream of COPY waits for PostgreSQL, and a generator cannot end before the wait does. */
function guarded(lines: Lines, columns: Sheet['columns'], encoding: Encoding): Lines {
  const safe = guardedLines(lines, columns, encoding)
  return lines.destroy ? Object.assign(safe, { destroy: () => lines.destroy?.() }) : safe
}
