import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { setImmediate as breathe } from 'node:timers/promises'
import type { ReportChart, ReportColumn } from '@lijian/contracts/finance'
import { notoSansSc, openFonts, PDF_ROWS_AT_MOST, tablePdf } from '@lijian/pdf-pages'
import type { Chart, PdfFonts, PdfJob } from '@lijian/pdf-pages'
import { firstRowsOfAll, named, type Section } from '@lijian/reports'
import type { WrittenFile } from '@lijian/sheet-files'
import type { Making } from '../making'
import { columnsOf, factsOf, sectionOf } from './parts'
import { WORDS } from './words'

/** Charts are drawn of so many rows at most. */
const CHART_ROWS = 400

/** One section as a table with its charts; what is beyond the most rows of a PDF is in the other formats. */
export async function writePdf(sink: Writable, making: Making): Promise<WrittenFile> {
  const { run, definition, ask, db, snapshot } = making
  const section = sectionOf(making)
  const words = WORDS[run.language]
  const { rows, count: rowCount, totals } = await firstRowsOfAll(db, section, ask, PDF_ROWS_AT_MOST)
  const charts = section.charts?.(rows.slice(0, CHART_ROWS)) ?? []
  const written = await tablePdf(
    sink,
    {
      title: named(definition, run.language),
      subtitle: section[run.language],
      head: factsOf(making).map(([label, ...values]) => ({ label: label ?? '', value: values.join(words.until) })),
      columns: columnsOf(section),
      rows,
      rowCount,
      totals: totals.map((cells) => ({ label: words.total, cells })),
      charts: charts.map(chartOf(run.language, saidIn(section, run.language))),
      footer: [
        ...(section.remark === undefined ? [] : [{ label: words.remark, value: section.remark[run.language] }]),
        { label: words.snapshot, value: snapshot.text },
        { label: words.rows, value: String(rowCount) },
        { label: words.totalsSha256, value: createHash('sha256').update(JSON.stringify(totals)).digest('hex') },
      ],
      orientation: section.columns.length > 7 ? 'landscape' : 'portrait',
    },
    await jobOf(making),
  )
  return { rows: rowCount, bytes: written.bytes, sha256: written.sha256 }
}

/** The same data gives the same bytes: a sealed report says when it was sealed, any other when it was asked for. */
export async function jobOf({ run, ask, signal, snapshot, onRows }: Making): Promise<PdfJob> {
  return {
    fonts: await fonts(),
    language: run.language,
    zone: ask.timeZone,
    createdAtMs: Date.parse(snapshot.sealed ? `${run.parameters.to}T00:00:00Z` : run.requestedAt.toISOString()),
    breathe,
    signal,
    onRows,
  }
}

/** A code as the columns of the table show it. */
function saidIn({ columns }: Section, language: 'zh' | 'en'): (code: string) => string {
  const words = Object.assign({}, ...columns.map((column) => column.words)) as NonNullable<ReportColumn['words']>
  return (code) => (Object.hasOwn(words, code) ? words[code]![language] : code)
}

const chartOf =
  (language: 'zh' | 'en', said: (code: string) => string) =>
  ({ kind, type, categories, series, ...titles }: ReportChart): Chart => ({
    kind,
    title: titles[language],
    categories: categories.map(said),
    series: series.map(({ values, ...names }) => ({ name: names[language], values })),
    ...(type === 'integer' || type === 'amount' || type === 'rate' ? { type } : {}),
  })

let opened: Promise<PdfFonts> | undefined
/** Read once per process: two faces of ten megabytes each. */
function fonts(): Promise<PdfFonts> {
  const { regular, bold } = notoSansSc()
  return (opened ??= Promise.all([readFile(regular), readFile(bold)]).then((faces) => openFonts(...faces)))
}
