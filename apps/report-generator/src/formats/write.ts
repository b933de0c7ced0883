import type { WriteStream } from 'node:fs'
import type { Column, NoteLine, Sheet, Showing, WrittenFile } from '@lijian/sheet-files'
import { csvCopySql, csvFile, xlsxCopySql, xlsxFile } from '@lijian/sheet-files'
import { named, orderedRows, totalsOf, type Section } from '@lijian/reports'
import { to } from 'pg-copy-streams'
import type { Making } from '../making'
import { WORDS } from './words'

/** Writes the file of a report in its format, and ends the sink. */
export function writeReport(sink: WriteStream, making: Making): Promise<WrittenFile> {
  switch (making.run.format) {
    case 'csv':
      return writeCsv(sink, making)
    case 'xlsx':
      return writeXlsx(sink, making)
    case 'pdf':
      throw new Error('PDF is not made yet')
  }
}

const showing = ({ run: { language }, ask: { timeZone } }: Making): Showing => ({ language, zone: timeZone })

function writeCsv(sink: WriteStream, making: Making): Promise<WrittenFile> {
  const { run, ask, db, signal, onRows } = making
  const section = sectionOf(making)
  const options = { ...showing(making), encoding: run.encoding, signal, onRows }
  const columns = columnsOf(section)
  const lines = db.query(to(csvCopySql(columns, orderedRows(section, ask, 'r.*'), options)))
  return csvFile(
    sink,
    { name: section[run.language], columns, rows: { lines }, title: facts(making), footer: footer(making) },
    options,
  )
}

function writeXlsx(sink: WriteStream, making: Making): Promise<WrittenFile> {
  const { signal, onRows } = making
  return xlsxFile(sink, sheets(making), { ...showing(making), signal, onRows })
}

async function* sheets(making: Making): AsyncGenerator<Sheet, void> {
  const { run, definition, ask, db } = making
  const words = WORDS[run.language]
  for (const section of definition.sections) {
    const columns = columnsOf(section)
    const totals = await totalsOf(db, section, ask)
    if (totals.length > 0)
      yield {
        name: `${words.summary} ${section[run.language]}`.slice(0, 27),
        columns: columns.filter(({ key }) => key === 'currency' || section.sums.includes(key)),
        title: facts(making),
        rows: { rows: totals },
        footer: footer(making),
      }
    const lines = db.query(to(xlsxCopySql(columns, orderedRows(section, ask, 'r.*'), showing(making))))
    yield { name: section[run.language], columns, rows: { lines }, footer: footer(making) }
  }
}

function sectionOf({ run, definition }: Making): Section {
  return definition.sections.find(({ section }) => section === run.section) ?? definition.sections[0]!
}

/** Amounts are shown with the decimals of the row's currency. */
const columnsOf = ({ columns }: Section): Column[] =>
  columns.map((column): Column =>
    column.type === 'amount'
      ? { ...column, type: 'amount', currency: { column: 'currency' } }
      : { ...column, type: column.type },
  )

const facts = ({ run, definition }: Making): NoteLine[] => {
  const { from, to: last, ...about } = run.parameters
  return [
    [named(definition, run.language)],
    [WORDS[run.language].dates, from, last],
    ...Object.entries(about).map(([key, value]): NoteLine => [key, value]),
  ]
}

const footer =
  ({ run, snapshot }: Making): NonNullable<Sheet['footer']> =>
  ({ rows, sha256 }) => {
    const words = WORDS[run.language]
    return [
      [words.snapshot, snapshot.text],
      [words.rows, String(rows)],
      [words.sha256, sha256],
    ]
  }
