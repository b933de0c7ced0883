import type { WriteStream } from 'node:fs'
import { orderedRows, statementSection, totalsOf } from '@lijian/reports'
import { csvCopySql, csvFile, xlsxCopySql, xlsxFile } from '@lijian/sheet-files'
import type { Sheet, Showing, WrittenFile } from '@lijian/sheet-files'
import { to } from 'pg-copy-streams'
import type { Making } from '../making'
import { columnsOf, factsOf, footerOf, sectionOf, titleOf } from './parts'
import { WORDS } from './words'

/** Writes the file of a report in its format, and ends the sink. */
export function writeReport(sink: WriteStream, making: Making): Promise<WrittenFile & { checkCode?: string }> {
  switch (making.run.format) {
    case 'csv':
      return writeCsv(sink, making)
    case 'xlsx':
      return writeXlsx(sink, making)
    case 'pdf':
      return statementOrTable(sink, making)
  }
}

/** A partner's lines are a statement, unless another section is asked for. */
function statementOrTable(sink: WriteStream, making: Making) {
  const lines = statementSection(making.definition)
  const asked = making.run.section ?? lines?.section
  // What draws pages takes 24 MiB: a process that makes none is spared them.
  if (lines !== undefined && asked === lines.section) {
    const { writeStatement } = require('./statement') as typeof import('./statement')
    return writeStatement(sink, making, lines)
  }
  const { writePdf } = require('./pdf') as typeof import('./pdf')
  return writePdf(sink, making)
}

const showing = ({ run: { language }, ask: { timeZone } }: Making): Showing => ({ language, zone: timeZone })
const above = (making: Making) => [titleOf(making), ...factsOf(making)]

function writeCsv(sink: WriteStream, making: Making): Promise<WrittenFile> {
  const { run, ask, db, signal, pace, onRows } = making
  const section = sectionOf(making)
  const options = { ...showing(making), encoding: run.encoding, signal, onRows }
  const columns = columnsOf(section)
  const copy = db.query(to(csvCopySql(columns, orderedRows(section, ask, 'r.*'), options)))
  const lines = pace.paced(copy, signal)
  const sheet = {
    name: section[run.language],
    columns,
    rows: { lines },
    title: above(making),
    footer: footerOf(making, section),
  }
  return csvFile(sink, sheet, options)
}

function writeXlsx(sink: WriteStream, making: Making): Promise<WrittenFile> {
  const { signal, onRows } = making
  return xlsxFile(sink, sheets(making), { ...showing(making), signal, onRows })
}

/**
 * Totals of every section first, each on a sheet of its own, then the rows. Of 300,000 rows of a table the sums take PostgreSQL 0.07 CPU s, the rows
 * 1.3; computed once and kept for both (`WITH … MATERIALIZED`), together 1.65: the spool costs more than the sums.
 */
async function* sheets(making: Making): AsyncGenerator<Sheet, void> {
  const { run, definition, ask, db, signal, pace } = making
  const words = WORDS[run.language]
  for (const section of definition.sections) {
    const totals = await totalsOf(db, section, ask)
    if (totals.length === 0) continue
    const columns = columnsOf(section).filter(({ key }) => key === 'currency' || section.sums.includes(key))
    const name = `${words.summary} ${section[run.language]}`.slice(0, 27)
    yield { name, columns, title: above(making), rows: { rows: totals }, footer: footerOf(making, section) }
  }
  for (const section of definition.sections) {
    const columns = columnsOf(section)
    const copy = db.query(to(xlsxCopySql(columns, orderedRows(section, ask, 'r.*'), showing(making))))
    const lines = pace.paced(copy, signal)
    yield { name: section[run.language], columns, rows: { lines }, footer: footerOf(making, section) }
  }
}
