import { createHash } from 'node:crypto'
import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Feed } from './feed'
import { checkColumns, footerOf, isHashed, type FileOptions, type Sheet, type WrittenFile } from './sheet'
import { ROOT_RELATIONS_XML, sheetEndXml, sheetStartXml, workbookParts, type SheetPart } from './workbook-xml'
import { STYLES_XML } from './styles'
import { headRow, noteRow } from './sheet-rows'
import { xlsxRow } from './xlsx-row'
import { zip, type ZipEntry } from './zip'

export interface XlsxOptions extends FileOptions {
  /** Of deflate; 1 takes a third less CPU than 6, whose files are a quarter smaller. */
  readonly level?: number
  /** Rows of a sheet with its heads and notes; Excel's own limit, less in tests. */
  readonly mostSheetRows?: number
}

export const MOST_SHEET_ROWS = 1_048_576
/** A sheet's XML stays below the 4 GiB that a part of a ZIP without ZIP64 can have. */
const MOST_SHEET_BYTES = 3.5 * 2 ** 30

/**
 * Writes a workbook in constant memory and ends the sink. Rows from PostgreSQL are the lines of `xlsxCopySql`. Sheets are asked for one after
 * the other: the next COPY may begin when the rows of the last are through. After a failure or abort the source of the rows is destroyed, and
 * a connection in the middle of a COPY is of no more use.
 */
export async function xlsxFile(
  sink: Writable,
  sheets: Iterable<Sheet> | AsyncIterable<Sheet>,
  options: XlsxOptions,
): Promise<WrittenFile> {
  const written = { rows: 0, bytes: 0 }
  const hash = createHash('sha256')
  const count = async function* (pieces: AsyncIterable<Buffer>) {
    for await (const piece of pieces) {
      hash.update(piece)
      written.bytes += piece.length
      yield piece
    }
  }
  const entries = entriesOf(sheets, options, (rows) => {
    written.rows += rows
    options.onRows?.(written.rows)
  })
  const { signal } = options
  await pipeline(zip(entries, options.level ?? 1), count, sink, signal ? { signal } : {})
  return { ...written, sha256: hash.digest('hex') }
}

async function* entriesOf(
  sheets: Iterable<Sheet> | AsyncIterable<Sheet>,
  options: XlsxOptions,
  onRows: (rows: number) => void,
): AsyncGenerator<ZipEntry, void> {
  yield entry('_rels/.rels', ROOT_RELATIONS_XML)
  yield entry('xl/styles.xml', STYLES_XML)
  const parts: SheetPart[] = []
  for await (const sheet of sheets) {
    checkColumns(sheet)
    const { columns, rows } = sheet
    const lineOf = (row: Parameters<typeof xlsxRow>[1]) => xlsxRow(columns, row, options)
    const { signal } = options
    const feed = new Feed(rows, {
      lineOf,
      encode: (text) => Buffer.from(text),
      onRows,
      isHashed: isHashed(sheet),
      ...(signal ? { signal } : {}),
    })
    const state = { isDone: false }
    try {
      for (let number = 1; !state.isDone; number++) {
        const part = { path: `worksheets/sheet${parts.length + 1}.xml`, name: sheetName(sheet.name, number) }
        if (parts.some(({ name }) => name.toLowerCase() === part.name.toLowerCase()))
          throw new RangeError(`two sheets are called ${part.name}`)
        parts.push(part)
        yield { name: `xl/${part.path}`, bytes: sheetBytes(sheet, feed, options, state, parts.length === 1) }
      }
    } finally {
      if (!state.isDone) feed.close()
    }
  }
  for (const [name, xml] of workbookParts(parts)) yield entry(name, xml)
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const entry = (name: string, xml: string): ZipEntry => ({ name, bytes: [Buffer.from(XML + xml)] })

/** Excel's rules: at most 31 letters, none of `[]:*?/\`. */
function sheetName(name: string, number: number): string {
  if (name === '' || /[[\]:*?/\\]|^'|'$/.test(name) || name.length > 27)
    throw new RangeError(`a sheet's name has 1 to 27 letters, none of [ ] : * ? / \\ : ${name}`)
  return number === 1 ? name : `${name} ${number}`
}

async function* sheetBytes(
  sheet: Sheet,
  feed: Feed,
  options: XlsxOptions,
  state: { isDone: boolean },
  isFirst: boolean,
): AsyncGenerator<Buffer, void> {
  const { columns, title = [] } = sheet
  const above = title.length + 1
  const most = (options.mostSheetRows ?? MOST_SHEET_ROWS) - above
  const head = [...title.map((line, i) => noteRow(line, i === 0)), headRow(columns, options)].join('\n')
  yield Buffer.from(`${XML}${sheetStartXml(columns, options, above, isFirst)}${head}\n`)
  const before = feed.rows
  yield* feed.take(most, MOST_SHEET_BYTES)
  if (!(await feed.more())) {
    const footer = footerOf(sheet, () => ({ rows: feed.rows, sha256: feed.sha256() }))
    // A footer that no longer fits goes to a sheet of its own.
    state.isDone = footer.length <= most - (feed.rows - before) || feed.rows === before
    if (state.isDone) yield Buffer.from(footer.map((line) => `${noteRow(line, false)}\n`).join(''))
  }
  yield Buffer.from(sheetEndXml)
}
