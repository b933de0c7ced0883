import type { Writable } from 'node:stream'
import { statementPdf, type StatementRow } from '@lijian/pdf-pages'
import { everyRow, named, statementFigures, type ReportRow, type Section } from '@lijian/reports'
import type { WrittenFile } from '@lijian/sheet-files'
import type { Making } from '../making'
import { jobOf } from './pdf'
import { WORDS } from './words'

/** As many letters as a person compares. */
const CHECK_CODE_LENGTH = 16

export type WrittenStatement = WrittenFile & { checkCode: string }

/** A partner's statement as banks print it. It is finished only if its lines add up to its balances. */
export async function writeStatement(sink: Writable, making: Making, section: Section): Promise<WrittenStatement> {
  const { run, definition, ask, db, snapshot, signal, pace } = making
  const figures = await statementFigures(db, definition, section, ask)
  const words = WORDS[run.language]
  const checkCode = figures.sha256.slice(0, CHECK_CODE_LENGTH)
  const rowCount = figures.income.count + figures.expense.count
  const { from, to } = run.parameters
  const written = await statementPdf(
    sink,
    {
      title: section[run.language],
      subtitle: named(definition, run.language),
      head: [
        { label: words.about.partner, value: figures.partner },
        { label: words.account, value: figures.account || '—' },
        { label: words.dates, value: `${from}${words.until}${to}` },
      ],
      currency: figures.currency,
      openingFen: figures.openingFen,
      income: figures.income,
      expense: figures.expense,
      closingFen: figures.closingFen,
      rows: lines(pace.paced(everyRow(db, section, ask), signal)),
      rowCount,
      checkCode,
      objection: words.objection,
      footer: [
        { label: words.snapshot, value: snapshot.text },
        { label: words.sha256, value: figures.sha256 },
      ],
    },
    await jobOf(making),
  )
  return { rows: rowCount, bytes: written.bytes, sha256: written.sha256, checkCode }
}

async function* lines(rows: AsyncIterable<ReportRow>): AsyncGenerator<StatementRow> {
  for await (const row of rows) {
    const { date, at, serial, summary, merchant, income, expense, balance } = row
    yield {
      date: String(date),
      at: Date.parse(String(at)),
      serial: String(serial),
      summary: String(summary),
      party: String(merchant),
      incomeFen: amountOf(income),
      expenseFen: amountOf(expense),
      balanceFen: Number(balance),
    }
  }
}

const amountOf = (value: ReportRow[string] | undefined) => (Number(value) === 0 ? null : Number(value))
